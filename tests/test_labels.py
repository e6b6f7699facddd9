from __future__ import annotations

import string
import tomllib
from datetime import date
from pathlib import Path

import pytest

from book import labels
from book.errors import BookError
from book.labels import catalogue, lacking

CATALOGUES = sorted(Path(labels.__file__).parent.glob("*.toml"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_catalogue_has_every_label_with_the_same_places(path: Path) -> None:
    english = tomllib.loads((path.parent / "en.toml").read_text())
    words = tomllib.loads(path.read_text())
    assert words.keys() == english.keys()
    # `{host}` and `{title}` may change places, but none may be lost or invented.
    assert {key: places(text) for key, text in words.items()} == {
        key: places(t) for key, t in english.items()
    }


def test_dates_read_as_the_language_writes_them() -> None:
    day = date(2017, 8, 30)
    assert catalogue("en-GB").day(day) == "30 August 2017"
    assert catalogue("en-US").day(day) == "August 30, 2017"
    assert catalogue("de").day(day) == "30. August 2017"
    assert catalogue("fr").month(day) == "août 2017"
    assert catalogue("ja").day(day) == "2017年8月30日"


def test_a_region_falls_back_to_its_language() -> None:
    assert catalogue("fr-CA").text("toc") == "Table des matières"


def test_a_language_without_labels_keeps_its_dates_and_says_what_is_english() -> None:
    assert catalogue("mi").text("toc") == "Contents"
    assert catalogue("lt").day(date(2017, 8, 30)) == "2017 m. rugpjūčio 30 d."
    said = lacking("mi-NZ")
    assert said and "there are no labels in `mi-NZ`" in said.message
    assert said.hint and "labels/mi-NZ.toml" in said.hint
    assert lacking("fr-CA") is None
    assert catalogue("nn-NO").text("toc") == catalogue("no").text("toc") == "Innhold"
    assert lacking("no") is None


def test_a_missing_label_is_said_clearly() -> None:
    with pytest.raises(BookError, match="`english!` is not a language tag"):
        catalogue("english!")
    with pytest.raises(BookError, match="no label `nonsense` in `de`"):
        catalogue("de").text("nonsense")


def test_a_project_brings_its_own_catalogue(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "mi.toml").write_text('toc = "Rārangi"\n')
    assert catalogue("mi", tmp_path).text("toc") == "Rārangi"
    assert catalogue("mi", tmp_path).text("cover") == "Cover"
    said = lacking("mi", tmp_path)
    assert said and said.path == tmp_path / "labels" / "mi.toml"
    assert "labels are English" in said.message and "`cover`" not in said.message.partition(":")[0]
    (tmp_path / "labels" / "sv.toml").write_text("contents = Innehåll\n")
    with pytest.raises(BookError, match="not TOML"):
        catalogue("sv", tmp_path)


def test_a_label_of_a_stranger_reaches_nothing_of_what_is_put_into_it(tmp_path: Path) -> None:
    evil = {
        "by": "{authors.__class__} {authors!r} {authors:>999999999} {0} { {nothing}",
        "and": " {authors} {authors",
    }
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.toml").write_text("".join(f'{key} = "{text}"\n' for key, text in evil.items()))
    labels = catalogue("en", tmp_path)
    assert labels.text("by", authors="Ann") == evil["by"]
    assert labels.text("and", authors="Ann") == " Ann {authors"


@pytest.mark.parametrize(
    ("text", "said"),
    [("x=" + "[" * 5000, "nested too deeply"), ("toc = 9", "the label `toc` is not text"),
     ("x = " + "9" * 5000, "a number that is too long"), ("toc", "labels/en.toml:1")],
)  # fmt: skip
def test_labels_that_cannot_be_read_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.toml").write_text(text)
    with pytest.raises(BookError, match=said):
        catalogue("en", tmp_path)


def test_a_catalogue_of_the_project_is_read_again_when_it_is_another(tmp_path: Path) -> None:
    path = tmp_path / "labels" / "fr.toml"
    path.parent.mkdir()
    path.write_text('toc = "Sommaire"\n', encoding="utf-8")
    assert catalogue("fr", tmp_path).text("toc") == "Sommaire"
    path.write_text('toc = "La table"\n', encoding="utf-8")
    assert catalogue("fr", tmp_path).text("toc") == "La table"
    path.unlink()
    assert catalogue("fr", tmp_path).text("toc") == "Table des matières"


@pytest.mark.parametrize(
    ("language", "day", "weekday", "short"),
    [
        ("fr-CA", "1er novembre 2011", "mardi 1er novembre 2011", "1er nov."),
        ("it", "1º novembre 2011", "martedì 1º novembre 2011", "1º nov"),
        ("pt-BR", "1º de novembro de 2011", "terça-feira, 1º de novembro de 2011", "1º de nov."),
        ("pt-PT", "1 de novembro de 2011", "terça-feira, 1 de novembro de 2011", None),
        ("es", "1 de noviembre de 2011", "martes, 1 de noviembre de 2011", "1 nov"),
    ],
)
def test_a_month_has_a_first_day_in_some_languages(
    language: str, day: str, weekday: str, short: str | None
) -> None:
    labels, first = catalogue(language), date(2011, 11, 1)
    assert labels.day(first) == day
    assert labels.dated(first, "weekday") == weekday
    assert short is None or labels.day_and_month(first) == short  # CLDR's mind changes on the others
    assert "1er" not in catalogue("fr").day(date(2011, 11, 11)) + catalogue("fr").day(date(2001, 1, 21))
