"""Pages as pictures, painted once for each content and size."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable
from pathlib import Path

from book.studio.child import Child, Gone

ROOM = 192 << 20
"""Bytes of pictures that are remembered."""

SCALES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""Pixels to the point that pages are painted at: the next larger to what is asked for."""


IN_VIEW = 12
"""Pages that browsers may be looking at: those that were asked for last."""


class Gallery:
    """Pictures of pages, by the digest of what is on them."""

    def __init__(self) -> None:
        self._child = Child("book.studio.painter")
        self._turn = asyncio.Lock()
        self._pictures: OrderedDict[tuple[str, float], bytes] = OrderedDict()
        self._held = 0
        self._seen: deque[str] = deque(maxlen=IN_VIEW)
        self._scale: float | None = None
        self._ahead: set[asyncio.Task[bytes | None]] = set()

    async def page(self, digest: str, file: Path, index: int, scale: float) -> bytes | None:
        """Return the page `index` of `file`, whose digest is given; None where it cannot be painted."""
        self._seen.append(digest)
        self._scale = scale
        return await self._page(digest, file, index, scale)

    def ahead(self, file: Path, pages: Iterable[str], olds: Iterable[str]) -> None:
        """Begin to paint those pages of `file` that a browser is about to ask for.

        `pages` are the digests of all its pages, `olds` of what was in their places: what was asked for
        lately is in view.
        """
        if self._scale is None:
            return
        for index, (digest, old) in enumerate(zip(pages, olds, strict=False)):
            if old in self._seen and old != digest:
                task = asyncio.create_task(self._page(digest, file, index, self._scale))
                self._ahead.add(task)
                task.add_done_callback(self._ahead.discard)

    async def _page(self, digest: str, file: Path, index: int, scale: float) -> bytes | None:
        scale = next((step for step in SCALES if step >= scale - 0.01), SCALES[-1])
        if (known := self._known(digest, scale)) is not None:
            return known
        async with self._turn:
            if (known := self._known(digest, scale)) is not None:
                return known
            try:
                self._child.tell((str(file), index, scale))
                made = await self._child.hear()
            except Gone:
                return None
        if not isinstance(made, bytes):
            return None
        self._keep(digest, scale, made)
        return made

    def _known(self, digest: str, scale: float) -> bytes | None:
        if (digest, scale) not in self._pictures:
            return None
        self._pictures.move_to_end((digest, scale))
        return self._pictures[digest, scale]

    def _keep(self, digest: str, scale: float, made: bytes) -> None:
        self._pictures[digest, scale] = made
        self._held += len(made)
        while self._held > ROOM:
            self._held -= len(self._pictures.popitem(last=False)[1])

    def close(self) -> None:
        """End the painter."""
        self._child.close()
