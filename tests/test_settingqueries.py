"""Rules for some values of a setting only are there for these, and gone for others."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinycss2 import parse_component_value_list

from book.config import Config, Project, Style
from book.settingqueries import holds
from book.stylesheets import sheets

VALUES = {"--paragraphs": "spaced", "--ornament": '"* *"', "--size": "11pt"}


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("style(--paragraphs: spaced)", True),
        ("style( --paragraphs :  SPACED )", True),
        ("style(--paragraphs: indented)", False),
        ("style(--paragraphs)", True),
        ('style(--ornament: "* *")', True),
        ("not style(--paragraphs: indented)", True),
        ("not (style(--paragraphs: spaced))", False),
        ("style(--paragraphs: spaced) and style(--size: 11pt)", True),
        ("style(--paragraphs: spaced) and style(--size: 12pt)", False),
        ("style(--paragraphs: indented) or style(--size: 11pt)", True),
        ("(style(--paragraphs: indented) or style(--size: 9pt)) and style(--size)", False),
        ("style((--paragraphs: spaced))", None),
        ("style(--unknown: 1)", None),
        ("style(--size: 11pt) and style(--unknown: 1)", None),
        ("not style(--size: 11pt) and style(--paragraphs)", None),
        ("style(--size) and style(--size) or style(--size)", None),
        ("style(--size) style(--size) style(--size)", None),
        ("style(--size) and", None),
        ("(min-width: 30em)", None),
        ("sidebar (min-width: 30em)", None),
        ("", None),
    ],
)
def test_conditions_on_settings_are_answered_and_others_left(condition: str, answer: bool | None) -> None:
    assert holds(parse_component_value_list(condition), VALUES) is answer


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "styles").mkdir()
    return Project(tmp_path, Config(), tmp_path / "book.toml")


def mine(project: Project, css: str, medium: str = "print", **settings: str) -> str:
    (project.root / "styles" / "mine.css").write_text(css, encoding="utf-8")
    given = {name.replace("_", "-"): value for name, value in settings.items()}
    return sheets(project, Style(stylesheets=("styles/mine.css",), settings=given), medium)[-1].text


CSS = """\
@container style(--paragraphs: spaced) {
  p { color: red }
  @media print { @page { margin: 1mm } }
  :root { --mine: 3pt }
}
i { border-width: var(--mine, 1pt) }
"""


def test_rules_come_and_go_with_a_setting_and_stay_on_their_lines(project: Project) -> None:
    without, spaced = mine(project, CSS), mine(project, CSS, paragraphs="spaced")
    assert "red" not in without and "1pt" in without
    assert "red" in spaced and "margin: 1mm" in spaced and "3pt" in spaced and "@container" not in spaced
    assert "@page" not in mine(project, CSS, "screen", paragraphs="spaced")
    for text in (without, spaced):
        assert text.split("\n")[5].startswith("i {")
    assert spaced.split("\n")[1].strip() == "p { color: red }"


def test_what_a_reader_alone_can_know_is_left_to_it(project: Project) -> None:
    assert "@container (min-width: 30em)" in mine(
        project, "@container (min-width: 30em) { p { color: red } }", "screen"
    )
