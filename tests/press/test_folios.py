from __future__ import annotations

from book.press.folios import Step, count


def test_pages_count_themselves() -> None:
    assert [tally["page"] for tally in count([Step()] * 3, {"page": 4})] == [5, 6, 7]


def test_a_theme_may_count_in_its_own_way() -> None:
    steps = [Step(), Step(resets=(("page", 10),)), Step(increments=(("page", 2), ("plate", 1))), Step()]
    assert count(steps, {"page": 0}) == (
        {"page": 1},
        {"page": 11},
        {"page": 13, "plate": 1},
        {"page": 14, "plate": 1},
    )


def test_setting_comes_before_counting() -> None:
    assert Step(sets=(("page", 7),)).after({"page": 1}) == {"page": 8}


def test_numbering_begins_anew_where_it_shall() -> None:
    assert [tally["page"] for tally in count([Step()] * 4, {"page": 6}, {2: 1})] == [7, 8, 1, 2]
