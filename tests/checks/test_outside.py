"""Validators of others are asked where they are; what they say comes as findings at its place."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from planting import planted

from book import registry
from book.checks import _outside
from book.errors import BookError
from book.model import Finding

ONE, TWO = "2017-08-29-closing-gaps.xhtml", "2017-08-30-salt.xhtml"
Program = Callable[..., None]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Give a function that makes programs in Python, and no others are on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, body: str) -> None:
        (folder / name).write_text(f"#!{sys.executable}\nimport sys, pathlib\n{body}", encoding="utf-8")
        (folder / name).chmod(stat.S_IRWXU)

    return make


def asked(name: str, path: Path) -> list[Finding]:
    return list(registry.find("checks", name).check(path))


def needs_java() -> None:
    if shutil.which("java") is None:
        pytest.skip("this validator needs Java")


def test_epubcheck_is_asked(clean: Path, tmp_path: Path) -> None:
    needs_java()
    path = planted(
        clean, tmp_path / "book.epub", {ONE: ('href="2017-08-30-salt.xhtml"', 'href="pepper.xhtml"')}
    )
    assert [(f.rule, f.severity, f.path) for f in asked("epubcheck", path)] == [
        ("epubcheck-RSC-007", "error", path / "EPUB/text" / ONE)
    ]


@pytest.mark.parametrize("name", ["epubcheck", "nu"])
def test_a_validator_that_runs_once_says_the_same(
    name: str, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the other tests it stays, as no user's does."""
    needs_java()
    broken = {ONE: ('href="2017-08-30-salt.xhtml"', 'href="pepper.xhtml" role="buton"')}
    path = planted(clean, tmp_path / "book.epub", broken)
    stays = asked(name, path)
    monkeypatch.setattr(registry.find("checks", name), "answer", _outside.answer)
    assert asked(name, path) == stays != []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ('<p aria-level="1">', "missing one or more of the following attributes: “role”"),
        ('<p><a role="buton" href="#top">x</a>', "“buton” for attribute “role”"),
        ('<p id="a b">', "“a b” for attribute “id”"),
    ],
)
def test_nu_is_asked_and_epubs_own_attributes_are_none_of_its_business(
    clean: Path, tmp_path: Path, fault: str, said: str
) -> None:
    needs_java()
    assert asked("nu", clean) == []
    (found, *_) = asked("nu", planted(clean, tmp_path / "book.epub", {ONE: ("<p>", fault)}))
    assert (found.rule, found.severity) == ("nu", "error") and said in found.message
    assert str(found.path).endswith(ONE) and found.line


@pytest.mark.slow
def test_ace_is_asked(clean: Path, tmp_path: Path) -> None:
    if not (shutil.which("ace") or shutil.which("ace-cli")):
        pytest.skip("Ace is not installed")
    assert asked("ace", clean) == []
    found = asked("ace", planted(clean, tmp_path / "book.epub", {TWO: ('alt="A heap of salt"', "")}))
    assert {(one.rule, one.severity, one.path) for one in found} == {
        ("ace-image-alt", "error", tmp_path / "book.epub/EPUB/text" / TWO)
    }
    assert found[0].line


def _assertion(impact: str) -> dict[str, Any]:
    return {
        "@type": "earl:assertion",
        "earl:test": {
            "earl:impact": impact,
            "dct:title": "color-contrast",
            "help": {"dct:description": "Text must stand out"},
        },
        "earl:result": {
            "earl:outcome": "fail",
            "dct:description": "Fix any of the following:\n  too faint",
            "earl:pointer": {"css": ["h1"]},
        },
    }


def test_what_ace_says_comes_in_our_form(clean: Path, alone: Program) -> None:
    report = {
        "assertions": [
            {"assertions": [], "earl:testSubject": {"url": "/EPUB/text/nav.xhtml"}},
            {"assertions": [_assertion("serious")], "earl:testSubject": {"url": f"/EPUB/text/{ONE}"}},
            {"assertions": [_assertion("minor")], "earl:testSubject": {"url": f"text/{ONE}"}},
        ]
    }
    writes = f"pathlib.Path(sys.argv[-2], 'report.json').write_text({json.dumps(report)!r})"
    alone("ace", f"{writes}\nsys.exit(2)")
    serious, minor = asked("ace", clean)
    assert (serious.rule, serious.severity, minor.severity) == ("ace-color-contrast", "error", "note")
    assert serious.path == clean / "EPUB/text" / ONE
    assert (serious.message, serious.hint) == ("Text must stand out", "too faint")
    assert serious.line is not None and minor.path == serious.path


@pytest.mark.parametrize(("name", "program"), [("ace", "ace"), ("nu", "vnu")])
def test_a_validator_that_fails_says_why(clean: Path, alone: Program, name: str, program: str) -> None:
    alone(program, "print('no browser can be found', file=sys.stderr); sys.exit(1)")
    with pytest.raises(BookError, match="gave no report: no browser can be found"):
        asked(name, clean)


@pytest.mark.parametrize("name", ["ace", "epubcheck", "nu"])
def test_one_that_is_not_there_is_said_to_be_missing_once(clean: Path, alone: Program, name: str) -> None:
    (found,) = asked(name, clean)
    assert (found.rule, found.severity) == (name, "note")
    assert "is not installed, and was not asked" in found.message and found.hint
