"""Journals of LiveJournal and Dreamwidth: months of entries, comments beside, and dumps of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from book.errors import BookError
from book.gather import gather as gather_into
from book.model import Draft, Gathered
from book.sources.livejournal import gather, recognises


def entry(event: str = "Text.", **values: str) -> str:
    known = {
        "itemid": "769", "eventtime": "2004-01-02 23:04:00", "logtime": "2004-01-03 04:04:10",
        "subject": "A &amp; B", "security": "public", "allowmask": "0", "current_music": "Songs",
        "current_mood": "calm",
    } | values  # fmt: skip
    fields = "".join(f"<{name}>{escape(value)}</{name}>\n" for name, value in known.items())
    return f"<entry>\n{fields}<event>{escape(event)}</event>\n</entry>\n"


def comment(ident: str, body: str, **values: str) -> str:
    known = {"id": ident, "jitemid": "3", "posterid": "7", "parentid": ""} | values
    attributes = "".join(f' {name}="{value}"' for name, value in known.items() if value)
    more = '<date>2004-01-05T10:00:00Z</date><property name="poster_ip">10.9.8.7</property>'
    return f"<comment{attributes}><body>{escape(body)}</body>{more}</comment>"


Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*entries: str, comments: str = "", encoding: str = "utf-8") -> Path:
        folder = tmp_path / "journal"
        folder.mkdir(exist_ok=True)
        head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
        if entries:
            whole = f"{head}<livejournal>\n{''.join(entries)}</livejournal>\n"
            (folder / "2004-01.xml").write_bytes(whole.encode(encoding))
        if comments:
            users = '<maxid>9</maxid><usermaps><usermap id="7" user="ben"/></usermaps>'
            whole = f"{head}<livejournal>{users}<comments>{comments}</comments></livejournal>"
            (folder / "comments.xml").write_text(whole, encoding)
        return folder

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def test_an_entry_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(entry("First.\nSecond.\n\nThird."))
    assert recognises(source) and recognises(source / "2004-01.xml")
    draft = one(gather(source))
    assert (draft.title, draft.date) == ("A & B", datetime(2004, 1, 2, 23, 4))
    assert draft.body == "First.  \nSecond.\n\nThird."
    assert draft.extra == {"music": "Songs", "mood": "calm"}
    assert draft.source == "livejournal:769"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ('Met <lj user="ann_b"> there', "Met **ann_b** there"),
        ('Met <user name="ann" site="x.example"/> there', "Met **ann** there"),
        ('Before\n<lj-cut text="More">\nInside</lj-cut>\nAfter', "Before\n\nInside\n\nAfter"),
        ("<p>One.</p>\n\n<p>Two.</p>", "One.\n\nTwo."),
        ("!markdown\n\n*One*\n\n- two", "*One*\n\n- two"),
        ("A poll: <lj-poll-123> done", "A poll: done"),
        ("Seen: <lj-embed id='1'/> done", "Seen: done"),
    ],
)
def test_the_sites_own_marks_become_what_they_show(export: Export, event: str, expected: str) -> None:
    body = one(gather(export(entry(event)))).body
    assert [line.strip() for line in body.split("\n") if line.strip()] == [
        line for line in expected.split("\n") if line
    ]


def test_what_is_lost_is_told(export: Export) -> None:
    assert told(gather(export(entry("<lj-poll-1>x <lj-embed id='1'></lj-embed>")))) == [
        "`A & B`: a poll was left out",
        "`A & B`: a player was left out: the export does not say what it played",
    ]


@pytest.mark.parametrize("security", ["private", "usemask"])
def test_what_not_everybody_could_read_comes_in_only_when_asked_for(export: Export, security: str) -> None:
    source = export(entry(security=security), entry(itemid="770", subject="Open"))
    found = gather(source)
    assert one(found).title == "Open"
    assert "`--private` brings it in" in found.skipped[0].reason
    assert len(gather(source, private=True).drafts) == 2


def test_comments_stand_in_threads_without_those_that_were_hidden(export: Export, tmp_path: Path) -> None:
    comments = (
        comment("1", "First\nline")
        + comment("2", "Deleted", state="D", parentid="1")
        + comment("3", "Answer", parentid="2")
        + comment("4", "Screened", state="S")
        + comment("5", "Frozen", state="F", posterid="")
        + comment("6", "Elsewhere", jitemid="99")
    )
    source = export(entry(), comments=comments)
    remarks = one(gather(source)).comments
    assert [(remark.ident, remark.author, remark.parent, remark.body) for remark in remarks] == [
        ("1", "ben", None, "First  \nline"),
        ("3", "ben", "1", "Answer"),
        ("5", "", None, "Frozen"),
    ]
    assert remarks[0].date == datetime(2004, 1, 5, 10, tzinfo=UTC)
    gather_into([source], tmp_path / "chapters")
    for path in (tmp_path / "chapters").rglob("*"):
        assert not path.is_file() or "10.9.8.7" not in path.read_text("utf-8")


def test_comments_alone_are_no_blog(export: Export) -> None:
    source = export(comments=comment("1", "Hi"))
    assert recognises(source)
    with pytest.raises(BookError, match="this holds 1 comments and no entry"):
        gather(source)


def test_comments_within_entries_are_read(export: Export) -> None:
    inside = (
        "<comment><itemid>5</itemid><eventtime>2004-01-03 01:00:00</eventtime><event>Hi</event>"
        "<author><name>Eve</name><email>eve@mail.example</email></author></comment></entry>"
    )
    (remark,) = one(gather(export(entry().replace("</entry>", inside)))).comments
    assert (remark.author, remark.body) == ("Eve", "Hi")


def test_a_dump_of_single_files_is_read(tmp_path: Path) -> None:
    source = tmp_path / "ann"
    source.mkdir()
    event = """<?xml version="1.0"?>
<event><itemid>3</itemid><ditemid>769</ditemid><eventtime>2004-01-02 23:04:00</eventtime><subject>S</subject>
<event>One.
Two.</event><url>http://ann.journal.example/769.html</url>
<props><taglist>sea, sand</taglist><current_mood>calm</current_mood></props></event>"""
    comments = """<?xml version="1.0"?>
<comments><comment><id>1</id><date>2004-01-05T10:00:00Z</date><parentid></parentid><user>ben</user>
<body>Hi</body><state></state></comment></comments>"""
    (source / "L-3").write_text(event)
    (source / "C-3").write_text(comments)
    (source / "user.props").write_text("password")
    assert recognises(source)
    found = gather(source)
    draft = one(found)
    assert (draft.title, draft.body, draft.tags) == ("S", "One.  \nTwo.", ("sea", "sand"))
    assert (draft.url, draft.source) == ("http://ann.journal.example/769.html", "livejournal:769")
    assert [(remark.author, remark.body) for remark in draft.comments] == [("ben", "Hi")]
    assert found.url == "http://ann.journal.example"


@pytest.mark.parametrize("encoding", ["utf-8", "koi8-r", "windows-1251", "utf-16"])
def test_the_encoding_that_the_author_chose_is_read(export: Export, encoding: str) -> None:
    assert one(gather(export(entry("Чтобы помнить"), encoding=encoding))).body == "Чтобы помнить"


def test_a_file_that_breaks_off_is_told_and_read_as_far_as_it_is_whole(export: Export) -> None:
    source = export(entry(), entry(itemid="770", event="Second"), entry(itemid="771", event="Third words"))
    file = source / "2004-01.xml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index(" words")], "utf-8")
    with pytest.raises(BookError, match="this XML is broken"):
        gather(source)
    assert {"livejournal:769", "livejournal:770"} <= {
        draft.source for draft in gather(source, recover=True).drafts
    }


def test_entries_without_anything_do_no_harm(export: Export) -> None:
    found = gather(export("<entry/>", entry(eventtime="0000-00-00 00:00:00"), entry(itemid="5")))
    assert len(found.drafts) == 3
    assert "`A & B`: `0000-00-00 00:00:00` is not a date that exists" in told(found)


@pytest.mark.parametrize("content", ["", "<rss><channel/></rss>", "<entry><event>x</event></entry>"])
def test_other_files_are_not_taken_for_journals(tmp_path: Path, content: str) -> None:
    source = tmp_path / "a.xml"
    source.write_text(content)
    assert not recognises(source)
