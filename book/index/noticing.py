"""What an indexer notices in a text: runs of capital words, words that may recur, and words side by side."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import icu

from book.index.phrases import Token, Tokens

_ENDS = set(".!?…:;\"'(—–-•|/。！？「『（")
_JOINING = {"of", "de", "da", "di", "du", "la", "van", "von", "der", "den", "al", "bin", "y"}
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_TELLING = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々]{2,}|[\u30a0-\u30ff]{3,}|[\u0e00-\u0eff]{4,}")
"""Words of scripts without spaces that mean something by themselves: no particles, no endings."""


@dataclass(frozen=True, slots=True)
class Run:
    """Capital words in a row; the first may have its capital because it begins a sentence."""

    words: tuple[str, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is noticed in one post. `small` are its words that are written small, each once."""

    runs: tuple[Run, ...]
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    small: frozenset[str]


def noticed(text: str, language: str) -> Noticed:
    """Read a text, whose paragraphs each begin with a full stop."""
    tokens = Tokens(text)
    small = frozenset(word for word in tokens.words if _is_small(word))
    words = tuple(word for word in tokens.words if len(word) > 4 and word in small)
    runs, pairs = tuple(_runs(tokens)), tuple(_pairs(tokens, small))
    if _UNSPACED.search(text):
        apart = [*_words_without_spaces(text, language)]
        words += tuple(word for word in apart if _TELLING.fullmatch(word))
        pairs += tuple(
            one + other
            for one, other in pairwise(apart)
            if _TELLING.fullmatch(one) and _TELLING.fullmatch(other)
        )
    return Noticed(runs, words, pairs, small)


def name(run: Run, small: Collection[str], least: int) -> str | None:
    """Return the name that a run is, if it has so many words.

    What begins a sentence is none by its capital alone; nor is it part of one where it is `small` elsewhere.
    """
    words = run.words
    if run.begins and (len(words) == 1 or words[0].lower() in small):
        words = words[1:]
        while words and words[0] in _JOINING:
            words = words[1:]
    return " ".join(words) if words and len(words) >= least else None


def names_of_days(language: str) -> frozenset[str]:
    """Return the names of months and days of the week, which are no names for an index."""
    symbols = icu.DateFormatSymbols(icu.Locale.forLanguageTag(language))
    return frozenset(str(one).casefold() for one in (*symbols.getMonths(), *symbols.getWeekdays()) if one)


def _is_small(word: str) -> bool:
    """Tell whether a word is written small, or in a script that has no capitals."""
    return word[0].isalpha() and word == word.lower()


def _runs(text: Tokens) -> Iterator[Run]:
    at = 0
    while at < len(text):
        words = _run(text.words, at)
        if words:
            yield Run(words, begins=at == 0 or text.words[at - 1] in _ENDS)
        at += max(1, len(words))


def _run(text: Sequence[str], at: int) -> tuple[str, ...]:
    run: list[str] = []
    while at < len(text) and len(run) < 5:
        word = text[at]
        follows = at + 1 < len(text) and _is_capital(text[at + 1])
        if not (_is_capital(word) or (run and word in _JOINING and follows)):
            break
        run.append(word)
        at += 1
    return tuple(run)


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.isalpha()


def _pairs(text: Sequence[Token], small: Collection[str]) -> Iterator[str]:
    for one, other in pairwise(text):
        long = min(len(one.text), len(other.text)) > 3
        if long and other.start == one.end + 1 and one.text in small and other.text in small:
            yield f"{one.text} {other.text}"


def _words_without_spaces(text: str, language: str) -> Iterator[str]:
    """Yield the pieces into which ICU cuts a text, in Japanese by a dictionary."""
    whole = icu.UnicodeString(text)  # whose places are those that a break iterator tells
    breaks = icu.BreakIterator.createWordInstance(icu.Locale.forLanguageTag(language))
    breaks.setText(whole)
    begin = 0
    for end in breaks:
        yield str(whole[begin:end])
        begin = end
