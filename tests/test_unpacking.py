"""A zip of posts that no importer knows is gathered from as its folder would be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from book import unpacking
from book.errors import BookError
from book.gather import find

POST = "---\ntitle: {0}\ndate: 2018-01-02\n---\n\nOf {0}. ![seen](media/x.png)\n"


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_posts_and_their_pictures_come_out_of_a_zip(tmp_path: Path) -> None:
    source = packed(
        tmp_path / "blog.zip", {"_posts/2018-01-02-a.md": POST.format("A"), "media/x.png": b"png"}
    )
    [found] = find([source])
    [draft] = found.drafts
    assert (draft.title, draft.source) == ("A", "markdown:a")
    assert draft.origin.path == source / "_posts" / "2018-01-02-a.md"
    assert found.media == {"media/x.png": b"png"}
    assert not list(tmp_path.glob("octavo-*"))


def test_names_that_a_disk_holds_for_one_are_all_there_and_told(tmp_path: Path) -> None:
    names = ["a.md", "A.md", "caf\u00e9.md", "cafe\u0301.md"]
    source = packed(tmp_path / "x.zip", {name: POST.format(n) for n, name in enumerate(names)})
    [found] = find([source])
    assert sorted(draft.title for draft in found.drafts) == ["0", "1", "2", "3"]
    assert len({draft.origin.path for draft in found.drafts}) == 4
    assert "got a number: `a.md`, `caf\u00e9.md`" in found.warnings[0].message


def test_names_longer_than_a_disk_holds_are_shortened(tmp_path: Path) -> None:
    names = ["日" * 100 + "1.md", "日" * 100 + "2.md", "x" * 300 + "/a.md"]
    [found] = find([packed(tmp_path / "x.zip", {name: POST.format(n) for n, name in enumerate(names)})])
    assert sorted(draft.title for draft in found.drafts) == ["0", "1", "2"]
    assert {draft.origin.path.suffix for draft in found.drafts if draft.origin.path} == {".md"}


def test_words_without_a_header_come_in_from_a_zip(tmp_path: Path) -> None:
    [found] = find([packed(tmp_path / "x.zip", {"a.md": "one", "more.zip": b"PK"})])
    assert [(draft.body.strip(), draft.date) for draft in found.drafts] == [("one", None)]
    assert "archives inside an archive are not opened: `more.zip`" in found.warnings[0].message


def test_what_is_wrong_with_a_post_names_the_zip(tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", {"b.md": "", "c.md": POST.format("C")})
    [found] = find([source])
    assert found.skipped[0].path == source / "b.md"
    with pytest.raises(BookError, match="no post was found") as error:
        find([packed(tmp_path / "y.zip", {"b.md": ""})])
    assert error.value.notices[0].path == tmp_path / "y.zip"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a": b"", "a/b.md": b"one"}, "cannot be unpacked"),
        ({"d/" * 70 + "a.md": b"one"}, "more than 60 folders"),
        ({"a.md": b"0123456789"}, "unpacks to more than"),
    ],
)
def test_a_zip_that_no_folder_can_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str | bytes], message: str
) -> None:
    monkeypatch.setattr(unpacking, "_MOST", 9)
    with pytest.raises(BookError, match=message) as error:
        find([packed(tmp_path / "x.zip", files)])
    assert "hint: unpack it yourself" in str(error.value)


def test_a_zip_without_a_file_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="this zip holds no file"):
        find([packed(tmp_path / "x.zip", {"a/": b""})])


def test_a_zip_without_posts_is_still_nothing(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="nothing that can be gathered from"):
        find([packed(tmp_path / "x.zip", {"a.exe": b"MZ"})])
