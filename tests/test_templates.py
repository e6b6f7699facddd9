from __future__ import annotations

from pathlib import Path

import pytest

from book.errors import BookError
from book.labels import catalogue
from book.templates import Templates


def templates(root: Path, **own: str) -> Templates:
    (root / "templates").mkdir(exist_ok=True)
    for name, text in own.items():
        (root / "templates" / f"{name}.xhtml").write_text(text)
    return Templates(root, catalogue("en-GB"), "print", book={"title": "Rice & Beans"})


def test_values_are_escaped(tmp_path: Path) -> None:
    made = templates(tmp_path, t="<p>{{ book.title }}</p>")
    assert made.render("t.xhtml") == "<p>Rice &amp; Beans</p>"


def test_an_own_template_can_extend_the_built_in_one(tmp_path: Path) -> None:
    own = '{% extends "octavo/dedication.xhtml" %}{% block text %}<p>For Ann</p>{% endblock %}'
    text = templates(tmp_path, dedication=own).render("dedication.xhtml", leaf={"ident": "d", "body": ""})
    assert "<p>For Ann</p>" in text
    assert 'class="dedication"' in text


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("<p>\n{% if %}</p>", 2, "Expected an expression"),
        ("<p>\n\n{{ nothing.here }}</p>", 3, "'nothing' is undefined"),
        ("<p>\n{{ 1 / 0 }}</p>", 2, "division by zero"),
        ("<p>{{ label('no-such') }}</p>", None, "no label `no-such`"),
        ("<p>{{ ''.__class__.__mro__ }}</p>", 1, "unsafe"),
        ('{% include "../../etc/passwd" %}', 1, "there is no template"),
        ('{% include "/etc/passwd" %}', 1, "there is no template"),
        ("<p><b></p>", None, "not well-formed"),
    ],
)
def test_a_fault_in_a_template_is_named_with_its_line(
    tmp_path: Path, text: str, line: int | None, says: str
) -> None:
    with pytest.raises(BookError, match=says) as caught:
        templates(tmp_path, t=text).render("t.xhtml")
    notice = caught.value.notices[0]
    if line is not None:
        assert (notice.path, notice.line) == (tmp_path / "templates" / "t.xhtml", line)


def test_a_link_out_of_the_templates_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("<p>secret</p>")
    made = templates(tmp_path)
    (tmp_path / "templates" / "t.xhtml").symlink_to(secret)
    with pytest.raises(BookError, match="there is no template"):
        made.render("t.xhtml")


def test_running_heads_are_shortened_at_a_word(tmp_path: Path) -> None:
    made = templates(tmp_path, t="<p>{{ title|head }}</p>")
    assert made.render("t.xhtml", title="Short") == "<p>Short</p>"
    long = made.render("t.xhtml", title="A title that goes on, and on, and on, far beyond the page’s width")
    assert long.endswith("…</p>")
    assert len(long) < 62
    assert made.render("t.xhtml", title="字" * 22) == f"<p>{'字' * 22}</p>"
    assert made.render("t.xhtml", title="字" * 40) == f"<p>{'字' * 22}…</p>", (
        "wide signs take the room of two"
    )
    assert made.render("t.xhtml", title="x" * 52) == f"<p>{'x' * 52}</p>"
