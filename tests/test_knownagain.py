"""Gathering again knows posts under new names, and names those that are gone; none is deleted."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from book.gatherreport import GatherReport
from book.header import parse
from book.model import Draft, Gathered, Origin
from book.placement import place

TEXT = "A text that is long enough to be known again by its words alone."


def draft(number: int, day: int = 0, **given: Any) -> Draft:
    fields: dict[str, Any] = {
        "title": f"Post {number}",
        "body": f"{TEXT} {number}",
        "source": f"blog:{number}",
        "url": f"https://far.example/{number}",
        **given,
    }
    return Draft(date=date(2017, 10, day or number), origin=Origin(Path("blog.xml"), number), **fields)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "chapters"


def again(into: Path, before: list[Draft], after: list[Draft]) -> GatherReport:
    place([Gathered(tuple(before))], into)
    return place([Gathered(tuple(after))], into)


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.stem[11:] for path in paths]


def test_a_post_that_is_gone_is_kept_and_named(into: Path) -> None:
    report = again(into, [draft(n) for n in (1, 2, 3)], [draft(1), draft(3)])
    assert (names(report.gone), report.unchanged) == (["post-2"], 2)
    assert report.json()["gone"] == [str(into / "2017-10-02-post-2.md")]
    assert (into / "2017-10-02-post-2.md").is_file()
    assert names(place([Gathered((draft(1), draft(3)))], into).gone) == ["post-2"], "it is told each time"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ([draft(1), draft(2)], "a feed's last posts, or another part of the export"),
        ([draft(4), draft(5)], "newer posts alone"),
        ([draft(1, url="https://other.example/1"), draft(9, url="https://other.example/9")], "another blog"),
        ([draft(1, source="other:1"), draft(9, source="other:9")], "another kind"),
    ],
)
def test_what_a_source_need_not_hold_is_not_called_gone(into: Path, given: list[Draft], why: str) -> None:
    assert again(into, [draft(3)], given).gone == (), why


def test_drafts_and_pages_that_nobody_asked_for_are_not_called_gone(into: Path) -> None:
    before = [draft(1), draft(2, draft=True), draft(3, kind="page"), draft(4)]
    assert again(into, before, [draft(1), draft(4)]).gone == ()


def test_another_title_slug_and_date_leave_a_post_in_its_file(into: Path) -> None:
    changed = draft(1, 5, title="Another title", slug="another", url="https://far.example/another")
    report = again(into, [draft(1)], [changed])
    assert [path.name for path in report.updated] == ["2017-10-01-post-1.md"]
    values = parse(report.updated[0].read_text(encoding="utf-8"), report.updated[0]).values
    assert (values["title"], values["date"]) == ("Another title", date(2017, 10, 5))
    assert values["url"] == "https://far.example/another"
    assert report.added == report.gone == ()


@pytest.mark.parametrize(
    "changed",
    [
        draft(1, 6, source="blog:2017-10-06/post-1", url=None),
        draft(1, source="blog:new-title", title="New title", url=None),
    ],
)
def test_a_post_is_known_by_its_text_where_its_identity_was_made_of_what_changed(
    into: Path, changed: Draft
) -> None:
    before = [draft(1, url=None), draft(8, url=None)]
    report = again(into, before, [changed, draft(8, url=None)])
    assert (names(report.updated), report.added, report.gone) == (["post-1"], (), ())
    assert place([Gathered((changed, draft(8, url=None)))], into).unchanged == 2


def test_a_post_is_known_by_its_address_and_what_its_author_edited_is_kept(into: Path) -> None:
    place([Gathered((draft(1),))], into)
    mine = into / "2017-10-01-post-1.md"
    mine.write_text(mine.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    report = place([Gathered((draft(1, source="blog:other", body="All is new here."),))], into)
    assert (names(report.kept), report.added) == (["post-1"], ())
    assert "All is new here." in (into.parent / "newer" / mine.name).read_text(encoding="utf-8")
    assert "Mine." in mine.read_text(encoding="utf-8")


def test_texts_that_are_short_or_stand_twice_are_not_taken_for_another(into: Path) -> None:
    before = [draft(1, url=None, body="Short."), draft(2, url=None, body=TEXT), draft(3, url=None, body=TEXT)]
    after = [
        draft(1, url=None, body="Short.", source="blog:x"),
        draft(2, url=None, body=TEXT, source="blog:y"),
    ]
    assert len(again(into, before, after).added) == 2


def test_a_moment_and_a_day_are_compared_as_days(into: Path) -> None:
    at_noon = draft(2)
    at_noon = Draft(
        at_noon.title, datetime(2017, 10, 2, 12), TEXT, at_noon.origin, source="blog:2", url=at_noon.url
    )
    assert names(again(into, [draft(1), at_noon, draft(3)], [draft(1), draft(3)]).gone) == ["post-2"]
