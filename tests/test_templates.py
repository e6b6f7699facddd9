from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.labels import catalogue
from book.press.workers import Limits
from book.rendering import Renderer
from book.resources import builtin
from book.templates import Templates, plain


def templates(root: Path, **own: str) -> Renderer:
    (root / "templates").mkdir(exist_ok=True)
    for name, text in own.items():
        (root / "templates" / f"{name}.xhtml").write_text(text)
    return Renderer(root, catalogue("en-GB"), "print", None, {"book": {"title": "Rice & Beans"}})


def test_values_are_escaped(tmp_path: Path) -> None:
    made = templates(tmp_path, t="<p>{{ book.title }}</p>")
    assert made.render("t.xhtml", {}) == "<p>Rice &amp; Beans</p>"


def test_an_own_template_can_extend_the_built_in_one(tmp_path: Path) -> None:
    own = '{% extends "octavo/dedication.xhtml" %}{% block text %}<p>For Ann</p>{% endblock %}'
    text = templates(tmp_path, dedication=own).render(
        "dedication.xhtml", {"leaf": {"ident": "d", "body": ""}}
    )
    assert "<p>For Ann</p>" in text
    assert 'class="dedication"' in text


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<p>\n{% if %}</p>", 2, "expected an expression"),
        ("<p>\n\n{{ nothing.here }}</p>", 3, "there is nothing called `nothing`"),
        ("<p>\n{{ 1 / 0 }}</p>", 2, "division by zero"),
        ("<p>{{ label('no-such') }}</p>", None, "no label `no-such`"),
        ("<p>{{ ''.__class__.__mro__ }}</p>", 1, "may not use `__class__` of `str`"),
        ('{% include "../../etc/passwd" %}', 1, "there is no template"),
        ('{% include "/etc/passwd" %}', 1, "there is no template"),
        ("<p><b></p>", None, "not well-formed"),
    ],
)
def test_a_fault_in_a_template_is_named_with_its_line(
    tmp_path: Path, text: str, line: int | None, says: str
) -> None:
    with pytest.raises(BookError, match=says) as caught:
        templates(tmp_path, t=text).render("t.xhtml", {})
    notice = caught.value.notices[0]
    if line is not None:
        assert (notice.path, notice.line) == (tmp_path / "templates" / "t.xhtml", line)


def test_a_link_out_of_the_templates_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("<p>secret</p>")
    made = templates(tmp_path)
    (tmp_path / "templates" / "t.xhtml").symlink_to(secret)
    with pytest.raises(BookError, match="there is no template"):
        made.render("t.xhtml", {})


def test_running_heads_are_shortened_at_a_word(tmp_path: Path) -> None:
    made = templates(tmp_path, t="<p>{{ title|head }}</p>")
    assert made.render("t.xhtml", {"title": "Short"}) == "<p>Short</p>"
    long = made.render(
        "t.xhtml", {"title": "A title that goes on, and on, and on, far beyond the page’s width"}
    )
    assert long.endswith("…</p>")
    assert len(long) < 62
    assert made.render("t.xhtml", {"title": "字" * 22}) == f"<p>{'字' * 22}</p>"
    assert made.render("t.xhtml", {"title": "字" * 40}) == f"<p>{'字' * 22}…</p>", (
        "wide signs take the room of two"
    )
    assert made.render("t.xhtml", {"title": "x" * 52}) == f"<p>{'x' * 52}</p>"


RUNAWAYS = {
    "loops": "{% set ns = namespace(t='a' * 900000) %}{% for i in range(9999) %}"
    "{% set y = ns.t|sort|unique|list %}{% endfor %}",
    "memory": "{% set ns = namespace(x=[]) %}{% for i in range(9999) %}"
    "{% set ns.x = [ns.x, ('a' * 900000) ~ i] %}{% endfor %}",
    "depth": "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(1) }}",
    "parentheses": "{{ " + "(" * 20_000 + "1" + ")" * 20_000 + " }}",
    "regular": "{% set ns = namespace(x='') %}{% for i in range(99999) %}{{ ('a' * 900000)|urlize|length }}"
    "{% endfor %}",
}


@pytest.mark.parametrize("text", RUNAWAYS.values(), ids=RUNAWAYS)
def test_a_template_that_runs_away_ends_with_its_name_and_not_with_the_program(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.templates.LIMITS", Limits(seconds=1, memory=256 << 20))
    templates(tmp_path, t=f"<p>{text}</p>")
    with Templates(tmp_path, catalogue("en-GB"), "print") as made:
        with pytest.raises(BookError, match="this template has an error") as caught:
            made.render("t.xhtml")
        assert caught.value.notices[0].path == tmp_path / "templates" / "t.xhtml"
        assert caught.value.notices[0].hint
        assert made.render("dedication.xhtml", leaf={"ident": "d", "body": ""}), "others go on"


def test_templates_of_others_are_rendered_in_a_process_of_their_own(tmp_path: Path) -> None:
    templates(tmp_path, t="<p>{{ book.title }} {{ leaf.day|day }} {{ label('toc') }}</p>")
    with Templates(tmp_path, catalogue("en-GB"), "print", book={"title": "A & B"}) as made:
        said = made.render("t.xhtml", leaf={"day": date(2017, 8, 30)})
        assert said == "<p>A &amp; B 30\u00a0August 2017 Contents</p>"
        assert made._worker is not None and made._worker.alive
    with Templates(tmp_path / "bare", catalogue("en-GB"), "print") as ours:
        assert ours.render("dedication.xhtml", leaf={"ident": "d", "body": ""})
        assert ours._worker is None, "built-in templates cost no process"


def test_a_killed_process_is_replaced(tmp_path: Path) -> None:
    templates(tmp_path, t="<p>{{ n }}</p>")
    with Templates(tmp_path, catalogue("en-GB"), "print") as made:
        assert made.render("t.xhtml", n=1) == "<p>1</p>"
        assert made._worker is not None
        made._worker._child.process.kill()
        made._worker._child.process.wait()
        assert made.render("t.xhtml", n=2) == "<p>2</p>"


def test_templates_see_copies_of_plain_values_and_nothing_else() -> None:
    own = {"list": [1, {"a": "b"}], "day": date(2017, 8, 30)}
    seen = plain(own)
    assert seen == {"list": (1, {"a": "b"}), "day": date(2017, 8, 30)}
    assert seen["list"][1] is not own["list"]
    with pytest.raises(TypeError, match="plain values, and no PosixPath"):
        plain({"path": Path("/")})


def test_a_template_cannot_bring_a_document_type(tmp_path: Path) -> None:
    text = '<!DOCTYPE p [<!ENTITY x "y">]><p>&x;</p>'
    with pytest.raises(BookError, match="has a document type"):
        templates(tmp_path, t=text).render("t.xhtml", {})


BARRED = [
    "<script>1</script>", '<b onclick="1">x</b>', '<a href="javascript:1">x</a>',
    '<a href=" VBScript:1">x</a>',
    '<iframe src="http://x.example"/>', '<object data="x"/>', '<link rel="attachment" href="x"/>',
    '<style>@import "x";</style>', '<img src="file:///etc/passwd" alt=""/>', '<form action="x"/>',
    '<b style="background: url(http://x.example)">x</b>', '<a href="data:text/html,x">x</a>', "<?php x?>",
    '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
    '<meta http-equiv="refresh" content="0"/>',
]  # fmt: skip


@pytest.mark.parametrize("markup", BARRED)
def test_what_runs_or_reaches_out_is_refused_in_templates_of_others(tmp_path: Path, markup: str) -> None:
    with pytest.raises(BookError, match="has no place in a book") as caught:
        templates(tmp_path, t=f"<p>\n{markup}</p>").render("t.xhtml", {})
    assert caught.value.notices[0].line == 2


def test_every_built_in_template_may_be_a_project_s_own(manuscript: Any, octavo: Any) -> None:
    own = {f"templates/{path.name}": path.read_text("utf-8") for path in builtin("templates").iterdir()}
    plain_one, same = manuscript(name="plain"), manuscript(name="same", files=own)
    for root in (plain_one, same):
        assert octavo("build", root, "--edition", "ebook").code == 0
    first, second = (next((root / "out").glob("*.epub")).read_bytes() for root in (plain_one, same))
    assert first == second


def test_a_theme_of_a_stranger_that_never_ends_stops_the_build_by_its_template(
    manuscript: Any, octavo: Any
) -> None:
    grown = "{% for i in range(99999) %}{% set n.x = [n.x, 'a' * 900000] %}{% endfor %}"
    bomb = "{% set n = namespace(x=[]) %}" + grown
    root = manuscript(files={"templates/colophon.xhtml": bomb, "out/manuscript.epub": "yesterday"})
    ran = octavo("build", root, "--edition", "ebook")
    assert ran.code == 1
    assert "templates/colophon.xhtml" in ran.stderr and "hint:" in ran.stderr
    assert "it needed too much memory" in ran.stderr or "MB of memory" in ran.stderr
    assert (root / "out" / "manuscript.epub").read_text() == "yesterday"
