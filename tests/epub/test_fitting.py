"""EPUBs made for a shop, and any EPUB held against its rules."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from binding import Opened, bind, composed, made, picture, retitled
from making import post
from PIL import Image
from planting import planted

from book.check import check
from book.errors import BookError

OPF = "content.opf"
TABLE = "<table><tbody><tr>" + "<td>x</td>" * 11 + "</tr></tbody></table>"


def noise(side: int) -> bytes:
    """Draw a picture that no compression makes smaller."""
    import io

    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3)).save(out, "PNG")
    return out.getvalue()


def bound(folder: Path, **options: Any) -> tuple[Opened, list[str]]:
    one = post(
        "p", date(2017, 1, 1), body='<p><img src="media/a.png" alt="Snow"/></p>' + TABLE, media=("a.png",)
    )
    composition = composed(folder, [one], [picture("a.png", noise(1500), folder)])
    told = bind(composition, folder / "b.epub", **options)
    return Opened(folder / "b.epub"), [notice.message for notice in told.warnings]


@pytest.fixture(scope="module")
def kindle(tmp_path_factory: pytest.TempPathFactory) -> tuple[Opened, list[str]]:
    return bound(tmp_path_factory.mktemp("kindle"), profile="kindle")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return made(tmp_path_factory.mktemp("plain"))


def rules(path: Path, profile: str) -> dict[str, str]:
    found = check([path], profile).findings
    return {one.rule: one.message for one in found if one.rule.startswith("shop-")}


def test_a_kindle_book_is_in_the_readers_own_type(kindle: tuple[Opened, list[str]]) -> None:
    opened, _ = kindle
    assert not [name for name in opened.files if "/fonts/" in name]
    styles = b"".join(data for name, data in opened.files.items() if name.endswith(".css"))
    assert b"@font-face" not in styles and b"Source" not in styles
    assert b"font-family: serif" not in styles and b"font-family: monospace" in styles


def test_a_kindle_book_shows_its_cover_once(kindle: tuple[Opened, list[str]]) -> None:
    opened, _ = kindle
    assert "cover.xhtml" not in opened.documents
    assert opened.find("//o:item[@properties='cover-image']/@href") == ["cover.jpg"]
    assert opened.find("//o:reference[@type='cover']") == []
    assert "cover" not in opened.find("//h:nav[@e:type='landmarks']//h:a/@e:type", "text/nav.xhtml")


def test_no_picture_of_a_kindle_book_is_too_large_a_file(kindle: tuple[Opened, list[str]]) -> None:
    opened, _ = kindle
    assert len(noise(1500)) > 6_000_000
    (data,) = (data for name, data in opened.files.items() if "/media/" in name)
    assert 3_000_000 < len(data) <= 5_000_000


def test_what_cannot_be_mended_is_told(kindle: tuple[Opened, list[str]]) -> None:
    opened, told = kindle
    said = "this table has 11 columns and 1 rows, more than 10 and 100 [shop-table]"
    assert f"`EPUB/text/2017-01-01-p.xhtml`: {said}" in told
    assert set(rules(opened.path, "kindle")) == {"shop-table"}


def test_a_book_for_apple_names_its_fonts(tmp_path: Path) -> None:
    opened, told = bound(tmp_path, profile="apple")
    assert opened.find("//o:meta[@property='ibooks:specified-fonts']/text()") == ["true"]
    assert opened.package.get("prefix", "").startswith("ibooks: http://vocabulary.itunes.apple.com/")
    assert "cover.xhtml" in opened.documents
    assert any("/fonts/" in name for name in opened.files)
    assert told == []
    errors = [one for one in check([opened.path], "apple").findings if one.severity == "error"]
    assert errors == []


def test_a_plain_book_is_as_it_was(plain: Opened) -> None:
    assert plain.package.get("prefix") is None
    assert plain.find("//o:meta[@property='ibooks:specified-fonts']") == []
    assert rules(plain.path, "apple") == {}
    assert set(rules(plain.path, "kindle")) == {"shop-font", "shop-cover-page"}


def test_what_a_shop_turns_down_is_found_in_any_epub(plain: Opened, tmp_path: Path) -> None:
    from binding import drawn

    pictures = {"cover.jpg": drawn((1000, 1200), "JPEG"), "salt.png": drawn((3000, 2000))}
    path = planted(plain.path, tmp_path / "b.epub", pictures)
    found = rules(path, "apple")
    assert found == {
        "shop-cover": "the cover has 1000 × 1200 pixels, fewer than the 1400 × 1400 that are taken",
        "shop-picture": "3000 × 2000 pixels are more than the 5.6 million that are taken",
    }
    found = rules(path, "kindle")
    assert found["shop-cover"].endswith("pixels, and not the 1600 × 2560 that are asked for")


def test_the_size_of_file_that_a_profile_of_the_project_takes(plain: Opened, tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "book.toml").write_text("")
    text = 'format = "epub"\n[epub]\nsize = 1\npicture = 1\n'
    (tmp_path / "profiles/corner.toml").write_text(text)
    added = {"EPUB/idle.bin": random.Random(2).randbytes(1_600_000)}
    path = planted(plain.path, tmp_path / "b.epub", {"salt.png": noise(30)}, added=added)
    found = rules(path, "corner")
    assert found["shop-size"] == "the file has 2 MB, more than the 1 that are taken"
    assert found["shop-picture"] == "this picture has 2 kB, more than the 1 taken"


def test_a_profile_for_print_is_none_for_an_epub(plain: Opened, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="the profile `a5` is for PDF"):
        check([plain.path], "a5")
    with pytest.raises(BookError, match="the profile `a5` is for PDF"):
        bound(tmp_path, profile="a5")
    with pytest.raises(BookError, match="there is no profile `kindel`"):
        bound(tmp_path, profile="kindel")


def test_another_profile_is_another_file(tmp_path: Path) -> None:
    composition = retitled(composed(tmp_path))
    made = []
    for profile in (None, "kindle", "apple", None, "kindle", "apple"):
        bind(composition, tmp_path / "b.epub", profile=profile)
        made.append((tmp_path / "b.epub").read_bytes())
    assert len(set(made)) == 3 and made[:3] == made[3:]
