"""Copies of built-in files, and whether they have fallen behind."""

from __future__ import annotations

from typing import Any

import pytest

from book.check import check
from book.eject import eject
from book.ejected import behind
from book.resources import builtin


@pytest.mark.parametrize("name", ["octavo", "chapter.xhtml", "print.css"])
def test_a_fresh_copy_is_not_behind_and_works(manuscript: Any, name: str) -> None:
    root = manuscript(toml='title = "A"\nlanguage = "en"\n')
    copies = eject(name, root)
    assert list(behind(root)) == []
    for copy in copies:
        original = builtin(copy.parent.name) / copy.name
        assert copy.read_text(encoding="utf-8").endswith(original.read_text(encoding="utf-8"))
    assert check([root]).findings == ()


def test_a_copy_of_an_earlier_file_is_told_by_check(manuscript: Any) -> None:
    root = manuscript(toml='title = "A"\nlanguage = "en"\n')
    (copy,) = eject("print.css", root)
    text = copy.read_text(encoding="utf-8")
    digest = text[:200].split(", ")[1][:16]
    copy.write_text(text.replace(digest, "0" * 16) + "\np { color: black }\n", encoding="utf-8")
    (finding,) = check([root]).findings
    assert (finding.severity, finding.path) == ("warning", copy)
    assert "print.css" in (finding.hint or "")


def test_changes_of_the_authors_own_are_no_matter(manuscript: Any) -> None:
    root = manuscript(toml='title = "A"\nlanguage = "en"\n')
    (copy,) = eject("base.css", root)
    copy.write_text(copy.read_text(encoding="utf-8") + "\np { color: black }\n", encoding="utf-8")
    assert list(behind(root)) == []
