from __future__ import annotations

import pytest

from book.epub.filing import filed_name, filed_title


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Ann Author", "Author, Ann"),
        ("Ludwig van Beethoven", "Beethoven, Ludwig van"),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("Jean de La Fontaine", "La Fontaine, Jean de"),
        ("Robert Downey Jr.", "Downey, Robert, Jr."),
        ("Ann", "Ann"),
        ("Author, Ann", "Author, Ann"),
        ("村上 春樹", "村上 春樹"),
        ("The Lean-to Press", "The Lean-to Press"),
        ("Smith & Sons", "Smith & Sons"),
        ("anna99", "anna99"),
        ("", ""),
    ],
)
def test_names_are_filed_by_surname_where_there_is_one(name: str, filed: str) -> None:
    assert filed_name(name, "en") == filed


def test_languages_that_put_the_surname_first_keep_it_there() -> None:
    assert filed_name("Bartók Béla", "hu") == "Bartók Béla"


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Long Way", "en-GB", "Long Way, The"),
        ("a Word", "en", "Word, a"),
        ("Die Verwandlung", "de", "Verwandlung, Die"),
        ("Die Hard", "en", "Die Hard"),
        ("L’été", "fr", "Été, L’"),
        ("The", "en", "The"),
        ("草枕", "ja", "草枕"),
    ],
)
def test_titles_are_filed_without_their_article(title: str, language: str, filed: str) -> None:
    assert filed_title(title, language) == filed
