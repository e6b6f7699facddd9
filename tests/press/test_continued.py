"""Lines of code that are too long for the page: each part after the first has a hook before it."""

from __future__ import annotations

from typing import Any

import pikepdf
import pypdfium2
import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402

from book.build import build  # noqa: E402
from book.press.engine.firstlines import first_lines  # noqa: E402
from book.press.engine.lines import total_fit  # noqa: E402

LONG = "word " * 20 + "end"  # three lines or so in 200pt


def lines(code: str, how: Any, rule: str = "--continued: hook") -> list[tuple[str, bool]]:
    """Return the lines of code on all pages, and whether each goes on with the one before it."""
    sheet = (
        "@page { size: 200pt 100pt; margin: 0 } body { margin: 0; font: 10pt/12pt monospace }"
        f"pre {{ margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; orphans: 1; widows: 1; {rule} }}"
    )
    with how():
        document = HTML(string=f"<style>{sheet}</style><pre><code>{code}</code></pre>").render()
    found = []
    for page in document.pages:
        for line in page._page_box.descendants():
            if isinstance(line, boxes.LineBox):
                texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
                on = [getattr(box, "continues", False) for box in texts]
                assert not any(on[1:])
                found.append(("".join(box.text for box in texts), bool(on and on[0])))
    return found


@pytest.mark.parametrize("how", [first_lines, total_fit])
@pytest.mark.parametrize(
    "code",
    [
        f"short\n{LONG}\nshort\n\n{LONG}\n",
        f"<span>short</span>\n<span>{LONG}</span>\n\n<span>last</span> <b>{LONG}</b>",
        f"<span>{LONG}\n</span><span>next</span>\n<i>\n</i><span>{LONG}</span> {LONG}\n" * 4,
        "x" * 200 + "\nshort",
    ],
)
def test_what_is_left_of_a_line_is_noted_and_nothing_else(how: Any, code: str) -> None:
    found = lines(code, how)
    assert sum(on for _, on in found) >= 2
    whole: list[str] = []
    for text, on in found:
        if on:
            whole[-1] += text
        else:
            whole.append(text)
    plain = HTML(string=f"<pre>{code}</pre>").etree_element
    wanted = "".join(plain.itertext()).split("\n")
    assert [line.replace(" ", "") for line in whole if line.strip()] == [
        line.replace(" ", "") for line in wanted if line.strip()
    ]


def test_a_style_sheet_asks_for_it() -> None:
    assert not any(on for _, on in lines(f"{LONG}\n{LONG}", first_lines, rule=""))


def test_hooks_are_drawn_and_are_no_text(manuscript: Any) -> None:
    code = f"```python\nshort = 1\nlong = '{LONG * 2}'\nlast = 2\n```\n"
    toml = 'title = "A"\nlanguage = "en"\n[editions.with]\nformat = "pdf"\nprofile = "screen"\n'
    toml += '[editions.without]\nformat = "pdf"\nprofile = "screen"\nstylesheets = ["plain.css"]\n'
    root = manuscript(
        {"2020-01-01-a": f"---\ntitle: A\n---\n\nText.\n\n{code}"},
        toml=toml,
        files={"plain.css": "pre { --continued: none }"},
    )
    strokes, texts = [], []
    for edition in build(root).editions:
        with pikepdf.open(edition.path) as pdf:
            painted = [one for page in pdf.pages for one in pikepdf.parse_content_stream(page)]
        strokes.append(sum(str(one.operator) == "S" for one in painted))
        document = pypdfium2.PdfDocument(edition.path)
        texts.append([page.get_textpage().get_text_range() for page in document])
        document.close()
    assert strokes[0] - strokes[1] >= 4 and (strokes[0] - strokes[1]) % 2 == 0
    assert texts[0] == texts[1]
