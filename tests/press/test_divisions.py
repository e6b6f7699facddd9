"""Words are divided where Pyphen divides them, whether its patterns were parsed or remembered."""

from __future__ import annotations

from pathlib import Path

import pyphen
import pytest

from book.press.engine import divisions

WORDS = {
    "de_DE": "Donaudampfschifffahrtsgesellschaft",
    "en_GB": "hyphenation",
    "hu_HU": "asszonnyal",
    "ru_RU": "предложение",
}


def points(patterns: pyphen.HyphDict, word: str) -> list[tuple[int, object]]:
    return [(int(place), place.data) for place in patterns.positions(word)]


@pytest.mark.parametrize(("language", "word"), WORDS.items())
def test_what_is_remembered_divides_as_what_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = pyphen.LANGUAGES[language]
    parsed = divisions.HyphDict(path)
    first = divisions.Patterns(path)
    monkeypatch.setattr(divisions.HyphDict, "__init__", lambda *_: pytest.fail("it was parsed again"))
    again = divisions.Patterns(path)
    assert points(parsed, word) == points(first, word) == points(again, word) != []


def test_what_somebody_else_wrote_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = pyphen.LANGUAGES["en_GB"]
    whole = points(divisions.Patterns(path), "hyphenation")
    (entry,) = (one for one in (tmp_path / "octavo" / "hyphenation").rglob("*") if one.is_file())
    entry.write_bytes(entry.read_bytes()[:-3] + b"1]]")
    assert points(divisions.Patterns(path), "hyphenation") == whole
