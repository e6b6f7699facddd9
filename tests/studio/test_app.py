"""What the studio shows: pages as they print, the EPUB's own files, editions to keep."""

from __future__ import annotations

import io
import os
import signal
import time
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from studio_running import Running, is_ready, running, write_book


@pytest.fixture(scope="module")
def book(studio: Running) -> Any:
    return studio.until(is_ready)


def edition(book: Any, name: str) -> Any:
    return next(one for one in book["editions"] if one["name"] == name)


def test_the_contents_stand_in_order_with_their_pages(book: Any) -> None:
    print_ = edition(book, "paperback")
    idents = [line["ident"] for line in book["contents"]]
    assert idents[:3] == ["halftitlepage", "titlepage", "copyright-page"] and idents[-1] == "colophon"
    chapters = [line for line in book["contents"] if line["matter"] == "body"]
    assert [line["title"] for line in chapters] == [f"Chapter {n}" for n in range(1, 5)]
    pages = [print_["at"][ident] for ident in idents if ident in print_["at"]]
    assert pages == sorted(pages) and len(pages) == len(idents)
    assert print_["labels"][print_["at"][chapters[0]["ident"]]] == "1"


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_a_page_is_the_pdf_s_own_at_the_size_asked_for(studio: Running, book: Any, scale: float) -> None:
    pages = edition(book, "paperback")["pages"]
    pdf = pypdfium2.PdfDocument(studio.ask("/download/paperback")[2])
    index = len(pages) // 2
    code, headers, data = studio.ask(f"/page/paperback/{pages[index][0]}?scale={scale}")
    assert (code, headers["content-type"]) == (200, "image/png")
    assert "immutable" in headers["cache-control"]
    ours, theirs = Image.open(io.BytesIO(data)), pdf[index].render(scale=scale).to_pil()
    assert ours.size == theirs.size
    assert ours.convert("L").tobytes() == theirs.convert("L").tobytes()


@pytest.mark.parametrize("scale", ["nan", "inf", "-1", "1e99", "x", "", "0"])
def test_no_size_can_exhaust_the_painter(studio: Running, book: Any, scale: str) -> None:
    page = edition(book, "paperback")["pages"][0][0]
    code, _, data = studio.ask(f"/page/paperback/{page}?scale={scale}")
    assert code == 404 or max(Image.open(io.BytesIO(data)).size) < 6000


def test_pages_of_no_edition_are_not_there(studio: Running, book: Any) -> None:
    page = edition(book, "paperback")["pages"][0][0]
    for path in (f"/page/nowhere/{page}", "/page/paperback/0123", f"/page/ebook/{page}", "/page/paperback/"):
        assert studio.ask(path)[0] == 404


def test_documents_of_the_epub_come_without_scripts(studio: Running, book: Any) -> None:
    ebook = edition(book, "ebook")
    archive = zipfile.ZipFile(io.BytesIO(studio.ask("/download/ebook")[2]))
    for name in (*ebook["spine"], ebook["cover"]):
        code, headers, data = studio.ask(f"/read/ebook/{ebook['digest']}/{name}")
        assert (code, data) == (200, archive.read(name))
        policy = headers["content-security-policy"]
        assert "sandbox" in policy and "allow-scripts" not in policy and "script-src" not in policy
        assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy
    assert ebook["spine"][ebook["at"]["post-chapter-2"]].endswith("chapter-2.xhtml")


@pytest.mark.parametrize(
    "name", ["mimetype", "../book.toml", "EPUB/../mimetype", "META-INF/container.xml", "x.xhtml"]
)
def test_only_a_reader_s_files_of_the_epub_are_shown(studio: Running, book: Any, name: str) -> None:
    assert studio.ask(f"/read/ebook/{edition(book, 'ebook')['digest']}/{name}")[0] == 404


def test_downloads_are_the_editions_whole(studio: Running, book: Any) -> None:
    out = studio.root / ".book" / "studio" / "out"
    for name, file in {
        "ebook": "small-corrections.epub",
        "paperback": "small-corrections-paperback.pdf",
    }.items():
        _, headers, data = studio.ask(f"/download/{name}")
        assert data == (out / file).read_bytes()
        assert headers["content-disposition"] == f"attachment; filename*=UTF-8''{file}"
    assert not (studio.root / "out").exists()


def test_a_web_edition_is_downloaded_as_one_file(tmp_path: Path) -> None:
    write_book(tmp_path / "book")
    toml = tmp_path / "book" / "book.toml"
    toml.write_text(
        toml.read_text().partition("[editions.paperback]")[0] + '[editions.site]\nformat = "web"\n'
    )
    with running(tmp_path / "book") as one:
        one.until(lambda book: book["editions"])
        _, headers, data = one.ask("/download/site")
        assert headers["content-disposition"].endswith("small-corrections-site.zip")
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        assert "small-corrections-site/index.html" in names and names == sorted(names)


def test_a_build_that_dies_leaves_the_studio_and_the_pages(studio: Running, book: Any) -> None:
    [child] = builders(studio)
    os.kill(int(child), signal.SIGKILL)
    post = studio.root / "chapters" / "2020-01-04-chapter-4.md"
    post.write_text(post.read_text() + "\nAfter the end.\n")
    after = studio.until(
        lambda now: is_ready(now) and edition(now, "ebook")["digest"] != edition(book, "ebook")["digest"]
    )
    assert not after["status"]["errors"]


def test_a_child_that_dies_while_it_builds_is_said_in_words(studio: Running) -> None:
    post = studio.root / "chapters" / "2020-01-04-chapter-4.md"
    text = post.read_text()
    ends = time.monotonic() + 240
    while not (errors := studio.book()["status"]["errors"]) and time.monotonic() < ends:
        post.write_text(post.read_text() + "\nAnd on.\n")
        for pid in builders(studio):
            os.kill(int(pid), signal.SIGKILL)
    [error] = errors
    assert "broke off" in error["message"] and error["hint"]
    assert len(studio.book()["editions"]) == 2
    post.write_text(text)
    studio.until(lambda book: is_ready(book) and not book["status"]["errors"])


def builders(studio: Running) -> list[str]:
    """Return the processes that build for a studio."""
    if not Path("/proc/self/task").exists():
        pytest.skip("there is no /proc here")
    pid = studio.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        child for child in children if b"book.studio.builder" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
