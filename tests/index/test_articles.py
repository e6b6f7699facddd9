"""Articles do not count where titles are put in order."""

from __future__ import annotations

import pytest

from book.index.articles import without_article
from book.index.collation import Collation


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("The Thames", "en-GB", "Thames"),
        ("“The” Thames", "en", "“The” Thames"),
        ("“A Heap”", "en", "Heap”"),
        ("A", "en", "A"),
        ("A & B", "en", "A & B"),
        ("Theory", "en", "Theory"),
        ("Der Zaunkönig", "de", "Zaunkönig"),
        ("The Thames", "de", "The Thames"),
        ("L’étang gelé", "fr", "étang gelé"),
        ("L'étang gelé", "fr", "étang gelé"),
        ("Les œufs", "fr-CA", "œufs"),
        ("’t Hof", "nl", "Hof"),
        ("新年", "ja", "新年"),
    ],
)
def test_a_leading_article_is_left_out_of_what_a_title_sorts_by(
    title: str, language: str, filed: str
) -> None:
    assert without_article(title, language) == filed


def test_the_article_of_arabic_counts_in_no_list() -> None:
    arabic = Collation("ar")
    assert sorted(["العصفور", "بيت", "التفاح"], key=arabic.key) == ["بيت", "التفاح", "العصفور"]
    assert (arabic.letter("التفاح"), arabic.letter("الله")) == ("ت", arabic.letter("ا"))


def test_words_whose_sound_is_not_known_stand_together_at_the_end_in_japanese() -> None:
    japanese = Collation("ja")
    assert sorted(["新年", "りんご", "みそ"], key=japanese.key) == ["みそ", "りんご", "新年"]
    assert (japanese.letter("新年"), japanese.letter("りんご")) == ("漢字", "ら")
