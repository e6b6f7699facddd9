"""What browsers send: exports of any name and size do no harm."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from studio_running import Running, is_ready

from book.studio import bodies, folders


def request(name: str, *chunks: bytes, **headers: str) -> Request:
    """Make a request that brings these bytes, as a server would hand it over."""
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Any:
        return waiting.pop(0)

    raw = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/gather", "headers": raw}
    return Request({**scope, "query_string": f"name={name}".encode()}, receive)


def sent(name: str, *chunks: bytes, **headers: str) -> tuple[Path, bytes]:
    async def take() -> tuple[Path, bytes]:
        async with bodies.upload(request(name, *chunks, **headers)) as file:
            return file, file.read_bytes()

    return asyncio.run(take())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("export.xml", "export.xml"),
        ("..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("C%3A%5Cposts%5Cblog.zip", "blog.zip"),
        ("..", "export"),
        ("", "export"),
        (".htaccess", "htaccess"),
        ("a%00b%0Ac.md", "a-b-c.md"),
        ("Ein%20Blog%20%C3%BCber%20nichts.xml", "Ein Blog über nichts.xml"),
        ("x" * 300 + ".xml", "x" * 96 + ".xml"),
    ],
)
def test_a_name_leads_nowhere_and_keeps_its_suffix(name: str, kept: str) -> None:
    file, data = sent(name, b"one", b"two")
    assert (file.name, data) == (kept, b"onetwo")
    assert not file.parent.exists(), "the copy is gone afterwards"


def test_too_much_is_refused_whatever_is_said_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 10)
    assert sent("a.md", b"12345", b"12345")[1] == b"1234512345"
    for headers in ({}, {"content_length": "3"}, {"content_length": "99"}):
        with pytest.raises(HTTPException) as refused:
            sent("a.md", b"123456", b"123456", **headers)
        assert refused.value.status_code == 413


def test_a_length_that_is_too_large_is_refused_before_it_is_sent(studio: Running) -> None:
    studio.until(is_ready)
    lines = [
        "POST /gather?name=x.xml HTTP/1.1", f"Host: {studio.host}", f"Cookie: {studio.cookie}",
        f"Origin: http://{studio.host}", "Content-Length: 99999999999", "Connection: close", "", "",
    ]  # fmt: skip
    assert b" 413 " in studio.raw("\r\n".join(lines).encode()).split(b"\r\n")[0]


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"<html", b"PK\x03\x04broken"])
def test_what_is_no_export_is_said_in_words(studio: Running, data: bytes) -> None:
    before = sorted(path.name for path in (studio.root / "chapters").iterdir())
    code, _, said = studio.ask("/gather?name=export.bin", method="POST", body=data)
    assert code == 422 and b'"message"' in said and b"Traceback" not in said
    assert sorted(path.name for path in (studio.root / "chapters").iterdir()) == before


def test_sending_without_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "HOURGLASS", 0.05)

    class Dripping:
        headers: dict[str, str] = {}  # noqa: RUF012
        query_params: dict[str, str] = {}  # noqa: RUF012

        async def stream(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0.01)
                yield b"x"

    async def take() -> None:
        async with bodies.upload(Dripping()):  # type: ignore[arg-type]
            raise AssertionError

    with pytest.raises(HTTPException) as refused:
        asyncio.run(take())
    assert refused.value.status_code == 400


def body(*files: tuple[str, bytes]) -> bytes:
    listed = json.dumps([[path, len(data)] for path, data in files]).encode()
    return listed + b"\n" + b"".join(data for _, data in files)


def send_folder(studio: Running, data: bytes, name: str = "blog") -> tuple[int, Any]:
    code, _, said = studio.ask(f"/gather?name={name}", method="POST", body=data, Content_Type=folders.KIND)
    return code, said


def test_a_folder_that_leads_out_of_its_place_writes_nothing(studio: Running) -> None:
    before = sorted(studio.root.parent.rglob("*.md"))
    post = b"---\ntitle: Out\ndate: 2020-01-01\n---\n\nOut.\n"
    assert send_folder(studio, body(("../../chapters/out.md", post)))[0] == 400
    assert sorted(studio.root.parent.rglob("*.md")) == before


def test_posts_of_a_folder_come_in(studio: Running) -> None:
    post = b"---\ntitle: Sent\ndate: 2020-05-01\n---\n\nSent in a folder.\n"
    code, said = send_folder(studio, body(("posts/sent.md", post), ("posts/note.txt~", b"")), "..%2F..%2Fetc")
    assert code == 200 and [Path(path).name for path in json.loads(said)["added"]] == ["2020-05-01-sent.md"]
    Path(json.loads(said)["added"][0]).unlink()
