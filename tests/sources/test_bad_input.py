"""Whatever is wrong with an export, there is a message with its place, and the rest comes in."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from book.errors import BookError
from book.gather import ASKED, find, gather
from book.header import parse

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


def heads(folder: Path) -> dict[str, dict[str, object]]:
    return {path.stem: parse(path.read_text("utf-8"), path).values for path in sorted(folder.glob("*.md"))}


DIARY = """\
2019年3月2日

春のたび

きのうは上野へ行きました。桜はまだでしたが、動物園のパンダはとても元気でした。

2019年3月1日

はじめまして

きょうから日記を書くことにしました。どうぞよろしくおねがいします。
"""


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_a_text_in_another_encoding_is_read_and_the_guess_is_told(tmp_path: Path, encoding: str) -> None:
    source = tmp_path / "diary.txt"
    source.write_bytes(DIARY.encode(encoding))
    [found] = find([source])
    assert [draft.title for draft in found.drafts] == ["はじめまして", "春のたび"]
    told = [notice.message for notice in found.warnings]
    assert any(encoding.replace("_", "-") in message for message in told) or encoding == "utf-16"
    assert titles(source) == titles(source)


def test_what_a_text_is_written_in_can_be_said(tmp_path: Path) -> None:
    source = tmp_path / "diary.txt"
    source.write_bytes("7 mai 2017\n\nDéjà vu\n\nÇa va.\n".encode("mac_roman"))
    [found] = find([source], options={"encoding": "mac-roman"})
    assert found.drafts[0].title == "Déjà vu"
    with pytest.raises(BookError, match="there is no encoding named `nonsense`"):
        find([source], options={"encoding": "nonsense"})


def test_posts_that_lack_something_come_in_as_far_as_they_are_there(tmp_path: Path) -> None:
    source = export(
        tmp_path,
        item(1, title=""),
        item(2, body=""),
        item(3, wp__post_date="0000-00-00 00:00:00"),
        item(4, wp__post_date="2020-02-30 10:00:00"),
        item(5, wp__post_date="9999-12-31 23:59:59"),
        item(6, wp__post_date="0001-01-01 00:00:00"),
        item(7, wp__post_name="post-1"),
        item(8, wp__post_name="post-1"),
    )
    report = gather([source], tmp_path / "chapters")
    assert len(report.added) == 8
    found = heads(tmp_path / "chapters")
    assert found["2020-01-01-post-1"].get("title") is None
    assert found["2020-01-07-post-1-2"]["slug"] == "post-1-2"
    assert found["2020-01-08-post-1-3"]["slug"] == "post-1-3"
    assert [stem for stem, values in found.items() if values.get("draft")] == ["post-3", "post-4"]
    told = {notice.message for notice in report.warnings}
    assert "`Post 3` has no date, and comes in as a draft" in told
    assert "`Post 4`: `2020-02-30 10:00:00` is not a date that exists" in told


def test_what_no_text_can_hold_is_dropped_and_the_rest_is_whole(tmp_path: Path) -> None:
    source = export(tmp_path, item(1, body="<p>A\x07B&#x1F;C &#xD800; D\ufffeE</p>"), item(2))
    data = source.read_bytes().replace(b"Post 1", b"Post \xed\xa0\x80\x00\xff1")
    source.write_bytes(data)
    report = gather([source], tmp_path / "chapters")
    assert len(report.added) == 2
    text = (tmp_path / "chapters" / "2020-01-01-post-1.md").read_text("utf-8")
    assert re.search("AB.?C.*DE", text)
    assert not re.search("[\0-\x08\x0b-\x1f\ufffe\ud800-\udfff]", text)
    assert "Post \ufffdÿ1" in text
    told = {notice.message for notice in report.warnings}
    assert {"control characters were dropped: 3", "halves of characters were replaced: 1"} <= told


def test_a_line_of_a_million_characters_is_whole(tmp_path: Path) -> None:
    long = "word " * 200_000
    source = export(tmp_path, item(1, body=f"<p>{long}</p>"), item(2, body="x" * 1_000_000))
    one, two = find([source])[0].drafts
    assert re.findall(r"\bword\b", one.body) == long.split()
    assert two.body.count("x") == 1_000_000


MEASURED = """
import resource, sys
from pathlib import Path
from book.gather import gather
report = gather([Path(sys.argv[1])], Path(sys.argv[2]))
print(len(report.added), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
def test_ten_thousand_posts_take_less_than_500_megabytes(tmp_path: Path) -> None:
    body = (
        "<p>" + " ".join(f"word{number}" for number in range(300)) + "</p><ul><li>one</li><li>two</li></ul>"
    )
    days = (f"20{n % 20:02}-{n % 12 + 1:02}-{n % 28 + 1:02} 10:00:00" for n in range(10_000))
    items = (item(n, body, wp__post_date=day) for n, day in enumerate(days, start=1))
    source = export(tmp_path, *items)
    command = [sys.executable, "-c", MEASURED, str(source), str(tmp_path / "chapters")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    added, megabytes = map(int, ran.stdout.split())
    assert added == 10_000
    assert megabytes < 500
