"""An ISBN as a barcode (EAN-13, GS1 General Specifications §5.2): its digits, and where its bars are."""

from __future__ import annotations

import re

from book.errors import BookError
from book.isbn import bare, thirteen
from book.kinds import ISBN

LEFT_QUIET, RIGHT_QUIET = 11, 7
"""Modules left white before and after the bars."""
MODULES = 95
"""From the first bar to the last: a module is 0.33 mm at full size."""

_SETS = (
    *("0001101", "0011001", "0010011", "0111101", "0100011"),
    *("0110001", "0101111", "0111011", "0110111", "0001011"),
)
_PARITIES = (
    *("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG"),
    *("LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"),
)
_FLIP = str.maketrans("01", "10")


def digits(isbn: str) -> str:
    """Return the thirteen digits of an ISBN of 13 or 10; raise BookError where its check digit is wrong."""
    try:
        ISBN.check(isbn)
    except ValueError as error:
        message, *hint = error.args
        raise BookError(f"`{isbn}` {message}", hint=hint[0] if hint else None) from error
    return thirteen(bare(isbn))


def modules(code: str) -> str:
    """Return thirteen digits as 95 modules, `1` for black."""
    left = "".join(
        _SETS[int(digit)] if parity == "L" else _SETS[int(digit)].translate(_FLIP)[::-1]
        for digit, parity in zip(code[1:7], _PARITIES[int(code[0])], strict=True)
    )
    right = "".join(_SETS[int(digit)].translate(_FLIP) for digit in code[7:])
    return f"101{left}01010{right}101"


def bars(code: str) -> list[tuple[int, int, bool]]:
    """Return each bar's place and width in modules, and whether it is a guard, which is longer."""
    found = [(one.start(), one.end() - one.start()) for one in re.finditer("1+", modules(code))]
    return [(at, width, at < 3 or 45 <= at < 50 or at >= 92) for at, width in found]
