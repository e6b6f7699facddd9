"""What libraries say of a fault is told in one line, lower case, with names in backticks."""

from __future__ import annotations

import pytest

from book.restated import restated


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "access to attribute '__class__' of 'dict' object is unsafe.",
            "templates may not use `__class__` of `dict`",
        ),
        ("Encountered unknown tag 'do'.", "there is no tag `do`"),
        ("No filter named 'nope'.", "there is no filter `nope`"),
        (
            "Range too big. The sandbox blocks MAX_RANGE (100000).",
            "`range` may count to 100000 and no further",
        ),
        ("Missing end of raw directive", "missing end of raw directive"),
        ("unexpected '<'", "unexpected `<`"),
        ("Char 0x0 out of allowed range\n, line 1, column 80", "char 0x0 out of allowed range"),
        (
            "Excessive depth in document: 2048, use XML_PARSE_HUGE option, line 1, column 9",
            "its elements are nested more than 2048 deep",
        ),
        ("PCDATA invalid", "PCDATA invalid"),
        ("", ""),
    ],
)
def test_a_message_is_told_in_our_words(message: str, told: str) -> None:
    assert restated(message) == told
