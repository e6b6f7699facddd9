"""Movable Type and TypePad exports: entries told apart whatever their texts hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from book.errors import BookError
from book.gather import gather as gather_into
from book.model import Draft, Gathered
from book.sources.movabletype import gather, recognises

ENTRY = """\
AUTHOR: Ann
TITLE: {title}
BASENAME: {basename}
STATUS: {status}
ALLOW COMMENTS: 1
CONVERT BREAKS: {breaks}
ALLOW PINGS: 0
PRIMARY CATEGORY: Travel
CATEGORY: Travel
CATEGORY: Sea & sand

UNIQUE URL: {url}{space}
DATE: {date}
-----
BODY:
{body}
-----
EXTENDED BODY:
{extended}
-----
EXCERPT:

-----
KEYWORDS:

-----
{comments}--------
"""

COMMENT = """\
COMMENT:
AUTHOR: {author}
EMAIL: reader@mail.example
IP: 10.1.2.3
URL: http://reader.example/
DATE: 05/30/2003 01:32:14 PM
{text}
-----
"""


def entry(body: str = "Text.", **values: str) -> str:
    known = {
        "title": "A post", "basename": "a_post", "status": "Publish", "breaks": "__default__", "extended": "",
        "url": "http://blog.example/ann/2003/05/a_post.html", "date": "05/29/2003 12:02:06 AM",
        "comments": "", "space": " ",
    }  # fmt: skip
    return ENTRY.format(**known | values, body=body)


def comment(text: str, author: str = "Ben") -> str:
    return COMMENT.format(author=author, text=text)


Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*entries: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "export.txt"
        path.write_bytes("".join(entries).encode(encoding))
        return path

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def test_an_entry_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(
        entry("First.\nSecond.\n\nThird.", extended="After the jump.", title="Tom &amp; <i>Ann</i>")
    )
    assert recognises(source)
    found = gather(source)
    draft = one(found)
    assert draft.title == "Tom & Ann"
    assert draft.date == datetime(2003, 5, 29, 0, 2, 6)
    assert (draft.authors, draft.tags) == (("Ann",), ("Travel", "Sea & sand"))
    assert (draft.slug, draft.url) == ("a_post", "http://blog.example/ann/2003/05/a_post.html")
    assert draft.source == "movabletype:http://blog.example/ann/2003/05/a_post.html"
    assert draft.body == "First.  \nSecond.\n\nThird.\n\nAfter the jump."
    assert found.url == "http://blog.example/ann/"
    assert draft.origin.line == 1 and told(found) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("01/02/2003 12:00:00 AM", "2003-01-02T00:00:00"),
        ("01/02/2003 12:30:00 PM", "2003-01-02T12:30:00"),
        ("01/02/2003 11:59:59 PM", "2003-01-02T23:59:59"),
        ("01/02/2003 15:47:06", "2003-01-02T15:47:06"),
        ("1/2/2003 5:07", "2003-01-02T05:07:00"),
        ("2003-01-02 15:47:06", "2003-01-02T15:47:06"),
    ],
)
def test_dates_are_those_of_the_authors_clock(export: Export, written: str, expected: str) -> None:
    draft = one(gather(export(entry(date=written))))
    assert draft.date is not None and draft.date.isoformat() == expected


@pytest.mark.parametrize("written", ["13/45/2003 01:00:00 PM", "00/00/0000 00:00:00", "yesterday"])
def test_a_date_that_does_not_exist_is_told(export: Export, written: str) -> None:
    found = gather(export(entry(date=written), entry(title="Another")))
    assert sorted(draft.title for draft in found.drafts) == ["A post", "Another"]
    assert told(found) == [f"`A post`: `{written}` is not a date that exists"]


def test_hyphens_that_writers_and_commenters_put_in_do_not_part_entries(export: Export) -> None:
    body = "Before\n-----\nBetween\n--------\nAfter"
    comments = comment("My signature\n--------\nBen\n-----\nTITLE: none\n--------\nAUTHOR: me") + comment(
        "Second"
    )
    found = gather(export(entry(body, comments=comments), entry(title="Another", url="")))
    assert [draft.title for draft in found.drafts] == ["A post", "Another"]
    first = found.drafts[0]
    assert [line.strip() for line in first.body.split("\n")] == [
        "Before",
        "\\-----",
        "Between",
        "\\--------",
        "After",
    ]
    assert [remark.body.split("\n")[0].strip() for remark in first.comments] == ["My signature", "Second"]
    assert "AUTHOR: me" in first.comments[0].body


def test_hyphens_kept_from_parting_by_a_tab_lose_it(export: Export) -> None:
    assert "\t" not in one(gather(export(entry("a\n-----\t\nb")))).body


def test_comments_come_in_without_what_tells_where_their_writers_are_found(
    export: Export, tmp_path: Path
) -> None:
    source = export(entry(comments=comment("Line one\nline two") + comment("URL: is not a key here", "Eve")))
    draft = one(gather(source))
    assert [(remark.author, remark.body) for remark in draft.comments] == [
        ("Ben", "Line one  \nline two"),
        ("Eve", "URL: is not a key here"),
    ]
    assert draft.comments[0].date == datetime(2003, 5, 30, 13, 32, 14)
    gather_into([source], tmp_path / "chapters")
    for path in (tmp_path / "chapters").rglob("*"):
        assert not path.is_file() or not any(
            word in path.read_text("utf-8") for word in ("@mail", "10.1.2.3", "reader.example")
        )


def test_keys_of_comments_stand_in_any_order(export: Export) -> None:
    comments = "COMMENT:\nAUTHOR: Bar\nDATE: 02/01/2002 04:02:07 AM\nIP: 1.2.3.4\nEMAIL: a@b.c\nText\n-----\n"
    assert one(gather(export(entry(comments=comments)))).comments[0].body == "Text"


def test_pings_and_what_has_no_name_are_no_comments(export: Export) -> None:
    comments = "PING:\nTITLE: x\nURL: http://spam.example\nDATE: 01/01/2003 01:00:00\nbuy\n-----\n\n\n-----\n"
    draft = one(gather(export(entry(comments=comments))))
    assert draft.comments == () and "spam" not in draft.body


@pytest.mark.parametrize("breaks", ["0", "1", "__default__", "wysiwyg", "richtext", ""])
def test_text_that_is_html_already_is_not_broken_again(export: Export, breaks: str) -> None:
    assert (
        one(gather(export(entry("<p>One\nline.</p>\n\n<p>Two.</p>", breaks=breaks)))).body
        == "One line.\n\nTwo."
    )


def test_captions_of_wordpress_are_captions(export: Export) -> None:
    text = '[caption id="a"]<img src="https://a.example/b.jpg"> The sea[/caption]'
    assert one(gather(export(entry(text)))).body == '![](https://a.example/b.jpg "The sea")'


def test_markdown_is_read_as_such_and_textile_is_told(export: Export) -> None:
    found = gather(export(entry("*a* [b](http://c.example)", breaks="markdown_with_smartypants")))
    assert one(found).body == "*a* [b](http://c.example)"
    assert "Textile" in told(gather(export(entry("h1. Title", breaks="textile_2"))))[0]


@pytest.mark.parametrize(("status", "reason"), [("Draft", "a draft"), ("Future", "scheduled")])
def test_what_was_not_published_comes_in_only_when_asked_for(
    export: Export, status: str, reason: str
) -> None:
    source = export(entry(status=status), entry(title="Another", url=""))
    found = gather(source)
    assert one(found).title == "Another"
    assert reason in found.skipped[0].reason
    asked = {draft.title: draft for draft in gather(source, drafts=True).drafts}
    assert asked["A post"].draft and asked["A post"].url is None


def test_posts_with_one_basename_stay_distinct(export: Export, tmp_path: Path) -> None:
    source = export(entry(url=""), entry(url="", date="06/29/2003 12:02:06 AM", title="Another"))
    assert len({draft.source for draft in gather(source).drafts}) == 2
    assert len(gather_into([source], tmp_path / "chapters").added) == 2


def test_tags_in_quotes_hold_spaces_and_commas(export: Export) -> None:
    made = entry().replace("DATE:", 'TAGS: "Movable, Type",foo, bar\nDATE:')
    assert one(gather(export(made))).tags[2:] == ("Movable, Type", "foo", "bar")


JAPANESE = """\
AUTHOR: hanako
TITLE: 港を歩く
BASENAME: 2020/01/02/120000
STATUS: Publish
ALLOW COMMENTS: 1
CONVERT BREAKS: 0
DATE: 01/02/2020 12:00:00
CATEGORY: 日記
IMAGE: https://cdn.example/port.jpg
-----
BODY:
<p>朝の港は静かで、船が三つ泊まっていた。</p>
<p>帰りに市場で魚を買った。安かった。</p>
-----
EXTENDED BODY:
-----
--------
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "shift_jis", "euc_jp", "utf-16", "iso2022_jp"])
def test_the_blogs_of_japan_are_read_in_their_encodings(export: Export, encoding: str) -> None:
    source = export(JAPANESE * 3, encoding=encoding)
    assert recognises(source)
    draft = gather(source).drafts[0]
    assert (draft.title, draft.tags, draft.slug) == ("港を歩く", ("日記",), "2020-01-02-120000")
    assert draft.body.startswith("![](https://cdn.example/port.jpg)\n\n朝の港は静かで")


def test_a_guessed_encoding_is_told_and_can_be_given(export: Export) -> None:
    source = export(entry("Чтобы помнить, что было. " * 20, title="Запись"), encoding="cp1251")
    found = gather(source)
    assert one(found).title == "Запись"
    assert "texts that are not UTF-8 were taken for cp1251: 1" in told(found)
    assert one(gather(source, encoding="cp1251")).title == "Запись"
    with pytest.raises(BookError, match="no encoding named `klingon`"):
        gather(source, encoding="klingon")


def test_one_wrong_byte_does_not_change_how_the_rest_is_read(export: Export) -> None:
    source = export(entry("Ça va à l’école, là-bas, été comme hiver. " * 20))
    source.write_bytes(source.read_bytes().replace(b"Text", b"").replace(b"hiver. \n", b"hiver\xe9\n", 1))
    body = one(gather(source)).body
    assert "l’école" in body and body.endswith("hiveré")


def test_a_file_that_breaks_off_gives_what_is_there(export: Export) -> None:
    whole = entry() + entry("Words that go on", title="Another", url="")
    source = export(whole[: whole.index("go on") + 2])
    found = gather(source)
    assert sorted(draft.body for draft in found.drafts) == ["Text.", "Words that go"]
    assert "breaks off in the middle of an entry" in told(found)[0]


def test_entries_without_title_date_or_text_do_no_harm(export: Export, tmp_path: Path) -> None:
    source = export("AUTHOR: A\nSTATUS: Publish\n-----\nBODY:\n\n-----\n--------\n", entry())
    assert len(gather(source).drafts) == 2
    report = gather_into([source], tmp_path / "chapters")
    assert len(report.added) == 1
    assert [one.reason for one in report.skipped] == ["this post has no title, no date and no text"]


def test_a_million_characters_in_one_line_and_lines_of_hyphens_without_end(export: Export) -> None:
    source = export(entry("word " * 200_000 + "\n" + "-----\n--------\n" * 20_000))
    assert one(gather(source)).body.count("word") == 200_000


@pytest.mark.parametrize(
    "content",
    [
        "",
        "AUTHOR: a\n",
        "TITLE: A play\nAUTHOR: a\n\nACT ONE\n-----\nENTER: two\n",
        "Saturday, 7 October 2017\n\nA title\n\nText\n-----\nMore\n",
        "Notes\n-----\nBODY:\nx\n",
    ],
)
def test_other_texts_are_not_taken_for_exports(tmp_path: Path, content: str) -> None:
    source = tmp_path / "a.txt"
    source.write_text(content)
    assert not recognises(source)


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FACTS = sorted(CORPUS.glob("movabletype/**/*.facts.json"))


@pytest.mark.parametrize("file", FACTS or [None], ids=lambda file: file.stem if file else "none")
def test_every_sample_gives_what_is_known_to_be_in_it(file: Path | None) -> None:
    if file is None:
        pytest.skip("there is no ../shared/corpora/movabletype beside this checkout")
    fact = json.loads(file.read_text("utf-8"))
    found = gather(CORPUS / fact["file"], drafts=True)
    posts = [draft for draft in found.drafts if not draft.draft]
    assert (len(found.drafts), len(posts)) == (fact["entries"], fact["published_posts"])
    assert sum(len(draft.comments) for draft in found.drafts) == fact["comments_total"]
    days = [draft.date.isoformat() for draft in posts if draft.date]
    assert (days[0], days[-1]) == (fact["first_post"], fact["last_post"]) if days else not fact["first_post"]
    assert {name for draft in posts for name in draft.authors} == set(fact["authors"])
