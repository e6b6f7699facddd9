from __future__ import annotations

from xml.etree import ElementTree

import pytest

from book.omissions import mark
from book.press.leaves import blocks, leaf

NOTES = """\
<section class="chapter" id="post-a"><p>One<a class="noteref"
id="post-a.noteref-1" href="#post-a.note-1">1</a>
and two<sup><a class="noteref" id="post-a.noteref-2" href="#post-a.note-2">2</a></sup>, and one again
<a class="noteref" id="post-a.noteref-1-2" href="#post-a.note-1">1</a>.</p>
<section class="footnotes"><ol>
<li class="footnote" id="post-a.note-1"><p>First <em>note</em>.</p> <a class="backlink" href="#x">↩</a></li>
<li class="footnote" id="post-a.note-2"><p>Second,</p><blockquote><p>quoting.</p></blockquote></li>
</ol></section><p>After.</p></section>"""


def shown(body: str, foot: int = 900) -> str:
    return ElementTree.tostring(leaf(body, foot=foot), encoding="unicode")


def test_short_notes_move_into_the_text() -> None:
    section = leaf(NOTES, foot=900)
    assert not [e for e in section.iter("section") if e.get("class") == "footnotes"]
    notes = [e for e in section.iter("span") if e.get("class") == "footnote"]
    assert [note.get("id") for note in notes] == ["post-a.note-1", "post-a.note-2"]
    assert "".join(notes[0].itertext()) == "First note."
    words = " ".join("".join(section.itertext()).split())
    assert words == "OneFirst note. and twoSecond,quoting., and one again 1. After."


def test_a_note_in_the_text_holds_no_blocks() -> None:
    notes = [e for e in leaf(NOTES, foot=900).iter("span") if e.get("class") == "footnote"]
    assert {e.tag for note in notes for e in note.iter()} == {"span", "em"}
    assert [e.get("class") for e in notes[1].iter()][1:] == ["p", "blockquote", "p"]


def test_the_reference_keeps_its_identifier_and_leaves_no_empty_superscript() -> None:
    section = leaf(NOTES, foot=900)
    assert [e.get("id") for e in section.iter("span") if e.get("class") == "noteref"] == [
        "post-a.noteref-1",
        "post-a.noteref-2",
    ]
    assert not list(section.iter("sup"))


def test_a_second_reference_stays_a_link_with_the_notes_number() -> None:
    (again,) = [e for e in leaf(NOTES, foot=900).iter("a") if e.get("id") == "post-a.noteref-1-2"]
    assert (again.text, again.get("href")) == ("1", "#post-a.note-1")


def test_long_notes_stay_endnotes_and_are_counted_with_the_others() -> None:
    body = NOTES.replace("First", "First " + "very " * 50)
    section = leaf(body, foot=100)
    (left,) = section.iter("li")
    assert left.get("id") == "post-a.note-1"
    assert "counter-reset: list-item 1" in left.get("style", "")
    calls = [e for e in section.iter("a") if "endnote-call" in e.get("class", "")]
    assert [(call.text, call.get("id")) for call in calls] == [("1", "post-a.noteref-1")]


@pytest.mark.parametrize("heavy", ["<table><tr><td>1</td></tr></table>", '<img src="media/a.png" alt=""/>'])
def test_what_a_foot_cannot_carry_stays_an_endnote(heavy: str) -> None:
    section = leaf(NOTES.replace("<p>First <em>note</em>.</p>", heavy), foot=900)
    assert [e.get("id") for e in section.iter("li")] == ["post-a.note-1"]


def test_text_around_moved_elements_is_kept() -> None:
    assert shown(NOTES).endswith("<p>After.</p></section>")


def test_pictures_get_addresses_that_the_press_knows() -> None:
    body = '<section><img src="media/a.png" alt=""/><img src="data:image/gif;base64,x" alt=""/></section>'
    assert [e.get("src") for e in leaf(body, foot=0).iter("img")] == [
        "book:media/a.png",
        "data:image/gif;base64,x",
    ]


def test_xml_lang_becomes_lang() -> None:
    section = leaf('<section><p xml:lang="de">Ja</p></section>', foot=0)
    assert section[0].get("lang") == "de"


def test_a_deep_galley_is_parsed_whole() -> None:
    body = "<div>" * 3000 + "deep" + "</div>" * 3000
    assert "".join(leaf(f"<section>{body}</section>", foot=0).itertext()) == "deep"


def test_a_block_is_left_out_by_its_mark() -> None:
    body = "<section><p>one</p><ul><li>two</li><li>three</li></ul> tail</section>"
    one, listed = blocks(body, "")
    assert [block.text for block in blocks(body, mark(listed))] == ["two", "three"]
    without = leaf(body, foot=0, omitted={mark(listed[1]), mark(one)})
    assert ElementTree.tostring(without, encoding="unicode") == (
        '<section><p class="gap">[…]</p><ul><li>two</li><li class="gap">[…]</li></ul> tail</section>'
    )


def test_notes_at_feet_are_numbered_through_the_chapter_and_endnotes_by_post() -> None:
    posts = "".join(
        f'<section class="post"><p><a class="noteref" href="#{name}">1</a>, '
        f'<a class="noteref" href="#{name}">1</a></p>'
        f'<section class="{kind}"><ol><li id="{name}"><p>{words}</p></li></ol></section></section>'
        for name, kind, words in (
            ("a", "footnotes", "Short."),
            ("b", "footnotes endnotes", "At the end."),
            ("c", "footnotes", "So long that it stays. " * 9),
            ("d", "footnotes", "Short again."),
        )
    )
    section = leaf(f'<section class="chapter">{posts}</section>', foot=100)
    again = [e.text for e in section.iter("a") if "endnote-call" not in e.get("class", "")]
    assert again == ["1", "1", "1", "2", "3"]  # the second of `b` is no new call, nor is its first counted
    assert [e.text for e in section.iter("a") if "endnote-call" in e.get("class", "")] == ["2"]
    resets = [e.get("style", "").partition(";")[0] for e in section.iter("li")]
    assert resets == ["counter-reset: list-item 1", "counter-reset: list-item 2"]
