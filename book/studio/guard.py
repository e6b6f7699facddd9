"""Who may ask the studio for anything: this machine's own browsers, shown the way in by the terminal.

Any page that is open in a browser can send requests to a server on this machine, and a name
of a stranger's can be made to mean it. So a request must name the server as we do, come from
a page of ours or from no page, and carry the cookie that only the address with the token gives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from time import monotonic
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost", "[::1]")
RATE, BURST = 300, 600
"""Requests a second that are answered in the long run, and at once."""

HEAD = 16 << 10
"""Bytes that a request's head may have."""

PATIENCE = 30.0
"""Seconds that a request's next bytes are waited for."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""What the studio's own page may load: its own files, and nothing that runs from elsewhere."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Lets through to `app` what may pass, and answers the rest with a word of why."""

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self._app, self._token = app, token
        self._cookie = f"octavo-{port}"  # cookies do not tell ports apart
        self._hosts = frozenset(f"{name}:{port}" for name in NAMES)
        self._tokens, self._at = float(BURST), monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, _patient(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        if scope["type"] != "http":
            return _no(403, "there are no sockets here")
        headers = Headers(scope["headers"])
        if len(scope["raw_path"]) + len(scope["query_string"]) + headers.size > HEAD:
            return _no(431, "this request's head is too long")
        host = headers.only("host")
        if host not in self._hosts:
            return _no(403, "this host is not the studio's")
        if not self._room():
            return _no(429, "too many requests", **{"retry-after": "1"})
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return _no(405, "this cannot be done here", allow="GET, HEAD, POST")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] == "/" and scope["method"] == "GET" and self._is(given):
            return self._welcome()
        if headers.only("sec-fetch-site") not in (None, "same-origin", "none"):
            return _no(403, "this request comes from another site")
        origin = headers.only("origin")
        if origin != f"http://{host}" and (origin is not None or scope["method"] == "POST"):
            return _no(403, "this request comes from another site")
        if not self._is(_cookie(headers.only("cookie"), self._cookie)):
            return _no(403, "open the whole address that `book preview` shows in the terminal")
        return None

    def _is(self, given: str | None) -> bool:
        return given is not None and compare_digest(given.encode(), self._token.encode())

    def _welcome(self) -> Response:
        """Hand over the cookie, and take the token out of the address and so out of the history."""
        welcome = RedirectResponse("/", 303)
        welcome.set_cookie(self._cookie, self._token, path="/", httponly=True, samesite="strict")
        return welcome

    def _room(self) -> bool:
        """Tell whether another request may be answered now."""
        moment = monotonic()
        self._tokens = min(float(BURST), self._tokens + (moment - self._at) * RATE)
        self._at = moment
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Headers:
    """A request's headers; one that is there twice has no value that could be trusted."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._raw = list(raw)

    @property
    def size(self) -> int:
        """How many bytes they have in all."""
        return sum(len(name) + len(value) + 4 for name, value in self._raw)

    def only(self, name: str) -> str | None:
        """Return the one value of a header, None where there is none, and `""` where there are several."""
        values = [value.decode("latin-1") for key, value in self._raw if key == name.encode()]
        return None if not values else values[0] if len(values) == 1 else ""


def _cookie(header: str | None, name: str) -> str | None:
    try:
        morsel = SimpleCookie(header or "").get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _no(status: int, why: str, **headers: str) -> Response:
    return PlainTextResponse(why + "\n", status, headers=headers)


def _patient(receive: Receive) -> Receive:
    """Wait for the bytes of a request's body as long as is decent, and then take the client for gone."""
    whole = False

    async def wait() -> Message:
        nonlocal whole
        try:
            message = await asyncio.wait_for(receive(), None if whole else PATIENCE)
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return wait


def _with_headers(send: Send) -> Send:
    """Add the headers that every answer carries, where it does not say otherwise itself."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = {name for name, _ in message["headers"]}
            more = [(n.encode(), v.encode()) for n, v in _HEADERS.items() if n.encode() not in said]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return add
