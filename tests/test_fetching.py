"""Fetching holds against slow, endless and broken servers and those that lead elsewhere; none is private."""

from __future__ import annotations

import gzip
import io
import socket
import time
from dataclasses import replace
from datetime import date
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest
from PIL import Image
from serving import Server, drips, endless, fetching_from, gives

from book.errors import BookError
from book.fetching.doors import Doors, Refused, is_public, named_doors
from book.fetching.fetcher import Fetcher, Limits
from book.fetching.originals import candidates
from book.fetching.pictures import PATIENCE, PictureFetcher
from book.gatheredpictures import Wanted
from book.media import prepare
from book.model import Draft, Gathered, Origin
from book.placement import place


def png(width: int = 4) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 3), (200, 10, 10)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def fetcher(server: Server, tmp_path: Path) -> Fetcher:
    return fetching_from(server, tmp_path, seconds=5, silence=0.4, tries=3)


def test_what_is_there_comes_with_nothing_of_ours(server: Server, fetcher: Fetcher) -> None:
    server.answers["/a%20b.png?x=1"] = gives(png())
    path = fetcher.fetch(f"http://user:secret@{server.host}/a b.png?x=1#top")
    assert path.read_bytes() == png()
    ((_, headers),) = server.asked
    assert set(headers) == {"Host", "User-Agent", "Accept-Encoding"}
    assert headers["Host"] == server.host


def test_a_drip_an_endless_answer_and_a_bomb_have_an_end(server: Server, fetcher: Fetcher) -> None:
    server.answers["/drip"] = drips(endless(b"x"))
    server.answers["/endless"] = drips(endless(b"x" * 50_000), 0)
    server.answers["/bomb"] = gives(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip")
    server.answers["/large"] = gives(b"", Content_Length="100000000")
    server.answers["/silent"] = lambda _: time.sleep(0.6)
    begun = time.monotonic()
    quick = replace(fetcher, limits=replace(fetcher.limits, seconds=1))
    with pytest.raises(Refused, match="longer than 1 seconds"):
        quick.fetch(server.url("/drip"))
    with pytest.raises(Refused, match=r"did not answer|longer than"):
        quick.fetch(server.url("/silent"))
    for path in ("/endless", "/bomb", "/large"):
        with pytest.raises(Refused, match="larger than 100000 bytes"):
            fetcher.fetch(server.url(path))
    assert time.monotonic() - begun < 60


def test_what_fails_for_a_moment_is_asked_again(server: Server, fetcher: Fetcher) -> None:
    waits: list[float] = []
    answers = iter([gives(b"", 429, Retry_After="3"), gives(b"", 503), gives(png())])
    server.answers["/a"] = lambda one: next(answers)(one)
    assert replace(fetcher, pause=waits.append, limits=Limits()).fetch(server.url("/a")).read_bytes() == png()
    assert waits == [3, 2]
    until = formatdate(time.time() + 20, usegmt=True)
    answers = iter(
        [gives(b"", 503, Retry_After=until), gives(b"", 429, Retry_After="tomorrow"), gives(png())]
    )
    server.answers["/until"] = lambda one: next(answers)(one)
    replace(fetcher, pause=waits.append, limits=Limits()).fetch(server.url("/until"))
    assert waits[3:] == [2] and 10 < waits[2] <= 21
    server.answers["/b"] = gives(b"", 500)
    with pytest.raises(Refused, match="answered 500"):
        fetcher.fetch(server.url("/b"))
    assert [path for path, _ in server.asked].count("/b") == 3
    with pytest.raises(Refused, match="answered 404"):
        fetcher.fetch(server.url("/none"))
    assert [path for path, _ in server.asked].count("/none") == 1


@pytest.mark.parametrize("same", [True, False])
def test_what_broke_off_is_gone_on_with(server: Server, fetcher: Fetcher, same: bool) -> None:
    def answer(one: BaseHTTPRequestHandler) -> None:
        if "Range" not in one.headers:
            gives(b"first ", Content_Length="11", ETag='"1"')(one)
        elif same:
            gives(b"whole", 206, Content_Range="bytes 6-10/11", ETag='"1"')(one)
        else:
            gives(b"another", ETag='"2"')(one)

    server.answers["/a"] = answer
    with pytest.raises(Refused, match="broke off"):
        replace(fetcher, limits=replace(fetcher.limits, tries=1)).fetch(server.url("/a"))
    assert fetcher.fetch(server.url("/a")).read_bytes() == (b"first whole" if same else b"another")
    headers = server.asked[-1][1]
    assert (headers["Range"], headers["If-Range"]) == ("bytes=6-", '"1"')


def test_a_machine_with_several_numbers_is_asked_at_each(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(host: str, port: int, *_: object, **named: object) -> list[object]:
        numbers = ("127.0.0.9", "127.0.0.1")  # nothing listens at the first
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in (numbers if named else [host])
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    server.answers["/a"] = gives(png())
    assert fetcher.fetch(server.url("/a")).read_bytes() == png()


def test_a_machine_that_never_answers_is_left_alone(server: Server, fetcher: Fetcher) -> None:
    hangs_up = {f"/{number}.png": lambda one: one.connection.close() for number in range(PATIENCE)}
    server.answers |= {"/there.png": gives(png()), **hangs_up}
    once = replace(fetcher, limits=replace(fetcher.limits, tries=1))
    paths = [f"/{number}.png" for number in range(PATIENCE)]
    pictures = PictureFetcher(once)
    for path in [*paths[:-1], "/gone.png", "/there.png", *paths]:
        (said,) = pictures.fetch_all([Wanted(server.url(path))]).values()
    assert "did not answer" in str(said)
    asked = len(server.asked)
    (said,) = pictures.fetch_all([Wanted(server.url("/there.png"))]).values()
    assert "gave no answer 6 times in a row" in str(said)
    assert len(server.asked) == asked


def test_where_it_leads_is_checked_too(server: Server, fetcher: Fetcher) -> None:
    port = int(server.host.rpartition(":")[2])
    aims = [
        "http://127.0.0.1:1/",
        f"http://localhost:{port}/",
        "http://169.254.169.254/",
        "file:///etc/passwd",
    ]
    for aim in aims:
        server.answers["/a"] = gives(b"", 302, Location=aim)
        with pytest.raises(Refused, match=r"private or local|not asked"):
            fetcher.fetch(server.url("/a"))
    server.answers["/loop"] = gives(b"", 302, Location="/loop")
    with pytest.raises(Refused, match="leads on more than 5 times"):
        fetcher.fetch(server.url("/loop"))


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "192.0.0.192",
        "::1",
        "::",
        "fe80::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "::127.0.0.1",
    ],
)
def test_private_numbers(number: str) -> None:
    assert not is_public(ip_address(number))


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_numbers(number: str) -> None:
    assert is_public(ip_address(number))


def test_a_name_is_resolved_once_and_all_it_means_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["8.8.8.8"], ["8.8.8.8", "127.0.0.1"]])

    def resolve(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert Doors().open("http://a.example/x").numbers == ("8.8.8.8",)
    with pytest.raises(Refused, match="private"):
        Doors().open("http://a.example/x")


@pytest.mark.parametrize(
    "url", ["http://2130706433/", "http://0x7f.1/", "http://localhost./", "http://[::1]/"]
)
def test_loopback_by_its_other_names(url: str) -> None:
    with pytest.raises(Refused):
        Doors().open(url)


@pytest.mark.parametrize("one", ["host", "host:", ":80", "host:99999", "host:x"])
def test_a_machine_is_named_with_its_port(one: str) -> None:
    with pytest.raises(BookError, match="no machine"):
        named_doors([one])


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("https://1.bp.blogspot.com/-a/b/s320/x.jpg", "https://1.bp.blogspot.com/-a/b/s0/x.jpg"),
        ("https://blogger.googleusercontent.com/img/a/w640-h480/x.jpg", None),
        ("https://lh3.googleusercontent.com/abc=s1600-no", "https://lh3.googleusercontent.com/abc=s0"),
        ("https://a.example/up/x-300x200.jpg?w=300", "https://a.example/up/x.jpg"),
        ("https://a.example/x.jpg?w=300&h=4", "https://a.example/x.jpg"),
        ("https://a.example/x.jpg?id=3", "https://a.example/x.jpg?id=3"),
        ("https://i0.wp.com/a.example/x-300x200.jpg?resize=1%2C2&ssl=1", "https://a.example/x.jpg"),
    ],
)
def test_the_largest_is_tried_first(address: str, first: str | None) -> None:
    tried = candidates(address)
    assert tried[0] == (first or address.replace("w640-h480", "s0"))
    assert tried[-1] == address
    assert candidates(address, "https://a.example/big.png")[0] == "https://a.example/big.png"


def test_pictures_come_into_the_book_and_pages_do_not(
    server: Server, fetcher: Fetcher, tmp_path: Path
) -> None:
    server.answers |= {
        "/sea.png": gives(png(40)),
        "/sea-40x30.png": gives(png()),
        "/page.png": gives(b"<html>not found</html>", Content_Type="image/png"),
    }
    body = f"![a]({server.url('/sea-40x30.png')}) ![b]({server.url('/page.png')}) ![c](http://10.0.0.1/c.png)"
    post = Draft("T", date(2017, 1, 1), body, Origin(Path("x"), 1), source="x")
    told: list[str] = []
    pictures = PictureFetcher(fetcher, told.append)
    report = place([Gathered((post,))], tmp_path / "chapters", fetching=pictures)
    assert (report.found, report.missing) == (1, 2)
    (kept,) = (tmp_path / "chapters" / "media").iterdir()
    assert kept.read_bytes() == png(40)
    listed = (tmp_path / "chapters" / "missing-media.csv").read_text()
    assert "is not a picture" in listed and "private or local address" in listed
    assert told[-1] == "fetching pictures: 3 of 3"
    pictures.tidy()
    assert not list(fetcher.store.iterdir())
    again = place([Gathered((post,))], tmp_path / "chapters")
    assert (again.unchanged, again.found) == (1, 1)


def test_what_a_picture_is_shows_in_its_bytes_alone(server: Server, fetcher: Fetcher, tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x()</script></svg>'
    server.answers |= {
        "/text.png": gives(png(), Content_Type="text/plain"),
        "/drawing.png": gives(drawing, Content_Type="image/png"),
        "/page.jpg": gives(b"<!DOCTYPE html><svg></svg>", Content_Type="image/jpeg"),
        "/short.png": gives(png(), Content_Length="30"),
        "/long.png": gives(png(), Content_Length="3000"),
    }
    wanted = [Wanted(server.url(path)) for path in server.answers]
    found = dict(zip(server.answers, PictureFetcher(fetcher).fetch_all(wanted).values(), strict=True))
    text, svg = found["/text.png"], found["/drawing.png"]
    assert isinstance(text, Path) and text.read_bytes() == png()
    assert isinstance(svg, Path) and b"script" not in prepare(svg.read_bytes()).data
    assert "is not a picture" in str(found["/page.jpg"])
    assert "is not a picture" in str(found["/short.png"])
    assert "broke off" in str(found["/long.png"])


def test_the_time_for_all_pictures_has_an_end(server: Server, fetcher: Fetcher) -> None:
    pictures = PictureFetcher(fetcher, seconds=-1)
    (said,) = pictures.fetch_all([Wanted(server.url("/a.png"))]).values()
    assert "used up" in str(said)
    assert not server.asked
