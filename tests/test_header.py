"""A header says what its author means, comes back as it was written, or is refused with its line."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from book.errors import BookError
from book.header import KEYS, Header, parse, render

FILE = Path("chapters/2017-08-30-closing-gaps.md")

printable = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\ufeff")
    | st.sampled_from("\n\t'\":#-|>{}[]&*!%@`?, \u2028\x85\xa0"),
    max_size=40,
)
zones = st.none() | st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(timezones=zones) | st.dates()
numbers = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False)
scalars = printable | st.booleans() | numbers | moments
names = st.text(string.ascii_letters + "_-", min_size=1, max_size=12)
plain = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)
)
words = st.lists(printable.map(str.strip).filter(bool), max_size=5, unique=True)
known: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("title", "slug", "url", "language", "summary", "kind", "role", "source"), printable),
    "author": printable.map(str.strip).filter(bool) | words,
    "authors": words,
    "tags": words,
    "draft": st.booleans(),
    "order": st.integers(0, 99) | st.floats(0, 99),
    "date": moments,
    "updated": moments,
}
unknown = st.dictionaries(names.filter(lambda name: name not in KEYS), plain, max_size=4)
headers = st.builds(lambda a, b: a | b, st.fixed_dictionaries({}, optional=known), unknown)


def header(text: str) -> Header:
    return parse(text, FILE)


def yaml(*rows: str) -> Header:
    return header("---\n" + "\n".join(rows) + "\n---\n\nBody.\n")


@given(headers, printable)
@example({"title": "no", "tags": ["2001", "~", "1e3"]}, "---\ntitle: no header\n---\n")
@example({"summary": "a\n---\nb", "x": {"y": [[]]}}, "    code\n\n+++")
def test_what_is_rendered_is_read_back(values: dict[str, Any], body: str) -> None:
    written = render(values, body)
    read = parse(written, FILE)
    assert read.values == values
    assert read.body.rstrip("\n") == dropping_blank_lines(body).rstrip("\n")
    assert written.endswith("\n")
    assert written == render(read.values, read.body)


def dropping_blank_lines(body: str) -> str:
    rows = body.split("\n")
    while rows and not rows[0].strip():
        rows.pop(0)
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("row", "key", "value"),
    [
        ("title: no", "title", "no"),
        ("title: 2001", "title", "2001"),
        ("title: 1.10", "title", "1.10"),
        ("title: 2017-08-30", "title", "2017-08-30"),
        ("title: 'It''s'", "title", "It's"),
        ("tags: [linux, 2001, no]", "tags", ["linux", "2001", "no"]),
        ("tags: linux kde, two words ,", "tags", ["linux kde", "two words"]),
        ("tags: linux kde", "tags", ["linux", "kde"]),
        ("tags: 旅行、日本", "tags", ["旅行", "日本"]),
        ("author: [A, B]", "author", ["A", "B"]),
        ("author: Writer, A. N.", "author", "Writer, A. N."),
        ("author: {name: A. Writer, url: x}", "author", "A. Writer"),
        ("author: 2001", "author", "2001"),
        ("authors: A. Writer, An Other", "authors", ["A. Writer", "An Other"]),
        ("authors: [{name: A. Writer}, B]", "authors", ["A. Writer", "B"]),
        ("draft: yes", "draft", True),
        ("draft: 'false'", "draft", False),
        ("draft: 1", "draft", True),
        ("order: 2", "order", 2),
        ("order: 1.5", "order", 1.5),
        ("weight: 12:30:45", "weight", "12:30:45"),
        ("version: 1.10", "version", "1.10"),
        ("version: 007", "version", "007"),
        ("answer: no", "answer", "no"),
        ("comments: true", "comments", True),
        ("date: 2017-08-30", "date", date(2017, 8, 30)),
        ("date: 2010-5-3", "date", date(2010, 5, 3)),
        ("date: 20.17", None, None),
        ("date: Jul 08 2022", "date", date(2022, 7, 8)),
        ("date: 5 janvier 2017", "date", date(2017, 1, 5)),
        ("date: 03/04/2017", None, None),
        ("date: 2019/06/06 08:10:00", "date", datetime(2019, 6, 6, 8, 10)),
        ("date: 2017-08-30 14.05", "date", datetime(2017, 8, 30, 14, 5)),
        ("date: 2017-08-30T23:30:00Z", "date", datetime(2017, 8, 30, 23, 30, tzinfo=UTC)),
        ("date: 2017-08-30 11:05 PM", "date", datetime(2017, 8, 30, 23, 5)),
        ("date: Wed, 30 Aug 2017 09:00:00 +0000", "date", datetime(2017, 8, 30, 9, tzinfo=UTC)),
        (
            "date: 2011-02-23 12:42:35.000000000 +01:00",
            "date",
            datetime(2011, 2, 23, 12, 42, 35, tzinfo=timezone(timedelta(hours=1))),
        ),
        ("updated: 2017-02-30", None, None),
        ("title:", "title", None),
    ],
)
def test_values_are_what_the_author_means(row: str, key: str | None, value: Any) -> None:
    if key is None:
        with pytest.raises(BookError, match="is not a date"):
            yaml(row)
    else:
        assert yaml(row).values.get(key) == value


def test_a_zone_is_kept_as_it_is_written() -> None:
    assert yaml("date: 2011-02-23 23:30 +09:00").values["date"].utcoffset() == timedelta(hours=9)
    assert yaml("date: 2011-02-23 23:30").values["date"].tzinfo is None


def test_toml_header() -> None:
    found = header(
        '+++\ntitle = "A = B"\ndate = 2017-08-30T12:00:00+02:00\n[extra]\nseries = 1\n+++\n\nText.'
    )
    assert found.values["title"] == "A = B"
    assert found.values["date"].utcoffset() == timedelta(hours=2)
    assert found.values["extra"] == {"series": 1}
    assert (found.lines["date"], found.body_line, found.body) == (3, 8, "Text.")


def test_no_header() -> None:
    found = header("\ufeff# A title\n\nText with --- in it.\n")
    assert found == Header({}, "# A title\n\nText with --- in it.\n", 1)


def test_lines_point_into_the_file() -> None:
    found = header("---\r\n# a comment\r\ntitle: A\r\n\r\ndate: 2017-08-30\r\n---\r\n\r\n\r\nText.\r\n")
    assert found.lines == {"title": 3, "date": 5}
    assert (found.body_line, found.body) == (9, "Text.\n")


def bomb() -> list[str]:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        rows.append(f"{name}: &{name} [" + ", ".join([f"*{before}"] * 10) + "]")
    return rows


@pytest.mark.parametrize(
    ("rows", "message", "line"),
    [
        (["title: Foo: bar"], "the header is not YAML", 2),
        (["date: 2017-08-30", "title: [Draft] foo"], "the header is not YAML", 3),
        (["- a", "- b"], "not a list of keys and values", 2),
        (["just words"], "not a list of keys and values", 2),
        (["title: A", "date: 2017-02-30"], "`date`: `2017-02-30` is not a date that exists", 3),
        (["date: 2017-08-30 25:00"], "is not a date that exists", 2),
        (["date: last week"], "`last week` is not a date", 2),
        (["date: 2017"], "`2017` is not a date", 2),
        (["title: A", "title: B"], "`title` is given twice", 3),
        (["title: [A, B]"], "`title` is not text", 2),
        (["draft: perhaps"], "`draft` is not `true` or `false`", 2),
        (["order: first"], "`order` is not a number", 2),
        (["order: .inf"], "`order` is not a number", 2),
        (["x: !!python/object/apply:os.system [ls]"], "is not allowed here", 2),
        (["x: !ruby/object:Foo {}"], "the tag `!ruby/object:Foo` is not allowed here", 2),
        (["x: &x [*x]"], "grows too large", 2),
        (bomb(), "grows too large", 5),
        (["x: " + "[" * 5000], "nested too deeply", 2),
        (["x: " + "{a: " * 30 + "1" + "}" * 30], "nested too deeply", 2),
        (['title: "a\\0b"'], "cannot be printed", 2),
        (["summary: " + "x" * 300_000], "longer than 256 KB", 1),
        (["? [a, b]", ": c"], "not a word", 2),
    ],
)
def test_a_bad_header_is_refused_with_its_line(rows: list[str], message: str, line: int) -> None:
    with pytest.raises(BookError) as caught:
        yaml(*rows)
    notice = caught.value.notices[0]
    assert message in notice.message
    assert (notice.path, notice.line) == (FILE, line)


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_an_unclosed_header_is_refused(fence: str) -> None:
    with pytest.raises(BookError, match="not closed") as caught:
        header(f"{fence}\ntitle = 1\n\nText without an end.\n")
    assert caught.value.notices[0].hint
    assert caught.value.notices[0].line == 1


@pytest.mark.parametrize(
    ("block", "line"), [("title = A", 2), ("a = 1\na = 2", 3), ("a = " + "[" * 5000, None), ("a = [", None)]
)
def test_bad_toml_is_refused_with_its_line(block: str, line: int | None) -> None:
    with pytest.raises(BookError, match=r"TOML|nested too deeply") as caught:
        header(f"+++\n{block}\n+++\n")
    assert line is None or caught.value.notices[0].line == line


def test_the_hint_shows_the_value_in_quotes() -> None:
    with pytest.raises(BookError, match='`title: "Foo: bar"`'):
        yaml("title: Foo: bar")


def test_a_date_may_be_left_to_the_caller() -> None:
    found = parse("---\ndate: 2017-02-30\n---\n", FILE, check_dates=False)
    assert found.values == {"date": "2017-02-30"}


def test_a_written_header_reads_like_a_person_wrote_it() -> None:
    values = {
        "series": {"part": 2},
        "tags": ["social work", "learning"],
        "date": date(2017, 8, 30),
        "title": "Accreditation - take a bad idea, make it dafter",
        "summary": "One line.\nAnother.",
    }
    assert render(values, "Text.") == (
        "---\ntitle: Accreditation - take a bad idea, make it dafter\ndate: 2017-08-30\n"
        "tags: [social work, learning]\nsummary: |-\n  One line.\n  Another.\n"
        "series:\n  part: 2\n---\n\nText.\n"
    )
