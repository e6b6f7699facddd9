"""Posts as JSON, as programs write them that have no form of their own."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.gather import find
from book.model import Draft, Gathered
from book.sources.json import gather


def saved(folder: Path, document: Any) -> Path:
    path = folder / "posts.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return path


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def test_a_post_is_whole(tmp_path: Path) -> None:
    row = {
        "id": 7, "title": "A & B", "published_at": "2017-08-30T10:00:00+02:00",
        "body": "<p>Some <b>words</b>.</p>", "author": {"name": "Ann"}, "tags": ["x", {"name": "y"}],
        "slug": "a-b", "url": "https://a.example/a-b",
    }  # fmt: skip
    draft = one(gather(saved(tmp_path, {"posts": [row]})))
    assert (draft.title, draft.body, draft.slug) == ("A & B", "Some **words**.", "a-b")
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2017-08-30T10:00:00+02:00"
    assert (draft.authors, draft.tags, draft.url) == (("Ann",), ("x", "y"), "https://a.example/a-b")


@pytest.mark.parametrize(
    "document",
    [
        {"title": "x", "text": "Words."},
        [{"title": "x", "content": "Words."}, {"no": "post"}],
        {"data": [{"title": {"rendered": "x"}, "content": {"rendered": "<p>Words.</p>"}}]},
        {"items": [{"Headline": "x", "Body-HTML": "<p>Words.</p>"}]},
    ],
    ids=["one", "list", "wordpress", "spelling"],
)
def test_what_programs_call_things_is_understood(tmp_path: Path, document: Any) -> None:
    draft = one(gather(saved(tmp_path, document)))
    assert (draft.title, draft.body) == ("x", "Words.")


def test_a_number_counts_seconds_or_thousandths(tmp_path: Path) -> None:
    rows = [{"text": "a", "created": 1504080000}, {"text": "b", "created": 1504080000000}]
    days = [draft.date for draft in gather(saved(tmp_path, rows)).drafts]
    assert [when.date() for when in days if isinstance(when, datetime)] == [date(2017, 8, 30)] * 2


def test_halves_of_characters_are_told_and_cost_no_word(tmp_path: Path) -> None:
    found = gather(saved(tmp_path, '{"title": "bad \\ud800 title", "body": "<p>x \\udfff y</p>"}'))
    assert (one(found).title, one(found).body) == ("bad \ufffd title", "x \ufffd y")
    assert [notice.message for notice in found.warnings] == ["halves of characters became U+FFFD: 2"]


@pytest.mark.parametrize(
    ("name", "content", "message", "line"),
    [
        ("a.json", '{"n":\n' + "9" * 5000 + "}", "this number has 5000 digits", 2),
        ("a.json", "[" * 5000 + "]" * 5000, "more than 200 levels deep", 1),
        ("a.json", '{"a": "b', "unterminated string starting at column 7", 1),
        ("a.json", '{"a": NaN}', "`NaN` is no number in JSON", 1),
        ("a.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
            f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
        ), "grows too large", None),
        ("a.toml", "x = 1\na = " + "[" * 5000 + "]" * 5000, "nested too deeply", 2),
    ],
    ids=["digits", "depth", "cut", "nan", "aliases", "toml"],
)  # fmt: skip
def test_data_that_nobody_could_read_is_refused_by_its_line(
    tmp_path: Path, name: str, content: str, message: str, line: int | None
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(BookError, match=message) as caught:
        find([tmp_path / name])
    notice = caught.value.notices[0]
    assert notice.path == tmp_path / name and notice.hint
    assert line is None or notice.line == line


def test_archives_alone_in_an_archive_are_listed_and_stay_closed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        for number in range(25):
            archive.writestr(f"{number:02}.zip", b"PK\x05\x06" + bytes(18))
    (found,) = find([tmp_path / "outer.zip"])
    assert not found.drafts
    (notice,) = found.warnings
    assert "`00.zip`" in notice.message and "and 5 more" in notice.message


def test_a_feed_without_posts_is_told_and_no_error(tmp_path: Path) -> None:
    feed = "<rss><channel><title>Caf&eacute;</title></channel></rss>"
    (tmp_path / "feed.xml").write_text(feed, "utf-8")
    (found,) = find([tmp_path / "feed.xml"])
    assert not found.drafts
    assert "no post was found here" in found.warnings[-1].message
    with pytest.raises(BookError, match="no post was found here"):
        find([tmp_path / "feed.xml"], kind="feed")
