"""Words without end are broken within the measure, also where they run through many elements."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint import HTML, document
from weasyprint.formatting_structure import boxes

from book.press.engine.endless import break_endless

SHEET = "@page { size: 250px 800px; margin: 0 } body { margin: 0; font: 10px/14px serif }"


@pytest.fixture(autouse=True)
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = document.build_formatting_structure

    def built(*parts: Any) -> Any:
        root = plain(*parts)
        break_endless(root)
        return root

    monkeypatch.setattr(document, "build_formatting_structure", built)


def lines(body: str) -> list[Any]:
    pages = HTML(string=f"<style>{SHEET}</style>{body}").render().pages
    found = (box for page in pages for box in page._page_box.descendants())
    return [box for box in found if isinstance(box, boxes.LineBox)]


def words(found: list[Any]) -> str:
    texts = (box for line in found for box in line.descendants() if isinstance(box, boxes.TextBox))
    return "".join(box.text for box in texts)


@pytest.mark.parametrize("word", ["<em>_</em><b>a</b>" * 150, "<em>_<b>a</b></em>" * 150, "_a" * 150])
def test_a_word_without_end_stays_within_the_measure(word: str) -> None:
    found = lines(f"<p>{word}</p>")
    assert words(found).replace("\u200b", "") == "_a" * 150
    assert len(found) > 5
    assert all(line.width <= 251 for line in found)


@pytest.mark.parametrize(
    "text",
    [
        f"<b>Donau</b>dampf<i>schiff</i> {'and more ' * 60}",
        f"{'and more ' * 60}<b>Donau</b>dampf<i>schiff</i>",
        "<b>a</b> " * 200,
        "<b>a</b><br>" * 200,
        f"<code style='white-space: pre'>{'<b>ab</b>' * 150}</code>",
    ],
)
def test_words_that_end_are_left_alone(text: str) -> None:
    assert "\u200b" not in words(lines(f"<p>{text}</p>"))
