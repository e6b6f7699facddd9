"""What can be seen through in tagged books: it is part of the page, and of the structure."""

from __future__ import annotations

import io
import re
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2
from press.compositions import chapter, composition, press

BODY = (
    '<p>Before.</p><div style="opacity: 0.5"><p>Faint words.</p>'
    '<p style="opacity: 0.5">Fainter words.</p></div><p>After.</p>'
)


def test_faint_words_are_tagged_and_as_faint_as_they_were(tmp_path: Path) -> None:
    printed = press(composition([chapter("c1", "One", BODY)]), tmp_path, tagged=True).print()
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        page = pdf.pages[-1]
        page.contents_coalesce()
        content = page.Contents.read_bytes().decode("latin-1")
        assert not re.search(r"/x\d+ Do", content), "nothing is a drawing of its own"
        states = page.Resources.ExtGState
        alphas = {float(states[f"/{name}"].ca) for name in re.findall(r"/(a[\d.]+) gs", content)}
        assert {0.5, 0.25} <= alphas
        marked = content.count("BDC")
        texts = len(re.findall(r"\bBT\b", content))
        assert 0 < texts <= marked
    black, faint, fainter, *after = darkest(printed.pdf)[-5:]
    assert (black, *after) == (0, 0, 0)  # a folio, last of all
    assert 120 < faint < 135 < 185 < fainter < 200


def darkest(pdf: bytes) -> list[int]:
    """Return how dark each line of the last page is: 0 is black."""
    document = pypdfium2.PdfDocument(pdf)
    look = document[len(document) - 1].render(scale=4).to_pil().convert("L")
    rows = [min(look.crop((0, y, look.width, y + 1)).tobytes()) for y in range(look.height)]
    return [min(rows) for empty, rows in groupby(rows, key=lambda row: row == 255) if not empty]
