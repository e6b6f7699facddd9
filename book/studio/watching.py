"""What an author changes, as it is saved: posts, style sheets, templates, fonts, `book.toml`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, awatch

_OTHERS = {"out", "node_modules", "__pycache__"}
_PASSING = ("~", ".swp", ".swx", ".tmp", ".part", ".crdownload")
"""How files end that editors write on the way to what is meant."""

SETTLE, STEP = 400, 20
"""Milliseconds: how long changes may go on before they are told, and how long a quiet ends them."""


async def watch(root: Path, changed: Callable[[set[str]], None]) -> None:
    """Call `changed` with the project's files, by their paths in it, each time that some have changed.

    Folders that begin with a dot, and the one of the editions, are not looked into.
    """
    below: asyncio.Task[None] | None = None
    watched: list[Path] = []
    async with asyncio.TaskGroup() as tasks:

        def again(found: set[str]) -> None:
            nonlocal below, watched
            if (folders := _folders(root)) != watched:
                watched = folders
                if below is not None:
                    below.cancel()
                below = tasks.create_task(_pass_on(folders, root, changed, recursive=True))
            if found:
                changed(found)

        again(set())
        await _pass_on([root], root, again, recursive=False)


async def _pass_on(
    paths: list[Path], root: Path, changed: Callable[[set[str]], None], *, recursive: bool
) -> None:
    if not paths:
        return
    for polling in (None, True):  # as the environment has it; by looking again and again
        try:
            watched = awatch(
                *paths,
                watch_filter=_counts,
                debounce=SETTLE,
                step=STEP,
                recursive=recursive,
                force_polling=polling,
            )
            async for found in watched:
                changed({Path(path).relative_to(root).as_posix() for _, path in found if path != str(root)})
            return
        except FileNotFoundError:
            return  # a folder that is gone again
        except OSError:
            continue  # the system watches no more files than it is told to


def _folders(root: Path) -> list[Path]:
    """Return the folders of a project that what it is made of can lie in."""
    try:
        found = sorted(root.iterdir())
    except OSError:
        return []
    return [one for one in found if one.is_dir() and not one.is_symlink() and _is_ours(one.name)]


def _is_ours(name: str) -> bool:
    return not name.startswith(".") and name not in _OTHERS


def _counts(_change: Change, path: str) -> bool:
    name = Path(path).name
    return _is_ours(name) and not name.endswith(_PASSING) and name != "4913"
