"""Zips, folders and files alike; zips that are not to be trusted are refused, naming what is wrong."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from book.errors import BookError
from book.legible import doubled_in
from book.sources import _containers, _zipentries
from book.sources._containers import opened

FILES = {"posts/a.html": b"a", "posts/b.html": b"b", "media/x.jpg": b"jpeg"}


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def contents(source: Path) -> dict[str, bytes]:
    with opened(source) as container:
        return {name: container.read(name) for name in container.names}


def test_a_zip_and_a_folder_hold_the_same(tmp_path: Path) -> None:
    zipped, folder = packed(tmp_path / "x.zip", FILES), laid_out(tmp_path / "folder", FILES)
    assert contents(zipped) == contents(folder) == FILES
    with opened(folder) as container:
        assert container.media("media/x.jpg") == folder / "media/x.jpg"
    with opened(zipped) as container:
        assert container.media("media/x.jpg") == b"jpeg"
        assert container.place("posts/a.html") == zipped / "posts/a.html"


def test_one_file_holds_itself(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    file.write_bytes(b"<rss/>")
    assert contents(file) == {"export.xml": b"<rss/>"}
    with opened(file) as container:
        assert container.place("export.xml") == file


def test_clutter_is_not_seen_and_archives_inside_are_listed(tmp_path: Path) -> None:
    files = {**FILES, "__MACOSX/posts/._a.html": b"", ".DS_Store": b"", "more.zip": b"PK"}
    for source in (packed(tmp_path / "x.zip", files), laid_out(tmp_path / "folder", files)):
        with opened(source) as container:
            assert list(container.names) == sorted(FILES)
            assert container.ignored == ("more.zip",)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "folder", FILES)
    (tmp_path / "secret").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path)
    with opened(folder) as container:
        assert "link" not in container.names
        assert container.ignored == ("link", "up")


def test_two_files_of_one_name_are_both_there(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.md", "one")
        archive.writestr("a.md", "two")
    assert contents(tmp_path / "x.zip") == {"a.md": b"one", "a (2).md": b"two"}


@pytest.mark.parametrize("name", ["../x.md", "/etc/x.md", "a/../../x.md", "..\\x.md", "C:\\x.md"])
def test_a_name_that_leads_outside_is_refused(name: str, tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", {"fine.md": b"", name: b""})
    with pytest.raises(BookError, match="would write outside its folder") as error, opened(source):
        pass
    assert f"`{name}`" in str(error.value)
    assert "fine.md" not in str(error.value)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("media/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(BookError, match="holds links: `media/link`"), opened(tmp_path / "x.zip"):
        pass


def test_a_name_that_cannot_be_read_is_spelt_out(tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", {"a\u202edm.exe": b"", "b\nc": b""})
    with pytest.raises(BookError, match="names that cannot be read") as error, opened(source):
        pass
    assert "`a\\u202edm.exe`, `b\\u000ac`" in str(error.value)


def renamed(path: Path, old: bytes, new: bytes) -> Path:
    """Pack a file under one name, and write another of the same length over it."""
    packed(path, {old.decode(): b"one"})
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


@pytest.mark.parametrize(
    ("written", "read"),
    [("é.md".encode(), "é.md"), ("é.md".encode("cp437"), "é.md"), (b"./a//b.md", "a/b.md")],
)
def test_names_are_read_as_whoever_packed_them_wrote_them(written: bytes, read: str, tmp_path: Path) -> None:
    assert contents(renamed(tmp_path / "x.zip", b"_" * len(written), written)) == {read: b"one"}


@pytest.mark.parametrize("name", ["", ".", "./."])
def test_a_file_without_a_name_is_told(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.md", "one")
        archive.writestr(zipfile.ZipInfo(name), "two")
    with pytest.raises(BookError, match="holds files without a name"), opened(tmp_path / "x.zip"):
        pass


def test_names_that_are_not_what_they_say_are_told(tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", {"é.md": b"one"})
    source.write_bytes(source.read_bytes().replace("é".encode(), b"\xff\xfe"))
    with pytest.raises(BookError, match="are not the UTF-8 they say they are"), opened(source):
        pass


def test_folders_without_end_take_no_time(tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", {"d/" * 20_000 + "a.md": b"one"})
    with pytest.raises(BookError, match="more than 60 folders") as error, opened(source):
        pass
    assert len(str(error.value)) < 400


def test_a_file_that_ends_too_early_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.md", "one")
        archive.infolist()[0].compress_size = archive.infolist()[0].file_size = 900
    with pytest.raises(BookError, match="cannot be unpacked: it ends too early"):
        contents(tmp_path / "x.zip")


def test_a_zip_that_is_packed_by_lzma_says_what_to_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.md", "one")
    with pytest.raises(BookError, match=r"packed in a way that is not read: `a\.md`") as error:
        contents(tmp_path / "x.zip")
    assert "unpack it yourself" in str(error.value)


def test_a_name_that_the_file_itself_does_not_have_is_told_with_a_hint(tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", {"aaaa.md": b"one"})
    source.write_bytes(source.read_bytes().replace(b"aaaa.md", b"../b.md", 1))
    with pytest.raises(BookError, match="cannot be unpacked: file name in directory") as error:
        contents(source)
    assert "hint:" in str(error.value)


def test_a_zip_is_looked_through_once_however_many_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, asked = packed(tmp_path / "x.zip", FILES), []
    kept = _zipentries.checked
    monkeypatch.setattr(_zipentries, "checked", lambda *told: asked.append(1) or kept(*told))
    assert [contents(source) for _ in range(3)] == [FILES] * 3
    assert len(asked) == 1
    packed(source, {"other.md": b"longer"})
    assert contents(source) == {"other.md": b"longer"}


def test_many_files_of_one_name_take_no_time() -> None:
    names = _zipentries.Names()
    given = [names.own("a/b.md") for _ in range(20_000)]
    assert given[:3] == ["a/b.md", "a/b (2).md", "a/b (3).md"] and len(set(given)) == 20_000


def test_what_unpacks_to_an_absurd_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = packed(tmp_path / "x.zip", {"bomb.txt": b"0" * 2**20})
    monkeypatch.setattr(_zipentries, "_ALLOWANCE", 2**16)
    with pytest.raises(BookError, match=r"absurd size: `bomb\.txt`"), opened(source):
        pass


def test_reading_stops_at_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = packed(tmp_path / "x.zip", {"a.txt": b"0" * 2**20, "b.txt": b"0" * 2**20})
    with opened(source) as container, pytest.raises(BookError, match="more than 0 MB"):
        container.read("a.txt", limit=1000)
    monkeypatch.setattr(_containers, "MOST", 2**20 + 1)
    with opened(source) as container, pytest.raises(BookError, match="more than 1 MB"):
        container.read("a.txt")
        container.read("b.txt")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", {"a.txt": bytes(range(256)) * 40})
    data = bytearray(source.read_bytes())
    data[60] ^= 0xFF
    source.write_bytes(data)
    with opened(source) as container, pytest.raises(BookError, match="cannot be unpacked") as error:
        container.read("a.txt")
    assert error.value.notices[0].path == source / "a.txt"


def test_a_truncated_zip_is_said_to_be_one(tmp_path: Path) -> None:
    source = packed(tmp_path / "x.zip", FILES)
    source.write_bytes(source.read_bytes()[:60])
    with pytest.raises(BookError, match="broken, or not complete"), opened(source):
        pass


HOSTILE = {
    "20-zip-slip.zip": [
        "`../evil1.md`",
        "`../../evil2.md`",
        "`..\\evil4.md`",
        "`C:\\evil5.md`",
        "`a/../../evil6.md`",
    ],
    "21-symlink.zip": ["links", "`media/link`", "`dirlink`"],
    "24-overlap.zip": ["overlap"],
    "28-encrypted.zip": ["encrypted", "`a.md`"],
    "29-truncated.zip": ["not complete"],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_zips_are_refused(name: str, shared: Callable[[str], Path]) -> None:
    with pytest.raises(BookError) as error, opened(shared(f"hostile/zip/{name}")):
        pass
    assert all(word in str(error.value) for word in HOSTILE[name])


def test_a_bomb_of_zips_in_a_zip_is_left_packed(shared: Callable[[str], Path]) -> None:
    with opened(shared("hostile/zip/23-nested-bomb.zip")) as container:
        assert container.names == ()
        assert len(container.ignored) == 16


def test_many_files_that_unpack_to_an_absurd_size_together_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"{number}.html", b"x" * 20_000_000)
    with pytest.raises(BookError, match=r"absurd size, taken together: `0.html`"), opened(tmp_path / "a.zip"):
        pass


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_damaged_file_is_told_wherever_it_is_damaged(tmp_path: Path, how: int) -> None:
    path = tmp_path / "export.zip"
    text = "".join(f"<a>{number * 7919 % 10007}</a>" for number in range(6_000)).encode()
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("a.xml", text)
    with opened(path) as container:
        assert container.read("a.xml") == text
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 9] = bytes(255 - byte for byte in data[middle : middle + 9])
    path.write_bytes(data)
    with (
        opened(path) as container,
        container.open("a.xml") as stream,
        pytest.raises(BookError, match="cannot be unpacked") as raised,
    ):
        list(iter(lambda: stream.read(4096), b""))
    assert raised.value.notices[0].path == path / "a.xml"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_a_zip_that_have_one_name_are_all_there_and_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for text in ("one", "two"):
            archive.writestr("posts/a.html", text)
    with opened(path) as container:
        assert [container.read(name) for name in container.names] == [b"one", b"two"]
    (told,) = doubled_in(path)
    assert told.message == "several files of this zip have one name; others are numbered: `posts/a.html`"
