"""Fetch the pictures of posts: the largest there is of each, a few at once, and only what is a picture."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from book.fetching.doors import Refused, Silent
from book.fetching.fetcher import Fetcher
from book.fetching.originals import candidates
from book.gatheredpictures import Wanted
from book.media import Unusable, prepare

AT_ONCE = 6
AT_ONE_HOST = 2
HOURS = 2
TOTAL_BYTES = 20 << 30
PATIENCE = 6
"""How many addresses of a machine that gives no answer are asked for, before the others are not."""


@dataclass(slots=True)
class PictureFetcher:
    """Fetches pictures until the time or the bytes for all are used up; `tell` hears how far it is."""

    fetcher: Fetcher
    tell: Callable[[str], None] = lambda _: None
    seconds: float = HOURS * 3600
    bytes: int = TOTAL_BYTES
    _hosts: dict[str, threading.Semaphore] = field(default_factory=dict)
    _silent: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _used: int = 0
    _done: int = 0

    def fetch_all(self, wanted: Sequence[Wanted]) -> Mapping[str, Path | str]:
        """Return, by address, the file that each became, or what was tried in vain."""
        deadline = time.monotonic() + self.seconds
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = pool.map(lambda one: self._fetch(one, deadline, len(wanted)), wanted)
            return dict(zip((one.address for one in wanted), found, strict=True))

    def tidy(self) -> None:
        """Throw away what was fetched and has its place by now; what broke off waits for the next time."""
        store = self.fetcher.store
        for path in sorted(store.iterdir()) if store.is_dir() else ():
            if not path.suffix:
                path.unlink(missing_ok=True)

    def _fetch(self, wanted: Wanted, deadline: float, count: int) -> Path | str:
        tried = []
        for address in candidates(wanted.address, wanted.target):
            if time.monotonic() > deadline or self._used > self.bytes:
                tried.append("the time or the bytes for all pictures were used up")
                break
            try:
                path = self._picture(address)
            except Refused as refused:
                tried.append(f"{_shown(address)}: {refused}")
                continue
            self._count(path.stat().st_size, count)
            return path
        self._count(0, count)
        return "; ".join(tried)

    def _picture(self, address: str) -> Path:
        host = _host_of(address)
        with self._gate(host):
            path = self._asked(address, host)
        try:
            with self._lock:  # decoders take memory, and warnings are the whole process's
                prepare(path.read_bytes())
        except Unusable as unusable:
            path.unlink(missing_ok=True)
            raise Refused(str(unusable)) from unusable
        return path

    def _asked(self, address: str, host: str) -> Path:
        """Fetch an address, unless its machine has been silent too often: that of a blog may be long gone."""
        if self._silent[host] >= PATIENCE:
            raise Refused(f"not asked for: `{host}` gave no answer {PATIENCE} times in a row")
        try:
            path = self.fetcher.fetch(address)
        except Silent:
            self._silent[host] += 1
            raise
        except Refused:
            self._silent[host] = 0
            raise
        self._silent[host] = 0
        return path

    def _gate(self, host: str) -> threading.Semaphore:
        with self._lock:
            return self._hosts.setdefault(host, threading.Semaphore(AT_ONE_HOST))

    def _count(self, size: int, count: int) -> None:
        with self._lock:
            self._used += size
            self._done += 1
            self.tell(f"fetching pictures: {self._done} of {count}")


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _shown(address: str) -> str:
    """Return an address without a name and password that it may hold."""
    head, at, rest = address.partition("@")
    return f"{head.partition('//')[0]}//{rest}" if at and "/" not in head.partition("//")[2] else address
