"""Posts that are Jupyter notebooks: text, code and what it gave; a cell or the metadata are the header."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from book.errors import BookError
from book.header import Header, parse
from book.model import Notice
from book.sources._fences import fenced
from book.sources._headerkeys import KEYS
from book.sources._html_to_markdown import to_markdown
from book.sources._json import load

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")
_OLD = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
    "html": "text/html",
    "text": "text/plain",
}
"""Names of what code gave, in notebooks before their fourth format."""
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_HIDDEN = re.compile(r"#\s*(?:\|\s*include:\s*false|hide\s*$)", re.IGNORECASE)
_UNSHOWN = re.compile(r"#\s*(?:\|\s*echo:\s*false|hide_input\s*$)", re.IGNORECASE)
_SILENT = re.compile(r"#\s*(?:\|\s*output:\s*false|hide_output\s*$)", re.IGNORECASE)
_OPTION = re.compile(r"#\|[^\n]*\n?|#\s*(?:hide|hide_input|hide_output|collapse\S*|export)[ \t]*(?:\n|\Z)")


def read(text: str, file: Path) -> tuple[Header, tuple[Notice, ...]]:
    """Return a notebook's header, and its cells as Markdown; raise BookError for what is none."""
    notebook = _notebook(text, file)
    made = markdown(text, file)
    told = tuple(Notice(message, file) for message in _left_out(_cells(notebook)))
    if made.startswith("---"):
        return parse(made, file, check_dates=False), told
    return Header(_header(_table(notebook.get("metadata"))), f"{made}\n" if made else ""), told


def _left_out(cells: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say how many results a script would draw, which no book can show."""
    outputs = [_table(one) for cell in cells for one in _list(cell.get("outputs"))]
    drawn = [
        one
        for one in outputs
        if "<script" in _text(_table(one.get("data")).get("text/html") or one.get("html"))
    ]
    if drawn:
        yield f"results that a script would draw are shown without it: {len(drawn)}"


def markdown(text: str, file: Path, some: slice = slice(None)) -> str:
    """Return the cells of a notebook, or some of them, as Markdown; raise BookError for what is none."""
    notebook = _notebook(text, file)
    language = _language(_table(notebook.get("metadata")))
    parts = (part for cell in _cells(notebook)[some] for part in _cell(cell, language))
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()).lstrip()


def _notebook(text: str, file: Path) -> dict[str, Any]:
    notebook = load(text.encode("utf-8", "replace"), file)
    if not isinstance(notebook, dict) or not _cells(notebook):
        raise BookError("this notebook has no cells", path=file)
    return notebook


def _cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the cells of a notebook of any format since the third."""
    sheets = _list(notebook.get("worksheets")) or [notebook]
    cells = [cell for sheet in sheets for cell in _list(_table(sheet).get("cells"))]
    return [cell for cell in cells if isinstance(cell, dict)]


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _header(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a notebook's metadata say as a header does; Nikola has a table of its own there."""
    said = {**about, **_table(about.get("nikola"))}
    if not {"title", "date"} & said.keys():
        return {}  # what else programs write there is not about a post
    return {key: value for key, value in said.items() if key in KEYS and isinstance(value, str | list)}


def _language(about: Mapping[str, Any]) -> str:
    places = (("language_info", "name"), ("kernelspec", "language"))
    names = (_table(about.get(table)).get(key) for table, key in places)
    return next((name for name in names if isinstance(name, str) and name), "python")


def _cell(cell: Mapping[str, Any], language: str) -> Iterator[str]:
    source = _text(cell.get("source", cell.get("input")))
    tags = _list(_table(cell.get("metadata")).get("tags"))
    if "remove-cell" in tags or "remove_cell" in tags:
        return
    match cell.get("cell_type"):
        case "markdown":
            yield _with_attachments(source, _table(cell.get("attachments")))
        case "raw":
            yield source if source.lstrip().startswith("---") else ""
        case "heading":
            level = cell.get("level")
            yield f"{'#' * (min(6, max(1, level)) if isinstance(level, int) else 1)} {source}"
        case "code":
            yield from _code(source, cell, language, tags)


def _code(source: str, cell: Mapping[str, Any], language: str, tags: Any) -> Iterator[str]:
    lines = source.split("\n")
    options = [line for line in lines if line.startswith("#|")] or lines[:1]

    def asks(pattern: re.Pattern[str]) -> bool:
        return any(pattern.match(line) for line in options)

    if asks(_HIDDEN):
        return
    shown = _OPTION.sub("", source) if _OPTION.match(source) else source
    if shown.strip() and not asks(_UNSHOWN) and "remove-input" not in tags:
        yield fenced(shown.rstrip(), language)
    if not asks(_SILENT) and "remove-output" not in tags:
        for output in _list(cell.get("outputs")):
            yield _given(output) if isinstance(output, dict) else ""


def _given(output: Mapping[str, Any]) -> str:
    """Return what code gave, in the richest form that a book can show."""
    kind = output.get("output_type")
    if kind == "stream":
        return _plain(_text(output.get("text")))
    if kind in ("error", "pyerr"):
        return _plain("\n".join(str(row) for row in _list(output.get("traceback"))))
    data = _table(output.get("data")) or {_OLD[key]: value for key, value in output.items() if key in _OLD}
    for picture in _PICTURES:
        if value := _text(data.get(picture)).strip():
            encoding = "" if picture.endswith("xml") else ";base64"
            return f"![]({_address(picture, encoding, value)})"
    if (html := _text(data.get("text/html"))) and (made := _of_html(html)):
        return made
    if words := _text(data.get("text/markdown")):
        return words
    return _plain(_text(data.get("text/plain")))


def _of_html(html: str) -> str:
    """Return HTML that code gave as Markdown, without its scripts; pictures in it stay in their addresses."""
    made = to_markdown(html)
    text = made.markdown.strip()
    for name, data in made.inlined.items():
        kind = "svg+xml" if name.endswith(".svg") else name.rpartition(".")[2]
        text = text.replace(name, _address(f"image/{kind}", ";base64", b64encode(data).decode()))
    return text


def _address(kind: str, encoding: str, value: str) -> str:
    from urllib.parse import quote

    return f"data:{kind}{encoding},{''.join(value.split()) if encoding else quote(value)}"


def _plain(text: str) -> str:
    return fenced(_ANSI.sub("", text).rstrip(), "") if text.strip() else ""


def _with_attachments(source: str, attachments: Mapping[str, Any]) -> str:
    """Put the pictures that a cell carries in the place of their names."""

    def address(match: re.Match[str]) -> str:
        for kind, value in _table(attachments.get(match[1])).items():
            return f"({_address(kind, ';base64', _text(value))})"
        return match[0]

    return re.sub(r"\(attachment:([^()\s]+)\)", address, source)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
