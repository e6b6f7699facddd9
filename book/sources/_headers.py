"""The header of a post as its own tool would read it, whichever markup the post is in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from book.errors import BookError
from book.header import Header, parse
from book.model import Notice
from book.sources._bareheaders import fenced
from book.sources._headermending import mended, quoted
from book.sources._markups import READERS
from book.sources._scriptheaders import WITH_SCRIPTS, handed_out


def read_header(text: str, file: Path, *, recover: bool) -> tuple[Header, tuple[Notice, ...]]:
    """Return a post's header and what follows it, and what was mended in it.

    Raises BookError for a header that is none; with `recover`, that is read as far as it goes.
    """
    if reader := READERS.get(file.suffix.lower()):
        return reader(text, file)
    if bare := fenced(text):
        header = _forgiving(bare, file)
        return replace(header, body_line=header.body_line - 1), ()
    try:
        header = parse(text, file, check_dates=False)
        return (handed_out(header) if file.suffix.lower() in WITH_SCRIPTS else header), ()
    except BookError as error:
        return _mended(text, file, error, recover)


def _mended(text: str, file: Path, error: BookError, recover: bool) -> tuple[Header, tuple[Notice, ...]]:
    """Read a header that is not YAML: with its values in quotes, or as far as it goes where asked for."""
    (notice, *_) = error.notices
    for mend in (quoted, mended):
        try:
            header = parse(mend(text), file, check_dates=False)
        except BookError:
            continue
        if mend is mended and not recover:
            message = f"{notice.message}; `--recover` mends it"
            raise BookError(message, path=file, line=notice.line, hint=notice.hint) from error
        return header, (Notice(f"{notice.message}, and is mended", file, notice.line, notice.hint),)
    raise error


def _forgiving(text: str, file: Path) -> Header:
    """Read a header that its own tool did not read as YAML."""
    try:
        return parse(text, file, check_dates=False)
    except BookError:
        return parse(mended(text), file, check_dates=False)
