"""Words and phrases, and where they stand in a text: whole words, whatever their case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from operator import itemgetter
from typing import overload

Path = tuple[str, ...]
"""A heading of the index, below those above it."""

_EAST_ASIAN = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ALIKE = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign in a text, or a character of a script that sets no spaces."""

    start: int
    end: int
    text: str


@cache
def _token() -> re.Pattern[str]:
    """Return what finds words and signs: made when it is needed, for most books need none of it."""
    return re.compile(rf"[{_EAST_ASIAN}]|(?:(?![{_EAST_ASIAN}])\w)+|[^\w\s]")


class Tokens(Sequence[Token]):
    """A text, cut into words and signs.

    Few of them are asked where they stand: that is found out when the first is.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.words: list[str] = _token().findall(text.translate(_ALIKE))
        self.folded = list(map(str.casefold, self.words))
        """The words, whatever their case."""

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...

    @overload
    def __getitem__(self, at: slice) -> list[Token]: ...

    def __getitem__(self, at: int | slice) -> Token | list[Token]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        start, word = self._starts[at], self.words[at]
        return Token(start, start + len(word), word)

    @cached_property
    def _starts(self) -> list[int]:
        return [match.start() for match in _token().finditer(self._text)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row that mean a heading; with `open` the last of them may go on."""

    words: tuple[str, ...]
    heading: Path
    open: bool = False
    exact: bool = False
    avoided: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a text: its heading, and the numbers of its first token and of the one after it."""

    heading: Path
    first: int
    end: int


def phrase(written: str, heading: Path, *, exact: bool = False, avoided: bool = False) -> Phrase | None:
    """Read a phrase as authors write it (`quoin*` also means quoins); None where there is no word in it."""
    is_open = written.rstrip().endswith("*")
    found = Tokens(written.rstrip().rstrip("*")).words
    if not any(re.search(r"\w", word) for word in found):
        return None
    words = tuple(found if exact else [word.casefold() for word in found])
    return Phrase(words, heading, is_open, exact, avoided)


@dataclass(slots=True)
class Lexicon:
    """Phrases by their first word or two, so that a text is gone through once for all of them."""

    _words: dict[str, list[Phrase]] = field(default_factory=dict)
    _pairs: dict[tuple[str, str], list[Phrase]] = field(default_factory=dict)
    _begun: dict[str, list[Phrase]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self._words or self._pairs or self._begun)

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Lexicon:
        """Make a lexicon of phrases."""
        made = cls()
        for one in phrases:
            whole = tuple(word.casefold() for word in one.words[: -1 if one.open else None])
            if len(whole) > 1:
                made._pairs.setdefault((whole[0], whole[1]), []).append(one)
            elif whole:
                made._words.setdefault(whole[0], []).append(one)
            else:
                made._begun.setdefault(one.words[0].casefold()[:3], []).append(one)
        return made

    def find(self, text: Tokens) -> list[Hit]:
        """Find every phrase, but for those inside a phrase that its heading avoids."""
        found = [(one, at) for at, one in self._likely(text.folded) if _stands(one, text, at)]
        avoided: dict[Path, list[tuple[int, int]]] = {}
        for one, at in found:
            if one.avoided:
                avoided.setdefault(one.heading, []).append((at, at + len(one.words)))
        return [
            Hit(one.heading, at, at + len(one.words))
            for one, at in found
            if not one.avoided
            and not any(a <= at and at + len(one.words) <= b for a, b in avoided.get(one.heading, ()))
        ]

    def _likely(self, folded: Sequence[str]) -> list[tuple[int, Phrase]]:
        """Return the phrases whose first words stand in a text, in its order, and where."""
        found: list[tuple[int, Phrase]] = []
        if self._words:
            alone = self._words
            found += [(at, one) for at, word in enumerate(folded) if word in alone for one in alone[word]]
        if self._pairs:
            both = self._pairs
            found += [
                (at, one) for at, two in enumerate(pairwise(folded)) if two in both for one in both[two]
            ]
        if self._begun:
            begun = self._begun
            for length in range(1, 4):
                heads = enumerate(word[:length] if len(word) >= length else "" for word in folded)
                found += [(at, one) for at, head in heads if head in begun for one in begun[head]]
        return sorted(found, key=itemgetter(0))


def _stands(one: Phrase, text: Tokens, at: int) -> bool:
    end = at + len(one.words)
    words = tuple((text.words if one.exact else text.folded)[at:end])
    if one.open:
        return (
            words[:-1] == one.words[:-1]
            and len(words) == len(one.words)
            and words[-1].startswith(one.words[-1])
        )
    return words == one.words
