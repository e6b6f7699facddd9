"""Another theme: settings that it cannot have are put aside, told of, and come back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from book import config, theme
from book.studio.settings import Settings

TEXT = """\
title = "Small Corrections"

[style]
theme = "novel"

[style.settings]
# as our printer likes it
size = "11pt"   # so says Ann
opening-ornament = "❦"
leading = "14pt"

[editions.paperback]
format = "pdf"
settings = { size = "10pt", indent = "4mm" }

[editions.ebook]
format = "epub"
theme = "novel"
settings = { size = "12pt" }

# the end
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "book.toml").write_text(TEXT)
    return tmp_path


def text(root: Path) -> str:
    return (root / "book.toml").read_text()


def build_would_take(root: Path) -> bool:
    project = config.load(root)
    for plan in project.config.editions:
        theme.theme(project, plan.style)
    return True


def test_settings_that_a_theme_cannot_have_are_put_aside_and_told(root: Path) -> None:
    settings = Settings(root)
    settings.change("theme", "large-print")
    found = tomllib.loads(text(root))
    assert found["style"] == {"theme": "large-print", "settings": {}}
    assert found["editions"]["paperback"]["settings"] == {"indent": "4mm"}
    assert '# set aside: size = "11pt"   # so says Ann\n# set aside: opening-ornament = "❦"\n' in text(root)
    described = settings.described()
    assert described is not None
    said = {one["name"]: (one["value"], one["why"]) for one in described["aside"]}
    assert said == {
        "size": ("11pt", "it is `11pt`, and `16pt` is the least"),
        "opening-ornament": ("❦", "`large-print` has no such setting"),
        "leading": ("14pt", said["leading"][1]),
        "size of the edition paperback": ("10pt", "it is `10pt`, and `16pt` is the least"),
    }
    assert "is the least" in said["leading"][1]
    # an edition in a theme of its own is left as it is
    assert found["editions"]["ebook"] == tomllib.loads(TEXT)["editions"]["ebook"]


def test_one_undo_brings_all_of_it_back(root: Path) -> None:
    settings = Settings(root)
    settings.change("theme", "large-print")
    assert settings.undo() == "theme"
    assert text(root) == TEXT
    described = settings.described()
    assert described is not None and not described["aside"]


def test_undo_brings_it_back_into_a_file_that_has_changed_since(root: Path) -> None:
    settings = Settings(root)
    settings.change("theme", "large-print")
    (root / "book.toml").write_text(text(root).replace("Small", "Large"))
    settings.undo()
    assert tomllib.loads(text(root)) == tomllib.loads(TEXT.replace("Small", "Large"))
    assert build_would_take(root)


def test_the_first_theme_finds_its_settings_again_without_undo(root: Path) -> None:
    Settings(root).change("theme", "octavo")
    assert "opening-ornament" not in tomllib.loads(text(root))["style"]["settings"]
    Settings(root).change("theme", "novel")  # another day
    assert text(root) == TEXT


def test_what_the_author_has_set_anew_is_not_overruled_by_what_was_put_aside(root: Path) -> None:
    settings = Settings(root)
    settings.change("theme", "large-print")
    settings.change("size", "20pt")
    settings.change("theme", "novel")
    assert tomllib.loads(text(root))["style"]["settings"]["size"] == "20pt"
    assert build_would_take(root)


@pytest.mark.parametrize(
    "toml",
    [
        'style = { theme = "novel", settings = { opening-ornament = "x", size = "12pt" } } # all in one\n',
        'style.theme = "novel"\nstyle.settings.opening-ornament = "x"\ntitle = "x"\n',
        '[style]\ntheme = "novel"\nsettings.opening-ornament = """x"""\r\n',
        '[style]\ntheme = "novel"\n[style.settings]\nopening-ornament = """\nx"""\n',
        '[style]\ntheme = "novel"\n[style.settings]\n"opening-ornament" = "x"\n',
        '[editions.a]\nformat = "pdf"\nsettings.opening-ornament = "x"\n[style]\ntheme = "novel"\n',
    ],
)
def test_whatever_the_shape_of_the_file(tmp_path: Path, toml: str) -> None:
    file = tmp_path / "book.toml"
    file.write_bytes(toml.encode())
    settings = Settings(tmp_path)
    settings.change("theme", "octavo")
    assert build_would_take(tmp_path)
    described = settings.described()
    assert described is not None and described["aside"][0]["name"].startswith("opening-ornament")
    settings.undo()
    assert file.read_bytes() == toml.encode()
    settings.change("theme", "octavo")
    file.write_bytes(file.read_bytes() + b"\n# written since\n")
    settings.undo()
    said, expected = tomllib.loads(file.read_text()), tomllib.loads(toml)
    assert said == expected


@pytest.mark.parametrize("name", ["album", "diary", "essays", "large-print", "notebook", "novel", "octavo"])
@pytest.mark.parametrize("before", ["novel", "album", "essays", "notebook", "large-print"])
def test_every_theme_can_follow_every_other_with_all_its_settings(
    tmp_path: Path, before: str, name: str
) -> None:
    settings = theme.load(before, config.load(tmp_path)).settings.values()
    rows = [f"{one.name} = '{one.default}'" for one in settings]
    toml = f'[style]\ntheme = "{before}"\n\n[style.settings]\n' + "\n".join(rows) + "\n"
    (tmp_path / "book.toml").write_text(toml)
    shelf = Settings(tmp_path)
    shelf.change("theme", name)
    assert build_would_take(tmp_path)
    shelf.undo()
    assert text(tmp_path) == toml or name == before
