from __future__ import annotations

from press.compositions import chapter, front, text

from book.press.gatherings import Gathering, gather, identifiers, positions

CHAPTERS = [chapter(f"c{n}", f"Chapter {n}", text(2 + n % 5)) for n in range(60)]


def names(made: tuple[Gathering, ...]) -> list[list[str]]:
    return [[galley.name for galley in one.galleys] for one in made]


def test_leaves_stand_alone_and_chapters_together() -> None:
    made = gather((*front(CHAPTERS), *CHAPTERS), openings="page")
    assert names(made)[:2] == [["titlepage"], ["toc"]]
    assert 5 < len(made) < 40
    assert [name for run in names(made)[2:] for name in run] == [one.name for one in CHAPTERS]


def test_a_part_ends_a_gathering() -> None:
    part = chapter("part", "Part", "", role="part")
    made = gather([CHAPTERS[0], part, CHAPTERS[1]], openings="page")
    assert names(made) == [["c0"], ["part"], ["c1"]]


def test_chapters_that_open_on_rectos_stand_alone() -> None:
    assert all(len(one.galleys) == 1 for one in gather(CHAPTERS, openings="recto"))


def test_chapters_that_run_on_are_set_together() -> None:
    part = chapter("part", "Part", "", role="part")
    made = gather([*CHAPTERS[:3], part, *CHAPTERS[3:5]], openings="any")
    assert names(made) == [["c0", "c1", "c2"], ["part"], ["c3", "c4"]]


def test_an_edit_moves_no_cut_further_on() -> None:
    before = names(gather(CHAPTERS, openings="page"))
    longer = [chapter("c3", "Chapter 3", text(9)) if one.name == "c3" else one for one in CHAPTERS]
    after = names(gather(longer, openings="page"))
    assert len([run for run in after if run not in before]) <= 4
    assert before[-8:] == after[-8:]


def test_gatherings_know_their_neighbours_classes() -> None:
    part = chapter("part", "Part", "", role="part")
    first, _, second = gather([CHAPTERS[0], part, CHAPTERS[1]], openings="page")
    assert (first.before, first.after) == ((), ("part", "chapter"))
    assert (second.before, second.after) == (("chapter", "part"), ())


def test_links_to_nowhere_are_known() -> None:
    one = chapter("a", "A", '<p><a href="#post-b">b</a> <a href="#gone">c</a> <a href="#caf%C3%A9">d</a></p>')
    other = chapter("b", "B", '<p id="café">e</p>')
    assert [sorted(made.dead) for made in gather([one, other], openings="recto")] == [["gone"], []]


def test_pictures_are_found() -> None:
    one = chapter("a", "A", '<p><img alt="" src="media/b.png"/><img src="media/a&amp;.png"/></p>')
    assert gather([one], openings="page")[0].media() == ("a&.png", "b.png")


def test_identifiers_are_attributes_of_that_name_and_no_others() -> None:
    body = '<p id="a" data-id="b" xml:id="c"\nclass="x"\nid="d"\tid="e&amp;f">id="g"</p>'
    assert list(identifiers(body)) == ["a", "d", "e&f"]
    assert list(positions(body)) == [(name, body.index(f'id="{name[0]}') - 1) for name in ("a", "d", "e&f")]
