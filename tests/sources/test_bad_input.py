"""Whatever is wrong with an export, there is a message with its place, and the rest comes in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from book.errors import BookError
from book.gather import ASKED, find

RSS = """\
<?xml version="1.0" encoding="{encoding}"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A blog</title><wp:wxr_version>1.2</wp:wxr_version>
{items}
</channel></rss>"""


def item(number: int, body: str = "<p>Text.</p>", **given: str) -> str:
    values = {
        "title": f"Post {number}",
        "wp:post_id": str(number),
        "wp:post_date": f"2020-01-{number:02} 10:00:00",
        "wp:post_name": f"post-{number}",
        "wp:status": "publish",
        "wp:post_type": "post",
    }
    values |= {name.replace("__", ":"): value for name, value in given.items()}
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    return f"<item>{inside}<content:encoded><![CDATA[{body}]]></content:encoded></item>"


def export(folder: Path, *items: str, encoding: str = "utf-8") -> Path:
    path = folder / "export.xml"
    path.write_bytes(RSS.format(items="\n".join(items), encoding=encoding).encode(encoding))
    return path


def titles(source: Path, *asked: str) -> list[str]:
    return [draft.title for draft in find([source], asked=asked)[0].drafts]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "shift_jis", "euc_jp", "gb18030"])
def test_an_export_is_known_in_any_encoding_that_it_declares(tmp_path: Path, encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    source = export(tmp_path, item(1, title="日本のたび"))
    text = source.read_text("utf-8").replace('encoding="utf-8"', f'encoding="{declared}"')
    source.write_bytes(text.encode(encoding))
    assert titles(source) == ["日本のたび"]


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.xml", text)
    return path


def test_a_zip_that_breaks_off_is_said_to_be_incomplete(tmp_path: Path) -> None:
    source = zipped(tmp_path / "export.zip", export=export(tmp_path, item(1)).read_text())
    source.write_bytes(source.read_bytes()[:-30])
    with pytest.raises(BookError, match="this zip is broken, or not complete") as caught:
        find([source])
    assert caught.value.notices[0].hint == (
        "download the export again, and compare its size with what the platform says"
    )


def test_no_file_of_a_damaged_zip_is_left_out_in_silence(tmp_path: Path) -> None:
    text = export(tmp_path, *(item(number) for number in range(1, 9))).read_text()
    source = zipped(tmp_path / "export.zip", one=text, two=text.replace("Post", "Other"))
    data = bytearray(source.read_bytes())
    data[len(data) // 4] ^= 0xFF
    source.write_bytes(data)
    with pytest.raises(BookError, match="this file cannot be unpacked") as caught:
        find([source])
    assert caught.value.notices[0].path == source / "one.xml"


BROKEN: dict[str, Callable[[str], str]] = {
    "a bare sign": lambda text: text.replace("<title>Post 2", "<title>Salt & Post 2"),
    "a lost end": lambda text: text.replace("</wp:post_name>", "", 1),
    "a stray tag": lambda text: text.replace("<title>Post 2", "<b><title>Post 2"),
    "a lost quote": lambda text: text.replace("<title>Post 2", '<title lang="en>Post 2'),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_broken_xml_is_told_with_its_place_and_what_recovers_it(
    tmp_path: Path, broken: Callable[[str], str]
) -> None:
    source = export(tmp_path, *(item(number) for number in range(1, 5)))
    source.write_text(broken(source.read_text()))
    with pytest.raises(BookError, match="this XML is broken at column") as caught:
        find([source])
    assert caught.value.notices[0].line
    assert caught.value.notices[0].hint == "`--recover` brings in what can be had of it"
    [found] = find([source], asked=ASKED)
    assert {"Post 1", "Post 3", "Post 4"} <= {draft.title for draft in found.drafts}
    assert any("were mended: 1" in notice.message for notice in found.warnings) or "Salt & Post 2" in {
        draft.title for draft in found.drafts
    }
