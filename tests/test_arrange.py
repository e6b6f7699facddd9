from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from making import config, post, reading

from book.arrange import arrange
from book.errors import BookError
from book.model import Media, Metadata


def slugs(book: object) -> list[str]:
    return [p.slug for p in book.posts]  # type: ignore[attr-defined]


def test_posts_stand_oldest_first_by_the_authors_own_clock() -> None:
    late = post("late", datetime(2017, 1, 2, 0, 30, tzinfo=timezone(timedelta(hours=13))))
    early = post("early", datetime(2017, 1, 1, 23, 0, tzinfo=UTC))  # later in absolute time
    assert slugs(arrange(reading(late, early), config())) == ["early", "late"]


def test_in_one_day_the_undated_hours_come_first_then_order_then_source() -> None:
    day = date(2017, 8, 30)
    posts = [
        post("noon", datetime(2017, 8, 30, 12)),
        post("second", day, order=2),
        post("first", day, order=1),
        post("third", day, order=2),
    ]
    assert slugs(arrange(reading(*posts), config())) == ["first", "second", "third", "noon"]


def test_newest_first_turns_the_whole_order_round() -> None:
    posts = [post("a", date(2017, 1, 1)), post("b", date(2017, 1, 1)), post("c", date(2018, 1, 1))]
    assert slugs(arrange(reading(*posts), config(order="newest-first"))) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ({"since": "2017"}, ["b", "c", "d"]),
        ({"until": "2017-08"}, ["a", "b"]),
        ({"since": "2017-08-31", "until": "2017-09"}, ["b", "c"]),
        ({"tags": ("RED",)}, ["a", "c"]),
        ({"without": ("red",)}, ["b", "d"]),
        ({"only_by": ("Ann",)}, ["d"]),
    ],
)
def test_selection_is_inclusive_and_may_be_partial(rules: dict[str, object], kept: list[str]) -> None:
    posts = [
        post("a", date(2016, 12, 31), tags=("red",)),
        post("b", date(2017, 8, 31)),
        post("c", date(2017, 9, 30), tags=("Blue", "Red")),
        post("d", date(2018, 1, 1), authors=("Ann", "Ben")),
    ]
    book = arrange(reading(*posts), config(**rules))
    assert slugs(book) == kept
    left_out = {p.slug for p in posts} - set(kept)
    assert {s.path.stem for s in book.skipped if s.path} == left_out
    assert all(skipped.reason for skipped in book.skipped)


def test_drafts_are_left_out_and_named_unless_asked_for() -> None:
    posts = [post("done", date(2017, 1, 1)), post("idea", date(2017, 1, 2), draft=True)]
    book = arrange(reading(*posts), config())
    assert slugs(book) == ["done"]
    assert [(s.path.stem, s.reason) for s in book.skipped if s.path] == [("idea", "draft")]
    assert slugs(arrange(reading(*posts), config(drafts=True))) == ["done", "idea"]


def test_a_draft_without_a_date_has_no_place_in_the_book() -> None:
    posts = [post("done", date(2017, 8, 30)), post("idea", date(1970, 1, 1), draft=True, undated=True)]
    book = arrange(reading(*posts), config(drafts=True))
    assert slugs(book) == ["done"]
    assert [one.reason for one in book.skipped] == ["draft without a date"]


def test_a_book_of_nothing_says_why() -> None:
    with pytest.raises(BookError, match="there are no posts"):
        arrange(reading(), config())
    with pytest.raises(BookError, match="none of the 1 posts") as caught:
        arrange(reading(post("idea", date(2017, 1, 1), draft=True)), config())
    hint = "draft: 1; `drafts = true` below `[chapters]` in book.toml takes them in"
    assert caught.value.notices[0].hint == hint
    with pytest.raises(BookError, match="none of the 1 posts") as caught:
        arrange(reading(post("idea", date(2017, 1, 1), draft=True, undated=True)), config())
    assert "write a `date` in the headers of those without" in (caught.value.notices[0].hint or "")


def test_only_media_of_the_posts_that_are_in_come_along() -> None:
    media = tuple(Media(n, Path(n), "image/png", 1, 1, n) for n in ("a.png", "b.png"))
    posts = (
        post("in", date(2017, 1, 1), media=("a.png",)),
        post("out", date(2017, 1, 1), media=("b.png",), draft=True),
    )
    book = arrange(reading(*posts).__class__(posts, media), config())
    assert [m.name for m in book.media] == ["a.png"]


def test_the_identifier_follows_from_the_address_and_is_the_same_every_time() -> None:
    posts = [post("a", date(2017, 1, 1))]
    one = arrange(reading(*posts), config(url="https://example.org/blog"))
    two = arrange(
        reading(*posts, post("b", date(2018, 1, 1))), config(url="https://example.org/blog", title="Other")
    )
    assert one.metadata.identifier == two.metadata.identifier
    assert one.metadata.identifier.startswith("urn:uuid:")
    assert arrange(reading(*posts), config(identifier="urn:isbn:1")).metadata.identifier == "urn:isbn:1"


def test_volumes_of_one_blog_have_identifiers_of_their_own() -> None:
    def metadata(**more: object) -> Metadata:
        return arrange(
            reading(post("a", date(2017, 1, 1))), config(url="https://blog.example/", **more)
        ).metadata

    volumes = [metadata(), *(metadata(series="Posts", volume=number) for number in (1, 2))]
    assert len({one.identifier for one in volumes}) == 3
    assert [(one.series, one.volume) for one in volumes] == [(None, None), ("Posts", 1), ("Posts", 2)]


def test_metadata_come_from_the_posts_where_the_author_gave_none() -> None:
    posts = [
        post("a", date(2017, 1, 1), authors=("Ann",), tags=("x", "y")),
        post(
            "b", datetime(2017, 3, 1, 23, tzinfo=timezone(timedelta(hours=-3))), authors=("Ben",), tags=("y",)
        ),
        post("c", date(2017, 2, 1), authors=("Ben",)),
    ]
    meta = arrange(reading(*posts), config()).metadata
    assert meta.authors == ("Ben", "Ann")
    assert meta.subjects == ("y", "x")
    assert meta.modified == datetime(2017, 3, 2, 2, tzinfo=UTC)


def test_front_and_back_matter_stand_in_the_order_of_the_trade() -> None:
    pages = [
        post("thanks", date(2017, 1, 1), kind="page", role="acknowledgements"),
        post("me", date(2017, 1, 1), kind="page", role="about"),
        post("for-ann", date(2017, 1, 1), kind="page", role="dedication"),
        post("lost", date(2017, 1, 1), kind="page"),
    ]
    book = arrange(reading(post("a", date(2017, 1, 1)), *pages), config())
    assert [leaf.role for leaf in book.front] == [
        "halftitlepage", "titlepage", "copyright-page", "dedication", "toc", "acknowledgments",
    ]  # fmt: skip
    assert [leaf.role for leaf in book.back] == ["about-the-author", "colophon"]
    assert [(s.path.stem, "role" in s.reason) for s in book.skipped if s.path] == [("lost", True)]


def test_a_misspelt_role_is_an_error_with_the_right_word() -> None:
    page = post("p", date(2017, 1, 1), kind="page", role="forword")
    with pytest.raises(BookError, match="unknown role `forword`") as caught:
        arrange(reading(post("a", date(2017, 1, 1)), page), config())
    assert caught.value.notices[0].hint == "did you mean `foreword`?"


def test_leaves_of_one_role_have_names_of_their_own() -> None:
    pages = [post(f"app-{n}", date(2017, 1, 1), kind="page", role="appendix") for n in (1, 2)]
    book = arrange(reading(post("a", date(2017, 1, 1)), *pages), config())
    assert [leaf.ident for leaf in book.back] == ["appendix", "appendix-2", "colophon"]


def test_a_link_to_a_page_that_has_no_place_is_undone() -> None:
    page = post("lost", date(2017, 1, 1), kind="page")
    linking = post("a", date(2017, 1, 1), body='<p><a href="lost.md">x</a></p>')
    book = arrange(reading(linking, page), config())
    assert [p.body for p in book.posts] == ["<p><a>x</a></p>"]
    assert any("left out" in warning.message for warning in book.warnings)


def test_what_a_book_says_of_itself_is_copy_edited() -> None:
    said = replace(config(), title="It's late", description='"Fine" words...', language="en-GB")
    metadata = arrange(reading(post("a", date(2017, 1, 1))), said).metadata
    assert (metadata.title, metadata.description) == ("It’s late", "“Fine” words…")
