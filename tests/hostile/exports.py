"""Exports as strangers hand them on: real ones with bytes cut out, doubled, moved and changed, gathered."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from book.errors import BookError
from book.gather import gather

SUFFIXES = frozenset((".xml", ".json", ".html", ".txt", ".csv", ".zip", ".mbox", ".opml"))
LARGEST = 200_000
_ODD = (
    b"<", b">", b"]]>", b"<![CDATA[", b"&", b"&#0;", b"&#xD800;", b"\0", b"\xff\xfe", b"\xed\xa0\x80",
    b'"', b"\\", b"\\ud800", b"[" * 200, b"{" * 200, b"null", b"-1", b"1e999", b"9" * 400,
    b"0000-00-00 00:00:00", b"99999-99-99", b"../../x", b"C:\\x", b"javascript:1", b"file:///etc/passwd",
    b"<!DOCTYPE x>", b"<x " * 50, "\u202e".encode(),
)  # fmt: skip


def exports(folder: Path) -> list[Path]:
    """Return the files of the samples that may be exports, in one order everywhere."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in found if 0 < path.stat().st_size <= LARGEST)


def harmed(data: bytes, chance: Random) -> bytes:
    """Return an export that somebody's disk, editor or malice has been at."""
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(data) + 1)
        length = chance.choice((1, 8, 60, 1_000))
        piece = data[place : place + length]
        here, rest = data[:place], data[place + len(piece) :]
        data = chance.choice(
            (
                here + rest,
                here + piece * 3 + rest,
                here + chance.choice(_ODD) + rest,
                here + chance.choice(_ODD) + piece + rest,
                rest + here,
                here,
            )
        )
    return data


def refused(root: Path, name: str, data: bytes) -> str | None:
    """Gather an export into a folder of its own; return what broke, if it was no BookError."""
    root.mkdir(parents=True)
    (root / name).write_bytes(data)
    try:
        gather([root / name], root / "chapters")
    except BookError:
        return None
    except Exception:
        return traceback.format_exc()
    return None


def shortest(data: bytes, fails: Callable[[bytes], bool], tries: int = 200) -> bytes:
    """Return as little of an export as still breaks, cut by ever smaller pieces."""
    size = len(data) // 2
    while size and tries:
        for place in range(0, len(data), size):
            shorter, tries = data[:place] + data[place + size :], tries - 1
            if fails(shorter):
                data = shorter
                break
            if not tries:
                return data
        else:
            size //= 2
    return data


def mutated(chance: Random, paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield harmed exports without end, each with the name that it goes by."""
    while paths:
        path = chance.choice(paths)
        yield path.name, harmed(path.read_bytes(), chance)
