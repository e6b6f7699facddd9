"""Which of a book's families general names mean."""

from __future__ import annotations

from pathlib import Path

from book.press.faces import fontconfig, generic_families


def test_emoji_of_several_signs_are_asked_of_the_family_that_has_them(tmp_path: Path) -> None:
    families = ["EB Garamond", "Noto Emoji", "Source Code Pro", "Inter"]
    assert generic_families(families) == {
        "serif": "EB Garamond", "sans-serif": "Inter", "monospace": "Source Code Pro", "emoji": "Noto Emoji",
    }  # fmt: skip
    assert "<family>emoji</family><prefer><family>Noto Emoji</family>" in fontconfig(
        tmp_path, families
    ).read_text(encoding="utf-8")
    assert "emoji" not in generic_families(["EB Garamond"])
    assert generic_families(["Noto Emoji"])["serif"] == "Noto Emoji"
