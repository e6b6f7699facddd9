"""Part a line into the numbers, words and marks of a date, and find the time of day among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta, timezone
from itertools import product

from book.almanac.words import Meaning, fold, unspaced, vocabulary

_TOKEN = re.compile(
    r"(?P<number>\d+)|(?P<letter>[^\W\d_])|(?P<space>\s+)|(?P<mark>[-–—,.;:()\[\]/|·•'’#*=_~<>+،፡፣፥⹁])"
)
_MOST = 24
_MOST_TRIED = 200
_LONGEST_WORD = 30

_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)t(\d\d)|(:\d\d)[.,]\d+")
_ORDINAL = re.compile(r"(?<=\d)\.?[oa](?= )")
"""What stands after the first of a month in Spanish and Portuguese: `1.º`, folded."""
_HAN_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_HAN_DIGITS = {
    "〇": 0,
    "零": 0,
    **{digit: value for value, digit in enumerate("一二三四五六七八九", start=1)},
}
_ERA_YEAR = re.compile(r"(明治|大正|昭和|平成|令和)(\d{1,2}|元)年")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_OFFSET = re.compile(r"(?<=[\dm])\s*(?:utc|gmt)?([-+])(\d{2}):?(\d{2})$")
_ZONE_NAME = re.compile(r"(?<=[\dm])\s*(?:(utc|gmt|z)|[a-z]{1,3}t)$")

_CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"p?n:n(?::n)?h?p?",  # 14:05, 2:05:30 pm, 下午2:05
        r"p?nh(?:nm?)?p?",  # 14h05, 午後2時5分, 9 Uhr
        r"n\.nh?$",  # 14.05, 14.05 Uhr
        r"np",  # 2 pm
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word of dates, a space or a mark; a word carries the meaning it is given."""

    kind: str
    text: str
    meaning: Meaning | None = None

    @property
    def letter(self) -> str:
        """One letter for what it is: number, Month, wEekday, filler, hour, minute, period; or the mark."""
        if self.meaning is not None:
            return _LETTERS.get(self.meaning.kind, "p")
        return "n" if self.kind == "number" else self.text


_LETTERS = {"month": "M", "jalali": "M", "weekday": "E", "filler": "f", "hour": "h", "minute": "m"}


def has_number(line: str) -> bool:
    """Tell whether a line holds a digit of any script, or a date in Chinese numerals."""
    return any(c.isdigit() for c in line) or _HAN_DATE.search(line.replace("○", "〇")) is not None


def normalised(line: str) -> tuple[str, timezone | None]:
    """Fold a line, write its numerals in one way, and cut off a zone."""
    text = _COMPACT.sub(r"\1-\2-\3", _arabic(_ORDINAL.sub("", fold(line).replace("○", "〇"))))
    text = _ISO.sub(lambda m: f"{m[1]} {m[2]}" if m[1] else m[3], text)
    if ":" not in text:
        return text, None
    if match := _OFFSET.search(text):
        delta = timedelta(hours=int(match[2]), minutes=int(match[3]))
        if delta < timedelta(hours=15):
            return text[: match.start()], timezone(-delta if match[1] == "-" else delta)
    if match := _ZONE_NAME.search(text):  # a name without an offset says nothing certain, unless it is UTC
        return text[: match.start()], timezone(timedelta(0)) if match[1] else None
    return text, None


def _arabic(text: str) -> str:
    text = _ERA_YEAR.sub(lambda m: f"{_ERAS[m[1]] + int(m[2].replace('元', '1'))}年", text)
    return _HAN_DATE.sub(
        lambda m: f"{''.join(str(_HAN_DIGITS[c]) for c in m[1])}年{_han(m[2])}月{_han(m[3])}日", text
    )


def _han(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return 10 * _HAN_DIGITS.get(tens, 1) + _HAN_DIGITS.get(ones, 0) if ten else _HAN_DIGITS[numeral[-1]]


def partings(text: str) -> Iterator[tuple[Token, ...]]:
    """Give the ways to part a normalised line, longest words first; none if no date holds what it holds."""
    open_ends: list[tuple[int, tuple[Token, ...]]] = [(0, ())]
    tried = 0
    while open_ends and tried < _MOST_TRIED:
        tried += 1
        position, found = open_ends.pop()
        if position == len(text):
            yield found
        elif len(found) < _MOST:
            steps = [(position + len(token.text), (*found, token)) for token in _next(text, position)]
            open_ends += steps[::-1]


def _next(text: str, start: int) -> Iterator[Token]:
    match = _TOKEN.match(text, start)
    if match and match.lastgroup != "letter":
        yield Token(str(match.lastgroup), match[0])
    elif match:
        known = vocabulary()
        for end in range(min(len(text), start + _LONGEST_WORD), start, -1):
            if text[start:end] in known and _ends_word(text, end):
                yield Token("word", text[start:end])


def _ends_word(text: str, end: int) -> bool:
    return end == len(text) or not text[end].isalpha() or unspaced(text[end])


def senses(found: Sequence[Token]) -> Iterator[tuple[list[Token], frozenset[str]]]:
    """Give the tokens with each combination of meanings that some language has, and those languages."""
    known = vocabulary() if any(token.kind == "word" for token in found) else {}
    words = list(dict.fromkeys(token.text for token in found if token.kind == "word"))
    choices = [sorted(known[word].items(), key=lambda item: item[0]) for word in words]
    for combination in product(*choices) if len(words) <= 8 else ():
        languages = frozenset.intersection(*(item[1] for item in combination)) if words else frozenset()
        if languages or not words:
            meant = {word: item[0] for word, item in zip(words, combination, strict=True)}
            yield [Token(t.kind, t.text, meant.get(t.text)) for t in found], languages


def clocks(found: list[Token]) -> Iterator[tuple[list[Token], time | None]]:
    """Give the tokens as they are, and again without each time of day that can be read among them."""
    yield found, None
    solid = [token for token in found if token.kind != "space"]
    letters = "".join(token.letter for token in solid)
    for pattern in _CLOCKS:
        if match := pattern.search(letters):
            clock = _clock(solid[match.start() : match.end()])
            if clock is not None:
                yield [*solid[: match.start()], Token("mark", "T"), *solid[match.end() :]], clock


def _clock(found: list[Token]) -> time | None:
    numbers = [int(token.text) for token in found if token.kind == "number"]
    hour, minute, second = [*numbers, 0, 0][:3]
    for token in found:
        kind = token.meaning.kind if token.meaning else None
        if kind == "pm" or (kind == "night" and hour >= 6):
            hour = hour + 12 if hour < 12 else hour
        elif kind in ("am", "night") and hour == 12:
            hour = 0
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
