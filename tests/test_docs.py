"""The manual says what is so: its links lead somewhere, its commands and keys exist, its examples work."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import Manuscript, Ran
from documents import (
    CHECKOUT,
    MANUAL,
    POSTS,
    Example,
    anchors,
    commands,
    examples,
    fault,
    file_of,
    files,
    links,
    prose,
)

import book
from book import config, stylesheets
from book.build import composed
from book.theme import theme

BOTH = [*MANUAL, *POSTS]
NAMES = CHECKOUT / "docs" / "names.md"


def named(value: object) -> str:
    return (
        value.place if isinstance(value, Example) else value.name if isinstance(value, Path) else str(value)
    )


@pytest.mark.parametrize("path", MANUAL, ids=named)
def test_links_of_the_manual_lead_to_files_and_headings_that_exist(path: Path) -> None:
    for link in links(path):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", MANUAL, ids=named)
def test_the_manual_names_no_file_of_the_machine_it_was_written_on(path: Path) -> None:
    assert not re.search(r"(?<![\w.~])/(work|tmp|root|usr)/", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", BOTH, ids=named)
def test_every_documented_command_and_option_exists(path: Path) -> None:
    assert {line: fault(line) for line in commands(path) if fault(line)} == {}


def test_a_command_that_does_not_exist_would_be_found() -> None:
    assert fault("book bind --hard") is not None
    assert fault("book build --edition ebook --harder") == "no option --harder"
    assert fault("book build [DIR] --edition paperback") is None


def parts(language: str) -> list[Example]:
    """Return the examples that are part of a file, without the whole files of a theme."""
    return [one for one in examples(language, among=BOTH) if file_of(one) is None]


@pytest.mark.parametrize("example", parts("toml"), ids=named)
def test_toml_examples_are_read_by_octavo(example: Example, manuscript: Manuscript) -> None:
    named = dict.fromkeys(re.findall(r'"(styles/[\w.-]+)"', example.text), "p { color: black; }")
    root = manuscript(toml=example.text, files=files("toml", "css", among=BOTH) | named)
    project = config.load(root)
    settings = project.config.style.settings
    for plan in project.config.editions:
        assert stylesheets.sheets(project, plan.style, "print")
    assert not settings or set(settings) <= set(theme(project, project.config.style).settings)


@pytest.mark.parametrize("example", parts("css"), ids=named)
def test_css_examples_are_style_sheets_for_both_media(example: Example, manuscript: Manuscript) -> None:
    asked = re.findall(r"style\(--([\w-]+): ([\w-]+)\)", example.text)
    settings = "".join(f'{name} = "{value}"\n' for name, value in asked)
    toml = f'[style]\nstylesheets = ["styles/mine.css"]\n[style.settings]\n{settings}'
    root = manuscript(toml=toml, files={"styles/mine.css": example.text})
    project = config.load(root)
    screen, paper = (
        stylesheets.sheets(project, project.config.style, medium)[-1].text for medium in ("screen", "print")
    )
    assert screen.strip() or paper.strip()
    assert "@page" not in screen
    assert "var(" not in paper


@pytest.mark.parametrize("example", examples("jinja", among=BOTH), ids=named)
def test_template_examples_are_used(example: Example, manuscript: Manuscript) -> None:
    from book.arrange import arrange
    from book.read import read
    from book.typeset import typeset

    root = manuscript(files={"templates/colophon.xhtml": example.text})
    project = config.load(root)
    made = typeset(arrange(read(project), project.config), project, project.config.style, "print")
    words = re.search(r"<p>(.+?)</p>", example.text)
    assert words and words[1] in made.galleys[-1].body


@pytest.mark.parametrize("example", examples("python", among=MANUAL), ids=named)
def test_python_examples_use_the_public_interface(example: Example) -> None:
    for node in ast.walk(ast.parse(example.text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "book":
            assert node.attr in book.__all__


@pytest.mark.parametrize("example", examples("json", among=BOTH), ids=named)
def test_json_examples_are_json(example: Example) -> None:
    assert json.loads(example.text)


def test_the_example_of_an_error_is_what_octavo_says(manuscript: Manuscript, octavo: object) -> None:
    assert callable(octavo)
    root = manuscript({"hello": "---\ntitle: Hello\n---\n\nHello.\n"})
    ran: Ran = octavo("build", root)
    assert ran.code == 1
    said = " ".join(ran.stderr.split()).partition("chapters/")[2]
    shown = [one for one in examples("text", among=BOTH) if "post has no date" in one.text]
    assert len(shown) == 2
    for one in shown:
        assert " ".join(one.text.split()) == f"chapters/{said}", one.place


def test_the_reference_of_book_toml_is_current(tmp_path: Path) -> None:
    made = tmp_path / "book-toml.md"
    subprocess.run([sys.executable, CHECKOUT / "docs" / "reference.py", made], check=True)
    assert made.read_text(encoding="utf-8") == (CHECKOUT / "docs" / "book-toml.md").read_text(
        encoding="utf-8"
    )


def test_documented_classes_are_those_of_templates_and_style_sheets() -> None:
    sources = [*CHECKOUT.glob("templates/*"), *CHECKOUT.glob("styles/*.css"), *CHECKOUT.glob("book/**/*.py")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    table = NAMES.read_text(encoding="utf-8").split("## Leaves")[1].split("## Templates")[0]
    names = set(re.findall(r"`[^`]*?\.([a-z][a-z-]+)`", table)) | set(
        re.findall(r"\.([a-z-]+)", " ".join(re.findall(r"`([^`]+)`", table)))
    )
    assert len(names) > 20
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", written)] == []


def test_documented_blocks_are_those_of_the_templates() -> None:
    rows = re.findall(
        r"^\| (`\w[^|]*\.xhtml`[^|]*) \| ([^|]*) \|$", NAMES.read_text(encoding="utf-8"), re.MULTILINE
    )
    documented = {
        name: set(re.findall(r"`(\w+)`", blocks))
        for cell, blocks in rows
        for name in re.findall(r"`([^`]+)`", cell)
    }
    real = {}
    for path in sorted((CHECKOUT / "templates").glob("*.xhtml")):
        blocks = set(re.findall(r"{%-? *block (\w+)", path.read_text(encoding="utf-8")))
        if blocks:
            real[path.name] = blocks
    assert documented == real


_LISTED = """\
{% macro keys(name, of) %}<p class='listed'>{{ name }}: {{ of|join(' ') }}</p>{% endmacro %}
<section>MARKED</section>
"""
_SHOWN = {
    "chapter": """{{ keys('book', book) }}{{ keys('contents', contents[-1]) }}{{ keys('chapter', chapter) }}
    {{ keys('post', chapter.posts[0]) }}{{ chapter.posts[0].body }}""",
    "part": "{{ keys('part', part) }}",
    "foreword": "{{ keys('leaf', leaf) }}{{ leaf.body }}",
}


def test_documented_values_are_those_that_templates_see(manuscript: Manuscript) -> None:
    own = {f"templates/{of}.xhtml": _LISTED.replace("MARKED", text) for of, text in _SHOWN.items()}
    post = "---\ntitle: A post\ndate: 2017-08-29\n---\n\nA word.\n"
    foreword = "---\ntitle: Foreword\nrole: foreword\n---\n\nBefore it all.\n"
    toml = '[chapters]\nparts = "year"\n'
    root = manuscript({"post": post, "foreword": foreword}, toml=toml, files=own)
    said = "".join(galley.body for galley in composed(root, "print").galleys)
    seen = {name: set(keys.split()) for name, keys in re.findall(r"<p class='listed'>(\w+): (.*?)</p>", said)}
    tables = re.findall(r"^(\*\*.*\n\n(?:\|.*\n)+)", NAMES.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(tables) == len(seen) == 6
    for table in tables:
        title, rows = table.split("\n\n")
        name = next(name for name in seen if name in title.split("**")[1])
        first = "".join(row.split("|")[1] for row in rows.splitlines()[2:])
        assert set(re.findall(r"`(\w+)`", first)) == seen[name], name


def test_the_readmes_pictures_are_small() -> None:
    pictures = list((CHECKOUT / "docs" / "pages").glob("*.png"))
    assert {path.name for path in pictures} == {
        "title.png",
        "contents.png",
        "opening.png",
        "spread.png",
        "text.png",
    }
    assert sum(path.stat().st_size for path in pictures) < 600_000


def test_the_changelog_has_this_version() -> None:
    version = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## [{version}]" in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_manual_is_written_in_british_english_and_without_ornament() -> None:
    for path in BOTH:
        text = prose(path)
        assert not re.search(r"\b(color|gray|center|behavior|catalog(?!ue)|customiz)\w*", text), path
        assert text.count("—") < 2, path
