"""Settings as controls: `book.toml` is changed by a setting at a time, its comments kept."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.studio.settings import Settings

TEXT = """\
# The book of the blog.
title = "Small Corrections"  # as it stands on the spine

[style]
theme = "octavo"

[style.settings]
# a little larger than the theme's
size = "11.5pt"   # so says Ann

# what is made
[editions.paperback]
format = "pdf"
"""


def change(root: Path, text: str, name: str, value: Any) -> str:
    (root / "book.toml").write_bytes(text.encode())
    Settings(root).change(name, value)
    return (root / "book.toml").read_bytes().decode()


def test_a_value_is_changed_and_nothing_else(tmp_path: Path) -> None:
    assert change(tmp_path, TEXT, "size", "12pt") == TEXT.replace("11.5pt", "12pt")


def test_a_value_can_go_back_to_the_theme_s(tmp_path: Path) -> None:
    after = change(tmp_path, TEXT, "size", None)
    assert "size" not in tomllib.loads(after)["style"]["settings"]
    for comment in ("# The book", "# as it stands", "# a little larger", "# what is made"):
        assert comment in after


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only this\n",
        'title = "x"\n',
        'title = "x"\n\n[style]\ntheme = "octavo" # mine\n\n# made\n[editions.a]\nformat = "pdf"\n',
        'style = { theme = "octavo" }\ntitle = "x"\n',
        'style = { theme = "octavo", settings = { size = "11pt" } } # all in one\n',
        'style.theme = "octavo"\ntitle = "x"\n',
        'style.settings.size = "11pt"\r\ntitle = "x" # title\r\n',
        '[style]\nsettings.size = "11pt"\n# end\n',
        '[style.settings]\n\n[editions.a]\nformat = "epub"\n',
    ],
)
def test_whatever_its_shape_the_file_says_the_same_but_for_the_setting(tmp_path: Path, text: str) -> None:
    before = tomllib.loads(text)
    for name, value, path in [("size", "12pt", ("settings", "size")), ("theme", "octavo", ("theme",))]:
        after = change(tmp_path, text, name, value)
        said = tomllib.loads(after)
        table = said["style"]
        for key in path[:-1]:
            table = table[key]
        assert table.pop(path[-1]) == value
        expected = tomllib.loads(text)
        expected.setdefault("style", {}).setdefault("settings", {}).pop(
            "size", None
        ) if name == "size" else None
        expected.get("style", {}).pop("theme", None) if name == "theme" else None
        if name == "theme":
            expected.setdefault("style", {})
        assert said == expected
        assert all(
            comment in after
            for comment in ("# mine", "# made", "# all in one", "# title", "# end")
            if comment in text
        )
    assert before == tomllib.loads(text)


def test_a_theme_without_book_toml_gets_one(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    Settings(tmp_path).change("size", "12pt")
    assert tomllib.loads((tmp_path / "book.toml").read_text()) == {
        "format-version": 1,
        "style": {"settings": {"size": "12pt"}},
    }


def test_undo_gives_back_the_very_text(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(TEXT)
    settings = Settings(tmp_path)
    for name, value in [("leading", "15pt"), ("size", "12pt"), ("size", "13pt"), ("size", None)]:
        settings.change(name, value)
    texts = []
    while settings.undo():
        texts.append((tmp_path / "book.toml").read_text())
    assert len(texts) == 4 and texts[-1] == TEXT
    assert settings.undo() is None


def test_undo_leaves_what_its_author_changed_since(tmp_path: Path) -> None:
    file = tmp_path / "book.toml"
    file.write_text(TEXT)
    settings = Settings(tmp_path)
    settings.change("size", "12pt")
    file.write_text(file.read_text().replace("Small Corrections", "Large Ones"))
    assert settings.undo() == "size"
    assert file.read_text() == TEXT.replace("Small Corrections", "Large Ones")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("size", "huge", "the setting `size`"),
        ("size", "12pt; } body {", "the setting `size`"),
        ("siez", "12pt", "has no setting `siez`"),
        ("theme", "nowhere", "there is no theme `nowhere`"),
    ],
)
def test_what_cannot_be_is_refused_as_the_build_would(
    tmp_path: Path, name: str, value: str, message: str
) -> None:
    (tmp_path / "book.toml").write_text(TEXT)
    with pytest.raises(BookError) as refused:
        Settings(tmp_path).change(name, value)
    assert message in str(refused.value) and "hint:" in str(refused.value)
    assert (tmp_path / "book.toml").read_text() == TEXT
    assert not [one.name for one in tmp_path.iterdir() if one.name != "book.toml"]


def test_a_file_with_faults_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('title = "x\n')
    with pytest.raises(BookError):
        Settings(tmp_path).change("size", "12pt")
    assert (tmp_path / "book.toml").read_text() == 'title = "x\n'
    assert Settings(tmp_path).described() is None


def test_a_link_out_of_the_project_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text(TEXT)
    root = tmp_path / "book"
    root.mkdir()
    (root / "book.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(BookError, match="link"):
        Settings(root).change("size", "12pt")
    assert (tmp_path / "elsewhere.toml").read_text() == TEXT


def test_every_setting_of_the_theme_is_described(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(TEXT)
    told = Settings(tmp_path).described()
    assert told is not None and told["theme"] == "octavo"
    pictured = {one["name"] for one in told["themes"] if one["picture"] and one["about"]}
    assert pictured >= {"octavo", "novel", "essays", "diary", "album", "notebook", "large-print"}
    by_name = {one["name"]: one for one in told["settings"]}
    assert (by_name["size"]["value"], by_name["size"]["set"]) == ("11.5pt", True)
    assert (by_name["leading"]["value"], by_name["leading"]["set"]) == ("14pt", False)
    assert all(one["help"] and one["type"] for one in told["settings"])
