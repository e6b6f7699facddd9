"""Stanzas are known by their lines: short, and broken by their author."""

from __future__ import annotations

import pytest
from lxml import etree

from book.body import set_body

STANZA = "Salt in the pan,<br>\nsmoke in the flue,<br>\nand *nothing* to do."
LONG = "A line that goes on for as long as nobody would ever write in a poem of theirs"


def marked(markdown: str) -> list[bool]:
    """Tell of each paragraph whether it is verse."""
    root = etree.fromstring(f"<div>{set_body(markdown, 'post-x', 'en', ()).xhtml}</div>")
    return [p.get("class") == "verse" for p in root.iter("p")]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (STANZA, [True]),
        (f"Prose.\n\n{STANZA}\n\nProse.", [False, True, False]),
        (f"{STANZA}\n\nTwo lines,<br>one verse.\n\nAnd two<br>again.", [True, True, True]),
        (f"Two lines,<br>one verse.\n\n{STANZA}", [True, True]),
        ("*One,<br>two*,<br>**three**", [True]),
        ("Two lines,<br>no verse.", [False]),
        (f"One,<br>two,<br>{LONG}.", [False]),
        ("One,<br>two,<br>![](a.png) three.", [False]),
        ("One,\ntwo,\nthree.", [False]),
        (f"> {STANZA.replace(chr(10), chr(10) + '> ')}", [True]),
    ],
)
def test_stanzas_are_marked(markdown: str, expected: list[bool]) -> None:
    assert marked(markdown) == expected


def test_a_class_that_the_author_gave_stays() -> None:
    assert 'class="song verse"' in set_body(f'<p class="song">{STANZA}</p>', "post-x", "en", ()).xhtml
