from __future__ import annotations

import pytest

from book.model import Galley, Sheet
from book.press.castoff import body_type, extent


def test_a_galley_is_as_long_as_its_text_and_its_pictures() -> None:
    body = '<section class="chapter"><p>Ten letters</p><img src="a.jpg" alt="not read"/></section>'
    assert extent(Galley("one", "one", "chapter", "body", "One", "en", body)) == len("Ten letters") + 900


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((), (11.0, 14.0)),
        (("body { font-size: 1em; line-height: 1.4; }",), (11.0, 14.0)),
        (("body, td { margin: 0; font-size: 9.5pt; line-height: 12pt; }", "q { color: red; }"), (9.5, 12.0)),
        (
            ("html { font-size: 9pt; line-height: 12pt; } li { font-size: 8pt; line-height: 9pt; }",),
            (9.0, 12.0),
        ),
        (('html { font: italic 10pt / 14pt "Source Code Pro"; }',), (10.0, 14.0)),
    ],
)
def test_size_and_leading_are_those_that_a_sheet_gives_together(
    texts: tuple[str, ...], found: tuple[float, float]
) -> None:
    assert body_type([Sheet("print.css", text) for text in texts]) == found
