"""A server on this machine that answers as a test says: well, badly, slowly, without end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from book.fetching.doors import Doors, named_doors
from book.fetching.fetcher import Fetcher, Limits

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    host: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"


@contextmanager
def serving() -> Iterator[Server]:
    """Serve what is put into `answers`, and note what is asked, until the block ends."""
    known = Server("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append((self.path, dict(self.headers)))
            answer = known.answers.get(self.path, gives(b"", 404))
            with suppress(OSError):
                answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    known.host = f"127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield known
    http.shutdown()
    http.server_close()
    thread.join()


def gives(data: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(one: BaseHTTPRequestHandler) -> None:
        one.send_response(status)
        for name, value in {"Content_Length": str(len(data)), **headers}.items():
            one.send_header(name.replace("_", "-"), value)
        one.end_headers()
        one.wfile.write(data)

    return answer


def drips(pieces: Iterator[bytes], pause: float = 0.02) -> Answer:
    def answer(one: BaseHTTPRequestHandler) -> None:
        one.send_response(200)
        one.end_headers()
        for piece in pieces:
            one.wfile.write(piece)
            one.wfile.flush()
            time.sleep(pause)

    return answer


def endless(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


def fetching_from(server: Server, folder: Path, *, seconds: float, silence: float, tries: int) -> Fetcher:
    """Return a fetcher that may ask the server and does not wait between tries."""
    limits = Limits(bytes=100_000, seconds=seconds, silence=silence, tries=tries)
    return Fetcher(folder / "store", Doors(named_doors([server.host])), limits, lambda _: None)
