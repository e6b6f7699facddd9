"""Themes: their files, their settings, and what every one of them must do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from book import resources
from book.build import build
from book.config import Config, Project, Style
from book.errors import BookError
from book.fonts import faces
from book.stylesheets import sheets
from book.theme import TYPES, load, theme

NAMES = resources.stems("styles", ".toml", Path("nowhere"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "styles").mkdir()
    return Project(tmp_path, Config(), tmp_path / "book.toml")


def written(project: Project, toml: str, name: str = "mine") -> Project:
    (project.root / "styles" / f"{name}.toml").write_text(toml, encoding="utf-8")
    return project


# What every theme must do.


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_says_what_it_is_and_what_can_be_set(name: str, project: Project) -> None:
    found = load(name, project)
    assert found.title
    assert found.about.endswith(".")
    assert {"text-font", "title-font", "code-font", "size", "leading", "alignment"} <= set(found.settings)
    for setting in found.settings.values():
        assert setting.type in TYPES
        assert setting.help
        assert "var(" not in setting.default


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_theme_dresses_both_media_and_leaves_no_variable_behind(
    name: str, medium: str, project: Project
) -> None:
    style = Style(theme=name)
    made = sheets(project, style, medium)
    assert made[-1].name == f"{name}.css"
    assert made[-1].text.strip()
    for sheet in made:
        assert "var(" not in sheet.text, sheet.name
        assert medium == "print" or "@page" not in sheet.text, sheet.name


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_of_a_theme_does_something(name: str, project: Project) -> None:
    plain = [
        sheet.text for medium in ("screen", "print") for sheet in sheets(project, Style(theme=name), medium)
    ]
    settings = theme(project, Style(theme=name)).settings
    for setting in settings.values():
        other = {
            "font": "Noto Serif",
            "length": setting.least or "4mm",
            "number": setting.most or "7",
            "color": "#123456",
            "keyword": next((choice for choice in setting.choices if choice != setting.default), None),
            "string": "§",
        }[setting.type]
        if other is None:
            continue  # a keyword with one choice is there to say so
        style = Style(theme=name, settings={setting.name: other})
        changed = [sheet.text for medium in ("screen", "print") for sheet in sheets(project, style, medium)]
        assert changed != plain, setting.name


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_is_set_in_typefaces_that_are_there(name: str, project: Project) -> None:
    found = theme(project, Style(theme=name))
    there = {face.family for face in faces(found.families, reserve=found.reserve)}
    assert set(found.families) <= there


@pytest.mark.parametrize("name", NAMES)
def test_a_book_in_every_theme(name: str, manuscript: Any) -> None:
    root = manuscript(toml=f'title = "Plot 14"\nauthor = "Ann Author"\n[style]\ntheme = "{name}"\n')
    report = build(root)
    assert [edition.format for edition in report.editions] == ["epub", "pdf"]
    assert not [warning.message for edition in report.editions for warning in edition.warnings]


# A theme's file.


def test_a_theme_may_be_like_another(project: Project) -> None:
    toml = 'like = "octavo"\ntitle = "Mine"\nabout = "Ours, larger."\n[settings.size]\ndefault = "12pt"\n'
    written(project, toml)
    (project.root / "styles" / "mine.css").write_text("h1 { color: #222 }", encoding="utf-8")
    assert theme(project, Style(theme="mine")).settings["size"].default == "12pt"
    assert theme(project, Style(theme="mine")).settings["leading"].default == "14pt"
    names = [sheet.name for sheet in sheets(project, Style(theme="mine"), "print")]
    assert names == ["base.css", "print.css", "octavo.css", "mine.css"]


def test_settings_alone_can_be_taken_over(project: Project) -> None:
    written(project, 'settings-of = "octavo"\n')
    names = [sheet.name for sheet in sheets(project, Style(theme="mine"), "print")]
    assert names == ["base.css", "print.css"]
    assert "size" in theme(project, Style(theme="mine")).settings


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('like = "mine"\n', "goes in a circle"),
        ('like = "nobody"\n', "there is no theme `nobody`"),
        ("[settings]\nsize = 3\n", "`settings` is not a table of tables"),
        ('[settings.size]\ntype = "lenght"\n', "no type `lenght`"),
        ('[settings.size]\nkind = "length"\n', "unknown key `kind`"),
        ('[settings.size]\ntype = "length"\ndefault = "big"\n', "the default of `size` is not a length"),
        ("[settings.size]\ntype = 3\n", "is not a text"),
        ("[settings.size]\n[", "is not TOML"),
    ],
)
def test_a_fault_in_a_theme_is_said(project: Project, toml: str, message: str) -> None:
    with pytest.raises(BookError, match=message):
        theme(written(project, toml), Style(theme="mine"))


# What an author sets.


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("size", "big", "is not a length: `big`"),
        ("size", "3pt", "is `3pt`, and `6pt` is the least"),
        ("size", "80pt", "is `80pt`, and `36pt` is the most"),
        ("size", 12, "is not a length: `12`"),
        ("size", True, "is not a length"),
        ("alignment", "justfy", "cannot be `justfy`"),
        ("size", "12pt; } body {", "is not a CSS value"),
        ("ornament", ["*"], "is not a string"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    project: Project, setting: str, value: object, message: str
) -> None:
    with pytest.raises(BookError, match=f"the setting `{setting}` {message}") as caught:
        theme(project, Style(settings={setting: value}))
    assert caught.value.notices[0].hint


@pytest.mark.parametrize("value", ["1.1em", "calc(1em + 2pt)", "0", "5mm"])
def test_lengths_that_a_page_settles_are_taken(project: Project, value: str) -> None:
    assert theme(project, Style(settings={"indent": value}))


@pytest.mark.parametrize("value", ["#ddd", "yellow", "rgb(0 0 0 / 20%)"])
def test_a_colour_that_cannot_be_read_is_refused(project: Project, value: str) -> None:
    with pytest.raises(BookError, match="can hardly be read"):
        theme(project, Style(theme="essays", settings={"accent": value}))


@pytest.mark.parametrize("value", ["#123", "maroon", "device-cmyk(0 0 0 1)"])
def test_a_colour_that_can_be_read_is_taken(project: Project, value: str) -> None:
    assert theme(project, Style(theme="essays", settings={"accent": value}))


def test_what_is_no_colour_is_refused(project: Project) -> None:
    with pytest.raises(BookError, match="is not a colour"):
        theme(project, Style(theme="essays", settings={"accent": "redd"}))


def test_large_print_cannot_be_made_small(project: Project) -> None:
    with pytest.raises(BookError, match="`16pt` is the least"):
        theme(project, Style(theme="large-print", settings={"size": "11pt"}))


# Themes of installed packages.


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Install a package whose theme is data; its code would raise if it were run."""
    package = tmp_path / "site" / "octavo_penny"
    (package / "styles").mkdir(parents=True)
    (package / "templates").mkdir()
    (package / "__init__.py").write_text("raise SystemExit('a theme ran code')")
    (package / "styles" / "penny.toml").write_text('like = "octavo"\ntitle = "Penny"\n')
    (package / "styles" / "penny.css").write_text("h1 { font-style: italic }")
    (package / "templates" / "colophon.xhtml").write_text(
        '<section class="colophon"><p>A penny plain.</p></section>'
    )
    about = tmp_path / "site" / "octavo_penny-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: octavo-penny\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[octavo.themes]\npenny = octavo_penny\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    resources.installed_themes.cache_clear()
    yield package
    resources.installed_themes.cache_clear()


def test_a_theme_of_an_installed_package_is_found_and_no_code_of_it_is_run(
    installed: Path, manuscript: Any
) -> None:
    project = Project(manuscript(), Config())
    found = theme(project, Style(theme="penny"))
    assert found.templates == installed / "templates"
    assert [sheet.name for sheet in sheets(project, Style(theme="penny"), "screen")][-1] == "penny.css"
    assert "penny" in resources.stems("styles", ".toml", project.root)
