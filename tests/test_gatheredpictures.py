"""Pictures that an export only names are found in folders, and what is missing is listed."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from book.errors import BookError
from book.gatherreport import GatherReport
from book.mediafolder import MediaFolders
from book.model import Draft, Gathered, Origin
from book.placement import place


def draft(body: str, title: str = "A title") -> Draft:
    return Draft(title, date(2017, 10, 7), body, Origin(Path("blog.xml"), 1), source=f"blog:{title}")


def put(root: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "chapters"


def gather(into: Path, *drafts: Draft, folders: tuple[Path, ...] = ()) -> GatherReport:
    return place([Gathered(drafts)], into, folders=MediaFolders(folders) if folders else None)


def listed(into: Path) -> list[list[str]]:
    path = into / "missing-media.csv"
    return list(csv.reader(path.read_text().splitlines())) if path.exists() else []


def test_what_is_missing_is_listed_until_it_is_there(into: Path, tmp_path: Path) -> None:
    post = draft("![Sea](https://a.example/sea.jpg) [no picture](https://a.example/)")
    report = gather(into, post)
    assert (report.found, report.missing) == (0, 1)
    assert listed(into) == [
        ["post", "address", "tried"],
        ["2017-10-07-a-title.md", "https://a.example/sea.jpg", "the export"],
    ]
    gather(into, draft("![Hill](https://a.example/hill.jpg)", "Other"))
    assert [row[1][18:] for row in listed(into)[1:]] == ["sea.jpg", "hill.jpg"]
    folder = put(tmp_path / "up", **{"sea.jpg": b"sea"})
    assert "nothing called `hill.jpg`" in str(
        gather(into, draft("![Hill](https://a.example/hill.jpg)", "Other"), folders=(folder,))
        and listed(into)
    )
    report = gather(into, post, folders=(folder,))
    assert (report.found, report.missing, len(report.updated)) == (1, 0, 1)
    (into / "2017-10-07-other.md").unlink()
    assert gather(into, post).unchanged == 1, "what was found before is known without the folder"
    assert listed(into) == []
    assert "![Sea](media/sea.jpg)" in report.updated[0].read_text()
    assert (into / "media" / "sea.jpg").read_bytes() == b"sea"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://a.example/2017/10/sea-300x200.jpg", "sea.jpg"),
        ("https://a.example/sea.jpg", "sea-scaled.jpg"),
        ("https://1.bp.blogspot.com/x/s1600/Sea%20View.JPG", "sea view.jpg"),
        ("https://1.bp.blogspot.com/x/s320/Sea+View.jpg", "Sea View.jpg"),
        ("https://a.example/sea@2x.png?w=300", "sea.png"),
        ("https://a.example/sea%25C3%25A9.jpeg", unicodedata.normalize("NFD", "seaé.jpg")),
        ("https://a.example/../../etc/sea.jpg", "sea.jpg"),
    ],
)
def test_a_name_is_known_in_its_variants(tmp_path: Path, address: str, name: str) -> None:
    folder = put(tmp_path / "up", **{name: b"sea", "lake.jpg": b"lake"})
    assert MediaFolders([folder]).find(address) == (folder / name, "")


def test_the_largest_of_sizes_and_the_nearest_of_namesakes(tmp_path: Path) -> None:
    sizes = put(tmp_path / "sizes", **{"sea-150x150.jpg": b"s", "sea-1024x768.jpg": b"large"})
    assert MediaFolders([sizes]).find("https://a.example/sea-300x200.jpg")[0] == sizes / "sea-1024x768.jpg"
    years = put(tmp_path / "years", **{"2016__10__a.jpg": b"one", "2017__10__a.jpg": b"two"})
    folders = MediaFolders([years])
    assert folders.find("https://a.example/up/2017/10/a.jpg")[0] == years / "2017" / "10" / "a.jpg"
    path, said = folders.find("https://a.example/a.jpg")
    assert (path, said) == (None, "2 different pictures there are called `a.jpg`")
    (years / "2016" / "10" / "a.jpg").write_bytes(b"two")
    assert MediaFolders([years]).find("https://a.example/a.jpg")[0] is not None, "they are one by content"


def test_nothing_outside_the_folder(tmp_path: Path) -> None:
    away = put(tmp_path / "away", **{"sea.jpg": b"secret"})
    folder = put(tmp_path / "up", **{"a.jpg": b"a"})
    (folder / "sea.jpg").symlink_to(away / "sea.jpg")
    (folder / "more").symlink_to(away, target_is_directory=True)
    for address in ("https://a.example/sea.jpg", "../away/sea.jpg", "https://a.example/..%2Faway%2Fsea.jpg"):
        assert MediaFolders([folder]).find(address)[0] is None
    with pytest.raises(BookError, match="this is a link"):
        MediaFolders([folder / "more"])
    with pytest.raises(BookError, match="no such folder"):
        MediaFolders([folder / "none"])


def test_the_picture_behind_a_click_comes_first(into: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "up", **{"big.jpg": b"big", "small.jpg": b"small"})
    markdown = "[![a](https://a.example/small.jpg)](https://a.example/big.jpg)"
    html = '<a href="https://a.example/big.jpg"><img alt="" src="https://a.example/small.jpg"></a>'
    report = gather(into, draft(markdown), draft(html, "Other"), folders=(folder,))
    assert "[![a](media/big.jpg)](media/big.jpg)" in report.added[0].read_text()
    assert '<a href="media/big.jpg"><img alt="" src="media/big.jpg"></a>' in report.added[1].read_text()
    assert [path.name for path in (into / "media").iterdir()] == ["big.jpg"]


def test_a_click_on_a_picture_that_leads_to_a_page_still_leads_there(into: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "up", **{"small.jpg": b"small"})
    page = "https://shop.example/toggle?id=1"
    body = f"[![a](https://a.example/small.jpg)]({page}) and [buy it]({page})"
    report = gather(into, draft(body), folders=(folder,))
    assert f"[![a](media/small.jpg)]({page}) and [buy it]({page})" in report.added[0].read_text()
