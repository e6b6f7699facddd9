"""The book's own words in the book's language: labels from catalogues, dates from CLDR.

A catalogue is a TOML file named by its language (`fr.toml`); a project may bring
its own in `labels/`. What no catalogue of the language has is English, and never without a word about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from book.errors import BookError
from book.model import Notice
from book.tables import values_of
from book.textfile import is_inside, read_text
from book.unchanged import while_unchanged

if TYPE_CHECKING:
    from babel import Locale

_PLACE = re.compile(r"\{(\w+)\}")
_HERE = Path(__file__).resolve().parent
_ENGLISH = _HERE / "en.toml"
_NAMED = 8
_WRITTEN_AS = {"no": "nb", "nn": "nb"}
"""Languages whose readers know another's labels."""

_FIRST = {"fr": "er", "it": "º", "pt": "º", "pt-PT": ""}
"""Languages that count a month's first day, and no other: what stands after its figure."""


@dataclass(frozen=True, slots=True)
class Labels:
    """One language's labels and date formats. `language` is a BCP 47 tag."""

    language: str
    words: Mapping[str, str]
    path: Path

    def text(self, key: str, **values: object) -> str:
        """Return a label with its `{places}` filled; raise BookError where the catalogue lacks it."""
        if key not in self.words:
            raise BookError(f"no label `{key}` in `{self.language}`", path=self.path, hint=f"add `{key} = …`")
        return filled(self.words[key], values)

    def count(self, key: str, number: int) -> str:
        """Write a label with a number in it, in the form for one thing (`one-…`) or for others."""
        return self.text(f"one-{key}" if number == 1 else key, number=self.number(number))

    def number(self, value: int) -> str:
        """Write a number as this language does: `12,345`."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=_locale(self.language))

    def day(self, value: date) -> str:
        """Write a day as this language does: `30 August 2017`."""
        return _day(value, self.language)

    def dated(self, value: date, form: str) -> str | None:
        """Write what stands over a post's title: its `day`, with the `weekday`, its `month`, or `none`."""
        from babel.dates import format_date

        match form:
            case "weekday":
                full = format_date(value, "full", locale=_locale(self.language))
                return _as_said(full, value, self.language)
            case "month":
                return self.month(value)
            case "none":
                return None
        return self.day(value)

    def day_and_month(self, value: date) -> str:
        """Write a day without its year, short: `30 Aug`."""
        return _as_said(self._skeleton("MMMd", value), value, self.language)

    def month(self, value: date) -> str:
        """Write a month with its year: `August 2017`."""
        return self._skeleton("yMMMM", value)

    def month_alone(self, value: date) -> str:
        """Write a month that stands under its year already: `August`."""
        from babel.dates import format_date

        return format_date(value, "LLLL", locale=_locale(self.language))

    def quarter(self, value: date) -> str:
        """Write a quarter with its year: `3rd quarter 2017`."""
        return self._skeleton("yQQQQ", value)

    def year(self, value: date) -> str:
        """Write a year alone: `2017`, `2017年`."""
        return self._skeleton("y", value)

    def _skeleton(self, skeleton: str, value: date) -> str:
        from babel.dates import format_skeleton

        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return format_skeleton(skeleton, moment, locale=_locale(self.language))


def filled(words: str, values: Mapping[str, object]) -> str:
    """Put values into the `{places}` of a label; what names no value stays as it is written.

    A catalogue may be a stranger's, so that nothing of a value is reached from it but its text.
    """
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), words)


def catalogue(language: str, project: Path | None = None) -> Labels:
    """Return the labels of `language` (a region falls back to its language).

    A label that it lacks is English; `lacking` tells so. Raises BookError for a tag that is none.
    """
    _locale(language)
    return _catalogue(_file(language, project) or _ENGLISH, language)


@while_unchanged(16)
def _catalogue(path: Path, language: str) -> Labels:
    return Labels(language, {**_words(_ENGLISH), **_words(path)}, path)


def lacking(language: str, project: Path | None = None) -> Notice | None:
    """Return what to say of a language some of whose labels are English for want of others."""
    path = _file(language, project)
    if path is None:
        known = ", ".join(f"`{path.stem}`" for path in sorted(_HERE.glob("*.toml")))
        return Notice(
            f"there are no labels in `{language}`: words of the book’s own, such as “Contents”, are English",
            hint=f"Octavo has {known}; copy one as `labels/{language}.toml` and translate it",
        )
    if missing := sorted(_words(_ENGLISH).keys() - _words(path).keys()):
        named = ", ".join(f"`{key}`" for key in missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
        return Notice(f"{len(missing)} labels are English: {named}", path=path, hint="translate them here")
    return None


def _file(language: str, project: Path | None) -> Path | None:
    folders = ([project / "labels"] if project else []) + [_HERE]
    paths = (folder / f"{tag}.toml" for tag in _with_fallbacks(language) for folder in folders)
    return next((path for path in paths if path.is_file() and is_inside(path, path.parent)), None)


def _with_fallbacks(language: str) -> list[str]:
    parts = language.split("-")
    written = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return [*written, *([_WRITTEN_AS[parts[0]]] if parts[0] in _WRITTEN_AS else [])]


def _words(path: Path) -> dict[str, str]:
    values = values_of(read_text(path), path)
    if wrong := next((key for key, value in values.items() if not isinstance(value, str)), None):
        raise BookError(f"the label `{wrong}` is not text", path=path, hint=f'write `{wrong} = "…"`')
    return values


@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> str:
    from babel.dates import format_date

    return _as_said(format_date(value, "long", locale=_locale(language)), value, language)


def _as_said(written: str, value: date, language: str) -> str:
    """Make the first of a month an ordinal where it is one, unlike all other days: `1er mai`."""
    ending = _FIRST.get(language, _FIRST.get(language.partition("-")[0]))
    return re.sub(r"(?<!\d)1(?!\d)", f"1{ending}", written, count=1) if ending and value.day == 1 else written


@lru_cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for tag in _with_fallbacks(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise BookError(
        f"`{language}` is not a language tag", hint="write `en-GB`, `fr` or `zh-Hans`, as BCP 47 has it"
    )
