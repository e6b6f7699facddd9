"""What browsers send: read no further than is decent."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from book.studio import folders

SMALL = 64 << 10
"""Bytes that a request's document may have."""

LARGEST, AT_ONCE = 1 << 30, 2
"""Bytes that an export may have, and how many may be sent at the same time."""

HOURGLASS = 600.0
"""Seconds that sending an export may take."""

_sending = asyncio.Semaphore(AT_ONCE)


async def document(request: Request) -> dict[str, Any]:
    """Return the JSON object that a request brings; refuse what is none, or too large."""
    data = b""
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > SMALL:
                raise HTTPException(413, "this is too much")
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "this is not JSON") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "this broke off") from error
    if not isinstance(given, dict):
        raise HTTPException(400, "this is not a JSON object")
    return given


@asynccontextmanager
async def upload(request: Request) -> AsyncIterator[Path]:
    """Give the file or the folder that a request brings, in a place of its own that is gone afterwards."""
    if _sending.locked():
        raise HTTPException(503, "other exports are being gathered")
    if int(request.headers.get("content-length") or 0) > LARGEST:
        raise HTTPException(413, "this is too much")
    async with _sending:
        with TemporaryDirectory(prefix="octavo-") as folder:
            file = Path(folder) / _plain(request.query_params.get("name", ""))
            try:
                await asyncio.wait_for(_receive(request, file), HOURGLASS)
            except (TimeoutError, ClientDisconnect) as error:
                raise HTTPException(400, "this broke off") from error
            yield file


def _plain(name: str) -> str:
    """Return a file's name without all that could lead elsewhere; its suffix tells what it is."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w. -]", "-", last).strip(" .-")[-100:] or "export"


async def _receive(request: Request, file: Path) -> None:
    stream = _bounded(request)
    if request.headers.get("content-type") == folders.KIND:
        await folders.unpack(stream, file)
        return
    with file.open("wb") as out:
        async for chunk in stream:
            out.write(chunk)


async def _bounded(request: Request) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST:
            raise HTTPException(413, "this is too much")
        yield chunk
