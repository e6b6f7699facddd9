"""Books and passages that are read from right to left.

Their text runs from the right, their spine is at the right of a page with an odd number, and
what a theme says of a left page, a verso, holds for that one, in a mirror. WeasyPrint's own pages
are turned at the root element, which the press keeps as it is: it counts rectos itself.

Their letters have no slope and no small capitals; figures among them are lining, and words that are
emphasised are bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from book.direction import direction
from book.model import Sheet

_KEPT = 4096
"""Texts of which the last answers are kept: a preview asks again for those that have not changed."""
_LEFTWARD = ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
_SOME = re.compile(rf'\slang="(?:{"|".join(_LEFTWARD)})(?=["-])|\sdir="rtl"')
_PAGE = re.compile(r"@page\b[^{;]*\{(?:[^{}]|\{[^{}]*\})*\}")
_PLAIN = re.compile(r"(\"[^\"]*\"|'[^']*'|/\*.*?\*/|url\([^)]*\))", re.DOTALL)
_SIDE = re.compile(r"(?<![\w])(left|right)(?![\w])")
_OTHER = {"left": "right", "right": "left"}
_HEADS = ("top-left", "top-center", "top-right", "bottom-left", "bottom-center", "bottom-right")
_SLOPED = ("em", "i", "cite", "dfn", "var")
_SPACES = "word-spacing: 0.002px"
"""So little that nothing shows it, but it has Pango take every space from the same font.

Otherwise it takes some from that of the letters around them, until a line is justified: then all are
from the first font, of another width, and the line misses its edge.
"""


def directed(sheets: Iterable[Sheet], language: str, bodies: Iterable[str] = ()) -> tuple[Sheet, ...]:
    """Return the sheets for a book in that language, with one before them that gives directions.

    A book without a word from the right, in its language or in `bodies`, keeps them as they are:
    rules that are matched against every element take their time.
    """
    rtl = direction(language) == "rtl"
    if not rtl and not any(map(_has_some, bodies)):
        return tuple(sheets)
    turned = tuple(map(_turned, sheets)) if rtl else tuple(sheets)
    before, after = "\n".join(_before(rtl=rtl)), "\n".join(_after(rtl=rtl))
    return (Sheet("directions", before), *turned, Sheet("joined", after))


@lru_cache(maxsize=_KEPT)
def _has_some(body: str) -> bool:
    return _SOME.search(body) is not None


def _before(*, rtl: bool) -> Iterator[str]:
    """Give the rules that any theme may change."""
    leftward = ", ".join(f'body [lang|="{tag}"]' for tag in _LEFTWARD)
    yield f'{leftward}, body [dir="rtl"] {{ direction: rtl; {_SPACES}; }}'
    if rtl:
        others = "".join(f':not([lang|="{tag}"])' for tag in _LEFTWARD)
        yield f"body {{ direction: rtl; {_SPACES}; }}"
        yield f"body [lang]{others} {{ direction: ltr; word-spacing: normal; }}"
        # Figures of lists do not follow those of the text, and a face may have old-style ones of itself.
        yield "li::marker { font-variant-numeric: lining-nums tabular-nums; }"
    yield 'body [dir="ltr"] { direction: ltr; word-spacing: normal; }'


def _after(*, rtl: bool) -> Iterator[str]:
    """Give the rules that hold whatever a theme has for its titles: letters that join stay joined."""
    leftward = [f'body [lang|="{tag}"]' for tag in _LEFTWARD] + ['body [dir="rtl"]']
    found = ["body *"] if rtl else [part for one in leftward for part in (f"{one} *", one)]
    joined = [*found, *(f"{one}::first-line" for one in found)]
    yield f"{', '.join(joined)} {{ letter-spacing: 0 !important; font-variant-caps: normal !important; }}"
    whose = [f"body :lang({tag})" for tag in _LEFTWARD] + ['body [dir="rtl"]', 'body [dir="rtl"] *']
    sloped = ", ".join([*_SLOPED, *(f"{name} *" for name in _SLOPED), '[dir="ltr"]', '[dir="ltr"] *'])
    yield f"{', '.join(f'{one}:not({sloped})' for one in whose)} {{ font-style: normal !important; }}"
    emphasised = ", ".join(f'{one}:is(em):not([dir="ltr"], [dir="ltr"] *)' for one in whose)
    yield f"{emphasised} {{ font-style: normal; font-weight: 600; }}"
    if rtl:
        plain = "{ direction: rtl; letter-spacing: 0 !important; font-style: normal !important; }"
        yield f"@page {{ {' '.join(f'@{name} {plain}' for name in _HEADS)} }}"
        # WeasyPrint 70 moves what is in a narrow block twice as far as the block: this one is no narrower.
        yield "div.year-calendar { width: auto !important; margin-inline: 0 !important; }"


def _turned(sheet: Sheet) -> Sheet:
    """Mirror what is said of pages, and set figures that suit letters without ascenders."""
    text = _PAGE.sub(lambda page: _mirrored(page[0]), sheet.text)
    return replace(sheet, text=text.replace("oldstyle-nums", "lining-nums"))


def _mirrored(rule: str) -> str:
    selector, brace, declared = rule.partition("{")
    parts = _PLAIN.split(declared)
    parts[::2] = [_SIDE.sub(lambda side: _OTHER[side[1]], part) for part in parts[::2]]
    return selector + brace + "".join(parts)
