"""`book.toml` is read whole: defaults where it is silent, every fault with its line where it errs."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from book import config, kinds, tables
from book.config import ChapterRules, Config, EditionPlan, Style
from book.errors import BookError
from book.model import Notice


@pytest.fixture
def faults(manuscript: Any) -> Any:
    """Give a function that loads a `book.toml` and returns its faults as (line, message, hint)."""

    def load(toml: str) -> list[tuple[int | None, str, str | None]]:
        root = manuscript(toml=toml)
        with pytest.raises(BookError) as caught:
            config.load(root)
        notices: tuple[Notice, ...] = caught.value.notices
        assert {notice.path for notice in notices} == {root / "book.toml"}
        return [(notice.line, notice.message, notice.hint) for notice in notices]

    return load


def test_without_book_toml_both_editions_have_defaults(manuscript: Any) -> None:
    project = config.load(manuscript())
    assert project.file is None
    assert project.config == Config()
    assert [(plan.name, plan.format) for plan in project.config.editions] == [
        ("ebook", "epub"),
        ("paperback", "pdf"),
    ]


def test_a_book_without_a_title_is_told_so(manuscript: Any) -> None:
    assert [n.message for n in config.load(manuscript()).notices] == ["the book has no title"]
    assert not config.load(manuscript(toml='title = "Given"', name="other")).notices


FULL = """\
format-version = 1
title = " Small   Corrections "
subtitle = "A blog"
authors = ["Ann", "Bob"]
language = "en-gb"
publisher = "P"
rights = "R"
description = "D"
url = "https://example.org/blog"
identifier = "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301"
cover = "pictures/cover.png"
dedication = "For *you*"
epigraph = "E"
about = "A"

[chapters]
by = "month"
parts = "year"
order = "newest-first"
from = 2017
until = 2018-08-30
tags = ["a"]
without = ["b"]
authors = ["Ann"]
drafts = true

[style]
openings = "recto"
stylesheets = ["styles/mine.css"]
[style.settings]
size = "10pt"

[editions.ebook]
format = "epub"
isbn = "978-3-16-148410-0"
openings = "any"

[editions.thick]
format = "pdf"
profile = "a5"
[editions.thick.settings]
size = "14pt"
"""


def test_every_key_is_read(manuscript: Any) -> None:
    root = manuscript(toml=FULL, files={"pictures/cover.png": b"", "styles/mine.css": ""})
    read = config.load(root).config
    style = Style(stylesheets=("styles/mine.css",), openings="recto", settings={"size": "10pt"})
    assert read == Config(
        title="Small Corrections",
        subtitle="A blog",
        authors=("Ann", "Bob"),
        language="en-GB",
        publisher="P",
        rights="R",
        description="D",
        url="https://example.org/blog",
        identifier="urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        cover="pictures/cover.png",
        dedication="For *you*",
        epigraph="E",
        about="A",
        chapters=ChapterRules(
            "month", "year", "newest-first", "2017", "2018-08-30", ("a",), ("b",), ("Ann",), True
        ),
        style=style,
        editions=(
            EditionPlan(
                "ebook",
                "epub",
                Style(stylesheets=("styles/mine.css",), openings="any", settings={"size": "10pt"}),
                "978-3-16-148410-0",
            ),
            EditionPlan(
                "thick",
                "pdf",
                Style(stylesheets=("styles/mine.css",), openings="recto", settings={"size": "14pt"}),
                options={"profile": "a5"},
            ),
        ),
    )


def test_a_project_can_be_sent_to_a_worker(manuscript: Any) -> None:
    root = manuscript(toml=FULL, files={"pictures/cover.png": b"", "styles/mine.css": ""})
    project = config.load(root)
    assert pickle.loads(pickle.dumps(project)) == project


def test_one_author_is_an_author(manuscript: Any) -> None:
    assert config.load(manuscript(toml='author = "Ann"')).config.authors == ("Ann",)


def test_an_empty_text_is_none_given(manuscript: Any) -> None:
    read = config.load(manuscript(toml='title = " "\nsubtitle = ""\nauthors = ["", "Ann"]')).config
    assert (read.title, read.subtitle, read.authors) == ("Untitled", None, ("Ann",))


def test_editions_named_are_the_editions_made(manuscript: Any) -> None:
    read = config.load(manuscript(toml="[editions.paperback]\n")).config
    assert [(plan.name, plan.format) for plan in read.editions] == [("paperback", "pdf")]


@pytest.mark.parametrize(
    ("toml", "line", "message", "hint"),
    [
        ('titel = "x"', 1, "unknown key `titel` at the top", "did you mean `title`?"),
        ('\n[style]\ntheem = "x"', 3, "unknown key `theem` in `[style]`", "did you mean `theme`?"),
        ('[style]\nopening = "x"', 2, "unknown key `opening` in `[style]`", "did you mean `openings`?"),
        (
            '[style]\nsize = "12pt"',
            2,
            "unknown key `size` in `[style]`",
            "`size` belongs in `[style.settings]`",
        ),
        (
            '[style]\nindnt = "1em"',
            2,
            "unknown key `indnt` in `[style]`",
            "did you mean `indent`, in `[style.settings]`?",
        ),
        (
            'leading = "15pt"',
            1,
            "unknown key `leading` at the top",
            "`leading` belongs in `[style.settings]`",
        ),
        (
            '[editions.a]\nformat = "pdf"\nsize = "12pt"',
            3,
            "unknown key `size` in `[editions.a]`",
            "`size` belongs in `[editions.a.settings]`",
        ),
        ('openings = "any"', 1, "unknown key `openings` at the top", "`openings` belongs in `[style]`"),
        (
            '[chapters]\ntitle = "x"',
            2,
            "unknown key `title` in `[chapters]`",
            "`title` belongs at the top, above any `[table]`",
        ),
        ("thmes = 1", 1, "unknown key `thmes` at the top", "did you mean `theme`, in `[style]`?"),
        ("title = 1984", 1, "`title` is not text", 'write it in quotes: `"1984"`'),
        ("title = []", 1, "`title` is not text", None),
        ('title = "a\\u0000b"', 1, "`title` holds a character that cannot be printed, U+0000", None),
        ("author = 1", 1, "`author` is not text", 'for several write `authors = ["…", "…"]`'),
        ('authors = "Ann"', 1, "`authors` is not a list", 'write `["…", "…"]`'),
        ('author = "A"\nauthors = ["B"]', 1, "both `author` and `authors` are set", "keep one of them"),
        ('language = "english"', 1, "`language` is not a language tag", "write `en-GB` or `fr`"),
        ('language = "en_GB.UTF-8"', 1, "`language` is not a language tag", "did you mean `en-GB`?"),
        ('url = "example.org"', 1, "`url` is not a web address", "it begins with `https://` or `http://`"),
        ('url = "http://["', 1, "`url` is not a web address", "it begins with `https://` or `http://`"),
        ('identifier = "a b"', 1, "`identifier` holds a space", None),
        ("volume = 2", 1, "`volume` is set, and no `series`", 'write `series = "…"` too'),
        ('series = "S"\nvolume = "two"', 2, "`volume` is not a whole number", None),
        (
            'cover = "../x.png"',
            1,
            "`cover` is not a path inside the project",
            "write it like `pictures/cover.jpg`",
        ),
        (
            'cover = "/etc/passwd"',
            1,
            "`cover` is not a path inside the project",
            "write it like `pictures/cover.jpg`",
        ),
        (
            'cover = "C:\\\\x.png"',
            1,
            "`cover` is not a path inside the project",
            "write it like `pictures/cover.jpg`",
        ),
        ('cover = "x.png"', 1, "there is no file `x.png`", "its path begins at the project's folder"),
        ("[chapters]\nby='week'", 2, "`by` cannot be `week`", None),
        ('[chapters]\nby = "pots"', 2, "`by` cannot be `pots`", "did you mean `post`?"),
        ("[chapters]\ndrafts = 1", 2, "`drafts` is neither `true` nor `false`", None),
        (
            "[chapters]\nfrom = true",
            2,
            "`from` is not text",
            'write it in quotes: `"True"`',
        ),
        ('[chapters]\nfrom = "2017-02-30"', 2, "`from` is a date that does not exist: `2017-02-30`", None),
        ('[chapters]\nuntil = "2017-13"', 2, "`until` is a date that does not exist: `2017-13`", None),
        (
            '[chapters]\nuntil = "May"',
            2,
            "`until` is not a date",
            'write `"2017"`, `"2017-08"` or `"2017-08-30"`',
        ),
        (
            '[chapters]\nfrom = "2018"\nuntil = "2017-05"',
            2,
            "`from` is after `until`: nothing lies between 2018 and 2017-05",
            None,
        ),
        ("chapters = 3", 1, "`chapters` is not a table", "write a line `[chapters]` and its keys under it"),
        ('[style]\ntheme = "octvo"', 2, "there is no theme `octvo`", "did you mean `octavo`?"),
        (
            '[style]\nstylesheets = ["styles/mine.css"]',
            2,
            "there is no file `styles/mine.css`",
            "its path begins at the project's folder",
        ),
        ("[style]\nsettings = 1", 2, "`settings` is not a table", None),
        (
            "[editions]",
            1,
            "`[editions]` is empty",
            'write `[editions.ebook]` and `format = "epub"`',
        ),
        ("[editions.x]", 1, "the edition `x` has no format", 'write `format = "epub"` or `format = "pdf"`'),
        ("[editions]\nx = 1", 2, "`x` is not a table", "write a line `[editions.x]` and its keys under it"),
        (
            '[editions.x]\nformat = "pdff"',
            2,
            "there is no edition named `pdff`",
            "did you mean `pdf`?",
        ),
        ('[editions."../x"]\nformat = "pdf"', 1, "an edition cannot be named `../x`", None),
        ('[editions.x]\nformat = "pdf"\nprofil = "a5"', 3, "unknown key `profil` in `[editions.x]`", None),
        ('[editions.x]\nformat = "pdf"\nprofile = 5', 3, "`profile` is not text", None),
        ('[editions.x]\nformat = "pdf"\nthem = "a5"', 3, "unknown key `them` in `[editions.x]`", None),
        (
            '[editions.x]\nformat = "epub"\nisbn = "978-3-16-148410-1"',
            3,
            "`isbn` is not an ISBN: its check digit is wrong",
            "compare it with its source",
        ),
        (
            '[editions.x]\nformat = "epub"\nisbn = "12"',
            3,
            "`isbn` is not an ISBN",
            "it has 13 digits and begins with 978 or 979, or it has 10",
        ),
        ("format-version = 2", 1, "`format-version` is `2`", None),
    ],
)
def test_one_fault(faults: Any, toml: str, line: int, message: str, hint: str | None) -> None:
    [(at, said, advice)] = faults(toml)
    assert (at, said) == (line, message)
    if hint is not None:
        assert advice == hint


def test_all_faults_are_told_at_once_in_order(faults: Any) -> None:
    told = faults('titel = "x"\n[style]\nopenings = "left"\n[chapters]\nby = 3\n')
    assert [line for line, _, _ in told] == [1, 3, 5]


@pytest.mark.parametrize(
    ("toml", "line", "message"),
    [
        ("title = \n", 1, "this is not TOML: invalid value"),
        ('a = "x"\ntitle "y"\n', 2, "this is not TOML: expected '=' after a key in a key/value pair"),
        ('title = "x', 1, "this is not TOML: unterminated string"),
        ("title = 'a'\ntitle = 'b'\n", 2, "this is not TOML: cannot overwrite a value"),
        ("title = 'a'\n[chapters\n", 2, None),
    ],
)
def test_what_is_not_toml(faults: Any, toml: str, line: int, message: str | None) -> None:
    [(at, said, _)] = faults(toml)
    assert at == line
    assert said == message if message else said.startswith("this is not TOML: ")


def test_toml_nested_without_end_is_refused(faults: Any) -> None:
    assert faults("title = 'x'\na = " + "[" * 5000 + "]" * 5000) == [
        (2, "this TOML is nested too deeply", "nothing in it needs brackets in brackets")
    ]


def test_a_hostile_sample_is_refused(manuscript: Any, shared: Any) -> None:
    root = manuscript(toml=shared("hostile/data/128-toml-deep.toml").read_text())
    with pytest.raises(BookError, match="nested too deeply"):
        config.load(root)


def test_a_number_without_end_is_refused(faults: Any) -> None:
    assert faults("title = " + "9" * 5000)[0][1] == "this TOML holds a number that is too long"


def test_a_file_that_is_too_large_is_refused(faults: Any) -> None:
    assert faults("# " + "x" * tables.LIMIT)[0][1] == "this file is larger than 1 MB"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"title = 'a'\nsubtitle = 'caf\xe9'\n", 2, "this file is not UTF-8 text"),
        (b"title = 'a'\n\0\n", 2, "this is not a text file: it holds NUL bytes"),
    ],
)
def test_bytes_that_are_no_text(manuscript: Any, content: bytes, line: int, message: str) -> None:
    with pytest.raises(BookError) as caught:
        config.load(manuscript(files={"book.toml": content}))
    assert (caught.value.notices[0].line, caught.value.notices[0].message) == (line, message)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(manuscript: Any) -> None:
    root = manuscript(files={"book.toml": b"\xef\xbb\xbftitle = 'a'\r\nsubtitle = 'b'\r\n"})
    assert config.load(root).config.subtitle == "b"


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="there is no such folder"):
        config.load(tmp_path / "nowhere")


def test_a_file_is_no_project(manuscript: Any) -> None:
    with pytest.raises(BookError, match="this is a file, and a project is a folder"):
        config.load(manuscript() / "chapters" / "2017-08-29-first.md")


def test_a_folder_named_book_toml(manuscript: Any) -> None:
    with pytest.raises(BookError, match="this is a folder, and a file belongs here"):
        config.load(manuscript(files={"book.toml/x": ""}))


def test_a_pipe_named_book_toml_does_not_hang(manuscript: Any) -> None:
    root = manuscript()
    os.mkfifo(root / "book.toml")
    with pytest.raises(BookError, match="neither a file nor a folder"):
        config.load(root)


def test_a_link_to_nowhere_named_book_toml(manuscript: Any) -> None:
    root = manuscript()
    (root / "book.toml").symlink_to("gone.toml")
    with pytest.raises(BookError, match="there is no such file"):
        config.load(root)


def test_a_cover_may_not_be_a_link_out_of_the_project(manuscript: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"")
    root = manuscript(toml='cover = "cover.png"')
    (root / "cover.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(BookError, match="lies outside the project"):
        config.load(root)


def test_lines_of_keys_are_found_past_strings_and_lists(manuscript: Any) -> None:
    toml = """\
description = \"\"\"
[style]
theme = "not a key" \"\"\"\"
about = '''
x = 1
'''
authors = [  # [
  "a = 1",
  "]",
]
"subtitle" = "y"  # ] = [
[ editions . "ebook" ]
format = "epub"
isbn = "9783161484100"
"""
    project = config.load(manuscript(toml=toml))
    assert [project.line(*keys.split(".")) for keys in ("description", "about", "authors", "subtitle")] == [
        1,
        4,
        7,
        11,
    ]
    assert project.line("editions", "ebook") == 12
    assert project.line("editions", "ebook", "isbn") == 14
    assert project.line("editions", "ebook", "nothing") == 12
    assert project.line("style") is None


def test_the_reference_names_every_key_with_a_line_of_documentation() -> None:
    text = config.reference()
    for _, cls in config.TABLES:
        for name, field in tables.declared(cls):
            assert f"| `{name}` | {field.metadata['kind'].words} |" in text
            assert len(field.metadata["doc"]) > 5
    assert '| `by` | `post` · `day` · `month` · `quarter` · `year` · `tag` | `"post"` |' in text


@pytest.mark.parametrize("isbn", ["978-3-16-148410-0", "9783161484100", "ISBN 0-306-40615-2", "080442957X"])
def test_isbns_with_the_right_check_digit(isbn: str) -> None:
    assert kinds.ISBN.check(isbn)


@pytest.mark.parametrize("isbn", ["978-3-16-148410-9", "0-306-40615-3", "9773161484100", "X804429570", "978"])
def test_isbns_with_the_wrong_check_digit(isbn: str) -> None:
    with pytest.raises(ValueError, match="is not an ISBN"):
        kinds.ISBN.check(isbn)


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("EN", "en"),
        ("en-gb", "en-GB"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
    ],
)
def test_language_tags_are_written_as_usual(given: str, tag: str) -> None:
    assert kinds.LANGUAGE.check(given) == tag
