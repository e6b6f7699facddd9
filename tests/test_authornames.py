"""Those who wrote are called by their names; no mail address reaches a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.authornames import shown
from book.gather import gather


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ann Salt", "Ann Salt"),
        ("Ann Salt|ann|ann@mail.example", "Ann Salt"),
        ("|ann|ann@mail.example", "ann"),
        ("ann@mail.example|Ann Salt", "Ann Salt"),
        ("Ann Salt <ann@mail.example>", "Ann Salt"),
        ("Ann Salt (mailto:ann@mail.example)", "Ann Salt"),
        ("ann@mail.example", None),
        ("ann.salt+blog@mail.example.org, Ann", "Ann"),
        ("@ann", "@ann"),
        ("Ann @ Sea", "Ann @ Sea"),
        ("", None),
    ],
)
def test_names_alone(written: str, name: str | None) -> None:
    assert shown([written, written]) == ((name,) if name else ())


def test_no_mail_address_is_stored(tmp_path: Path) -> None:
    blog = tmp_path / "blog"
    blog.mkdir()
    header = "title: A\nauthor: Ann|ann|ann@mail.example\nemail: ann@mail.example\nmail: x@mail.example"
    (blog / "2020-01-02-a.md").write_text(f"---\n{header}\n---\n\nText.\n")
    gather([blog], tmp_path / "book" / "chapters")
    texts = [path.read_text() for path in (tmp_path / "book").rglob("*") if path.is_file()]
    assert any("author: Ann\n" in text for text in texts) and not any(
        "mail.example" in text for text in texts
    )
