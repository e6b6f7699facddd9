"""A rule of a style sheet that cannot be set is named with its line, and posts are not blamed for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from press.compositions import chapter, composition, printed

from book.errors import BookError
from book.model import Composition, Sheet

HARMLESS = "em { color: #333 }\n\n"
LOSES_WORDS = "section.chapter p { display: table-column }"


@pytest.mark.parametrize(
    ("texts", "name", "line", "words"),
    [
        ([HARMLESS + LOSES_WORDS + "\nq { color: #444 }"], "0.css", 3, "`section.chapter p { … }`"),
        ([HARMLESS, LOSES_WORDS, HARMLESS], "1.css", 1, "`section.chapter p { … }`"),
        (["section.chapter { display: flex }\np { float: footnote }"], "0.css", 2, "`p { … }`"),
    ],
)
def test_the_rule_is_named_that_cannot_be_set(
    texts: list[str], name: str, line: int, words: str, tmp_path: Path
) -> None:
    with pytest.raises(BookError) as caught:
        printed(dressed(texts, tmp_path), tmp_path)
    (notice,) = caught.value.notices
    assert (notice.path, notice.line) == (tmp_path / "styles" / name, line)
    assert notice.message.startswith(f"with {words} the `<p>` that begins “")
    assert "of its words would be on no page" in notice.message
    assert (notice.hint or "").startswith(
        "take this rule out of the style sheet, or write it another way; or"
    )
    assert 'omit = ["' in (notice.hint or "")


def dressed(texts: list[str], folder: Path) -> Composition:
    made = composition(
        [chapter("one", "One", "<p>some words</p><p>and others</p>"), chapter("two", "Two", "<p>x</p>")]
    )
    own = [Sheet(f"{nth}.css", text, folder / "styles" / f"{nth}.css") for nth, text in enumerate(texts)]
    return replace(made, sheets=(*made.sheets, *own))
