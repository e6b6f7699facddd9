"""Posts at their worst, in one book: its EPUB is valid and readable, and says what was changed."""

from __future__ import annotations

import io
import shutil
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from binding import LANG, Opened, drawn
from PIL import Image

from book.build import build
from book.check import check_file

TOML = 'title = "At Its Worst"\nauthor = "Ann"\nlanguage = "en-GB"\n[editions.ebook]\nformat = "epub"\n'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A square</title>'
    '<script>alert(1)</script><rect width="9" height="9" onclick="alert(2)"/></svg>'
)
POSTS = {
    "2020-01-01-two-languages": "---\ntitle: Two languages\n---\nHello.\n\n"
    '<p lang="fr">Bonjour tout le monde.</p>\n',
    "2020-01-02-arabic": "---\ntitle: يوميات\nlanguage: ar\n---\nمرحبا *بالعالم*.\n",
    "2020-01-03-cjk": "---\ntitle: 散歩\nlanguage: ja\n---\n雨の日の**長い**散歩。\n",
    "2020-01-04-liar": "---\ntitle: Liar\n---\n![A blue square](liar.jpg)\n",
    "2020-01-05-script": "---\ntitle: Script\n---\n![A square](script.svg)\n",
    "2020-01-06-large": "---\ntitle: Large\n---\n![A great blue](large.png)\n",
    "2020-01-07-jump": "---\ntitle: Jump\n---\n# Top\n\n##### Far below\n\nText.\n",
    "2020-01-08-twice": '---\ntitle: Twice\n---\n<p id="x">First.</p>\n\n<p id="x">Second.</p>\n',
    "2020-01-09-nowhere": "---\ntitle: Nowhere\n---\nSee [that part](#not-there), and stay.\n",
    "2020-01-10-markup": '---\ntitle: "<b>Bold</b> & <script>x</script> *stars*"\n---\nText.\n',
    "2020-01-11-emoji": "---\ntitle: Emoji 👩‍👩‍👧 🇬🇧\n---\nA family 👩‍👩‍👧, a flag 🇬🇧.\n",
    "2020-01-12-note": "---\ntitle: Note\n---\nText.[^used]\n\n[^used]: Read.\n[^idle]: Never called.\n",
    "2020-01-13-layout": "---\ntitle: Layout\n---\n<table width=600><tr><td>"
    "<font color=red>Left column</font><p>A passage.<p>Another.</td><td>Right column</td></tr></table>\n",
    "2020-01-14-unclosed": "---\ntitle: Unclosed\n---\n<div><p>Never <b>closed\n\nStill *here*.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Opened, list[str]]:
    root = tmp_path_factory.mktemp("worst") / "book"
    chapters = root / "chapters"
    chapters.mkdir(parents=True)
    (root / "book.toml").write_text(TOML, encoding="utf-8")
    for name, text in POSTS.items():
        (chapters / f"{name}.md").write_text(text, encoding="utf-8")
    (chapters / "liar.jpg").write_bytes(drawn((40, 30), "PNG"))
    (chapters / "script.svg").write_text(SVG)
    (chapters / "large.png").write_bytes(drawn((4000, 2500)))
    report = build(root)
    (edition,) = report.editions
    return Opened(edition.path), [notice.message for notice in (*report.warnings, *edition.warnings)]


def text(made: tuple[Opened, list[str]], name: str) -> Any:
    book = made[0]
    return book.documents[next(one for one in book.documents if name in one)]


def words(root: Any) -> str:
    return " ".join("".join(root[1].itertext()).split())


def test_every_post_is_there_and_validators_have_nothing_to_say(made: tuple[Opened, list[str]]) -> None:
    assert all(any(name in one for one in made[0].documents) for name in POSTS)
    if shutil.which("java") is None:
        pytest.skip("EPUBCheck needs Java")
    found = [
        one for one in check_file(made[0].path) if one.severity != "note" and one.rule != "note-referred"
    ]
    assert [f"{one.rule} {one.path}:{one.line} {one.message}" for one in found] == []


def test_languages_and_directions_are_marked(made: tuple[Opened, list[str]]) -> None:
    french = next(e for e in text(made, "two-languages").iter() if e.get("lang") == "fr")
    assert french.get(LANG) == "fr" and "Bonjour" in "".join(french.itertext())
    arabic = next(e for e in text(made, "arabic").iter() if e.get("dir") == "rtl")
    assert "مرحبا" in "".join(arabic.itertext())
    assert any(e.get("lang") == "ja" for e in text(made, "cjk").iter())
    assert "雨の日の長い散歩。" in words(text(made, "cjk"))


def test_pictures_are_what_they_say_and_no_larger_than_shops_take(made: tuple[Opened, list[str]]) -> None:
    files = {name.rpartition("/")[2]: data for name, data in made[0].files.items() if "/media/" in name}
    kinds = {}
    for name, data in files.items():
        if name.endswith(".svg"):
            assert b"script" not in data and b"onclick" not in data and b"<rect" in data
            continue
        with Image.open(io.BytesIO(data)) as opened:
            kinds[name] = opened.format
            assert opened.width * opened.height <= 5_600_000
    suffixes = {".png": "PNG", ".jpg": "JPEG"}
    assert len(kinds) == 2 and all(kind == suffixes[Path(name).suffix] for name, kind in kinds.items())


def test_structure_is_mended(made: tuple[Opened, list[str]]) -> None:
    levels = [
        int(e.tag[-1]) for e in text(made, "jump")[1].iter() if e.tag[-2:-1] == "h" and e.tag[-1].isdigit()
    ]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    for root in made[0].documents.values():
        idents = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(idents) == len(set(idents))
    assert words(text(made, "twice")).endswith("First. Second.")
    assert "See that part, and stay." in words(text(made, "nowhere"))
    assert not any("not-there" in (e.get("href") or "") for e in text(made, "nowhere").iter())


def test_titles_are_words_whatever_they_look_like(made: tuple[Opened, list[str]]) -> None:
    root = text(made, "markup")
    assert not list(root.iter("{http://www.w3.org/1999/xhtml}script"))
    assert "Bold" in words(root)
    assert "👩‍👩‍👧" in words(text(made, "emoji")) and "🇬🇧" in words(text(made, "emoji"))


def test_no_text_is_lost(made: tuple[Opened, list[str]]) -> None:
    assert "Left column" in words(text(made, "layout")) and "Right column" in words(text(made, "layout"))
    assert "Never closed" in words(text(made, "unclosed")) and "Still" in words(text(made, "unclosed"))
    assert "Read." in words(text(made, "note"))


def test_what_was_changed_is_told(made: tuple[Opened, list[str]]) -> None:
    told = "\n".join(made[1])
    for sign in (
        "not-there",
        "the note `idle` is not referred to",
        "smaller, or into formats that every reader shows: large",
        "of another kind than their names say, and were renamed: `liar.jpg (PNG)`",
        "drawings lost what no book may hold: `script.svg (script, onclick)`",
        "headings left a level out, and were moved up: `Far below`",
        "identifiers that stood twice in a post were renamed: `x`",
        "markup in a title was left out: `<b>Bold</b> & <script>x</script> *stars*`",
        "they stand one below the other: `Left column A passage. Another. Right co`",
        "HTML that nothing closes ends with its paragraph: `<div>`, `<b>`",
    ):
        assert sign in told, told


def test_the_file_can_be_read_again(made: tuple[Opened, list[str]]) -> None:
    with zipfile.ZipFile(made[0].path) as packed:
        assert packed.testzip() is None
