"""Links in a PDF find their places, whatever letters these are named by."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest
from conftest import Manuscript

from book.build import build
from book.destinations import name_of, pages_of

HEADINGS = ("La même chose", "Zwölf", "معنى", "面", "Plain")
POST = "\n\n".join(f"## {heading}\n\nWords." for heading in HEADINGS)
LINKS = " ".join(f"[{heading}](#{heading.lower().replace(' ', '-')})" for heading in HEADINGS)
TOML = """
title = "T"
language = "fr"
[editions.screen]
format = "pdf"
profile = "screen"
"""


@pytest.fixture
def edition(manuscript: Manuscript) -> Path:
    post = f"---\ntitle: One\n---\n\n{LINKS}\n\n{POST}\n"
    (made,) = build(manuscript({"2020-01-01-one.md": post}, toml=TOML)).editions
    return made.path


def test_names_are_ascii_and_tell_ids_apart() -> None:
    idents = ("plain", "post-a.note-1", "même", "m%C3%AAme", "معنى", "a b", "50%")
    names = [name_of(ident) for ident in idents]
    assert names[:2] == ["plain", "post-a.note-1"]
    assert all(name.isascii() for name in names)
    assert [unquote(name) for name in names] == list(idents)


def test_links_find_their_places_by_any_order(edition: Path) -> None:
    with pikepdf.open(edition) as pdf:
        names = [str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)]
        links = [str(link.Dest) for page in pdf.pages for link in page.get("/Annots", ()) if "/Dest" in link]
        assert pdf.check_pdf_syntax() == []
    assert names == sorted(names) and all(name.isascii() for name in names)
    assert set(links) <= set(names)
    assert len([link for link in links if "%" in link]) >= 4


def test_places_are_read_by_their_ids(edition: Path) -> None:
    with pikepdf.open(edition) as pdf:
        idents = pages_of(pdf)
    assert any(ident.endswith("zwölf") for ident in idents)
    assert not any("%" in ident for ident in idents)
    assert set(idents.values()) <= set(range(20))
