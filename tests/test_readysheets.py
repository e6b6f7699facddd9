"""Style sheets are made ready once, and anew whenever anything that shapes them has changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from book import config, readysheets, stylesheets, stylevalues
from book.config import Project
from book.errors import BookError
from book.readysheets import ready

TOML = '[style]\nstylesheets = ["styles/mine.css"]\n'
MINE = "p { color: red }\n@media print { p { color: black } }\nh1 { font-size: 1e9pt }\n"


@pytest.fixture
def project(manuscript: Any) -> Project:
    root: Path = manuscript(toml=TOML, files={"styles/mine.css": MINE})
    return config.load(root)


def anew(project: Project, medium: str = "print", **settings: object) -> Any:
    style = replace(project.config.style, settings={**project.config.style.settings, **settings})
    return stylevalues.sane(stylesheets.sheets(project, style, medium, ["Other"]))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time that sheets are made."""
    found: list[str] = []
    plain = stylesheets.sheets

    def sheets(*arguments: Any) -> Any:
        found.append(arguments[2])
        return plain(*arguments)

    monkeypatch.setattr(readysheets.stylesheets, "sheets", sheets)
    return found


def test_what_is_remembered_is_what_would_be_made(project: Project, made: list[str]) -> None:
    expected = anew(project)
    made.clear()
    style = project.config.style
    assert ready(project, style, "print", ["Other"]) == expected
    assert ready(project, style, "print", ["Other"]) == expected
    assert made == ["print"]
    assert [notice.line for notice in expected[1]] == [3]


def edit(project: Project) -> None:
    (project.root / "styles" / "mine.css").write_text("p { color: green }", encoding="utf-8")


Change = Callable[[Project], dict[str, Any]]
CHANGES: dict[str, Change] = {
    "another medium": lambda project: {"medium": "screen"},
    "another setting": lambda project: {"size": "13pt"},
    "another text": lambda project: edit(project) or {},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(
    project: Project, made: list[str], change: Callable[[Project], dict[str, Any]]
) -> None:
    ready(project, project.config.style, "print", ["Other"])
    asked = change(project)
    medium = asked.pop("medium", "print")
    style = replace(project.config.style, settings=asked)
    assert ready(project, style, medium, ["Other"]) == anew(project, medium, **asked)
    assert made[:2] == ["print", medium]


def test_other_families_are_seen(project: Project) -> None:
    texts = [sheet.text for sheet in ready(project, project.config.style, "print", ["Other"])[0]]
    others = [sheet.text for sheet in ready(project, project.config.style, "print", ["Another"])[0]]
    assert texts != others


def test_every_module_that_shapes_sheets_is_part_of_their_key() -> None:
    """Those that `stylesheets` and `stylevalues` call, but for what names, places and describes files."""
    called = set()
    for module in (stylesheets, stylevalues):
        imported = re.findall(r"^from book(?:\.(\w+))? import (\w+)", Path(module.__file__).read_text(), re.M)
        called |= {package or name for package, name in imported}
    assert called - {"config", "errors", "model", "resources"} <= {*readysheets._OWN}


def test_faults_are_told_every_time(project: Project) -> None:
    (project.root / "styles" / "mine.css").write_text("p { color: green", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(BookError, match="a bracket is never closed"):
            ready(project, project.config.style, "print", [])
