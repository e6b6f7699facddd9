"""Words and phrases, and where they stand in a text: whole words, whatever their case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

Path = tuple[str, ...]
"""A heading of the index, below those above it."""

_EAST_ASIAN = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_EAST_ASIAN}]|(?:(?![{_EAST_ASIAN}])\w)+|[^\w\s]")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign in a text, or a character of a script that sets no spaces."""

    start: int
    end: int
    text: str

    @property
    def folded(self) -> str:
        """The word, whatever its case."""
        return self.text.casefold()


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


def tokens(text: str) -> list[Token]:
    """Cut a text into words and signs."""
    return [Token(m.start(), m.end(), m[0].translate(_ALIKE)) for m in _TOKEN.finditer(text)]


def phrase(written: str, heading: Path, *, exact: bool = False, avoided: bool = False) -> Phrase | None:
    """Read a phrase as authors write it (`quoin*` also means quoins); None where there is no word in it."""
    is_open = written.rstrip().endswith("*")
    found = [token.text for token in tokens(written.rstrip().rstrip("*"))]
    if not any(re.search(r"\w", word) for word in found):
        return None
    words = tuple(found if exact else [word.casefold() for word in found])
    return Phrase(words, heading, is_open, exact, avoided)


@dataclass(slots=True)
class Lexicon:
    """Phrases by their first word or two, so that a text is gone through once for all of them."""

    _whole: dict[tuple[str, ...], list[Phrase]] = field(default_factory=dict)
    _begun: dict[str, list[Phrase]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self._whole or self._begun)

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Lexicon:
        """Make a lexicon of phrases."""
        made = cls()
        for one in phrases:
            whole = tuple(word.casefold() for word in one.words[: -1 if one.open else None])
            if whole:
                made._whole.setdefault(whole[:2], []).append(one)
            else:
                made._begun.setdefault(one.words[0].casefold()[:3], []).append(one)
        return made

    def find(self, text: Sequence[Token]) -> list[Hit]:
        """Find every phrase, but for those inside a phrase that its heading avoids."""
        folded = [token.folded for token in text]
        found = [(one, at) for at in range(len(text)) for one in self._at(text, folded, at)]
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

    def _at(self, text: Sequence[Token], folded: Sequence[str], at: int) -> Iterator[Phrase]:
        word = folded[at]
        for length in (1, 2):
            for one in self._whole.get(tuple(folded[at : at + length]), ()):
                if _stands(one, text, folded, at):
                    yield one
        if self._begun:
            for length in range(1, min(3, len(word)) + 1):
                for one in self._begun.get(word[:length], ()):
                    if _stands(one, text, folded, at):
                        yield one


def _stands(one: Phrase, text: Sequence[Token], folded: Sequence[str], at: int) -> bool:
    end = at + len(one.words)
    if end > len(text):
        return False
    words = [token.text for token in text[at:end]] if one.exact else list(folded[at:end])
    if one.open:
        return words[:-1] == list(one.words[:-1]) and words[-1].startswith(one.words[-1])
    return words == list(one.words)
