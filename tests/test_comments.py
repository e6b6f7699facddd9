"""Comments are kept beside posts as a file that a person can read and edit, and come back as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.comments import read, render
from book.errors import BookError
from book.header import parse
from book.model import Comment, Draft, Gathered, Origin
from book.placement import place

FIRST = Comment("Ann", datetime(2017, 10, 7, 12, 30, tzinfo=UTC), "Yes.\n\nAnd *no*: not `yes`.", "1")
ANSWER = Comment("", date(2017, 10, 8), "True", "2", parent="1", by_author=True)


def stored(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_they_are_written_as_a_person_would(tmp_path: Path) -> None:
    assert render((FIRST, ANSWER)).decode() == (
        "- id: '1'\n"
        "  name: Ann\n"
        "  date: 2017-10-07 12:30:00+00:00\n"
        "  text: |\n"
        "    Yes.\n"
        "\n"
        "    And *no*: not `yes`.\n"
        "- id: '2'\n"
        "  date: 2017-10-08\n"
        "  by-author: true\n"
        "  in-reply-to: '1'\n"
        "  text: |\n"
        "    True\n"
    )


def test_lines_that_end_in_a_break_stay_readable(tmp_path: Path) -> None:
    comment = replace(FIRST, body="One  \nTwo\n\n\tcode")
    assert "  text: |\n    One  \n    Two\n\n    \tcode\n" in render((comment,)).decode()
    path = tmp_path / "a.yaml"
    path.write_bytes(render((comment,)))
    assert read(path) == (comment,)


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(author=WORDS, body=st.lists(WORDS, max_size=4), ident=WORDS.filter(lambda text: text.strip()))
def test_they_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, author: str, body: list[str], ident: str
) -> None:
    comment = Comment(" ".join(author.split()), None, "\n".join(body).strip(), ident)
    path = tmp_path_factory.mktemp("comments") / "a.yaml"
    path.write_bytes(render((comment,)))
    assert read(path) == (comment,)


def test_there_are_none_where_there_is_no_file_or_an_empty_one(tmp_path: Path) -> None:
    assert read(tmp_path / "none.yaml") == ()
    assert read(stored(tmp_path / "a.yaml", "# all gone\n")) == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- id: 1\n  text: [a\n", 3, "this is not YAML"),
        ("id: 1\n", 1, "comments are a list"),
        ("- id: 1\n  text: a\n- just words\n", 3, "a comment is keys and values"),
        ("- id: 1\n", 1, "a comment lacks `text`"),
        ("- text: a\n", 1, "a comment lacks `id`"),
        ("- id: 1\n  text: a\n  txt: b\n", 3, "unknown key `txt` in a comment"),
        ("- id: 1\n  id: 2\n  text: b\n", 2, "`id` is given twice"),
        ("- id: 1\n  text: {a: b}\n", 2, "`text` is not text"),
        ("- id: 1\n  text: a\n  date: soon\n", 1, "`soon` is not a date"),
        ("- id: 1\n  text: a\n- id: 1\n  text: b\n", 3, "two comments have the id `1`"),
        ("- id: 1\n  text: a\n  in-reply-to: 7\n", 1, "there is no comment `7`"),
        ("- {id: 1, text: a, in-reply-to: 2}\n- {id: 2, text: b, in-reply-to: 1}\n", 1, "answers itself"),
        ("- &a {id: 1, text: a}\n- *a\n", 2, "`*` stands for something else"),
        ("- [[[[[[1]]]]]]\n", 1, "it is nested too deeply"),
        ("- id: 1\n  text: '\x07'\n", 2, "this is not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(BookError) as caught:
        read(stored(tmp_path / "a.yaml", text))
    [notice] = caught.value.notices
    assert message in notice.message
    assert (notice.path, notice.line) == (tmp_path / "a.yaml", line)


def post(*comments: Comment, body: str = "Text.") -> Gathered:
    origin = Origin(Path("blog.xml"), 1)
    return Gathered((Draft("A title", date(2017, 10, 7), body, origin, source="blog:1", comments=comments),))


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "chapters"


def test_gathering_writes_them_beside_the_post(into: Path) -> None:
    report = place([post(FIRST, ANSWER)], into)
    assert read(into / "comments" / "2017-10-07-a-title.yaml") == (FIRST, ANSWER)
    assert report.comments == 2
    assert report.json()["comments"] == 2


def test_a_post_without_comments_has_no_file(into: Path) -> None:
    place([post()], into)
    assert not (into / "comments").exists()
    assert "comments" not in json.loads((into / "gathered.json").read_text())


def test_gathering_again_refreshes_them(into: Path) -> None:
    path = into / "comments" / "2017-10-07-a-title.yaml"
    place([post(FIRST)], into)
    place([post(FIRST, ANSWER)], into)
    assert read(path) == (FIRST, ANSWER)
    before = path.stat().st_mtime_ns
    place([post(FIRST, ANSWER)], into)
    assert path.stat().st_mtime_ns == before


def test_they_are_refreshed_though_the_post_was_edited(into: Path) -> None:
    place([post(FIRST)], into)
    (into / "2017-10-07-a-title.md").write_text("---\ntitle: Mine\ndate: 2017-10-07\nsource: blog:1\n---\n")
    place([post(FIRST, ANSWER)], into)
    assert len(read(into / "comments" / "2017-10-07-a-title.yaml")) == 2
    path = into / "2017-10-07-a-title.md"
    assert parse(path.read_text(), path).values["title"] == "Mine"


def test_an_edited_file_of_comments_is_kept_and_told(into: Path) -> None:
    path = into / "comments" / "2017-10-07-a-title.yaml"
    place([post(FIRST, ANSWER)], into)
    path.write_bytes(render((FIRST,)))
    assert not place([post(FIRST, ANSWER)], into).warnings
    report = place([post(FIRST, replace(ANSWER, body="Changed"))], into)
    assert [notice.path for notice in report.warnings] == [path]
    assert read(path) == (FIRST,)
    path.unlink()
    place([post(FIRST, ANSWER)], into)
    assert not path.exists()


def test_mail_addresses_in_what_was_written_are_left_out_and_counted(into: Path) -> None:
    body = "Write to ann@mail.example or [me](mailto:ben@mail.example), <eve@mail.example>."
    report = place([post(replace(FIRST, author="ann@mail.example", body=body), ANSWER)], into)
    one, other = read(into / "comments" / "2017-10-07-a-title.yaml")
    assert (one.author, one.body) == ("", "Write to … or me, ….")
    assert other == ANSWER
    (notice,) = report.warnings
    assert notice.message == "comments of which mail addresses were left out: 1"


def test_no_link_leads_comments_out_of_the_project(into: Path, tmp_path: Path) -> None:
    into.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (into / "comments").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BookError, match="this is a link"):
        place([post(FIRST)], into)
    assert not list((tmp_path / "elsewhere").iterdir())


SECRET = ("ann@secret.example", "10.9.8.7", "secret.example/ann")
EXPORT = """\
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>A blog</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_id>5</wp:author_id><wp:author_login>me</wp:author_login>
<wp:author_display_name>Me Myself</wp:author_display_name></wp:author>
<item><title>A post</title><dc:creator>me</dc:creator><content:encoded>Words.</content:encoded>
<wp:post_id>1</wp:post_id><wp:post_date>2020-01-01 10:00:00</wp:post_date><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><wp:post_name>a-post</wp:post_name>{comments}</item></channel></rss>"""


def comment(number: int, name: str = "Ann", *, approved: str = "1", kind: str = "", parent: int = 0,
            user: int = 0, text: str = "Fine") -> str:  # fmt: skip
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{name}</wp:comment_author>"
        f"<wp:comment_author_email>{SECRET[0]}</wp:comment_author_email>"
        f"<wp:comment_author_url>http://{SECRET[2]}</wp:comment_author_url>"
        f"<wp:comment_author_IP>{SECRET[1]}</wp:comment_author_IP>"
        f"<wp:comment_date>2020-01-0{number} 10:00:00</wp:comment_date>"
        f"<wp:comment_content>{text}</wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>"
        f"<wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"
    )


def test_an_export_gives_what_was_approved_in_threads_and_nothing_private(
    octavo: Any, tmp_path: Path
) -> None:
    export = tmp_path / "export.xml"
    comments = (
        comment(1),
        comment(2, approved="0"),
        comment(3, kind="pingback"),
        comment(4, "Me Myself", parent=2, user=5),
        comment(5, approved="spam"),
        comment(6, "Me Myself", parent=1),
        comment(7, parent=4),
    )
    export.write_text(EXPORT.format(comments="".join(comments)), encoding="utf-8")
    ran = octavo("gather", export, "--into", tmp_path / "book")
    assert ran.code == 0, ran.stderr
    assert "comments: 4" in ran.stderr
    found = read(tmp_path / "book/chapters/comments/2020-01-01-a-post.yaml")
    assert [(one.ident, one.parent, one.by_author) for one in found] == [
        ("1", None, False),
        ("4", None, True),
        ("6", "1", False),
        ("7", "4", False),
    ]
    written = "".join(path.read_text() for path in (tmp_path / "book").rglob("*") if path.is_file())
    assert not any(secret in written + ran.stderr for secret in SECRET)
