"""One blog from two sources: its author carried it over by hand, and what both have is the same here.

He gave many titles other capitals and punctuation, added and cut sentences, and wrote one post anew.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from lxml import html as lxml_html

from book.gather import find
from book.markup import to_html
from book.model import Draft

WRITTEN_ANEW = "irssi-spellchecking"
Pairs = list[tuple[Draft, Draft]]


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    corpora = Path(__file__).resolve().parents[3] / "shared" / "corpora"
    sources = [corpora / "wxr/chrisjrob-wpcom/wordpress.xml", corpora / "markdown/chrisjrob-jekyll"]
    if not all(source.exists() for source in sources):
        pytest.skip("there is no ../shared/corpora beside this checkout")
    exported, moved = find(sources)
    by_slug = {draft.slug: draft for draft in moved.drafts}
    assert len(exported.drafts) == 96
    return [(draft, by_slug[draft.slug]) for draft in exported.drafts if draft.slug in by_slug]


def folded(title: str) -> str:
    return "".join(re.findall(r"[^\W_]", title.casefold()))


def words(body: str) -> list[str]:
    root = lxml_html.fromstring(f"<div>{to_html(body)}</div>")
    return re.findall(r"\w+", " ".join(map(str, root.itertext())))


def alike(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def test_they_have_all_but_two_posts_in_common(pairs: Pairs) -> None:
    assert len(pairs) == 94


def test_days_are_the_same(pairs: Pairs) -> None:
    def day(draft: Draft) -> str:
        return str(draft.date)[:10]

    assert [one.slug for one, other in pairs if day(one) != day(other)] == [WRITTEN_ANEW]


def test_titles_are_the_same_but_for_capitals_and_marks(pairs: Pairs) -> None:
    same = [folded(one.title) == folded(other.title) for one, other in pairs]
    assert sum(same) >= 75
    for one, other in pairs:
        if one.slug != WRITTEN_ANEW:
            assert alike([*folded(one.title)], [*folded(other.title)]) > 0.6, one.title


def test_words_are_the_same_but_for_what_the_author_changed(pairs: Pairs) -> None:
    likeness = {str(one.slug): alike(words(one.body), words(other.body)) for one, other in pairs}
    assert likeness.pop(WRITTEN_ANEW) < 0.5
    assert min(likeness.values()) > 0.8
    assert sum(one > 0.99 for one in likeness.values()) >= 60
    assert sum(one == 1 for one in likeness.values()) >= 35
