"""A feed is fetched where it is asked for, page after page, and says where it ends too early."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from serving import Server, drips, endless, fetching_from, gives

from book.__main__ import main
from book.errors import BookError
from book.fetching import feeds
from book.fetching.doors import Doors, named_doors
from book.fetching.feeds import FetchedFeed, fetch_feed
from book.fetching.fetcher import Fetcher, Limits
from book.gather import gather
from book.gatherreport import GatherReport

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Far</title><id>urn:far</id>{links}{entries}</feed>'
ENTRY = (
    '<entry><id>urn:{0}</id><title>Post {0}</title><published>2017-01-{0:02}T12:00:00+01:00</published>'
    '<content type="html">&lt;p&gt;Words of {0}.&lt;/p&gt;</content></entry>'
)  # fmt: skip
RSS = (
    '<rss version="2.0"><channel><title>Far</title><link>https://far.example</link>{head}'
    "{items}</channel></rss>"
)
ITEM = (
    "<item><title>Post {0}</title><guid>urn:{0}</guid><pubDate>Sun, {0:02} Jan 2017 12:00:00 +0000</pubDate>"
    "<description>&lt;p&gt;Words of {0}, and &lt;b&gt;more&lt;/b&gt;.&lt;/p&gt;</description></item>"
)


@pytest.fixture
def fetcher(server: Server, tmp_path: Path) -> Fetcher:
    return fetching_from(server, tmp_path, seconds=2, silence=0.3, tries=2)


def atom(*numbers: int, following: str = "", rel: str = "next", head: str = "") -> bytes:
    link = f'<link rel="{rel}" href="{following}"/>' if following else ""
    return ATOM.format(links=head + link, entries="".join(ENTRY.format(n) for n in numbers)).encode()


def rss(*numbers: int, head: str = "") -> bytes:
    return RSS.format(head=head, items="".join(ITEM.format(n) for n in numbers)).encode()


def gathered(server: Server, path: str, into: Path) -> GatherReport:
    return gather([server.url(path)], into, fetch_from=[server.host])


def names(report: GatherReport) -> list[str]:
    return sorted(path.stem for path in report.added)


def pages(feed: FetchedFeed) -> list[str]:
    return sorted(path.name for path in feed.folder.iterdir())


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_pages_that_a_feed_leads_on_to_come_in(server: Server, tmp_path: Path, rel: str) -> None:
    server.answers["/feed"] = gives(atom(5, 6, following="older?page=2", rel=rel))
    server.answers["/older?page=2"] = gives(atom(3, 4, following=server.url("/oldest"), rel=rel))
    server.answers["/oldest"] = gives(atom(1, 2))
    report = gathered(server, "/feed", tmp_path / "chapters")
    assert names(report) == [f"2017-01-{n:02}-post-{n}" for n in range(1, 7)]
    assert not [notice for notice in report.warnings if "holds" in notice.message]
    again = gathered(server, "/feed", tmp_path / "chapters")
    assert (again.unchanged, again.added) == (6, ())


def test_what_a_feed_gives_now_is_fetched_each_time(server: Server, tmp_path: Path) -> None:
    server.answers["/feed"] = gives(atom(1))
    gathered(server, "/feed", tmp_path / "chapters")
    server.answers["/feed"] = gives(atom(1, 2))
    assert names(gathered(server, "/feed", tmp_path / "chapters")) == ["2017-01-02-post-2"]


def test_a_feed_of_the_last_posts_alone_says_so(server: Server, tmp_path: Path) -> None:
    server.answers["/feed"] = gives(atom(1, 2))
    report = gathered(server, "/feed", tmp_path / "chapters")
    assert "this feed holds 2 posts: feeds mostly hold the last ones only" in [
        notice.message for notice in report.warnings
    ]


def test_pages_of_wordpress_are_counted_until_there_is_none(server: Server, fetcher: Fetcher) -> None:
    head = "<generator>https://wordpress.org/?v=6.4</generator>"
    for query, numbers in (("?a=b", (5, 6)), ("?a=b&paged=2", (3, 4)), ("?a=b&paged=3", (1, 2))):
        server.answers[f"/feed{query}"] = gives(rss(*numbers, head=head))
    feed = fetch_feed(server.url("/feed?a=b"), fetcher)
    assert (len(pages(feed)), feed.whole, feed.warnings) == (3, True, ())
    assert [path for path, _ in server.asked][-1] == "/feed?a=b&paged=4"


def test_pages_of_blogger_are_counted_by_posts(server: Server, fetcher: Fetcher) -> None:
    head = (
        '<generator>Blogger</generator><openSearch:totalResults '
        'xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/">3</openSearch:totalResults>'
    )  # fmt: skip
    server.answers["/feeds/posts/default"] = gives(atom(3, 2, head=head))
    server.answers["/feeds/posts/default?start-index=3"] = gives(atom(1, head=head))
    feed = fetch_feed(server.url("/feeds/posts/default"), fetcher)
    assert (len(pages(feed)), feed.whole) == (2, True)


def test_a_json_feed_leads_on(server: Server, tmp_path: Path) -> None:
    def page(number: int, **more: str) -> bytes:
        item = {"id": f"n{number}", "title": f"Post {number}", "content_html": "<p>Words.</p>",
                "date_published": f"2017-01-{number:02}T12:00:00Z"}  # fmt: skip
        version = "https://jsonfeed.org/version/1.1"
        return json.dumps({"version": version, "title": "Far", "items": [item], **more}).encode()

    server.answers["/feed.json"] = gives(page(2, next_url="/feed.json?page=2"))
    server.answers["/feed.json?page=2"] = gives(page(1))
    assert len(gathered(server, "/feed.json", tmp_path / "chapters").added) == 2


def test_a_web_page_names_its_feed(server: Server, tmp_path: Path) -> None:
    page = (
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" title="Comments" '
        'href="/comments"><link rel="alternate" type="application/rss+xml" href="/rss"></head><p>Hello'
    )
    server.answers["/"] = gives(page.encode())
    server.answers["/rss"] = gives(rss(1))
    assert names(gathered(server, "/", tmp_path / "chapters")) == ["2017-01-01-post-1"]


def test_pages_that_lead_in_a_circle_or_repeat_themselves_have_an_end(
    server: Server, fetcher: Fetcher
) -> None:
    server.answers["/a"] = gives(atom(1, 2, following="/b"))
    server.answers["/b"] = gives(atom(3, following="/a"))
    assert len(pages(fetch_feed(server.url("/a"), fetcher))) == 2
    head = "<generator>wordpress</generator>"
    for query in ("", "?paged=2"):
        server.answers[f"/same{query}"] = gives(rss(1, 2, head=head))
    feed = fetch_feed(server.url("/same"), fetcher)
    assert (pages(feed), feed.whole) == (["page-0001.xml"], False)


def test_an_endless_row_of_pages_has_an_end(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "PAGES", 4)
    for number in range(1, 9):
        server.answers[f"/{number}"] = gives(atom(number, following=f"/{number + 1}"))
    feed = fetch_feed(server.url("/1"), fetcher)
    assert (len(pages(feed)), feed.whole) == (4, False)
    assert "4 pages were fetched" in feed.warnings[0].message


@pytest.mark.parametrize("fault", ["500", "broken", "endless", "private", "elsewhere"])
def test_a_page_that_fails_keeps_those_before_it(server: Server, tmp_path: Path, fault: str) -> None:
    following = "http://127.0.0.2:9/feed" if fault == "private" else "/next"
    server.answers["/feed"] = gives(atom(5, 6, following=following))
    server.answers["/next"] = {
        "500": gives(b"", 500),
        "broken": gives(atom(1)[:-30]),
        "endless": drips(endless(b"x" * 50_000), 0),
        "private": gives(b""),
        "elsewhere": gives(b"", 302, Location="http://localhost:9/feed"),
    }[fault]
    limits = Limits(bytes=100_000, seconds=2, silence=0.3, tries=1)
    doors = Doors(named_doors([server.host]))
    feed = fetch_feed(server.url("/feed"), Fetcher(tmp_path / "store", doors, limits, lambda _: None))
    assert (pages(feed), feed.whole) == (["page-0001.xml"], False)
    [notice] = feed.warnings
    assert "older posts are missing" in notice.message
    assert notice.hint
    assert not [path for path, _ in server.asked if path not in ("/feed", "/next")]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (gives(b"", 404), "cannot be fetched: the server answered 404"),
        (gives(b"<html><p>Nothing here"), "is no feed, and names none"),
        (gives(b"\x89PNG\r\n"), "is no feed, and names none"),
        (gives(b""), "is no feed, and names none"),
        (gives(atom(1)[:-9]), "XML"),
    ],
)
def test_what_is_no_feed_is_an_error_and_nothing_is_written(
    server: Server, tmp_path: Path, answer: object, message: str
) -> None:
    server.answers["/feed"] = answer  # type: ignore[assignment]
    with pytest.raises(BookError, match=message):
        gathered(server, "/feed", tmp_path / "chapters")
    assert not (tmp_path / "chapters").exists()


def test_nothing_is_fetched_unasked_nor_from_private_machines(server: Server, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="nothing is looked for unasked") as caught:
        gather([server.url("/feed")], tmp_path / "chapters")
    assert "--fetch" in (caught.value.notices[0].hint or "")
    with pytest.raises(BookError, match="private or local address"):
        gather([server.url("/feed")], tmp_path / "chapters", fetch=True)
    assert not server.asked


def test_the_commands_take_an_address(server: Server, tmp_path: Path) -> None:
    server.answers["/feed"] = gives(rss(1, 2))
    made = CliRunner().invoke(
        main, ["new", str(tmp_path / "b"), "--from", server.url("/feed"), "--fetch-from", server.host]
    )
    assert made.exit_code == 0, made.output
    assert 'title = "Far"' in (tmp_path / "b" / "book.toml").read_text(encoding="utf-8")
    again = CliRunner().invoke(
        main,
        ["gather", server.url("/feed"), "--into", str(tmp_path / "b"), "--fetch-from", server.host, "--json"],
    )
    assert json.loads(again.stdout)["unchanged"] == 2
    unasked = CliRunner().invoke(main, ["new", str(tmp_path / "c"), "--from", server.url("/feed")])
    assert (unasked.exit_code, (tmp_path / "c").exists()) == (1, False)
