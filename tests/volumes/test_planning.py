from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.errors import BookError
from book.volumes.planning import Weighed, shares


def chapter(day: date, pages: float) -> Weighed:
    return Weighed(f"of {day}", day, 1, 300, pages)


def monthly(years: range, pages: float) -> list[Weighed]:
    return [chapter(date(year, month, 10), pages) for year in years for month in range(1, 13)]


def test_volumes_end_with_years_and_are_of_like_size() -> None:
    made = shares(monthly(range(2010, 2016), 5), room=200)
    assert [(one.until, one.pages) for one in made] == [("2012", 180), ("2015", 180)]


def test_as_few_volumes_as_have_room() -> None:
    assert len(shares(monthly(range(2010, 2016), 5), room=360)) == 1
    assert len(shares(monthly(range(2010, 2016), 5), room=359)) == 2


def test_a_year_that_is_too_long_is_divided_by_months_and_only_that_one() -> None:
    heavy = [chapter(date(2011, month, 3), 30) for month in range(1, 13)]
    made = shares([*monthly(range(2010, 2011), 5), *heavy, *monthly(range(2012, 2014), 5)], room=250)
    assert all(one.pages <= 250 for one in made)
    assert [one.until[:4] for one in made] == ["2011", "2011", "2013"]
    assert all(one.until.startswith("2011-") for one in made[:2])


def test_a_volume_that_ends_with_december_ends_with_the_year() -> None:
    heavy = [chapter(date(2011, month, 3), 30) for month in range(1, 13)]
    made = shares([*heavy, *monthly(range(2012, 2018), 5)], room=360, count=2)
    assert [one.until for one in made] == ["2011", "2017"]


def test_a_month_that_is_too_long_is_divided_by_days() -> None:
    days = [chapter(date(2011, 5, 1) + timedelta(days=n), 20) for n in range(20)]
    made = shares(days, room=210)
    assert [len(one.chapters) for one in made] == [10, 10]
    assert made[0].until == "2011-05-10"


def test_so_many_volumes_as_are_asked_for() -> None:
    made = shares(monthly(range(2010, 2016), 5), room=1000, count=3)
    assert [one.until for one in made] == ["2011", "2013", "2015"]


def test_so_few_volumes_as_can_hold_it_divide_a_year() -> None:
    made = shares(monthly(range(2010, 2015), 10), room=202, count=3)
    assert [one.pages for one in made] == [200, 200, 200]
    assert [one.until for one in made] == ["2011-08", "2013-04", "2014"]


def test_a_chapter_that_no_volume_holds_is_named() -> None:
    with pytest.raises(BookError, match=r"‘of 2011-05-01’ .* has 300 pages, and a volume has room for 200"):
        shares([chapter(date(2011, 5, 1), 300)], room=200)


def test_volumes_that_are_too_few_are_refused() -> None:
    message = "360 pages of chapters do not fit into 2 volumes: a volume has room for 100"
    with pytest.raises(BookError, match=message) as refused:
        shares(monthly(range(2010, 2016), 5), room=100, count=2)
    assert refused.value.notices[0].hint == "allow more pages a volume, or at least 4 volumes"


def test_matter_that_fills_a_volume_is_refused() -> None:
    with pytest.raises(BookError, match="front and back matter alone fill a volume"):
        shares(monthly(range(2010, 2011), 5), room=-3)


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 40)), min_size=1, max_size=60),
    st.integers(60, 400),
)
def test_every_chapter_is_in_one_volume_and_every_volume_has_room(
    drawn: list[tuple[int, int]], room: int
) -> None:
    chapters = [chapter(date(2005, 1, 1) + timedelta(days=day), pages) for day, pages in sorted(drawn)]
    try:
        made = shares(chapters, room)
    except BookError:
        days: dict[date, float] = {}
        for one in chapters:
            days[one.day] = days.get(one.day, 0) + one.pages
        assert max(days.values()) > room
        return
    assert [one for share in made for one in share.chapters] == chapters
    assert all(share.pages <= room for share in made)
    for share, after in pairwise(made):
        assert share.chapters[-1].day.isoformat()[: len(share.until)] <= share.until
        assert after.chapters[0].day.isoformat()[: len(share.until)] > share.until


def test_more_volumes_than_chapters_cannot_be() -> None:
    with pytest.raises(BookError, match="there are 12 chapters, too few for 13 volumes"):
        shares(monthly(range(2010, 2011), 5), room=100, count=13)
    assert len(shares(monthly(range(2010, 2011), 5), room=100, count=12)) == 12


def test_a_short_book_is_divided_by_days_into_the_volumes_that_are_asked_for() -> None:
    days = [chapter(date(2016, 1, day), 1) for day in (1, 2, 3)]
    assert [one.until for one in shares(days, room=593, count=3)] == ["2016-01-01", "2016-01-02", "2016"]
    of_one_day = [chapter(date(2016, 1, 1), 1) for _ in range(3)]
    with pytest.raises(BookError, match="the posts are of 1 days, too few for 2 volumes"):
        shares(of_one_day, room=593, count=2)
