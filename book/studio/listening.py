"""The studio's door: a socket on this machine alone, and connections that may not tarry."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from book.errors import BookError
from book.studio.guard import HEAD

LOOPBACK = "127.0.0.1"
CONNECTIONS = 64
HURRY = 5.0
"""Seconds after which a connection that has not asked for anything is ended."""


def listen(port: int) -> socket.socket:
    """Open a socket on the loopback; raise BookError where `port` is taken. 0 is any free one."""
    made = socket.socket()
    try:
        if port:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((LOOPBACK, port))
    except OSError as error:
        made.close()
        hint = "name another with `--port`, or none: a free one is found"
        said = (error.strerror or str(error)).lower()
        raise BookError(f"port {port} cannot be had: {said}", hint=hint) from error
    return made


class Door(H11Protocol):
    """A connection that is ended when its first request, or its next, is too long in coming."""

    _hurry: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Turn the connection away where there are too many, else wait for its request."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.abort()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; where that is not all of a request's head, the rest has to hurry."""
        super().data_received(data)
        if self._idle():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._hurry is not None:
            self._hurry.cancel()
        super().connection_lost(exc)

    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        """Begin to wait for a request, unless it is waited for already."""
        if self._hurry is None:
            self._hurry = self.loop.call_later(HURRY, self._give_up)

    def _give_up(self) -> None:
        self._hurry = None
        if self._idle():
            self.transport.abort()


class _Server(Server):
    """A server that says when it can be asked, and leaves the keyboard to whoever runs it."""

    def __init__(self, config: Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def serve(app: ASGIApp, door: socket.socket, ready: Callable[[], None]) -> None:
    """Serve `app` until Ctrl-C; call `ready` once it can be asked."""
    config = Config(
        app,
        http=Door,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEAD,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=1,
        limit_concurrency=CONNECTIONS + 1,
    )
    asyncio.run(_Server(config, ready).serve(sockets=[door]))
