"""What people and programs call languages becomes their tags; what is no language becomes nothing."""

from __future__ import annotations

import pytest

from book.languagenames import code_of, tag_of


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("fr", "fr"),
        ("EN_us", "en-US"),
        ("zh_CN.UTF-8", "zh-CN"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sr@latin", "sr"),
        ("français", "fr"),
        ("German", "de"),
        (" Brazilian  Portuguese ", None),
        ("English (UK)", "en"),
        ("日本語", "ja"),
        ("العربية", "ar"),
        ("jp", "ja"),
        ("xx", None),
        ("v2", None),
        ("py", None),
        ("post", None),
        ("", None),
    ],
)
def test_languages_are_known_however_they_are_said(said: str, tag: str | None) -> None:
    assert tag_of(said) == tag


@pytest.mark.parametrize(("word", "tag"), [("pt-br", "pt-BR"), ("français", None), ("js", None), ("c", None)])
def test_codes_alone(word: str, tag: str | None) -> None:
    assert code_of(word) == tag
