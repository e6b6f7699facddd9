"""`chapters/missing-media.csv`: which pictures of which posts could not be had, and what was tried."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from book.errors import BookError
from book.textfile import read_text
from book.wholefile import write_whole

FILE = "missing-media.csv"


class Missing(NamedTuple):
    """A picture that could not be had."""

    post: str
    address: str
    tried: str


def write_missing(folder: Path, missing: Iterable[Missing], gathered: Iterable[str]) -> None:
    """Write what is missing; what other posts than those just `gathered` miss stays listed.

    Where nothing is missing, there is no file.
    """
    renewed, path = set(gathered), folder / FILE
    others = (one for one in _listed(path) if one.post not in renewed and (folder / one.post).is_file())
    rows = sorted({(one.post, one.address): one for one in (*others, *missing)}.values())
    if not rows:
        path.unlink(missing_ok=True)
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows((Missing._fields, *rows))
    write_whole(path, text.getvalue().encode("utf-8", "replace"))


def _listed(path: Path) -> list[Missing]:
    if not path.is_file():
        return []
    try:
        rows = list(csv.reader(io.StringIO(read_text(path))))
    except (BookError, csv.Error):  # it is only a list, and is written anew
        return []
    return [Missing(*row) for row in rows[1:] if len(row) == len(Missing._fields) and "/" not in row[0]]
