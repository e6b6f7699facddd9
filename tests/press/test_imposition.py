from __future__ import annotations

from typing import Any

from press.compositions import chapter, front

from book.press.folios import Step
from book.press.gatherings import Gathering
from book.press.imposition import folios, impose, pages
from book.press.proofs import Needs, PageProof, Proof


def page(**more: Any) -> PageProof:
    return PageProof(
        **({"recto": True, "blank": False, "name": "", "groups": (), "x": 0.0, "step": Step()} | more)
    )


def proof(count: int, **more: Any) -> Proof:
    values: dict[str, Any] = {
        "pages": (page(),) * count,
        "anchors": {},
        "opens": "page",
        "closes": "page",
        "needs": Needs(),
        "blank": Step(),
    }
    return Proof(**(values | more))


TITLE, TOC = (Gathering((galley,)) for galley in front([]))
ONE, TWO, THREE = (Gathering((chapter(name, name, ""),)) for name in ("one", "two", "three"))


def test_gatherings_follow_each_other() -> None:
    placed = impose([ONE, TWO, THREE], [proof(3), proof(2), proof(1)], [0, 0, 0])
    assert [(place.index, place.recto, place.blank) for place in placed] == [
        (0, True, False),
        (3, False, False),
        (5, False, False),
    ]


def test_a_blank_page_makes_a_gathering_open_on_a_recto() -> None:
    placed = impose([ONE, TWO], [proof(1), proof(1, opens="recto")], [0, 0])
    assert [(place.index, place.recto, place.blank) for place in placed] == [
        (0, True, False),
        (2, True, True),
    ]
    assert [(leaf.index, leaf.proof is None) for leaf in pages(placed)] == [(0, False), (1, True), (2, False)]


def test_a_gathering_may_open_on_a_verso() -> None:
    placed = impose([ONE, TWO], [proof(2), proof(1, opens="verso")], [0, 0])
    assert (placed[1].index, placed[1].blank) == (3, True)


def test_what_a_gathering_wants_after_it_counts_too() -> None:
    placed = impose([ONE, TWO], [proof(1, closes="recto"), proof(1)], [0, 0])
    assert placed[1].blank


def test_the_body_is_numbered_from_one() -> None:
    placed = impose([TITLE, TOC, ONE, TWO], [proof(2), proof(2), proof(2), proof(1)], [0] * 4)
    assert [[tally["page"] for tally in place.counting] for place in placed] == [[1, 2], [3, 4], [1, 2], [3]]


def test_a_blank_before_the_body_belongs_to_the_front() -> None:
    placed = impose([TITLE, ONE], [proof(1), proof(1, opens="recto")], [0, 0])
    assert [leaf.tally["page"] for leaf in pages(placed)] == [1, 2, 1]


def test_folios_are_those_of_the_pages_things_stand_on() -> None:
    anchors = {"post-two": (0, 0.0, 0.0), "post-two.end": (1, 0.0, 0.0)}
    placed = impose([TITLE, ONE, TWO], [proof(1), proof(3), proof(2, anchors=anchors)], [0] * 3)
    assert folios(placed) == {"post-two": 4, "post-two.end": 5}


def test_the_first_of_two_equal_identifiers_counts() -> None:
    anchors = {"same": (0, 0.0, 0.0)}
    placed = impose([ONE, TWO], [proof(1, anchors=anchors), proof(1, anchors=anchors)], [0, 0])
    assert folios(placed) == {"same": 1}


def test_named_strings_are_carried_on() -> None:
    first = proof(2)
    first = proof(2, pages=(page(strings={"chapter": ("One", "Still one")}), page()))
    leaves = list(pages(impose([ONE, TWO], [first, proof(1)], [0, 0])))
    assert [leaf.strings for leaf in leaves] == [{}, {"chapter": "Still one"}, {"chapter": "Still one"}]


def test_counters_are_carried_on() -> None:
    placed = impose([ONE, TWO, THREE], [proof(1, counters={"figure": 3}), proof(1), proof(1)], [0] * 3)
    assert [place.counters for place in placed] == [{}, {"figure": 3}, {"figure": 3}]


def test_pages_that_are_kept_are_filled_with_blanks() -> None:
    placed = impose([ONE, TWO], [proof(2), proof(1)], [3, 0])
    leaves = list(pages(placed))
    assert [leaf.proof is None for leaf in leaves] == [False, False, True, False]
    assert [leaf.tally["page"] for leaf in leaves] == [1, 2, 3, 4]
