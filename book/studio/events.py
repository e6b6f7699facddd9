"""What happens, told to every browser that looks on, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

LISTENERS = 24
"""Browsers that are told at once."""

BEHIND = 64
"""Events that a browser may be behind before it is let go, to begin anew."""

_BEAT = 15.0


class Events:
    """Tells what it is told to all who listen."""

    def __init__(self) -> None:
        self._listening: set[asyncio.Queue[str | None]] = set()

    def full(self) -> bool:
        """Tell whether there is room for no one more."""
        return len(self._listening) >= LISTENERS

    def tell(self, name: str, data: Any) -> None:
        """Tell everyone of an event."""
        text = written(name, data)
        for queue in list(self._listening):
            try:
                queue.put_nowait(text)
            except asyncio.QueueFull:
                self._listening.discard(queue)

    async def listen(self, first: str) -> AsyncIterator[str]:
        """Yield `first`, then events as they come, and a sign of life where none comes."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(BEHIND)
        self._listening.add(queue)
        try:
            yield first
            while queue in self._listening:
                try:
                    text = await asyncio.wait_for(queue.get(), _BEAT)
                except TimeoutError:
                    text = ": \n\n"
                if text is None:
                    return
                yield text
        finally:
            self._listening.discard(queue)

    def close(self) -> None:
        """Let everyone go."""
        for queue in self._listening:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(None)


def written(name: str, data: Any) -> str:
    """Write an event as the stream has it."""
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'), ensure_ascii=False)}\n\n"
