"""A studio that runs, for tests that talk to it as a stranger or a browser would."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

TOML = """\
format-version = 1
title = "Small Corrections"  # as it stands on the spine
author = "Ann Author"
language = "en-GB"
identifier = "urn:uuid:3b6a27bc-6c3a-4d6e-9d7e-6d6b1f0c7a10"

[style]
stylesheets = ["styles/mine.css"]

# what the theme lets one choose
[style.settings]
size = "11pt"   # as the reader likes it

[editions.paperback]
format = "pdf"

[editions.ebook]
format = "epub"
"""
WORDS = "A plain sentence about gates and paths, and nothing that matters. " * 12


class Running:
    """A studio's process: where it listens, and by what token."""

    def __init__(self, root: Path, process: subprocess.Popen[str], address: str) -> None:
        self.root, self.process, self.address = root, process, address
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", address)
        assert found, address
        self.port, self.token = int(found[1]), found[2]
        self.host = f"127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        return f"octavo-{self.port}={self.token}"

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Ask as the studio's own page would; a header that is None is left out."""
        own = {"Host": self.host, "Cookie": self.cookie}
        if method == "POST":
            own["Origin"] = f"http://{self.host}"
        own |= {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        own = {name: value for name, value in own.items() if headers.get(name, "") is not None}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in own.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def post(self, path: str, document: Any) -> tuple[int, Any]:
        status, _, body = self.ask(path, method="POST", body=json.dumps(document).encode())
        return status, json.loads(body) if body else None

    def book(self) -> Any:
        return json.loads(self.ask("/book")[2])

    def until(self, true: Callable[[Any], Any], patience: float = 180) -> Any:
        """Wait until the book's state is so, and return it."""
        ends = time.monotonic() + patience
        while not true(book := self.book()):
            assert time.monotonic() < ends, book["status"]
            assert self.process.poll() is None
            time.sleep(0.1)
        return book

    def raw(self, data: bytes, *, patience: float = 10) -> bytes:
        """Send bytes as they are, and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as plug:
            with suppress(OSError):  # it may have seen enough
                plug.sendall(data)
            got = b""
            with suppress(OSError):
                while piece := plug.recv(65536):
                    got += piece
            return got


def is_ready(book: Any) -> bool:
    """Tell whether all editions are there and nothing is being done."""
    return len(book["editions"]) == 2 and book["status"]["doing"] is None


def write_book(root: Path) -> None:
    """Write a small book with a comment in its `book.toml`, a style sheet, and posts of some pages."""
    (root / "chapters").mkdir(parents=True)
    (root / "styles").mkdir()
    (root / "styles" / "mine.css").write_text("p { hyphens: none; }\n")
    (root / "book.toml").write_text(TOML)
    for number in range(1, 5):
        text = "\n\n".join([WORDS] * 3 * number)
        header = f"---\ntitle: Chapter {number}\ndate: 2020-01-0{number}\n---\n\n"
        (root / "chapters" / f"2020-01-0{number}-chapter-{number}.md").write_text(header + text + "\n")


@contextmanager
def running(root: Path) -> Iterator[Running]:
    """Run `book preview` on a project until the block ends."""
    command = [sys.executable, "-m", "book", "preview", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            assert line, process.stderr.read() if process.stderr else ""
            yield Running(root, process, line)
        finally:
            process.terminate()
            process.wait(60)
