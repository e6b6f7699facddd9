"""The manual's chapter on styling, read as a newcomer reads it: every example does what the text says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Manuscript, Ran
from documents import CHECKOUT, Example, examples, files

from book import config, resources
from book.arrange import arrange
from book.build import composed
from book.config import Project
from book.explaining import explained
from book.read import read
from book.stylesheets import sheets
from book.theme import theme
from book.typeset import typeset

CHAPTER = CHECKOUT / "docs" / "styling.md"
TEXT = "It was a long day among the gates, and nobody said what lay behind them. " * 3
POST = f"---\ntitle: Gates\ndate: 2017-08-29\n---\n\n{TEXT}\n\n{TEXT}\n"

THEMES = resources.stems("styles", ".toml", Path("nowhere"))


def shown(language: str, holds: str) -> Example:
    """Return the one example of the chapter with these words in it."""
    (found,) = (one for one in examples(language, among=[CHAPTER]) if holds in one.text)
    return found


def opened(manuscript: Manuscript, toml: str, **more: str) -> Project:
    return config.load(
        manuscript({"gates": POST}, toml=toml, files=files("toml", "css", among=[CHAPTER]) | more)
    )


def css(project: Project, medium: str) -> str:
    return "\n".join(sheet.text for sheet in sheets(project, project.config.style, medium))


def test_larger_type_is_larger_type(manuscript: Manuscript) -> None:
    text = css(opened(manuscript, shown("toml", 'size = "12pt"').text), "print")
    assert re.search(r"html \{[^}]*font-size: 12pt;\s+line-height: 15pt;", text)
    assert re.search(r"body \{[^}]*text-align: start;", text)  # at the left, where words are read from there


def test_manners_are_those_that_are_chosen(manuscript: Manuscript) -> None:
    project = opened(manuscript, shown("toml", "drop-cap").text)
    text = css(project, "print")
    assert "p + p, blockquote p + p, li p + p, dd p + p { margin-top: 0.5rlh; }" in text
    assert "p.date { color: #7a1f1f; }" in text and "book-title attr(data-head)" in text
    assert "header.opening p.byline { text-align: start; }" in text
    made = typeset(arrange(read(project), project.config), project, project.config.style, "print")
    body = next(galley.body for galley in made.galleys if galley.role == "chapter")
    assert '<span class="initial">I</span>t was' in body and "Tuesday" in body


def test_an_edition_can_have_settings_of_its_own(manuscript: Manuscript) -> None:
    project = opened(manuscript, shown("toml", "[editions.large-print]").text)
    (plan,) = project.config.editions
    assert "font-size: 16pt" in "\n".join(sheet.text for sheet in sheets(project, plan.style, "print"))


def test_a_style_sheet_of_ones_own_comes_last_and_for_its_medium(manuscript: Manuscript) -> None:
    toml = shown("toml", "styles/mine.css").text
    both, media = shown("css", ".chapter h1 { font-style").text, shown("css", "@page {").text
    project = opened(manuscript, toml, **{"styles/mine.css": both + media})
    screen, paper = (sheets(project, project.config.style, one)[-1].text for one in ("screen", "print"))
    assert "font-style: italic" in screen and "font-style: italic" in paper
    assert "figcaption" in screen and "figcaption" not in paper
    assert "margin-bottom: 24mm" in paper and "@page" not in screen


@pytest.mark.parametrize("name", THEMES)
def test_what_the_style_sheet_says_is_what_holds_in_every_theme(manuscript: Manuscript, name: str) -> None:
    rules = "".join(shown("css", words).text for words in (".chapter h1 { font-style", "--rule: 0.5pt; }"))
    toml = f'[style]\ntheme = "{name}"\nstylesheets = ["styles/mine.css"]\n'
    root = manuscript(
        {"gates": f"{POST}\n!!! note\n    Shut.\n"}, toml=toml, files={"styles/mine.css": rules}
    )
    made = composed(root, "print")
    for selector, property_ in (("h1", "font-style"), ("p.date", "color"), ("aside", "border")):
        told = [one.split() for one in explained(made, "gates", selector).splitlines()]
        (winner,) = (words for words in told if words and words[0].removesuffix(":") == property_)
        assert "styles/mine.css:" in " ".join(winner), (selector, winner)


def test_rules_may_be_for_one_choice(manuscript: Manuscript) -> None:
    example = shown("css", "@container").text
    for choice, there in (("spaced", True), ("indented", False)):
        toml = f'[style]\nstylesheets = ["styles/mine.css"]\nsettings = {{ paragraphs = "{choice}" }}\n'
        project = config.load(
            manuscript(toml=toml, files={"styles/mine.css": example}, name=f"project-{choice}")
        )
        last = sheets(project, project.config.style, "screen")[-1].text
        assert ("blockquote { margin-inline: 0; }" in last) is there


def test_commands_do_what_is_said_of_them(
    manuscript: Manuscript, octavo: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = manuscript({"gates": POST})
    monkeypatch.chdir(root)
    said = {}
    for example in examples("shell", among=[CHAPTER]):
        for line in example.text.splitlines():
            ran = octavo(*line.split()[1:])
            assert ran.code == 0, (line, ran.stderr)
            said[line] = ran.stdout
    assert re.search(r"octavo\.css|print\.css", said["book styles --explain titlepage h1"])
    for name in ("styles/octavo.css", "styles/octavo.toml", "templates/chapter.xhtml"):
        ours = resources.builtin(name.split("/")[0]) / Path(name).name
        assert (root / name).read_text(encoding="utf-8").endswith(ours.read_text(encoding="utf-8"))
    assert octavo("check").code == 0
    copy = root / "templates" / "chapter.xhtml"
    copy.write_text(re.sub(r"[0-9a-f]{12,}", lambda match: "0" * len(match[0]), copy.read_text(), count=1))
    ran = octavo("check", "--json")
    assert [one for one in ran.json["findings"] if one["path"].endswith("chapter.xhtml")], (
        "it has fallen behind"
    )


def test_a_theme_of_ones_own_is_made_by_the_files_that_are_shown(
    manuscript: Manuscript, octavo: Callable[..., Ran]
) -> None:
    project = opened(manuscript, shown("toml", 'theme = "allotment"').text)
    chosen = theme(project, project.config.style)
    assert chosen.families[:2] == ("EB Garamond", "Inter") and chosen.title == "Plot 14"
    made = sheets(project, project.config.style, "print")
    assert [sheet.name for sheet in made] == ["base.css", "print.css", "octavo.css", "allotment.css"]
    assert "border-bottom: 1pt solid" in made[-1].text and "padding-bottom: 0.5rlh" in made[-1].text
    assert "header.opening p.byline { text-align: start; }" in made[0].text
    ran = octavo("themes", project.root, "--json")
    assert "allotment" in [one["name"] for one in ran.json["themes"]]
