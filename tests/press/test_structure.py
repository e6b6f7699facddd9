"""The structure tree of a tagged book keeps the rules of PDF/UA, whatever the posts hold."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from press.compositions import WORDS, chapter, composition, press, text

from book.model import Composition

NOTES = (
    '<section class="footnotes"><ol>'
    f'<li class="footnote" id="post-c1.note-1"><p>{WORDS}</p><p>And more.</p><ul><li>in a list</li></ul></li>'
    "</ol></section>"
)
BODY = (
    '<p>A note<a class="noteref" id="post-c1.noteref-1" href="#post-c1.note-1">1</a> here.</p>'
    f"<ol><li>one</li><li>two<p>{WORDS * 30}</p><ul><li><p>deep</p></li><li>deeper</li></ul>tail</li></ol>"
    "<ul><li><h2>in it</h2><blockquote><p>said</p></blockquote></li><li></li></ul>"
    "<dl><dt>term</dt><dd><p>meaning</p><p>another</p></dd></dl>"
    '<table><caption>All</caption><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    '<tbody><tr><td>1</td><td><a href="#post-c2">2</a></td></tr></tbody></table>'
    '<div style="opacity: 0.5"><p>faint words</p></div>'
    '<p>A <a href="#post-c2"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'
    '<title>A square</title><rect width="9" height="9"/></svg></a> drawn.</p>'
)
MAY_HOLD = {
    "/L": {"/LI", "/L", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
}


@pytest.fixture(scope="module")
def book() -> Composition:
    return composition([chapter("c1", "One", BODY + NOTES), chapter("c2", "Two", text())])


@pytest.fixture(scope="module", params=["gatherings", "whole"])
def tagged(request: Any, book: Composition, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = press(book, tmp_path_factory.mktemp("tagged"), tagged=True, foot=20)
    return (made.print() if request.param == "gatherings" else made.print_whole()).pdf


def elements(tree: Any) -> Iterator[Any]:
    """Walk a structure tree."""
    pending = list(tree.K)
    while pending:
        element = pending.pop()
        yield element
        pending += children(element)


def children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_elements_hold_what_they_may(tagged: bytes) -> None:
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        seen = set()
        for element in elements(pdf.Root.StructTreeRoot):
            seen.add(str(element.S))
            held = {str(child.S) for child in children(element)}
            assert held <= MAY_HOLD.get(str(element.S), held), element.S
        assert set(MAY_HOLD) | {"/Lbl", "/LBody", "/Link", "/P"} <= seen


def test_an_item_has_one_body_that_holds_all_its_blocks(tagged: bytes) -> None:
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        items = [one for one in elements(pdf.Root.StructTreeRoot) if one.S == "/LI"]
        bodies = [[kid for kid in children(item) if kid.S == "/LBody"] for item in items]
        assert all(len(found) <= 1 for found in bodies)
        held = [[str(kid.S) for found in one for kid in children(found)] for one in bodies]
        assert ["/P", "/P"] in [[kind for kind in kinds if kind == "/P"] for kinds in held]


def test_every_element_knows_its_parent(tagged: bytes) -> None:
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        for element in elements(pdf.Root.StructTreeRoot):
            assert all(child.P.objgen == element.objgen for child in children(element))


def test_what_can_be_clicked_belongs_to_a_link(tagged: bytes) -> None:
    with pikepdf.open(io.BytesIO(tagged)) as pdf:
        tree = pdf.Root.StructTreeRoot
        owners = pikepdf.NumberTree(tree.ParentTree)
        clicked = [one for page in pdf.pages for one in page.get("/Annots", ())]
        assert {str(owners[one.StructParent].S) for one in clicked} == {"/Link"}
        held = [kid.Obj.objgen for each in elements(tree) if each.S == "/Link" for kid in _objects(each)]
        assert sorted(held) == sorted(one.objgen for one in clicked)


def _objects(element: Any) -> list[Any]:
    return [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="veraPDF needs Java")
def test_verapdf_finds_no_fault(tagged: bytes, tmp_path: Path, shared: Callable[[str], Path]) -> None:
    file = tmp_path / "tagged.pdf"
    file.write_bytes(tagged)
    command = [shared("validators/verapdf.sh"), "ua1", file]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
