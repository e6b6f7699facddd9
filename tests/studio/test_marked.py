"""What proofreading and the checks found is told kind by kind, each with its place."""

from __future__ import annotations

from book.model import Finding
from book.proofread import findings
from book.proofreading._lines import Line, Page, Proofs
from book.studio.marked import MANY, marked


def test_what_is_found_in_pages_has_its_page() -> None:
    full = [Line("words of a line", 50, 350, 500 - 14 * at, 10.0, (3.0,)) for at in range(30)]
    opening = [Line("A title", 50, 140, 500, 20.0, (3.0,)), *full[1:20]]
    pages = [Page(n, tuple(lines), tuple(lines)) for n, lines in enumerate((full, full[:2], opening), 1)]
    found = [
        one
        for one in findings(Proofs(tuple(pages), ((1, "Of ‘quoted’: words"),)))
        if one.rule == "short-page"
    ]
    assert "‘quoted’" in found[0].message
    (kind,) = marked(found, {})
    assert kind["said"] == "1 chapter that ends with a few lines" and kind["hints"]
    (place,) = kind["places"]
    assert place["page"] == 1 and place["message"] and not place["message"].startswith(("page", "words"))


def test_what_is_found_in_documents_has_its_chapter() -> None:
    said = "`EPUB/text/gates.xhtml`: the alternative text of `gate.png` is empty"
    spine = ["EPUB/text/nav.xhtml", "EPUB/text/gates.xhtml"]
    (kind,) = marked([Finding("alt-text", "warning", said)], {"toc": 0, "post-gates": 1}, spine)
    assert kind["places"] == [
        {"message": "the alternative text of `gate.png` is empty", "page": None, "ident": "post-gates"}
    ]


def test_kinds_are_told_by_number_and_the_rest_of_many_is_counted() -> None:
    many = [Finding("loose-line", "note", f"page {n}: wide spaces", hint="reword") for n in range(MANY + 3)]
    first, second = marked([Finding("nobody-knows", "note", "strange"), *many], {})
    assert (first["said"], first["more"], len(first["places"])) == (f"{MANY + 3} loose lines", 3, MANY)
    assert first["hints"] == ["reword"]
    assert second["said"] == "1 nobody knows" and second["places"][0]["message"] == "strange"
