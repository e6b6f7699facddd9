"""`book preview`: open the studio's door and say where it is."""

from __future__ import annotations

import secrets
import webbrowser
from collections.abc import Callable
from pathlib import Path

from book.studio.app import app
from book.studio.listening import LOOPBACK, listen, serve
from book.studio.studio import Studio


def preview(root: Path, *, port: int = 0, show: bool = False, say: Callable[[str], None]) -> None:
    """Serve the studio of the project in `root` until Ctrl-C; `say` its address once it can be opened.

    `port` 0 is any free one; `show` opens a browser. Raises BookError where there is no project,
    or the port is taken.
    """
    studio = Studio(root)
    with listen(port) as door:
        chosen, token = door.getsockname()[1], secrets.token_urlsafe(24)
        address = f"http://{LOOPBACK}:{chosen}/?token={token}"

        def ready() -> None:
            say(address)
            if show:
                webbrowser.open(address)

        serve(app(studio, port=chosen, token=token), door, ready)
