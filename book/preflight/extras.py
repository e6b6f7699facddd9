"""Nothing lies on the pages or in the file that is no printing matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from book.model import Finding
from book.preflight._demands import Demands
from book.preflight._file import File
from book.preflight._words import pages

_NOUNS = {"Link": "links", "Widget": "form fields", "Text": "comments", "Highlight": "highlights"}


def look(file: File, demands: Demands) -> Iterator[Finding]:
    """Look for pages too full, annotations, bookmarks, encryption, and a PDF newer than the printer's."""
    unread = [page.number for page in file.pages if not page.whole]
    if unread:
        message = f"{pages(unread)}: too much is painted to look through all of it"
        hint = "place drawings of so many lines as pictures: a printer's machine may stop at them too"
        yield Finding("preflight-unread", "warning", message, file.path, None, hint, demands.source)
    found: dict[str, list[int]] = defaultdict(list)
    for page in file.pages:
        for kind in page.annotations:
            if not (kind == "Link" and demands.links):
                found[kind].append(page.number)
    for kind, numbers in sorted(found.items()):
        noun = _NOUNS.get(kind, f"annotations (`{kind}`)")
        message = f"{pages(numbers)}: {noun}, which `{demands.profile}` does not take"
        hint = "make the PDF without them: nobody can click on paper"
        yield Finding("preflight-annotation", "error", message, file.path, None, hint, demands.source)
    if file.bookmarks and not demands.bookmarks:
        message = f"the file has bookmarks, which `{demands.profile}` does not take"
        yield Finding(
            "preflight-bookmarks",
            "error",
            message,
            file.path,
            None,
            "make the PDF without them",
            demands.source,
        )
    if file.encrypted:
        message = "the file is encrypted, so a printer cannot work with it"
        yield Finding(
            "preflight-encryption",
            "error",
            message,
            file.path,
            None,
            "save it without a password",
            demands.source,
        )
    if demands.version and _parts(file.version) > _parts(demands.version):
        message = f"the file is PDF {file.version}, and `{demands.profile}` takes {demands.version} at most"
        yield Finding(
            "preflight-version", "error", message, file.path, None, "save it as that", demands.source
        )
    if demands.megabytes and file.size > demands.megabytes * 1_000_000:
        message = f"the file has {file.size / 1_000_000:.0f} MB, and `{demands.profile}` takes "
        message += f"{demands.megabytes:g} MB"
        hint = "make its pictures smaller, or fewer"
        yield Finding("preflight-file-size", "error", message, file.path, None, hint, demands.source)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
