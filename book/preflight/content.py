"""What is painted can be read."""

from __future__ import annotations

from collections.abc import Iterator

from book.model import Finding
from book.preflight._demands import Demands
from book.preflight._file import File
from book.preflight._words import pages


def look(file: File, demands: Demands) -> Iterator[Finding]:
    """Look for streams that cannot be unpacked (ISO 32000-2 §7.4.4)."""
    if file.hollow:
        message = f"{pages(file.hollow)}: content that is called compressed, and is empty"
        hint = (
            "printers' programs that are built on Ghostscript stop there: save the PDF with another program"
        )
        yield Finding("preflight-content", "error", message, file.path, None, hint, demands.source)
