"""Lines that were broken at a width run on; lines that somebody broke stay."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

from book import config
from book.body import Body, set_body
from book.copyedit import chosen
from book.read import read

ALL = chosen({})
PROSE = (
    "When we came down to the harbour in the morning the boats had already gone, and nobody could tell us "
    "when they would be back; so we sat on the wall, ate what was left of the bread, and looked at the "
    "water, which was as grey as the sky above it and did not move at all until the afternoon, when a "
    "little wind came up from the south and with it the first of the sails."
)
SHORT = "We counted them as they came round the point, and there were eleven of them, and then a twelfth."
VERSE = (
    "The boats went out before the day had even thought of dawn<br>\n"
    "And no one on the quay could say for whom the sails were drawn,<br>\n"
    "But we who sat upon the wall and watched the water there<br>\n"
    "Have seen the colour of the sky, and had some bread to share."
)


def wrapped(text: str, width: int, end: str = "<br>\n") -> str:
    return end.join(textwrap.wrap(text, width, break_on_hyphens=False))


def made(markdown: str, passes: tuple[str, ...] = ALL) -> Body:
    return set_body(markdown, "post-x", "en", passes)


@pytest.mark.parametrize("width", [60, 65, 70, 72, 76, 80])
def test_a_paragraph_that_was_filled_to_a_width_runs_on(width: int) -> None:
    assert made(wrapped(PROSE, width)).xhtml == f"<p>{PROSE}</p>"
    assert made(wrapped(PROSE, width, "  \n")).xhtml == f"<p>{PROSE}</p>"


def test_short_paragraphs_follow_those_of_their_post() -> None:
    assert "<br" not in made(f"{wrapped(PROSE, 70)}\n\n{wrapped(SHORT, 70)}").xhtml
    assert "<br" in made(wrapped(SHORT, 70)).xhtml


def test_paragraphs_between_blank_lines_stay_apart() -> None:
    body = made(f"<p>{wrapped(PROSE, 70)}<br><br>{wrapped(PROSE, 70)}</p>").xhtml
    assert body.count("<br") <= 2
    assert body.count(PROSE) == 2


@pytest.mark.parametrize("opening", ["<em>", '<a href="https://example.org/a/long/address/of/no/use">'])
def test_markup_that_was_counted_when_lines_were_filled_does_not_hide_it(opening: str) -> None:
    closing = "</em>" if opening == "<em>" else "</a>"
    text = PROSE.replace("the bread", f"{opening.replace(' ', '~')}the bread{closing}")
    lines = wrapped(text, 70).replace("~", " ")
    body = made(lines).xhtml
    assert "<br" not in body
    assert "the bread</" in body


def test_a_short_line_with_a_link_is_no_line_that_was_filled() -> None:
    signed = '<a href="https://example.org/">Anna Harbour</a><br>\nwho writes from the quay'
    assert made(f"{wrapped(PROSE, 70)}\n\n{signed}").xhtml.count("<br") == 1


def test_a_word_parted_at_its_own_hyphen_is_whole_again() -> None:
    text = PROSE.replace("little wind came", "little south-wind came")
    lines = "<br>\n".join(textwrap.wrap(text, 64))
    assert "-<br>" in lines
    assert made(lines).xhtml == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "markdown",
    [
        VERSE,
        "Harbour Office<br>\n12 Long Quay, next to the old customs house at the north end<br>\n"
        "Whitstable, in the county of Kent, not far from Canterbury<br>\nEngland",
        "<br>\n".join(f"- {line}" for line in textwrap.wrap(PROSE, 68)),
        "<br>\n".join(f"{number}. {line}" for number, line in enumerate(textwrap.wrap(PROSE, 68))),
        "<br>\n".join(f"&gt; {line}" for line in textwrap.wrap(PROSE, 68)),
        "<br>\n".join(["港の朝は静かで、船はもう出ていた。だれも何も言わなかった。" * 2] * 6),
        wrapped(PROSE, 40),
        wrapped(PROSE, 120),
        "<br>\n".join(f"I wrote a letter to somebody in {where} that day." for where in ("Rome", "Oslo") * 3),
    ],
)
def test_lines_that_somebody_broke_stay(markdown: str) -> None:
    body = made(markdown)
    assert body.xhtml.count("<br") == markdown.count("<br>")
    assert not body.said


def test_verse_beside_filled_paragraphs_stays() -> None:
    assert made(f"{wrapped(PROSE, 70)}\n\n{VERSE}").xhtml.count("<br") == 3


def test_the_pass_can_be_turned_off_and_is_told_with_its_line(manuscript: Any) -> None:
    post = f"---\ntitle: T\ndate: 2007-01-02\n---\nHello.\n\n{wrapped(PROSE, 70)}\n"
    reading = read(config.load(manuscript({"x": post})))
    (notice,) = reading.warnings
    assert "run on: `When we came down" in notice.message
    assert "wraps = false" in (notice.hint or "")
    off = read(config.load(manuscript({"x": post}, toml="[copyedit]\nwraps = false\n", name="off")))
    assert off.posts[0].body.count("<br") == reading.posts[0].body.count("<br") + 5
    assert not off.warnings
