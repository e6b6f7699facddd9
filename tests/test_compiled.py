"""Compiled templates are remembered for a user: whole, by what shaped them, and never in a project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from book import compiled, userstore
from book.build import composed
from book.compiled import Compiled


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return userstore.folder("templates")


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def rendered(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """Render a template; tell how often one was compiled for that."""
    count = 0
    plain = jinja2.Environment.compile

    def compile(self: Any, *arguments: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        return plain(self, *arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", compile)
        loader = jinja2.FunctionLoader(lambda _: (text, "one.xhtml", None))
        template = jinja2.Environment(loader=loader, bytecode_cache=Compiled()).get_template("one.xhtml")
        return template.render(name="Ada"), count


def test_a_template_is_compiled_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("by {{ name }}", monkeypatch) == ("by Ada", 1)
    assert rendered("by {{ name }}", monkeypatch) == ("by Ada", 0)
    assert rendered("of {{ name }}", monkeypatch) == ("of Ada", 1)


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: data[:40] + b"!" + data[41:], lambda _: b""]
)
def test_what_was_harmed_is_compiled_anew(harm: Any, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("by {{ name }}", monkeypatch)
    (entry,) = entries(kept)
    entry.write_bytes(harm(entry.read_bytes()))
    assert rendered("by {{ name }}", monkeypatch) == ("by Ada", 1)
    assert rendered("by {{ name }}", monkeypatch) == ("by Ada", 0)


def test_another_program_compiles_anew(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered("by {{ name }}", monkeypatch)
    monkeypatch.setattr(compiled, "_shapers", lambda: "another")
    assert rendered("by {{ name }}", monkeypatch) == ("by Ada", 1)


def test_a_project_with_templates_of_its_own_takes_and_leaves_nothing(kept: Path, manuscript: Any) -> None:
    own = {"templates/chapter.xhtml": '{% extends "octavo/chapter.xhtml" %}'}
    composed(manuscript(files=own, name="own"), "screen")
    assert entries(kept) == []
    composed(manuscript(name="plain"), "screen")
    assert entries(kept)
