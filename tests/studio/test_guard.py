"""The studio's door: strangers, foreign pages and the impatient get nothing, and harm nothing."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from studio_running import Running, is_ready

from book.studio import guard
from book.studio.guard import BURST, RATE


def head(studio: Running, *lines: str, first: str = "GET /book HTTP/1.1") -> bytes:
    return "\r\n".join([first, *lines, "Connection: close", "", ""]).encode()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def test_it_listens_on_this_machine_alone(studio: Running) -> None:
    if shutil.which("ss") is None:
        pytest.skip("there is no `ss` here")
    listening = subprocess.run(["ss", "-ltn"], capture_output=True, text=True, check=True)
    [line] = [row for row in listening.stdout.splitlines() if f":{studio.port} " in row]
    assert f"127.0.0.1:{studio.port}" in line


def test_the_address_with_the_token_gives_a_cookie_and_leaves_no_token(studio: Running) -> None:
    code, headers, _ = studio.ask(f"/?token={studio.token}", Cookie=None)
    assert (code, headers["location"]) == (303, "/")
    cookie = headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


def test_every_answer_forbids_what_a_stranger_could_use(studio: Running) -> None:
    for path in ("/", "/book", "/nowhere", "/front/index.html"):
        _, headers, _ = studio.ask(path)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert not [name for name in headers if name.startswith("access-control")]


@pytest.mark.parametrize("cookie", [None, "octavo=x", "octavo-1=y", "octavo-{port}=wrong", "octavo-{port}="])
@pytest.mark.parametrize("path", ["/", "/book", "/events", "/front/index.html", "/download/ebook"])
def test_without_the_token_there_is_nothing(studio: Running, path: str, cookie: str | None) -> None:
    code, headers, body = studio.ask(path, Cookie=cookie and cookie.format(port=studio.port))
    assert code == 403
    assert b"book preview" in body and "set-cookie" not in headers


def test_a_wrong_token_in_the_address_gives_nothing(studio: Running) -> None:
    code, headers, _ = studio.ask("/?token=wrong", Cookie=None)
    assert code == 403 and "set-cookie" not in headers


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example", ""],
)
def test_a_foreign_host_is_refused(studio: Running, host: str) -> None:
    lines = [f"Host: {host.format(port=studio.port)}", f"Cookie: {studio.cookie}"]
    assert status(studio.raw(head(studio, *lines))) in (400, 403)


def test_two_hosts_or_none_are_refused(studio: Running) -> None:
    two = [f"Host: {studio.host}", "Host: evil.example", f"Cookie: {studio.cookie}"]
    assert status(studio.raw(head(studio, *two))) in (400, 403)
    assert status(studio.raw(head(studio, f"Cookie: {studio.cookie}"))) in (400, 403)
    assert status(studio.raw(head(studio, f"Cookie: {studio.cookie}", first="GET /book HTTP/1.0"))) == 403


@pytest.mark.parametrize("name", ["localhost", "[::1]", "127.0.0.1"])
def test_this_machine_has_three_names(studio: Running, name: str) -> None:
    assert studio.ask("/book", Host=f"{name}:{studio.port}")[0] == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_page_is_refused(studio: Running, method: str, origin: str) -> None:
    asked = studio.ask("/look", method=method, body=b"{}", Origin=origin.format(port=studio.port))
    assert asked[0] == 403


def test_what_changes_something_needs_an_origin(studio: Running) -> None:
    assert studio.ask("/look", method="POST", body=b"{}", Origin=None)[0] == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_says_comes_from_another_site_is_refused(studio: Running, site: str) -> None:
    assert studio.ask("/book", Sec_Fetch_Site=site)[0] == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_other_methods_are_refused(studio: Running, method: str) -> None:
    lines = [f"Host: {studio.host}", f"Cookie: {studio.cookie}"]
    answer = studio.raw(head(studio, *lines, first=f"{method} /book HTTP/1.1"))
    assert status(answer) in (400, 405)


def test_there_are_no_sockets(studio: Running) -> None:
    lines = [f"Host: {studio.host}", f"Cookie: {studio.cookie}", "Upgrade: websocket"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
    answer = studio.raw(head(studio, *lines))
    assert status(answer) != 101


TRAVERSALS = [
    "/front/../app.py", "/front/..%2fapp.py", "/front/%2e%2e/app.py", "/front/..%5capp.py", "//etc/passwd",
    "/front//etc/passwd", "/front/%2fetc%2fpasswd", "/download/../../book.toml",
    "/download/%2e%2e%2fbook.toml",
    "/front/%252e%252e%252fapp.py", "/front/..%252fapp.py", "/front/....//app.py", "/front/index.html\0.png",
    "/theme/..%2f..%2fbook.toml", "/theme/../../book.toml", "/theme/octavo%00",
    "/read/ebook/x/../../book.toml",
    "/read/ebook/x/%2fetc%2fpasswd", "/download/ebook%2f..%2f..%2fbook.toml",
    "http://127.0.0.1/book.toml", "*", "/%", "/front/%zz",
    "/page/paperback/../../../book.toml", "/page/..%2f..%2fbook.toml/x", "/front/index.html%00.png",
    "/front/index.html/", "/front/%c0%ae%c0%ae/app.py", "/../../../etc/passwd", "/book.toml", "/.book/lock",
]  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(studio: Running, path: str) -> None:
    lines = [f"Host: {studio.host}", f"Cookie: {studio.cookie}"]
    answer = studio.raw(head(studio, *lines, first=f"GET {path} HTTP/1.1"))
    assert status(answer) in (400, 404)
    assert b"root:" not in answer and b"Small Corrections" not in answer and b"import" not in answer


def test_a_huge_head_is_refused(studio: Running) -> None:
    lines = [f"Host: {studio.host}", f"Cookie: {studio.cookie}"]
    for junk in (["X: " + "x" * 200_000], [f"X{n}: {n}" for n in range(20_000)]):
        assert status(studio.raw(head(studio, *lines, *junk))) in (0, 400, 431)
    assert status(studio.raw(head(studio, *lines, first=f"GET /{'x' * 100_000} HTTP/1.1"))) in (0, 400, 431)
    assert studio.ask("/book")[0] == 200


@pytest.mark.parametrize(
    "junk",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"\r\n" * 5000,
        b"GET\r\n\r\n",
        b"\xff" * 4096,
        b"GET / HTTP/9",
    ],
)
def test_what_is_no_request_harms_nothing(studio: Running, junk: bytes) -> None:
    studio.raw(junk, patience=0.5)
    assert studio.ask("/book")[0] == 200


def test_documents_that_are_too_large_or_none_are_refused(studio: Running) -> None:
    for body, code in [
        (b"x" * 70_000, 413), (b"{", 400), (b"[]", 400), (b'"x"', 400), (b"\xff", 400), (b"[" * 60_000, 400),
    ]:  # fmt: skip
        assert studio.ask("/look", method="POST", body=body)[0] == code


def test_a_body_that_is_not_sent_on_is_waited_for_no_longer_than_is_decent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "PATIENCE", 0.02)
    waiting: list[Any] = [{"type": "http.request", "body": b"x", "more_body": True}]

    async def receive() -> Any:
        return waiting.pop() if waiting else await asyncio.Event().wait()

    async def heard() -> list[str]:
        patient = guard._patient(receive)
        return [(await patient())["type"] for _ in range(2)]

    assert asyncio.run(heard()) == ["http.request", "http.disconnect"]


def test_a_slow_request_is_not_waited_for_without_end(studio: Running) -> None:
    """Connections that dawdle are ended, and others are answered meanwhile."""
    plugs = [socket.create_connection(("127.0.0.1", studio.port), timeout=60) for _ in range(40)]
    try:
        for plug in plugs:
            plug.sendall(b"GET /book HTTP/1.1\r\nHost: ")
        assert studio.ask("/book")[0] == 200
        begun = time.monotonic()
        for plug in plugs:
            assert not _rest(plug)
        assert time.monotonic() - begun < 60
    finally:
        for plug in plugs:
            plug.close()


def test_more_connections_than_there_is_room_for_are_turned_away(studio: Running) -> None:
    plugs = [socket.create_connection(("127.0.0.1", studio.port), timeout=60) for _ in range(80)]
    try:
        assert not _rest(plugs[-1])
    finally:
        for plug in plugs:
            plug.close()
    time.sleep(0.2)
    assert studio.ask("/book")[0] == 200


def _rest(plug: socket.socket) -> bytes:
    try:
        return plug.recv(1000)
    except ConnectionError:
        return b""


def test_a_hundred_reloads_a_second_are_survived(studio: Running) -> None:
    def reload(_: int) -> int:
        return studio.ask("/")[0]

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(reload, range(300)))
    assert set(codes) <= {200, 429}
    assert codes.count(200) >= 100


def test_so_many_are_answered_at_once_and_so_many_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr(guard, "monotonic", lambda: moment[0])
    one = guard.Guard(lambda *_: None, port=1, token="t")  # type: ignore[arg-type, return-value]
    assert sum(one._room() for _ in range(1500)) == BURST
    moment[0] = 1.0
    assert sum(one._room() for _ in range(1500)) == RATE


def test_a_flood_is_told_to_wait_and_passes(studio: Running) -> None:
    request = head(studio, f"Host: {studio.host}", f"Cookie: {studio.cookie}").replace(
        b"close", b"keep-alive"
    )
    with socket.create_connection(("127.0.0.1", studio.port), timeout=60) as plug:
        begun = time.monotonic()
        plug.sendall(request.replace(b"/book", b"/nowhere") * 1500)
        got = b""
        while got.count(b"HTTP/1.1 ") < 1500 and (piece := plug.recv(1 << 20)):
            got += piece
        took = time.monotonic() - begun
    passed = got.count(b"HTTP/1.1 404 ")
    assert passed + got.count(b"HTTP/1.1 429 ") == 1500
    assert passed <= BURST + RATE * (took + 1)  # a slow machine never reaches what it may answer
    time.sleep(1.1)
    assert studio.ask("/book")[0] == 200


def test_a_store_that_leads_out_of_the_project_is_refused(
    command: Any, manuscript: Any, tmp_path: Path
) -> None:
    root = manuscript()
    (tmp_path / "elsewhere").mkdir()
    (root / ".book").symlink_to(tmp_path / "elsewhere")
    ran = command("preview", root)
    assert ran.code == 1
    assert "leads out of the project" in ran.stderr and "hint:" in ran.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_edition_that_became_a_link_is_not_served(studio: Running, tmp_path: Path) -> None:
    book = studio.until(is_ready)
    ebook = next(one for one in book["editions"] if one["name"] == "ebook")
    kept = studio.root / ".book" / "studio" / "kept" / f"{ebook['digest']}.epub"
    (tmp_path / "secret").write_text("secret")
    whole = kept.read_bytes()
    kept.unlink()
    kept.symlink_to(tmp_path / "secret")
    code, _, body = studio.ask("/download/ebook")
    assert code == 404 and b"secret" not in body
    kept.unlink()
    kept.write_bytes(whole)
    assert studio.ask("/download/ebook")[2] == whole


def test_a_port_that_is_taken_is_said_in_words(command: Any, studio: Running) -> None:
    ran = command("preview", studio.root, "--port", str(studio.port))
    assert ran.code == 1
    assert f"port {studio.port} cannot be had" in ran.stderr and "hint:" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_folder_that_is_no_project_is_refused(command: Any, tmp_path: Path) -> None:
    ran = command("preview", tmp_path / "nowhere")
    assert ran.code == 1 and "there is no such folder" in ran.stderr


def test_children_end_with_the_studio(tmp_path: Path) -> None:
    from studio_running import running, write_book

    write_book(tmp_path / "book")
    with running(tmp_path / "book") as one:
        one.until(lambda _: _children(one.process.pid))  # at work, or about to be
        children = _children(one.process.pid)
        one.process.kill()
    ends = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def _children(pid: int) -> list[str]:
    if not Path("/proc/self/task").exists():
        pytest.skip("there is no /proc here")
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
