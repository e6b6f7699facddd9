"""Measures are the same from document to document, so that lines are chosen once."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest

from book.press.engine import loading

loading.load()

from weasyprint.layout import LayoutContext  # noqa: E402

from book.press.engine import lines  # noqa: E402
from book.press.engine.engine import Engine  # noqa: E402

CSS = "@page { size: 200px 2000px } p { width: 160px; text-align: justify; hyphens: auto; margin: 0 }"


def document(*paragraphs: str) -> Element:
    root = Element("html", {"lang": "en"})
    body = SubElement(root, "body")
    for text in paragraphs:
        SubElement(body, "p").text = text
    return root


def engine(css: str = CSS) -> Engine:
    made = Engine(None, fit=True)
    made.load(css)
    made.wear([css])
    return made


def set_lines(made: Engine, *paragraphs: str) -> list[list[str]]:
    laid = made.lay_out(document(*paragraphs), {})
    blocks = [box for page in laid.boxes for box in page.descendants() if type(box).__name__ == "BlockBox"]
    return [[_text(line) for line in block.children] for block in blocks if block.element_tag == "p"]


def _text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if hasattr(box, "text"))


FIRST = (
    "Nothing is so firmly believed as what is least known, said the notebook, extraordinarily patient. " * 2
)
SECOND = "The extraordinary thing about notebooks is how patiently they wait for their writers to come back."


def test_lines_of_a_paragraph_that_stays_are_chosen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = engine()
    once = set_lines(made, FIRST)
    assert len(once[0]) > 4
    chosen: list[str] = []
    endings = lines.endings
    monkeypatch.setitem(
        lines._WAYS,
        "justify",
        lambda paragraph, wish: chosen.append(paragraph.text) or endings(paragraph, wish),
    )
    lines._chosen.cache_clear()
    assert set_lines(made, FIRST, SECOND)[0] == once[0]
    assert chosen == [FIRST, SECOND]
    assert set_lines(made, SECOND, FIRST)[1] == once[0]
    assert len(chosen) == 2, "the second document has no new paragraph"
    set_lines(engine(CSS + "p { letter-spacing: 0.5px }"), FIRST)
    assert len(chosen) == 3, "set otherwise, it is another paragraph"


def test_no_document_is_kept_once_another_is_laid_out() -> None:
    made = engine()
    set_lines(made, FIRST)
    kept = {id(one._context) for one in lines.widths._known.values() if one._context is not None}
    assert len(kept) == 1
    set_lines(made, SECOND)
    contexts = [one._context for one in lines.widths._known.values() if one._context is not None]
    assert len({id(one) for one in contexts}) == 1
    assert all(isinstance(one, LayoutContext) for one in contexts)
