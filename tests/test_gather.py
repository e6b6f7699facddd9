"""Gathering adds, updates, keeps what its author edited, deletes nothing, and says all of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from book import registry
from book.errors import BookError
from book.gather import find, gather, kind_of
from book.gatherreport import GatherReport
from book.header import parse
from book.model import Draft, Gathered, Origin
from book.placement import place
from book.slug import slug

DUMP = """\
7 October 2017

Closing Gaps

A text that is long enough to be one.

3 October 2017

Good News

Another text, and it is as long.
"""


def draft(title: str = "A title", day: int = 7, body: str = "Text.", **given: Any) -> Draft:
    fields: dict[str, Any] = {
        "origin": Origin(Path("blog.xml"), day),
        "source": f"blog:{title}-{day}",
        **given,
    }
    return Draft(title, date(2017, 10, day), body, **fields)


def gathered(*drafts: Draft, media: Mapping[str, Path | bytes | None] | None = None) -> Gathered:
    return Gathered(drafts, media=media or {})


def texts(into: Path) -> dict[str, bytes]:
    return {
        path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()
    }


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "chapters"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "my-blog.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


def test_what_is_nested_without_end_is_refused_and_not_a_crash(
    dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(source: Path) -> Gathered:
        return endless(source)

    monkeypatch.setattr("book.sources.wordpress.gather", endless)
    with pytest.raises(BookError, match="nested too deeply") as error:
        find([dump], kind="wordpress")
    assert error.value.notices[0].path == dump and error.value.notices[0].hint


def test_posts_become_files(dump: Path, into: Path) -> None:
    report = gather([dump], into)
    assert names(report.added) == ["2017-10-03-good-news.md", "2017-10-07-closing-gaps.md"]
    assert (into / "2017-10-07-closing-gaps.md").read_text(encoding="utf-8") == (
        "---\ntitle: Closing Gaps\ndate: 2017-10-07\nsource: text:2017-10-07/closing-gaps\n---\n\n"
        "A text that is long enough to be one.\n"
    )
    assert (report.title, report.language) == ("My blog", "en")
    assert not list(into.glob(".*"))


def test_again_nothing_changes(dump: Path, into: Path) -> None:
    gather([dump], into)
    before = texts(into)
    report = gather([dump], into)
    assert (report.unchanged, report.added, report.updated, report.kept) == (2, (), (), ())
    assert texts(into) == before


def test_a_newer_export_adds_and_updates(dump: Path, into: Path) -> None:
    gather([dump], into)
    newer = "9 October 2017\n\nA third one\n\nIt is new.\n\n" + DUMP.replace("as long", "longer still")
    dump.write_text(newer, encoding="utf-8")
    report = gather([dump], into)
    assert names(report.added) == ["2017-10-09-a-third-one.md"]
    assert names(report.updated) == ["2017-10-03-good-news.md"]
    assert report.unchanged == 1
    assert "longer still" in (into / "2017-10-03-good-news.md").read_text(encoding="utf-8")


def test_what_the_author_edited_is_kept(dump: Path, into: Path) -> None:
    gather([dump], into)
    mine = into / "2017-10-03-good-news.md"
    mine.write_text(mine.read_text(encoding="utf-8") + "\nAnd this is mine.\n", encoding="utf-8")
    edited = mine.read_bytes()
    report = gather([dump], into)
    assert (report.kept, report.unchanged, report.warnings) == ((mine,), 1, ())
    dump.write_text(DUMP.replace("as long", "longer still"), encoding="utf-8")
    report = gather([dump], into)
    assert report.kept == (mine,)
    assert [notice.path for notice in report.warnings] == [mine]
    assert mine.read_bytes() == edited
    newer = into.parent / "newer" / mine.name
    assert "longer still" in newer.read_text(encoding="utf-8")
    newer.unlink()
    again = gather([dump], into)
    assert (again.kept, again.warnings, newer.exists()) == ((mine,), (), False), "it is told once"
    dump.write_text(DUMP.replace("as long", "longest"), encoding="utf-8")
    assert len(gather([dump], into).warnings) == 1
    mine.write_bytes(newer.read_bytes())
    assert gather([dump], into).unchanged == 2


def test_newer_versions_do_not_leave_the_project_by_a_link(dump: Path, into: Path, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    (into.parent / "newer").symlink_to(tmp_path / "away", target_is_directory=True)
    with pytest.raises(BookError, match="this is a link"):
        gather([dump], into)


def test_posts_do_not_leave_the_project_by_a_link(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    into = tmp_path / "project" / "chapters"
    into.parent.mkdir()
    into.symlink_to(tmp_path / "away", target_is_directory=True)
    with pytest.raises(BookError, match="this is a link"):
        gather([dump], into)
    assert not list((tmp_path / "away").iterdir())
    into.unlink()
    (into.parent / "posts").mkdir()
    into.symlink_to("posts", target_is_directory=True)
    assert len(gather([dump], into).added) == 2


def test_a_file_the_author_renamed_is_known_again(dump: Path, into: Path) -> None:
    gather([dump], into)
    (into / "2017-10-03-good-news.md").rename(into / "2017-10-03-very-good-news.md")
    report = gather([dump], into)
    assert (report.unchanged, report.added) == (2, ())
    dump.write_text(DUMP.replace("as long", "longer still"), encoding="utf-8")
    assert names(gather([dump], into).updated) == ["2017-10-03-very-good-news.md"]


def test_a_file_the_author_removed_stays_away(dump: Path, into: Path) -> None:
    gather([dump], into)
    (into / "2017-10-03-good-news.md").unlink()
    report = gather([dump], into)
    assert (report.unchanged, report.added) == (1, ())
    assert ["`Good News`" in one.reason and "gathered.json" in one.reason for one in report.skipped] == [True]


def test_a_lost_memory_overwrites_nothing(dump: Path, into: Path) -> None:
    gather([dump], into)
    mine = into / "2017-10-03-good-news.md"
    mine.write_text(mine.read_text(encoding="utf-8") + "\nAnd this is mine.\n", encoding="utf-8")
    (into / "gathered.json").unlink()
    report = gather([dump], into)
    assert (report.unchanged, report.kept, report.added) == (1, (mine,), ())
    assert gather([dump], into).unchanged == 1


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"posts": {"a": {"file": "../x.md", "sha256": ""}}, "media": {}}',
        '{"posts": 1, "media": {}}',
        "\0",
    ],
)
def test_a_damaged_memory_is_an_error(dump: Path, into: Path, text: str) -> None:
    into.mkdir()
    (into / "gathered.json").write_text(text, encoding="utf-8")
    with pytest.raises(BookError) as caught:
        gather([dump], into)
    assert caught.value.notices[0].path == into / "gathered.json"
    assert list(into.iterdir()) == [into / "gathered.json"]


def test_the_memory_is_a_plain_file(dump: Path, into: Path) -> None:
    gather([dump], into)
    memory = json.loads((into / "gathered.json").read_text(encoding="utf-8"))
    assert memory["posts"]["text:2017-10-03/good-news"] == {
        "file": "2017-10-03-good-news.md",
        "sha256": hashlib.sha256((into / "2017-10-03-good-news.md").read_bytes()).hexdigest(),
    }


def test_no_two_posts_share_a_slug(into: Path) -> None:
    found = [draft("Links", day) for day in (1, 2, 3)] + [draft("", day, "No title here.") for day in (1, 2)]
    into.mkdir()
    (into / "2016-01-01-other.md").write_text("---\nslug: links\n---\nMine.\n", encoding="utf-8")
    report = place([gathered(*found)], into)
    assert names(report.added) == [
        "2017-10-01-links-2.md",
        "2017-10-02-links-3.md",
        "2017-10-03-links-4.md",
        "2017-10-01-no-title-here.md",
        "2017-10-02-no-title-here-2.md",
    ]


def test_a_slug_of_the_source_is_kept_where_it_is_free(into: Path) -> None:
    place([gathered(draft("One", 1, slug="the-slug"), draft("Two", 2, slug="the-slug"))], into)
    heads = [parse(path.read_text(encoding="utf-8"), path).values for path in sorted(into.glob("*.md"))]
    assert [(head["title"], head.get("slug")) for head in heads] == [
        ("One", "the-slug"),
        ("Two", "the-slug-2"),
    ]
    assert (into / "2017-10-02-the-slug-2.md").exists()


def test_names_are_safe_whatever_the_title(into: Path) -> None:
    titles = ["../../etc/passwd", "走到灯塔去", "Über die Größe", "a" * 500, "CON", "?!", ".", "\u202e"]
    report = place([gathered(*(draft(title, day) for day, title in enumerate(titles, start=1)))], into)
    assert len(report.added) == len(titles)
    for path in report.added:
        assert path.parent == into
        assert path.name == f"{path.name[:11]}{slug(path.stem[11:])}.md"
        assert len(path.name) < 90


def test_everything_a_source_says_is_in_the_header(into: Path) -> None:
    whole = draft(
        updated=datetime(2018, 1, 1, 10),
        authors=("A", "B"),
        url="https://example.org/a",
        tags=("one", "two words"),
        draft=True,
        language="fr",
        summary="In short.",
        order=2,
        extra={"mood": "fine", "title": "not this", "source": "nor this"},
    )
    place([gathered(whole)], into)
    path = into / "2017-10-07-a-title.md"
    assert parse(path.read_text(encoding="utf-8"), path).values == {
        "title": "A title",
        "date": date(2017, 10, 7),
        "updated": datetime(2018, 1, 1, 10),
        "authors": ["A", "B"],
        "url": "https://example.org/a",
        "tags": ["one", "two words"],
        "draft": True,
        "language": "fr",
        "summary": "In short.",
        "order": 2,
        "source": "blog:A title-7",
        "mood": "fine",
    }


def test_posts_without_a_date_come_in_as_drafts_and_are_named(into: Path) -> None:
    about = replace(draft("About me"), date=None, kind="page")
    idea = replace(draft("Idea"), date=None, draft=True)
    report = place([gathered(draft(), replace(draft("Undated"), date=None), idea, about)], into)
    assert names(report.added) == ["2017-10-07-a-title.md", "undated.md", "idea.md", "about-me.md"]
    assert [(one.path, one.line, one.message) for one in report.warnings] == [
        (Path("blog.xml"), 7, "`Undated` has no date, and comes in as a draft")
    ]
    heads = {path.stem: parse(path.read_text(), path).values for path in report.added}
    assert [stem for stem, head in heads.items() if head.get("draft")] == ["undated", "idea"]
    assert "date" not in heads["undated"]


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.example/2017/10/07/x.html", "2017-10-07"),
        ("https://a.example/2017/1/2/", "2017-01-02"),
        ("https://a.example/2017/13/07/x.html", None),
        ("https://a.example/2017/10/x.html", None),
        ("https://[", None),
    ],
)
def test_the_day_of_an_undated_post_may_be_in_its_address(into: Path, address: str, day: str | None) -> None:
    report = place([gathered(replace(draft("Undated"), date=None, url=address))], into)
    values = parse(report.added[0].read_text(), report.added[0]).values
    assert (str(values.get("date") or ""), bool(values.get("draft"))) == (day or "", day is None)
    assert [notice.line for notice in report.warnings] == [7]


def test_one_identity_for_two_posts(into: Path) -> None:
    same = draft(source="x")
    other = draft("Other", source="x")
    report = place([gathered(same, same, other)], into)
    assert len(report.added) == 2
    assert ["twice" in one.reason for one in report.skipped] == [True]
    again = place([gathered(same, same, other)], into)
    assert (again.unchanged, again.added) == (2, ())


def test_pictures_come_once_by_content(tmp_path: Path, into: Path) -> None:
    there = tmp_path / "Sea View.JPG"
    there.write_bytes(b"sea")
    one = draft("One", 1, "![a](img/sea.jpg) and `![a](img/sea.jpg)`\n\n    ![a](img/sea.jpg)\n")
    two = draft(
        "Two", 2, '<img src="http://x.org/other/sea.jpg?w=5" alt=""> [big](Sea%20View.JPG) ![gone](gone.png)'
    )
    media = {
        "img/sea.jpg": b"lake",
        "http://x.org/other/sea.jpg?w=5": b"sea",
        "Sea%20View.JPG": there,
        "gone.png": None,
        "nowhere.png": b"unused",
    }
    report = place([gathered(one, two, media=media)], into)
    sea = hashlib.sha256(b"sea").hexdigest()[:8]
    assert {path.name: path.read_bytes() for path in (into / "media").iterdir()} == {
        "sea.jpg": b"lake",
        f"sea-{sea}.jpg": b"sea",
    }
    assert (report.found, report.missing) == (3, 1)
    first, second = ((into / name).read_text(encoding="utf-8") for name in names(report.added))
    assert "![a](media/sea.jpg) and `![a](img/sea.jpg)`\n\n    ![a](img/sea.jpg)\n" in first
    assert f'<img src="media/sea-{sea}.jpg" alt=""> [big](media/sea-{sea}.jpg) ![gone](gone.png)' in second
    again = place([gathered(two, one, media=media)], into)
    assert (again.unchanged, len(list((into / "media").iterdir()))) == (2, 2)


def test_a_picture_the_author_put_there_is_not_overwritten(into: Path) -> None:
    (into / "media").mkdir(parents=True)
    (into / "media" / "sea.jpg").write_bytes(b"mine")
    place([gathered(draft(body="![a](sea.jpg)"), media={"sea.jpg": b"theirs"})], into)
    assert (into / "media" / "sea.jpg").read_bytes() == b"mine"
    assert len(list((into / "media").iterdir())) == 2


def test_pictures_do_not_leave_the_project_by_a_link(tmp_path: Path, into: Path) -> None:
    (tmp_path / "away").mkdir()
    into.mkdir()
    (into / "media").symlink_to(tmp_path / "away", target_is_directory=True)
    with pytest.raises(BookError, match="this is a link"):
        place([gathered(draft(body="![a](sea.jpg)"), media={"sea.jpg": b"sea"})], into)
    assert not list((tmp_path / "away").iterdir())


def test_nothing_is_written_when_a_source_is_at_fault(dump: Path, into: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("31 September 2017\n\nA title\n\nText.\n", encoding="utf-8")
    with pytest.raises(BookError, match="no such day"):
        gather([dump, bad], into)
    assert not into.exists()


def make(tmp_path: Path, what: bytes | None) -> Path:
    path = tmp_path / "source"
    if what is None:
        (path / "empty").mkdir(parents=True)
    else:
        path.write_bytes(what)
    return path


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (b"", "this file is empty"),
        (b" \n\n", "this file is empty"),
        (b"Only words, and no day.\n", "nothing that can be gathered from"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a text file"),
        ("d\u00e9j\u00e0 vu, le 7 mai 2017".encode("latin-1"), "not UTF-8"),
        (None, "nothing that can be gathered from"),
    ],
)
def test_what_is_no_source_is_refused(tmp_path: Path, into: Path, what: bytes | None, message: str) -> None:
    source = make(tmp_path, what)
    with pytest.raises(BookError, match=message) as caught:
        gather([source], into)
    notice = caught.value.notices[0]
    assert notice.path == source
    assert notice.hint or "empty" in notice.message


def test_a_folder_may_hold_one_export_among_other_things(dump: Path, tmp_path: Path, into: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "notes.json").write_text('{"posts": 2}', encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    dump.rename(folder / "diary.txt")
    report = gather([folder], into)
    assert len(report.added) == 2
    (told,) = [notice for notice in report.warnings if "the posts are those of `diary.txt`" in notice.message]
    assert told.path == folder


def test_of_several_exports_in_a_folder_none_is_taken(tmp_path: Path, into: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "a.json").write_text('{"posts": 2}', encoding="utf-8")
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(DUMP, encoding="utf-8")
    with pytest.raises(BookError, match="nothing that can be gathered") as caught:
        gather([folder], into)
    assert "name the file in it" in (caught.value.notices[0].hint or "")
    assert not into.exists()


@pytest.mark.parametrize(
    ("named", "is_address"),
    [
        ("blog.example/feed", True),
        ("htp://blog.example/feed", True),
        ("www.blog.example", True),
        ("export.xml", False),
        ("posts/2020.md", False),
    ],
)
def test_an_address_without_its_beginning_is_told_how_addresses_begin(
    named: str, is_address: bool, into: Path
) -> None:
    with pytest.raises(BookError, match="no such file or folder") as caught:
        gather([Path(named)], into)
    assert ("begins with `https://`" in (caught.value.notices[0].hint or "")) is is_address


def test_other_mistakes_are_refused(dump: Path, tmp_path: Path, into: Path) -> None:
    with pytest.raises(BookError, match="no such file or folder"):
        gather([tmp_path / "gone"], into)
    with pytest.raises(BookError, match="no source is named"):
        gather([], into)
    with pytest.raises(BookError, match="there is no source named `txt`"):
        gather([dump], into, kind="txt")
    with pytest.raises(BookError, match="unknown key `date-ordr`") as caught:
        gather([dump], into, options={"date-ordr": "dmy"})
    assert "`date-order`" in (caught.value.notices[0].hint or "")
    with pytest.raises(BookError, match="this is a file"):
        gather([dump], dump)
    assert not into.exists()


def test_a_folder_that_cannot_be_written_is_an_error(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BookError) as caught:
        gather([dump], tmp_path / "file" / "chapters")
    assert caught.value.notices[0].path


def test_options_reach_the_importer(tmp_path: Path, into: Path) -> None:
    path = tmp_path / "dump.txt"
    path.write_text("03/04/2017\n\nA title\n\nSome text.\n", encoding="utf-8")
    assert names(gather([path], into, options={"date-order": "mdy"}).added) == ["2017-03-04-a-title.md"]


def test_kinds_are_told_apart_by_content(tmp_path: Path) -> None:
    contents = {
        "text": "Saturday, 7 October 2017\n\nA title\n\nText.\n",
        "markdown": "---\ntitle: A title\ndate: 2017-10-07\n---\n\nText.\n",
        "journal": "---\nyear: 2017\nmonth: October\nday: 7\n---\n\nText.\n",
    }
    path = tmp_path / "file"
    for kind, text in contents.items():
        path.write_text(text, encoding="utf-8")
        assert kind_of(path) == kind


def test_the_report_as_json(dump: Path, into: Path) -> None:
    dump.write_text("My blog\n\n" + DUMP, encoding="utf-8")
    report = gather([dump], into)
    assert json.loads(json.dumps(report.json())) == {
        "files": 0,
        "added": [str(into / "2017-10-03-good-news.md"), str(into / "2017-10-07-closing-gaps.md")],
        "updated": [],
        "unchanged": 0,
        "kept": [],
        "gone": [],
        "skipped": [{"origin": f"{dump}:1", "reason": "it stands before the first day: `My blog`"}],
        "media": {"found": 0, "missing": 0},
        "comments": 0,
        "warnings": [],
        "triage": {
            "years": {"2017": 2},
            "words": 16,
            "garbled": [],
            "link-only": [],
            "alike": [],
            "series": [],
            "dead": [],
            "linked": [],
            "pages": [],
        },
    }
    assert GatherReport().json()["skipped"] == []


def test_gathering_gives_the_same_bytes_anywhere(shared: Callable[[str], Path], tmp_path: Path) -> None:
    whole, some = shared("corpora/markdown/chrisjrob-jekyll"), tmp_path / "blog"
    shutil.copytree(whole, some, ignore=lambda folder, _: left_out(Path(folder)))
    first, second = tmp_path / "a" / "chapters", tmp_path / "b"
    report = gather([some], first)
    gather([some], second)
    assert texts(first) == texts(second)
    assert report.missing == 0
    heads = heads_of(first)
    posts = sorted((some / "_posts").iterdir())
    assert len([head for head in heads if not head.get("draft")]) == len(posts) > 12
    days = sorted(str(head["date"])[:10] for head in heads if "date" in head)
    assert (days[0], days[-1]) == (posts[0].name[:10], posts[-1].name[:10])
    assert gather([some], first).unchanged == len(heads)


@pytest.mark.slow
def test_of_a_whole_blog_every_post_is_gathered(shared: Callable[[str], Path], tmp_path: Path) -> None:
    source = shared("corpora/markdown/chrisjrob-jekyll")
    report = gather([source], tmp_path)
    facts = json.loads((source / "facts.json").read_text(encoding="utf-8"))
    heads = heads_of(tmp_path)
    assert len([head for head in heads if not head.get("draft")]) == facts["published_posts"]
    assert min(str(head["date"]) for head in heads)[:10] == facts["first_post"][:10]
    assert max(str(head["date"]) for head in heads)[:10] == facts["last_post"][:10]
    assert report.missing == 0
    assert gather([source], tmp_path).unchanged == len(heads)


def left_out(folder: Path) -> list[str]:
    """Leave out all but every twentieth of the posts."""
    names = sorted(path.name for path in folder.iterdir())
    return [name for nth, name in enumerate(names) if nth % 20] if folder.name == "_posts" else []


def heads_of(folder: Path) -> list[Mapping[str, Any]]:
    return [parse(path.read_text(encoding="utf-8"), path).values for path in folder.glob("*.md")]


def test_the_only_file_of_a_folder_is_taken_beside_one_that_tells_of_it(dump: Path) -> None:
    folder = dump.parent / "journal"
    folder.mkdir()
    dump.rename(folder / "2017.txt")
    (folder / "README.md").write_text("# My journal\n", encoding="utf-8")
    [found] = find([folder])
    assert len(found.drafts) == 2
    assert found.warnings[0].message == "the posts are those of `2017.txt`, the only file here that holds any"


def test_who_knows_a_source_is_asked_once_of_each_place(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "posts.zip"
    with zipfile.ZipFile(source, "w") as packed:
        for number in range(3):
            packed.writestr(f"2017-01-0{number + 1}-post.md", "A post.\n")
    asked: list[Path] = []
    monkeypatch.setattr(registry.find("sources", "json"), "recognises", lambda path: bool(asked.append(path)))
    told: list[str] = []
    monkeypatch.setattr(sys.modules["book.gather"], "_MANY", 2)  # `book.gather` is the function too
    report = gather([source], into, tell=told.append)
    assert len(report.added) == 3
    assert len(asked) == len(set(asked))
    assert told == ["gathering posts from 3 files, which may take some minutes"]
