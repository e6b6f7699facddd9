"""A plan of volumes in words, and in `book.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from book.errors import BookError
from book.volumes.command import Volume, VolumePlan
from book.wholefile import write_whole

_NEAR = 0.93
"""From which part of the most on a judgement may be wrong about it."""
_HEADS = ("volume", "from", "until", "posts", "words", "pages", "thick")


def told(plan: VolumePlan) -> Iterator[str]:
    """Yield the lines of a plan: the pages of the whole, a table, and what is to be done."""
    about = "" if plan.exact else "about "
    yield f"`{plan.edition}` has {about}{plan.pages:,} pages; a volume may have {plan.most:,}, {plan.why}"
    if len(plan.volumes) == 1 and not plan.decided:
        yield f"one volume holds it, {plan.volumes[0].millimetres:g} mm thick"
        return
    rows = [_HEADS, *(_row(nth, one, about) for nth, one in enumerate(plan.volumes, start=1))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield ""
    for row in rows:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    yield ""
    for nth, one in enumerate(plan.volumes, start=1):
        if one.pages > plan.most:
            yield f"volume {nth} has more pages than it may have: end it earlier"
    if not plan.exact and any(plan.most * _NEAR < one.pages <= plan.most for one in plan.volumes):
        yield "that is near to the most, and judged: `--exact` counts"
    if not plan.decided:
        yield "for book.toml (`--write` puts it there):"
        yield ""
        yield tables(plan.volumes)


def _row(nth: int, volume: Volume, about: str) -> tuple[str, ...]:
    sign = "~" if about else ""
    numbers = (f"{volume.posts:,}", f"{volume.words:,}", f"{sign}{volume.pages:,}")
    return (str(nth), volume.first, volume.until, *numbers, f"{sign}{volume.millimetres:g} mm")


def tables(volumes: Sequence[Volume]) -> str:
    """Return volumes as `book.toml` has them; the last has no end."""
    ends = [f'until = "{volume.until}"\n' for volume in volumes[:-1]]
    return "\n".join(f"[[volumes]]\n{end}" for end in [*ends, ""]).rstrip("\n")


def write(plan: VolumePlan, file: Path) -> None:
    """Put the volumes of a plan into `book.toml`, in place of those that are there; all else stays.

    A volume that ends where one ended before keeps its title and ISBNs. Raises BookError
    where the file cannot be written.
    """
    import tomlkit

    document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    kept = {one.get("until"): one for one in document.get("volumes", ())}
    made = tomlkit.aot()
    for volume in plan.volumes:
        until = None if volume is plan.volumes[-1] else volume.until
        made.append(_table(until, kept.get(until, {})))
    document["volumes"] = made
    try:
        write_whole(file, tomlkit.dumps(document).encode())
    except OSError as error:
        hint = "check who may write there"
        raise BookError(f"this cannot be written: {error.strerror}", path=file, hint=hint) from error


def _table(until: str | None, before: Any) -> Any:
    import tomlkit

    table = tomlkit.table()
    if until is not None:
        table["until"] = until
    for key in ("title", "isbn"):
        if key in before:
            table[key] = before[key]
    return table
