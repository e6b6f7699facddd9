"""What browsers send: read no further than is decent."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

SMALL = 64 << 10
"""Bytes that a request's document may have."""


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
