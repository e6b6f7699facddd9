"""Reading the JSON of exports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.errors import BookError
from book.sources._json import load

FILE = Path("export.json")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_read_in_the_encodings_there_are(encoding: str) -> None:
    assert load('{"a": ["é", 1, 2.5, null, true]}'.encode(encoding), FILE) == {"a": ["é", 1, 2.5, None, True]}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"a": 1,\n "b": [1, 2}', 2, "this is not JSON"),
        ('{"a":\n NaN}', 2, "`NaN` is no number"),
        ('{"a":\n -Infinity}', 2, "`-Infinity` is no number"),
        ('{"a": 1,\n\n "a": 2}', 3, "the name `a` stands twice"),
        ('{"n":\n' + "9" * 5000 + "}", 2, "5000 digits"),
        ("[" * 100_000, 1, "nested more than"),
        ("[\n" * 201 + "]" * 201, 201, "nested more than 200"),
        ('{"a": "\n{\n[ NaN", "b": NaN}', 3, "`NaN` is no number"),
    ],
)
def test_what_no_export_holds_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(BookError, match=message) as error:
        load(text.encode(), FILE)
    assert (error.value.notices[0].path, error.value.notices[0].line) == (FILE, line)


def test_json_is_as_deep_as_may_be() -> None:
    assert load(b'{"a":' + b"[" * 199 + b"]" * 199 + b"}", FILE)
    assert load(b"5", FILE) == 5


def test_half_a_character_is_replaced_and_a_whole_one_kept() -> None:
    assert load(rb'{"a": ["x \ud800 y", "\ud83d\ude00"]}', FILE) == {"a": ["x \ufffd y", "\U0001f600"]}


@pytest.mark.parametrize("name", ["121-big-int.json", "122-nan-dup.json"])
def test_hostile_json_is_refused(name: str, shared: Callable[[str], Path]) -> None:
    path = shared(f"hostile/data/{name}")
    with pytest.raises(BookError) as error:
        load(path.read_bytes(), path)
    assert error.value.notices[0].line == 1
