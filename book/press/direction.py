"""Books and passages that are read from right to left.

Their text runs from the right, their spine is at the right of a page with an odd number, and
what a theme says of a left page holds for that one. WeasyPrint's own pages are turned at the
root element, which the press keeps as it is: it counts rectos itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from book.direction import direction
from book.model import Sheet

_LEFTWARD = ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
_SOME = re.compile(rf'\slang="(?:{"|".join(_LEFTWARD)})(?=["-])')
_PAGE = re.compile(r"@page[^{;]*")
_SIDE = re.compile(r":(left|right)\b")
_TURNED = {"left": ":right", "right": ":left"}


def directed(sheets: Iterable[Sheet], language: str, bodies: Iterable[str] = ()) -> tuple[Sheet, ...]:
    """Return the sheets for a book in that language, with one before them that gives directions.

    A book without a word from the right, in its language or in `bodies`, keeps them as they are:
    rules that are matched against every element take their time.
    """
    rtl = direction(language) == "rtl"
    if not rtl and not any(_SOME.search(body) for body in bodies):
        return tuple(sheets)
    turned = tuple(_turned(sheet) for sheet in sheets) if rtl else tuple(sheets)
    leftward = ", ".join(f'body [lang|="{tag}"]' for tag in _LEFTWARD)
    others = "".join(f':not([lang|="{tag}"])' for tag in _LEFTWARD)
    rules = [f"{leftward} {{ direction: rtl; text-align: start; }}"]
    if rtl:
        rules += ["body { direction: rtl; }", f"body section[lang]{others} {{ direction: ltr; }}"]
    joined = "body *" if rtl else ", ".join(f"{one} *, {one}" for one in leftward.split(", "))
    lines = ", ".join(f"{one}::first-line" for one in joined.split(", "))
    # Letters that join are not set apart, whatever a theme has for titles.
    last = f"{joined}, {lines} {{ letter-spacing: 0 !important; }}"
    return (Sheet("directions", "\n".join(rules)), *turned, Sheet("joined", last))


def _turned(sheet: Sheet) -> Sheet:
    """Let what is said of left pages hold for right ones."""
    text = _PAGE.sub(lambda page: _SIDE.sub(lambda side: _TURNED[side[1]], page[0]), sheet.text)
    return replace(sheet, text=text)
