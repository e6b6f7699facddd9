"""Bring one address's bytes into a file: in limits, again where it may help, on from where it broke off."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from book.fetching.doors import Door, Doors, Refused, Silent
from book.urls import urljoin

_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_ELSEWHERE = {301, 302, 303, 307, 308}
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much one address may take; times in seconds."""

    bytes: int = 100 << 20
    seconds: float = 120
    silence: float = 20
    tries: int = 4
    redirects: int = 5
    longest_wait: float = 30


class _Again(Exception):
    """It may help to ask again, after so many seconds if the other side says."""

    def __init__(self, why: str, wait: float | None = None, *, silent: bool = False) -> None:
        super().__init__(why)
        self.wait = wait
        self.silent = silent


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches into `store`, where what broke off waits to be gone on with. `pause` waits between tries."""

    store: Path
    doors: Doors = field(default_factory=Doors)
    limits: Limits = field(default_factory=Limits)
    pause: Callable[[float], None] = time.sleep

    def fetch(self, url: str) -> Path:
        """Return the file that holds what an address gives; raise Refused, saying why there is none."""
        path = self._place(url)
        if path.is_file():
            return path
        self.store.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + self.limits.seconds
        for turn in range(self.limits.tries):
            try:
                return self._follow(url, path, deadline, turn)
            except _Again as again:
                wait = min(2.0**turn if again.wait is None else again.wait, self.limits.longest_wait)
                if turn + 1 == self.limits.tries or time.monotonic() + wait > deadline:
                    raise (Silent if again.silent else Refused)(str(again)) from again
                self.pause(wait)
        raise Refused("it was not tried")

    def fresh(self, url: str) -> Path:
        """Return the file that holds what an address gives now, whatever it gave before."""
        self._place(url).unlink(missing_ok=True)
        return self.fetch(url)

    def _place(self, url: str) -> Path:
        return self.store / hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()

    def _follow(self, url: str, path: Path, deadline: float, turn: int) -> Path:
        for _ in range(self.limits.redirects + 1):
            door = self.doors.open(url)
            part = _Part(path)
            onward = self._ask(door, part, deadline, turn)
            if onward is None:
                return part.finished()
            url = urljoin(url, onward)
        raise Refused(f"it leads on more than {self.limits.redirects} times")

    def _ask(self, door: Door, part: _Part, deadline: float, turn: int) -> str | None:
        """Ask once: bring the bytes into `part`, or return the address that it leads on to.

        Each `turn` asks another of the machine's numbers: one of two networks may be out of reach.
        """
        left = deadline - time.monotonic()
        if left <= 0:
            raise Refused(f"it took longer than {self.limits.seconds:g} seconds")
        connection = _connection(door, turn, min(self.limits.silence, left))
        answered = False
        watch = threading.Timer(left, _hang_up, [connection])
        watch.daemon = True
        try:
            connection.connect()
            watch.start()
            headers = {"Host": _host(door), "User-Agent": "Octavo", "Accept-Encoding": "identity"}
            connection.request("GET", door.path, headers={**headers, **part.headers()}, preload_content=False)
            response = connection.getresponse()
            answered = True
            if response.status in _ELSEWHERE and response.headers.get("Location"):
                return str(response.headers["Location"])
            self._check_status(response, part)
            self._receive(response, part, deadline)
            return None
        except (HTTPError, OSError) as error:
            if time.monotonic() >= deadline:
                said = f"it took longer than {self.limits.seconds:g} seconds"
                raise (Refused if answered else Silent)(said) from error
            raise _Again(f"`{door.host}` did not answer, or broke off", silent=not answered) from error
        finally:
            watch.cancel()
            connection.close()

    def _check_status(self, response: BaseHTTPResponse, part: _Part) -> None:
        if response.status == 416:
            part.forget()
            raise _Again("the rest of it cannot be had", 0)
        if response.status in _AGAIN:
            raise _Again(f"the server answered {response.status}", _wait_of(response.headers))
        if response.status not in (200, 206):
            raise Refused(f"the server answered {response.status}")

    def _receive(self, response: BaseHTTPResponse, part: _Part, deadline: float) -> None:
        size = part.begin(response.status, response.headers)
        length = response.headers.get("Content-Length", "")
        whole = size + int(length) if length.isascii() and length.isdigit() else None
        packed = "Content-Encoding" in response.headers
        if whole is not None and whole > self.limits.bytes:
            raise Refused(f"it is larger than {self.limits.bytes} bytes")
        with part.path.open("ab") as file:
            while data := response.read1(_CHUNK, decode_content=True):
                size += len(data)
                if size > self.limits.bytes:
                    part.forget()
                    raise Refused(f"it is larger than {self.limits.bytes} bytes")
                file.write(data)
                if time.monotonic() > deadline:
                    raise Refused(f"it took longer than {self.limits.seconds:g} seconds")
        if packed:
            return
        if whole is not None and size < whole:
            raise _Again("it broke off")


class _Part:
    """A file that is still being fetched, and by which mark its server knows that it is the same."""

    def __init__(self, whole: Path) -> None:
        self.whole = whole
        self.path = whole.with_suffix(".part")
        self.mark = whole.with_suffix(".mark")

    def headers(self) -> dict[str, str]:
        """Return what to ask with, so that only the rest comes, if it is the rest of the same."""
        mark = self._mark()
        if not mark or not self.path.is_file() or not (size := self.path.stat().st_size):
            return {}
        return {"Range": f"bytes={size}-", "If-Range": mark}

    def _mark(self) -> str:
        try:
            mark = json.loads(self.mark.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        return mark if isinstance(mark, str) and mark.isprintable() else ""

    def begin(self, status: int, headers: Mapping[str, str]) -> int:
        """Make ready for what comes now; return how much of it is there."""
        size = self.path.stat().st_size if self.path.is_file() else 0
        if status == 206:
            if not headers.get("Content-Range", "").startswith(f"bytes {size}-"):
                self.forget()
                raise _Again("the server sent another part of it", 0)
            return size
        self.forget()
        etag = headers.get("ETag", "")
        mark = etag if etag.startswith('"') else headers.get("Last-Modified", "")
        if "Content-Encoding" not in headers and mark:
            self.mark.write_text(json.dumps(mark), encoding="utf-8")
        return 0

    def forget(self) -> None:
        """Throw away what is there."""
        self.path.unlink(missing_ok=True)
        self.mark.unlink(missing_ok=True)

    def finished(self) -> Path:
        """Return the whole file, now that it is one."""
        self.path.replace(self.whole)
        self.mark.unlink(missing_ok=True)
        return self.whole


def _wait_of(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds a server wants to be left alone: it says them, or until when."""
    after = headers.get("Retry-After", "").strip()
    if after.isascii() and after.isdigit():
        return float(after[:9])
    try:
        until, told = (parsedate_to_datetime(one) for one in (after, headers.get("Date", "")))
        return max(0.0, (until - told).total_seconds())
    except (TypeError, ValueError, OverflowError):  # no date, or only one of the two with a zone
        return None


def _connection(door: Door, turn: int, timeout: float) -> HTTPConnection:
    """Make a connection to a number that was checked, and to no other."""
    number = door.numbers[turn % len(door.numbers)]
    if not door.secure:
        return HTTPConnection(number, door.port, timeout=timeout)
    return HTTPSConnection(
        number,
        door.port,
        timeout=timeout,
        server_hostname=door.host,
        assert_hostname=door.host,
        cert_reqs="CERT_REQUIRED",
    )


def _hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _host(door: Door) -> str:
    host = f"[{door.host}]" if ":" in door.host else door.host
    return host if door.port == (443 if door.secure else 80) else f"{host}:{door.port}"
