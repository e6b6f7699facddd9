from __future__ import annotations

import re
from itertools import pairwise

from book.index.marking import mark
from book.index.phrases import Lexicon, phrase


def anchored(body: str, term: str) -> list[int]:
    """Return where in a body's text its anchors stand."""
    found = phrase(term, (term,))
    assert found
    made, _, _ = mark(body, "post", Lexicon.of([found]))
    apart = re.split(r'<span class="ix"[^>]*>', made)
    lengths = [len(re.sub("<[^>]*>", "", piece)) for piece in apart]
    return [sum(lengths[:n]) for n in range(1, len(apart))]


def test_a_term_is_noted_on_each_page_of_a_paragraph_however_little_stands_there() -> None:
    body = "<p>" + "".join(f"An otter swam by, and {n:03} of us saw it. " for n in range(40)) + "</p>"
    places = anchored(body, "otter")
    assert places[0] == len("An ")
    assert all(later - sooner <= 120 for sooner, later in pairwise(places))
    assert places[-1] > 39 * 40


def test_a_term_is_noted_on_each_page_of_japanese_which_has_fewer_characters() -> None:
    body = "<p>" + "川に獺がいた。それを見たのは昔のことである。" * 30 + "</p>"
    places = anchored(body, "獺")
    assert len(places) >= 10


def test_words_side_by_side_are_noted_once_or_twice() -> None:
    assert len(anchored("<p>otter otter otter otter otter</p>", "otter")) == 2
