"""What the studio answers: its page, the book's state, pages as pictures, editions to keep."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from book import themes
from book.errors import BookError
from book.gather import gather
from book.studio import reader
from book.studio.bodies import document, upload
from book.studio.events import written
from book.studio.guard import Guard
from book.studio.shelf import read
from book.studio.studio import Studio

_PAGE = Path(__file__).resolve().parent / "page"
_KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FRONT = {path.name: path for path in sorted(_PAGE.iterdir()) if path.suffix in _KINDS}
"""The files of the studio's own page, by name: nothing else is found under `/front/`."""

_FOREVER = "private, max-age=31536000, immutable"


def app(studio: Studio, *, port: int, token: str) -> Guard:
    """Return the studio as an ASGI application, guarded."""
    routes = [
        Route("/", _front),
        Route("/front/{name}", _front),
        Route("/book", _book),
        Route("/events", _events),
        Route("/page/{edition}/{digest}", _picture),
        Route("/read/{edition}/{digest}/{name:path}", _read),
        Route("/download/{edition}", _download),
        Route("/theme/{name}", _theme),
        Route("/look", _look, methods=["POST"]),
        Route("/compare", _compare, methods=["POST"]),
        Route("/settings", _setting, methods=["POST"]),
        Route("/undo", _undo, methods=["POST"]),
        Route("/gather", _gather, methods=["POST"]),
    ]
    made = Starlette(routes=routes, lifespan=_lifespan)
    made.router.redirect_slashes = False
    made.state.studio = studio
    return Guard(made, port=port, token=token)


@asynccontextmanager
async def _lifespan(made: Starlette) -> AsyncIterator[None]:
    task = asyncio.create_task(made.state.studio.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _studio(request: Request) -> Studio:
    studio: Studio = request.app.state.studio
    return studio


def _nothing(words: str = "there is nothing here") -> Response:
    return PlainTextResponse(words + "\n", 404)


async def _front(request: Request) -> Response:
    name = request.path_params.get("name", "index.html")
    if name not in _FRONT:
        return _nothing()
    kind = _KINDS[Path(name).suffix]
    return Response(_FRONT[name].read_bytes(), media_type=kind, headers={"cache-control": "no-cache"})


async def _book(request: Request) -> Response:
    return JSONResponse(_studio(request).book())


async def _events(request: Request) -> Response:
    studio = _studio(request)
    if studio.events.full():
        return PlainTextResponse("too many are looking on\n", 503)
    first = written("book", studio.book())
    return StreamingResponse(studio.events.listen(first), media_type="text/event-stream")


async def _picture(request: Request) -> Response:
    """Answer with a page as it prints; the address holds what is on it, so that browsers may keep it."""
    given, studio = request.path_params, _studio(request)
    found = studio.shelf.page(given["edition"], given["digest"])
    if found is None:
        return _nothing("this page is gone: the book has changed since")
    kept, index = found
    try:
        scale = min(8.0, max(0.1, float(request.query_params.get("scale", "1"))))
    except ValueError:
        return _nothing()
    picture = await studio.gallery.page(given["digest"], kept.file, index, scale)
    if picture is None:
        return PlainTextResponse("this page cannot be painted\n", 503)
    return Response(picture, media_type="image/png", headers={"cache-control": _FOREVER})


async def _theme(request: Request) -> Response:
    """Answer with the picture of a theme."""
    path = await asyncio.to_thread(themes.picture, request.path_params["name"], _studio(request).root)
    data = await asyncio.to_thread(read, path) if path else None
    if data is None or not data.startswith(b"\x89PNG"):
        return _nothing()
    return Response(data, media_type="image/png")


async def _read(request: Request) -> Response:
    given = request.path_params
    kept = _studio(request).shelf.find(given["edition"], given["digest"])
    found = reader.member(kept, given["name"]) if kept else None
    if found is None:
        return _nothing()
    headers = {**reader.HEADERS, "cache-control": _FOREVER}
    return Response(found[0], media_type=found[1], headers=headers)


async def _download(request: Request) -> Response:
    kept = _studio(request).shelf.find(request.path_params["edition"])
    data = await asyncio.to_thread(read, kept.file) if kept else None
    if kept is None or data is None:
        return _nothing("this edition is not made yet")
    kind = {".pdf": "application/pdf", ".epub": "application/epub+zip"}.get(kept.file.suffix)
    path = Path(kept.facts["path"])
    name = path.name if kept.file.suffix else f"{path.name}.zip"
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(data, media_type=kind or "application/octet-stream", headers=headers)


async def _look(request: Request) -> Response:
    given = await document(request)
    ident = given.get("ident")
    _studio(request).look(str(given.get("edition")), str(ident) if ident is not None else None)
    return Response(status_code=204)


async def _compare(request: Request) -> Response:
    theme = (await document(request)).get("theme")
    _studio(request).compare(theme if isinstance(theme, str) else None)
    return Response(status_code=204)


async def _setting(request: Request) -> Response:
    given, studio = await document(request), _studio(request)
    name, value = given.get("name"), given.get("value")
    if (
        not isinstance(name, str)
        or isinstance(value, bool)
        or not isinstance(value, str | int | float | None)
    ):
        raise HTTPException(400, "this is no setting")
    return await _trying(lambda: studio.settings.change(name, value), lambda _: {})


async def _undo(request: Request) -> Response:
    await document(request)
    return await _trying(_studio(request).settings.undo, lambda name: {"undone": name})


async def _gather(request: Request) -> Response:
    """Gather an export that is sent, and say what came of it as `book gather --json` does."""
    chapters = _studio(request).root / "chapters"
    async with upload(request) as file:
        return await _trying(lambda: gather([file], chapters), lambda report: report.json())


async def _trying(do: Callable[[], Any], said: Callable[[Any], dict[str, Any]]) -> Response:
    """Do something that may fail for the author's reasons, and answer with what came of it."""
    try:
        return JSONResponse(said(await asyncio.to_thread(do)))
    except BookError as error:
        first = error.notices[0]
        return JSONResponse({"message": first.message, "hint": first.hint, "line": first.line}, 422)
