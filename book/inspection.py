"""Preflight: hold a PDF against the demands of a printer before the printer does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from book import registry
from book.errors import BookError
from book.model import Finding

if TYPE_CHECKING:
    from book.preflight._demands import Demands


def inspect(path: Path, demands: Demands) -> list[Finding]:
    """Return what in the PDF does not meet `demands`; raise BookError where it cannot be read."""
    import pikepdf

    from book.preflight import _file

    try:
        with pikepdf.open(path) as pdf:
            file = _file.read(pdf, path)
            rules = [registry.find("preflight", name) for name in registry.names("preflight")]
            return [finding for rule in rules for finding in rule.look(file, demands)]
    except pikepdf.PasswordError as error:
        raise BookError("this PDF is locked with a password", path=path) from error
    except (pikepdf.PdfError, OSError) as error:
        hint = "it may be cut short: make it again"
        raise BookError("this PDF cannot be read", path=path, hint=hint) from error
