"""The studio's other child: paints pages of PDFs as PNG, asked over a pipe.

A call is `(path, index, scale)`, with as many pixels to the point as `scale`; the answer is the
picture, or words on why there is none.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

OPEN = 4
"""Documents that are kept open."""

LARGEST = 24_000_000
"""Pixels that a picture may have."""


def main() -> None:
    """Serve the pipe whose descriptor is the first argument, until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_serve, args=(Connection(int(sys.argv[1])),), daemon=True).start()
    os.read(0, 1)
    os._exit(0)


def _serve(pipe: Connection) -> None:
    opened: dict[str, Any] = {}
    try:
        while True:
            path, index, scale = pipe.recv()
            try:
                pipe.send(painted(_document(path, opened), index, scale))
            except Exception as error:
                pipe.send(f"{type(error).__name__}: {error}")
    except (EOFError, OSError):
        pass
    os._exit(0)


def _document(path: str, opened: dict[str, Any]) -> Any:
    import pypdfium2

    document = opened.pop(path, None) or pypdfium2.PdfDocument(path)
    opened[path] = document
    while len(opened) > OPEN:
        opened.pop(next(iter(opened))).close()
    return document


def painted(document: Any, index: int, scale: float) -> bytes:
    """Return a page as a PNG, with fewer pixels than asked for where they would be too many."""
    page = document[index]
    width, height = page.get_size()
    scale = min(scale, (LARGEST / (width * height)) ** 0.5)
    picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    page.close()
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


if __name__ == "__main__":
    main()
