"""Reading the XML of exports: safe, mended where that is common, and with the place of what is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from book.errors import BookError
from book.sources._xml import Element, XmlReader, read_xml

FILE = Path("export.xml")
WP = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def items(text: str | bytes, *, recover: bool = False) -> tuple[list[Element], XmlReader]:
    data = text.encode() if isinstance(text, str) else text
    reader = XmlReader(data, FILE, items={"item"}, recover=recover)
    return list(reader), reader


def messages(reader: XmlReader) -> list[str]:
    return [notice.message for notice in reader.warnings]


def rss(*inside: str) -> str:
    return f"<rss {WP}><channel><title>Blog</title>{''.join(inside)}</channel></rss>"


def test_items_come_one_by_one_and_the_rest_stays_in_the_root() -> None:
    found, reader = items(rss("\n<item><title>One</title></item>", "\n<item><title>Two</title></item>"))
    assert [(item.text("title"), item.line) for item in found] == [("One", 2), ("Two", 3)]
    channel = reader.root.first("channel")
    assert channel is not None
    assert channel.text("title") == "Blog"
    assert not channel.all("item")


def test_names_do_not_depend_on_the_prefixes_a_file_uses() -> None:
    text = '<rss xmlns:x="http://wordpress.org/export/1.0/"><item><x:post_id>7</x:post_id></item></rss>'
    (item,), _ = items(text)
    assert item.text("wp:post_id") == "7"
    root, _ = read_xml(b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title></a:feed>', FILE)
    assert (root.name, root.text("title")) == ("feed", "T")


def test_a_title_of_another_vocabulary_is_not_the_title() -> None:
    text = '<rss xmlns:media="http://search.yahoo.com/mrss/"><item><media:title>M</media:title><title>T</title></item></rss>'
    (item,), _ = items(text)
    assert (item.text("title"), item.text("media:title")) == ("T", "M")


def test_what_xhtml_content_holds_is_given_as_html() -> None:
    xml = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><content>'
        b'<div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b> &lt;</div></content></feed>'
    )
    root, _ = read_xml(xml, FILE)
    content = root.first("content")
    assert content is not None
    assert content.markup() == "<div>a <b>b</b> &lt;</div>"


def test_html_names_of_characters_are_understood_outside_cdata_and_left_alone_inside() -> None:
    (item,), reader = items(
        "<rss><item><title>Caf&eacute;&nbsp;x</title><body><![CDATA[&eacute;]]></body></item></rss>"
    )
    assert (item.text("title"), item.text("body")) == ("Café\u00a0x", "&eacute;")
    assert messages(reader) == ["HTML names of characters were understood: 2"]


def test_control_characters_and_references_to_them_are_dropped_and_counted() -> None:
    (item,), reader = items("<rss><item><title>a\x0bb\x00c&#11;d</title></item></rss>")
    assert item.text("title") == "abcd"
    assert messages(reader) == ["control characters were dropped: 3"]


def test_two_halves_of_a_character_are_one() -> None:
    (item,), _ = items("<rss><item><title>&#55357;&#56832;</title></item></rss>")
    assert item.text("title") == "\U0001f600"
    (item,), _ = items(b"<rss><item><title>\xed\xa0\xbd\xed\xb8\x80</title></item></rss>")
    assert item.text("title") == "\U0001f600"


def test_a_prefix_that_is_not_declared_has_its_usual_meaning() -> None:
    (item,), reader = items("<rss><item><wp:post_id>7</wp:post_id></item></rss>")
    assert item.text("wp:post_id") == "7"
    assert messages(reader) == ["names use the prefix `wp` that the file does not declare: 1"]


def test_what_stands_before_and_after_the_xml_is_skipped_and_said() -> None:
    text = "\n<br />Warning: something\n<?xml version='1.0'?>\n<rss><item><title>A</title></item></rss>\nbye"
    (item,), reader = items(text)
    assert (item.text("title"), item.line) == ("A", 4)
    assert messages(reader) == [
        "lines before the XML were skipped: 1",
        "pieces of text after the end of the XML were skipped: 1",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_that_a_file_shows_is_read(encoding: str) -> None:
    (item,), _ = items("<rss><item><title>Ünïcödé 漢字</title></item></rss>".encode(encoding))
    assert item.text("title") == "Ünïcödé 漢字"


def test_a_declared_encoding_is_believed_and_stray_bytes_are_counted() -> None:
    declared = '<?xml version="1.0" encoding="iso-8859-1"?><rss><item><title>“é”</title></item></rss>'
    (item,), _ = items(declared.encode("cp1252"))
    assert item.text("title") == "“é”"
    (item,), reader = items(b"<rss><item><title>caf\xe9 \xc3\xa9</title></item></rss>")
    assert item.text("title") == "café é"
    assert messages(reader) == ["bytes that are not UTF-8 were read as windows-1252: 1"]


def test_a_text_of_many_megabytes_is_whole() -> None:
    body = "word " * 2_400_000
    (item,), _ = items(f"<rss><item><body><![CDATA[{body}]]></body></item></rss>")
    assert item.text("body") == body


@pytest.mark.parametrize("at", range(0, 60))
def test_pieces_may_be_cut_anywhere(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.sources._xml.CHUNK", 20 + at)
    text = "<rss><item><t>&eacute;<![CDATA[a]]b]]]]><![CDATA[>]]> &#55357;&#56832; &amp; é</t></item></rss>"
    (item,), _ = items(text + " " * 90)
    assert item.text("t") == "éa]]b]]> \U0001f600 & é"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("<rss>\n<item>a & b</item></rss>", 2, 10),
        ("<rss>\n<item>&eacute; & b</item></rss>", 2, 17),
        ("<rss>\n<item><b>x</item></rss>", 2, 13),
        ("junk\n\n<rss>\n<item>x", 4, 8),
    ],
)
def test_broken_xml_is_an_error_with_its_place_in_the_file(text: str, line: int, column: int) -> None:
    with pytest.raises(BookError) as error:
        items(text)
    (notice,) = error.value.notices
    assert (notice.path, notice.line) == (FILE, line)
    assert f"at column {column}:" in notice.message
    assert notice.hint and "--recover" in notice.hint


def test_an_entity_is_refused_with_and_without_recovering() -> None:
    text = '<!DOCTYPE rss [\n<!ENTITY a "aaa">]><rss><item>&a;</item></rss>'
    for recover in (False, True):
        with pytest.raises(BookError, match="declares an entity, `a`") as error:
            items(text, recover=recover)
        assert error.value.notices[0].line == 2


def test_absurd_nesting_is_refused() -> None:
    with pytest.raises(BookError, match="1000 levels"):
        items("<a>" * 2000)


def test_of_a_file_with_one_absurd_entry_the_others_are_had() -> None:
    absurd = "<item><title>B</title>" + "<b>" * 2000 + "</b>" * 2000 + "</item>"
    text = rss("<item><title>A</title></item>", absurd, "<item><title>C</title></item>")
    found, reader = items(text, recover=True)
    assert [item.text("title") for item in found] == ["A", "C"]
    assert reader.warnings[-1].message == "entries nested too deeply were left out: 1"


def test_a_bare_sign_and_an_unescaped_end_of_cdata_are_mended_when_asked() -> None:
    text = rss("<item><link>a?b&c=1</link><content:encoded><![CDATA[a[b[0]]> end]]></content:encoded></item>")
    (item,), reader = items(text, recover=True)
    assert (item.text("link"), item.text("content:encoded")) == ("a?b&c=1", "a[b[0]]> end")
    assert messages(reader) == [
        "characters that XML does not allow bare were mended: 1",
        "ends of CDATA inside a text were mended: 1",
    ]


def test_of_a_truncated_file_everything_before_the_cut_is_had() -> None:
    whole = rss(*(f"\n<item><title>T{n}</title><body>words of {n}</body></item>" for n in range(5)))
    cut = whole[: whole.index("words of 3") + 7]
    with pytest.raises(BookError):
        items(cut)
    found, reader = items(cut, recover=True)
    assert [item.text("title") for item in found] == ["T0", "T1", "T2", "T3"]
    assert found[3].text("body") == "words o"
    notice, count = reader.warnings
    assert count.message == "broken entries were mended: 1"
    assert notice.line == 5
    assert "this entry was broken" in notice.message
    channel = reader.root.first("channel")
    assert channel is not None
    assert channel.text("title") == "Blog"


def test_one_broken_item_does_not_touch_the_others() -> None:
    broken = "<item><title>B</title><body><b>bold</body></item>"
    found, reader = items(
        rss("<item><title>A</title></item>", broken, "<item><title>C</title></item>"), recover=True
    )
    assert [item.text("title") for item in found] == ["A", "B", "C"]
    assert [notice.message.partition(" (")[0] for notice in reader.warnings] == [
        "this entry was broken",
        "broken entries were mended: 1",
    ]


def test_an_item_named_inside_cdata_is_no_item() -> None:
    found, _ = items(rss("<item><body><![CDATA[<item>x</item>]]></body></item>", "<oops>"), recover=True)
    assert [item.text("body") for item in found] == ["<item>x</item>"]


HOSTILE = {
    "02-xxe-http.xml": "declares an entity",
    "03-external-dtd.xml": 1,
    "05-quadratic-blowup.xml": "declares an entity",
    "06-parameter-entity.xml": "declares an entity",
    "08-control-chars.xml": 2,
    "13-cdata-end.xml": 1,
    "14-undeclared-prefix.xml": 1,
    "15-xinclude.xml": 0,
    "16-junk-before-prolog.xml": 20,
    "17-html-entities.xml": 0,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused_or_mended(name: str, shared: Callable[[str], Path]) -> None:
    data = shared(f"hostile/xml/{name}").read_bytes()
    expected = HOSTILE[name]
    if isinstance(expected, str):
        with pytest.raises(BookError, match=expected):
            items(data)
        return
    found, reader = items(data)
    assert len(found) == expected
    texts = [item.text("content:encoded") for item in found]
    if name == "13-cdata-end.xml":
        assert texts == ["code: a[b[0]]> end"]
    if name == "17-html-entities.xml":
        assert reader.root.first("channel").text("title") == "Café \u00a0 bar"  # type: ignore[union-attr]
    if name not in ("13-cdata-end.xml", "15-xinclude.xml"):
        assert reader.warnings


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("iso-8859-1", "utf-8", "café"),
        ("windows-1251", "utf-8", "Вчера я гулял по городу"),
        ("shift_jis", "utf-8", "昨日は町を歩いていて"),
        ("windows-1251", "cp1251", "Пётр"),
        ("iso-8859-1", "cp1252", "CITÉ\u00a0»"),
        ("windows-1252", "cp1252", "Ärger, „schön“ – déjà"),
        ("shift_jis", "shift_jis", "昨日は町を歩いていて"),
        ("iso-8859-9", "cp1254", "İstanbul'da yağmur çok güzeldi"),
    ],
)
def test_utf_8_that_says_it_is_something_else_is_known(declared: str, encoding: str, text: str) -> None:
    document = f'<?xml version="1.0" encoding="{declared}"?><rss><item><title>{text}</title></item></rss>'
    (item,), told = items(document.encode(encoding))
    assert item.text("title") == text
    assert bool(told.warnings) == (encoding == "utf-8")
