"""The studio's child: a process that stays warm, builds the book when it is told to, and may die.

It is asked over a pipe for editions, one call after the other, and tells what it does as it goes:
`("told", words)`, `("bound", facts)` for editions that are made, and at last `("done",)`,
`("failed", notices)` or `("crashed", words)`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from book.errors import BookError
from book.report import notices
from book.studio.order import Order

if TYPE_CHECKING:
    from book.studio.looking import Eyes


def main() -> None:
    """Serve the pipe whose descriptor is the first argument, until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears the keyboard, and ends us
    os.nice(10)  # pages that are ready are shown before more are made
    pipe = Connection(int(sys.argv[1]))
    threading.Thread(target=_serve, args=(pipe,), daemon=True).start()
    os.read(0, 1)
    os._exit(0)


def _serve(pipe: Connection) -> None:
    from book.press import standby
    from book.press.bench import Setup
    from book.press.children import spare
    from book.reading import Room
    from book.studio.looking import Eyes

    standby.stay()
    eyes = Eyes(lambda kind, facts: pipe.send((kind, facts)))
    try:
        while True:
            order = pipe.recv()
            if isinstance(order, Order):  # else the last one was told to make haste
                _answer(pipe, order, eyes)
                for loads in (Setup.LOADS, Room.LOADS):
                    spare(loads)  # another setting needs another process, and loading it takes longest
                _set_aside()
    except (EOFError, OSError):
        pass
    os._exit(0)


def _set_aside() -> None:
    """Look for garbage now that nobody waits, and spare the next build from looking through this book."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _answer(pipe: Connection, order: Order, eyes: Eyes) -> None:
    try:
        _build(pipe, order, eyes)
    except BookError as error:
        pipe.send(("failed", notices(error.notices)))
    except Exception as error:
        traceback.print_exc()
        pipe.send(("crashed", f"{type(error).__name__}: {error}"))
    else:
        pipe.send(("done",))


def _build(pipe: Connection, order: Order, eyes: Eyes) -> None:
    """Build what is looked at, then the rest, unless something newer is asked for by then."""
    from book import config

    project = config.load(order.root)
    names = [plan.name for plan in project.config.editions]
    printed = [plan.name for plan in project.config.editions if plan.format == "pdf"]
    first = [name for name in order.first if name in names] or (printed or names)[:1]
    eyes.turn(first[0] if first else None, order.at, order.out)
    eyes.ahead(project, order.changed)
    for chosen in (first, [name for name in names if name not in first]):
        if chosen and not pipe.poll():
            pipe.send(("bound", {**_bound(pipe, order, chosen, eyes), "names": names}))
    if order.theme is not None and first and not pipe.poll():
        _compare(pipe, order, first, eyes)


def _compare(pipe: Connection, order: Order, names: Sequence[str], eyes: Eyes) -> None:
    """Build what is looked at in another theme; where it cannot be, the book itself is not at fault."""
    eyes.turn(None, None, order.out)
    eyes.in_theme(order.theme)
    try:
        made = _bound(pipe, replace(order, out=order.out.with_name("compared")), names, eyes)
        pipe.send(("compared", made["editions"][0]))
    except BookError as error:
        pipe.send(("incomparable", error.notices[0].message))
    finally:
        eyes.in_theme(None)


def _bound(pipe: Connection, order: Order, names: Sequence[str], eyes: Eyes) -> Mapping[str, Any]:
    from book import fonts
    from book.build import build
    from book.studio.facts import of_edition
    from book.studio.finding import paged

    order.out.mkdir(parents=True, exist_ok=True)
    report = build(
        order.root,
        editions=names,
        out=order.out,
        tell=lambda words: pipe.send(("told", words)),
        onlooker=eyes,
    )
    skipped = [{"path": str(one.path), "reason": one.reason} for one in report.skipped]
    editions = [{**of_edition(one), "frame": eyes.frame(one.name, one.path)} for one in report.editions]
    idents = [line["ident"] for line in eyes.outline["contents"]]
    for one in editions:
        one["warnings"] = paged(one, eyes.outline["posts"], idents)
    families = fonts.known(order.root / "fonts")
    return {**eyes.outline, "families": families, "editions": editions, "skipped": skipped}


if __name__ == "__main__":
    main()
