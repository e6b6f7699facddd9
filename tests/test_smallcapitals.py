"""Small capitals of the letters that a font draws anew for a language."""

from __future__ import annotations

from pathlib import Path

import pytest
import uharfbuzz

from book import fonts


@pytest.mark.parametrize(
    ("style", "language", "word", "drawn"),
    [
        ("normal", "de", "für", ["f.sc", "udieresis.sc", "r.sc"]),
        ("normal", "en", "für", ["f.sc", "udieresis.sc", "r.sc"]),
        ("italic", "tr", "iı", ["Idotaccent.sc", "dotlessi.sc"]),
    ],
)
def test_a_letter_of_a_language_s_own_has_a_small_capital(
    style: str, language: str, word: str, drawn: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    family = next(face for face in fonts.faces(["EB Garamond"]) if face.style == style)
    path = fonts.instance(family, 400, tmp_path_factory.getbasetemp() / "small-capitals")
    assert shaped(path, word, language) == drawn


def shaped(path: Path, word: str, language: str) -> list[str]:
    """Return the names of the glyphs in which a word is set in small capitals."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.language = language
    uharfbuzz.shape(font, buffer, {"smcp": True, "liga": False})
    return [font.glyph_to_string(info.codepoint) for info in buffer.glyph_infos]
