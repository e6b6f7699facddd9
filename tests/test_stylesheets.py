from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tinycss2

from book.config import Config, Project, Style
from book.errors import BookError
from book.model import Sheet
from book.stylesheets import sheets
from book.stylevalues import sane
from book.theme import theme


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "styles").mkdir()
    return Project(tmp_path, Config(), tmp_path / "book.toml")


def mine(project: Project, css: str, medium: str = "print", **settings: Any) -> str:
    (project.root / "styles" / "mine.css").write_text(css)
    style = Style(stylesheets=("styles/mine.css",), settings=settings)
    return sheets(project, style, medium)[-1].text


def test_layers_stand_in_the_order_of_the_cascade(project: Project) -> None:
    mine(project, "p {}")
    names = [s.name for s in sheets(project, Style(stylesheets=("styles/mine.css",)), "print")]
    assert names == ["base.css", "print.css", "octavo.css", "styles/mine.css"]
    assert "screen.css" in [s.name for s in sheets(project, Style(), "screen")]


def test_a_file_of_the_same_name_overrides_the_built_in_one(project: Project) -> None:
    (project.root / "styles" / "base.css").write_text("p { color: red }")
    assert sheets(project, Style(), "print")[0].text.strip() == "p { color: red }"


def test_rules_for_paper_never_reach_a_screen_even_in_one_file(project: Project) -> None:
    css = (
        "@page { @top-left { content: 'x' } }\n"
        "@media print { p { color: red } }\n@media screen { p { color: blue } }"
    )
    screen, paper = mine(project, css, "screen"), mine(project, css, "print")
    assert "@page" not in screen
    assert "red" not in screen
    assert "blue" in screen
    assert "@page" in paper
    assert "red" in paper
    assert "blue" not in paper


@pytest.mark.parametrize(
    "query", ["screen", "screen and (min-width: 30em)", "not print", "print, screen", "all"]
)
def test_media_queries_for_a_screen(project: Project, query: str) -> None:
    assert "keep" in mine(project, f"@media {query} {{ .keep {{ color: red }} }}", "screen")


@pytest.mark.parametrize("query", ["print", "not screen", "not all"])
def test_media_queries_not_for_a_screen(project: Project, query: str) -> None:
    assert "keep" not in mine(project, f"@media {query} {{ .keep {{ color: red }} }}", "screen")


def test_no_sheet_of_the_built_in_theme_leaves_a_variable_behind(project: Project) -> None:
    for medium in ("screen", "print"):
        for sheet in sheets(project, Style(), medium):
            assert "var(" not in sheet.text
            assert ":root" not in sheet.text


def test_settings_and_root_properties_are_written_into_the_rules(project: Project) -> None:
    assert "12.5pt" in sheets(project, Style(settings={"size": "12.5pt"}), "print")[1].text
    css = ":root { --mine: 3em; --indent: 9em }\np { margin: var(--mine) var(--none, 2em) var(--unknown) }"
    assert "margin: 3em 2em var(--unknown)" in mine(project, css)
    style = Style(stylesheets=("styles/mine.css",))
    assert "text-indent: 9em" in sheets(project, style, "print")[0].text


def test_fonts_and_strings_are_quoted(project: Project) -> None:
    style = Style(settings={"text-font": "Literata", "ornament": "*"})
    text = "".join(sheet.text for sheet in sheets(project, style, "print"))
    assert 'font-family: "Literata",' in text
    assert 'content: "*"' in text
    assert theme(project, style).families[0] == "Literata"


def test_rules_stay_on_their_lines(project: Project) -> None:
    css = (
        "/* one\ntwo */\n\np { color: red }\n\n@media print {\n  h1 {\n    color: blue\n  }\n}\nh2 { x: y }\n"
    )
    text = mine(project, css)
    lines = text.split("\n")
    assert lines[3].startswith("p {")
    assert lines[10].startswith("h2 {")


@pytest.mark.parametrize(
    ("css", "line"),
    [("p { color red }", 1), ("\np { color: red\n\nh1 { color: blue }", 2), ("\n\n}", 3), ("p {}\n\nh1", 3)],
)
def test_a_fault_in_css_is_named_with_its_line(project: Project, css: str, line: int) -> None:
    with pytest.raises(BookError, match="this is not CSS") as caught:
        mine(project, css)
    notice = caught.value.notices[0]
    assert notice.path == project.root / "styles" / "mine.css"
    assert notice.line is not None
    assert notice.line >= line
    assert notice.hint


@pytest.mark.parametrize("around", ["{}", "@media print {{ {} }}"])
def test_a_sheet_of_too_many_rules_is_refused(project: Project, around: str) -> None:
    rules = "".join(f".c{number}{{color:red}}\n" for number in range(20_001))
    with pytest.raises(BookError, match=r"mine.css: this style sheet has more than 20,000 rules"):
        mine(project, around.format(rules))


def test_unknown_themes_settings_and_sheets_are_errors(project: Project) -> None:
    with pytest.raises(BookError, match="there is no theme `octovo`"):
        sheets(project, Style(theme="octovo"), "print")
    with pytest.raises(BookError, match="has no setting `sise`") as caught:
        sheets(project, Style(settings={"sise": "12pt"}), "print")
    assert "`size`" in (caught.value.notices[0].hint or "")
    with pytest.raises(BookError, match="is not a CSS value"):
        sheets(project, Style(settings={"size": "12pt; } body {"}), "print")
    with pytest.raises(BookError, match=r"there is no style sheet `styles/gone\.css`"):
        sheets(project, Style(stylesheets=("styles/gone.css",)), "print")
    with pytest.raises(BookError, match="outside the project"):
        sheets(project, Style(stylesheets=("../../etc/passwd",)), "print")


@pytest.mark.parametrize(
    "root",
    [
        "--a: var(--b); --b: var(--a)",
        "--a: var(--a)",
        "".join(f"--v{n}: {f'var(--v{n + 1}) ' * 4};" for n in range(30)) + "--v30: x; --a: var(--v0)",
        "".join(f"--v{n}: {f'var(--v{n + 1}) ' * 3};" for n in range(12)) + "--v12: x; --a: var(--v0)",
    ],
    ids=["circle", "itself", "bomb", "grown"],
)
def test_a_property_in_circles_or_without_end_leaves_its_value_out(project: Project, root: str) -> None:
    text = mine(project, f":root {{ {root} }}\np {{ margin: 1px; color: var(--a) }}\nh1 {{ color: red }}")
    assert len(text) < 1_000
    (kept,), told = sane([Sheet("styles/mine.css", text)])
    assert "color" not in kept.text.partition("h1")[0]
    assert "margin: 1px" in kept.text and "color: red" in kept.text
    assert [(one.message, one.line) for one in told] == [
        ("the value `color:var(--a)` was left out: custom properties refer to each other without end", 2)
    ]


def test_many_large_properties_in_one_rule_are_left_out_together(project: Project) -> None:
    text = mine(project, f":root {{ --a: {'x ' * 30_000} }}\np {{ {'quotes: var(--a);' * 9} }}")
    assert len(text) < 1_000


def test_properties_may_name_one_another_in_a_long_row(project: Project) -> None:
    row = "".join(f"--v{n}: var(--v{n + 1});" for n in range(40))
    assert (
        mine(project, f":root {{ {row} --v40: red }}\np {{ color: var(--v0) }}").strip() == "p { color: red }"
    )


def test_brackets_without_end_are_refused(project: Project) -> None:
    with pytest.raises(BookError, match="nested too deeply"):
        mine(project, "p { width: " + "calc(" * 5000 + "1px" + ")" * 5000 + " }")


def test_fonts_imports_and_profiles_come_from_nowhere_but_the_theme(project: Project) -> None:
    css = (
        "@import 'x.css';\n@font-face { font-family: X }\n@color-profile a { src: url(x) }\np { color: red }"
    )
    assert mine(project, css).strip() == "p { color: red }"


def test_what_is_cut_is_still_css(project: Project) -> None:
    for medium in ("screen", "print"):
        for sheet in sheets(project, Style(), medium):
            rules = tinycss2.parse_stylesheet(sheet.text, skip_whitespace=True)
            assert not [rule for rule in rules if rule.type == "error"]
