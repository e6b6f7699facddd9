"""Ace, DAISY's checker of accessibility, where it is installed: it looks at each document in a browser."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from book.checks._outside import absent, answer
from book.epub.opened import OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)
OUTSIDE = True

_SEVERITIES = {"critical": "error", "serious": "error", "moderate": "warning", "minor": "note"}
_BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome", "chrome")
_FIRST = {"ACE_TIMEOUT_INITIAL": "60000"}  # milliseconds, until a slow machine's browser answers
_PER_DOCUMENT = "120000"  # milliseconds


def check(path: Path) -> Iterator[Finding]:
    """Run Ace and give its violations as findings; where it cannot run, say so.

    Ace writes no report for a document that is not well-formed; `documents` tells of those.
    """
    program = shutil.which("ace") or shutil.which("ace-cli")
    if program is None:
        yield absent("ace", "Ace", "`npm install -g @daisy/ace-cli`", path)
        return
    book = opened(path)
    assertions = _report(program, path).get("assertions") or ()
    if not book.documents or book.faults:
        return
    for about in assertions:
        for assertion in about.get("assertions") or ():
            yield _finding(book, str(about["earl:testSubject"].get("url", "")), assertion)


def _report(program: str, path: Path) -> dict[str, Any]:
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    environment = {**_FIRST, **({"PUPPETEER_EXECUTABLE_PATH": browser} if browser else {})}
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--silent", "--force", "--timeout", _PER_DOCUMENT, "--outdir", folder]
        report = Path(folder) / "report.json"
        answered = answer("Ace", [*command, str(path.absolute())], path, report, environment)
    return dict(answered)


def _finding(book: OpenedBook, url: str, assertion: dict[str, Any]) -> Finding:
    test, result = assertion["earl:test"], assertion["earl:result"]
    name = url.lstrip("/")
    if name not in book.files:  # Ace names documents from the package document, others from the root
        name, _ = book.resolve(book.package_name, url)
    about, reasons = test.get("help") or {}, str(result.get("dct:description", "")).splitlines()
    return book.finding(
        f"ace-{test['dct:title']}",
        _SEVERITIES.get(test.get("earl:impact", ""), "warning"),
        about.get("dct:description") or test.get("dct:description") or " ".join(reasons),
        name=name if name in book.files else None,
        at=_line(book.documents.get(name), (result.get("earl:pointer") or {}).get("css") or ()),
        hint=reasons[-1].strip() if reasons else None,
        clause="EPUB Accessibility 1.1, by Ace",
    )


def _line(root: Any, selectors: Sequence[str]) -> int | None:
    """Return the line in which the element begins that Ace points at with a selector."""
    if root is None or not selectors:
        return None
    from cssselect2 import ElementWrapper, SelectorError

    try:
        found = ElementWrapper.from_html_root(root).query(selectors[0])
    except SelectorError:
        return None
    return found.etree_element.sourceline if found else None
