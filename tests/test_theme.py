"""Themes: their files, their settings, and what every one of them must do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from weasyprint import CSS

from book import config, resources
from book.arrange import arrange
from book.build import build, composed
from book.check import check
from book.config import Config, Project, Style
from book.crowding import crowded
from book.errors import BookError
from book.explaining import explained
from book.fonts import faces
from book.read import read
from book.stylesheets import sheets
from book.stylevalues import sane
from book.theme import TYPES, Theme, load, theme
from book.typeset import typeset

IN_TEXT = ("dates", "first-words")
"""Settings that templates know, as well as style sheets or instead of them: tested on their own."""

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
        if setting.name in IN_TEXT:
            continue
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


def bounds(found: Theme, which: int) -> dict[str, str]:
    """Set every setting that has bounds or choices: all to the least, to the most, to the third choice."""
    chosen = {
        name: one.choices[which % len(one.choices)] for name, one in found.settings.items() if one.choices
    }
    if which > 1:
        return chosen
    ends = {name: (one.least, one.most)[which] for name, one in found.settings.items()}
    colours = {
        name: ("black", "#767676")[which] for name, one in found.settings.items() if one.type == "color"
    }
    return {**chosen, **colours, **{name: end for name, end in ends.items() if end is not None}}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", range(4))
def test_every_setting_can_be_what_its_range_and_its_choices_say(
    name: str, which: int, project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    style = Style(theme=name, settings=bounds(load(name, project), which))
    for medium in ("screen", "print"):
        made, left_out = sane(sheets(project, style, medium))
        assert left_out == ()
        assert not [sheet.name for sheet in made if "var(" in sheet.text or "@container" in sheet.text]
    for sheet in made:
        CSS(string=sheet.text)
    assert not [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", range(4))
def test_a_book_with_every_setting_at_its_bounds_is_made_and_legible(
    name: str, which: int, manuscript: Any
) -> None:
    plain = Project(Path("nowhere"), Config())
    settings = "\n".join(f"{key} = '{value}'" for key, value in bounds(load(name, plain), which).items())
    paper = 'trim = "420mm x 594mm"' if which == 1 else ""
    text = "A sentence of some length about gates, paths and what lies behind them. " * 8
    post = (
        f"---\ntitle: A long title for a post\ndate: 2017-08-29\n---\n\n{text}\n\n## A heading\n\n{text}\n\n"
    )
    root = manuscript(
        {"first": post + "```\ncode = 1\n```\n\n***\n\n> A quotation.\n"},
        toml=f'title = "Plot 14"\n[style]\ntheme = "{name}"\n[style.settings]\n{settings}\n'
        f'[editions.ebook]\nformat = "epub"\n[editions.paperback]\nformat = "pdf"\n{paper}\n',
    )
    report = build(root)
    assert not [warning.message for edition in report.editions for warning in edition.warnings]
    assert not [
        one.message for one in check([one.path for one in report.editions]).findings if one.severity != "note"
    ]
    for page in PdfDocument(next(one.path for one in report.editions if one.format == "pdf")):
        signs = page.get_textpage()
        boxes = [signs.get_charbox(at) for at in range(signs.count_chars())]
        width, height = page.get_size()
        assert all(
            left >= 0 and low >= 0 and right <= width and top <= height for left, low, right, top in boxes
        )


@pytest.mark.parametrize(
    ("size", "leading", "told"),
    [("36pt", None, True), ("11pt", "10pt", True), ("14pt", None, False), ("1.2em", None, False)],
)
def test_lines_that_would_touch_are_told(
    size: str, leading: str | None, told: bool, project: Project
) -> None:
    style = Style(settings={"size": size} | ({"leading": leading} if leading else {}))
    said = crowded(theme(project, style), style, project)
    assert [one.message.partition(" in lines")[0] for one in said] == (
        [f"letters of `{size}`"] if told else []
    )
    assert not told or said[0].hint == (
        'set `leading = "45pt"` or so' if size == "36pt" else 'set `leading = "14pt"` or so'
    )


@pytest.mark.parametrize(
    ("dates", "stands"),
    [
        ("day", "29 August 2017"),
        ("weekday", "Tuesday 29 August 2017"),
        ("month", "August 2017"),
        ("none", None),
    ],
)
def test_dates_stand_over_titles_as_they_are_wished_for(
    dates: str, stands: str | None, manuscript: Any
) -> None:
    root = manuscript(toml=f'language = "en-GB"\n[style.settings]\ndates = "{dates}"\n')
    project = config.load(root)
    made = typeset(arrange(read(project), project.config), project, project.config.style, "screen")
    found = re.findall(r'<p class="date"><time datetime="2017-08-29">(.*?)</time>', made.galleys[-2].body)
    assert [text.replace("\u202f", " ").replace("\xa0", " ").replace(",", "") for text in found] == (
        [stands] if stands else []
    )


@pytest.mark.parametrize(("words", "count"), [("drop-cap", 1), ("plain", 0)])
def test_a_large_letter_stands_where_it_is_wished_for(words: str, count: int, manuscript: Any) -> None:
    text = "It was a long day among the gates, and nobody said what lay behind them. " * 3
    root = manuscript(
        {"first": f"---\ntitle: One\ndate: 2017-08-29\n---\n\n{text}\n\n{text}\n"},
        toml=f'[style.settings]\nfirst-words = "{words}"\n',
    )
    project = config.load(root)
    made = typeset(arrange(read(project), project.config), project, project.config.style, "print")
    bodies = "".join(galley.body for galley in made.galleys)
    assert bodies.count('<span class="initial">I</span>t was') == bodies.count('"initial"') == count


@pytest.mark.parametrize(
    ("heads", "left", "right"),
    [("book-and-chapter", "plot", "spring"), ("chapter", "spring", "spring"), ("none", "", "")],
)
def test_running_heads_name_what_is_wished_for(heads: str, left: str, right: str, manuscript: Any) -> None:
    text = "A sentence of some length about gates, paths and what lies behind them. " * 90
    root = manuscript(
        {"first": f"---\ntitle: Spring\ndate: 2017-08-29\n---\n\n{text}\n\n{text}"},
        toml=f'title = "Plot 14"\n[style.settings]\nrunning-heads = "{heads}"\n'
        '[editions.paperback]\nformat = "pdf"\n',
    )
    document = PdfDocument(build(root).editions[0].path)
    first = next(
        number for number, page in enumerate(document) if "sentence" in page.get_textpage().get_text_range()
    )
    shown = []
    for page in (document[first + 1], document[first + 2]):
        height = page.get_height()
        top = page.get_textpage().get_text_bounded(bottom=height - 55, top=height)
        shown.append("".join(sign for sign in top if sign.isalpha()).lower())
    assert shown == [left, right]


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


@pytest.mark.parametrize(
    "toml",
    [
        '[editions.paper]\nformat = "pdf"\n\nsettings = { sise = "9pt" }\n',
        '[editions.paper]\nformat = "pdf"\n[editions.paper.settings]\nsise = "9pt"\n',
        '[editions.paper]\nformat = "pdf"\n[style.settings]\nsise = "9pt"\n',
    ],
)
def test_a_setting_that_is_not_there_is_told_with_its_line(tmp_path: Path, toml: str) -> None:
    (tmp_path / "book.toml").write_text(toml, encoding="utf-8")
    found = config.load(tmp_path)
    with pytest.raises(BookError, match="has no setting `sise`") as caught:
        theme(found, found.config.editions[0].style)
    assert caught.value.notices[0].line == 4


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


@pytest.mark.parametrize("name", NAMES)
def test_contents_tell_months_and_parts_from_their_posts(name: str, manuscript: Any) -> None:
    posts = {
        one: f"---\ntitle: {one}\ndate: 2017-08-2{n}\n---\n\nText.\n"
        for n, one in enumerate(("hedge", "gate"))
    }
    toml = f'[chapters]\nby = "month"\n[style]\ntheme = "{name}"\n'
    made = composed(manuscript(posts, toml=toml), "print")
    said = [explained(made, "toc", f"{kind} > a > .entry") for kind in ("li.group", "li li")]
    group, post = ({line for line in one.splitlines()[1:] if not line.startswith("×")} for one in said)
    assert group - post
