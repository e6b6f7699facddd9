"""Names in a zip that does not say how they are written are read as what they can only be."""

from __future__ import annotations

import zipfile

import pytest

from book.sources._zipnames import spell


def entry(raw: bytes, *, flags: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo("x")
    made.filename, made.flag_bits = raw.decode("utf-8" if flags else "cp437"), flags
    return made


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["Привет, мир.md", "Моя фотография.jpg"], "cp866"),
        (["ПРИВЕТ.md", "photo Москва.jpg"], "cp866"),
        (["写真のアルバム.md", "東京タワー（夜）.jpg"], "cp932"),
        (["café.md", "Über uns.md"], "cp437"),
        (["日記.md", "Zürich.md"], "utf-8"),
        (["São Paulo, coração.md", "Não.md"], "cp850"),
        (["Êxito.md", "Árvore.md", "fête.md"], "cp850"),
        (["Привет, мир.md", "Моя фотография.jpg", "Осень в Петербурге.md"], "cp1251"),
        (
            ["우리 동네 이야기.md", "서울의 봄과 여름 그리고 가을.md", "사진첩과 일기장을 정리하며.md"],
            "cp949",
        ),
        (["我的日记和照片.md", "北京的秋天很美.md", "写在新年的第一天.md", "中国南方旅行笔记.md"], "gbk"),
    ],
)
def test_names_are_read_as_they_were_written(names: list[str], encoding: str) -> None:
    entries = [entry(name.encode(encoding)) for name in names]
    spell(entries)
    assert [one.filename for one in entries] == names


@pytest.mark.parametrize(
    "raw",
    [
        "Gdańsk.md".encode("cp852"),
        "写真.md".encode("gbk"),
        "Λόγος.md".encode("cp1253"),
        "שלום עולם ושלום לכולם, בוקר טוב ולילה טוב.md".encode("cp1255"),
        "Καλημέρα σε όλους τους φίλους μου.md".encode("cp1253"),
        "Привет и хорошего вам всем дня, друзья.md".encode("koi8-r"),
        b"\xff\xfe.md",
    ],
)
def test_names_that_could_be_several_things_are_left(raw: bytes) -> None:
    one = entry(raw)
    spell([one])
    assert one.filename == raw.decode("cp437")


def test_names_that_say_how_they_are_written_are_believed() -> None:
    said, unsaid = entry("Θ╨.md".encode(), flags=0x800), entry("Москва.md".encode("cp866"))
    spell([said, unsaid])
    assert (said.filename, unsaid.filename) == ("Θ╨.md", "Москва.md")
