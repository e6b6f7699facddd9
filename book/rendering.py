"""Jinja templates in a sandbox, rendered: built-in ones, overridden by files of the same name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, TemplateNotFound
from jinja2.exceptions import TemplateSyntaxError
from markupsafe import Markup, escape

from book import resources
from book.compiled import Compiled
from book.composed import composed_markup
from book.errors import BookError
from book.labels import Labels, filled
from book.restated import restated
from book.sandbox import Sandbox

_OWN = "octavo/"  # prefix by which an overriding template extends the built-in one
_WRITTEN = re.compile(r'="(.+)"|(<\??[\w:.-]+)')
_WIDE = 2.3
"""Letters that have room where a sign of East Asia stands."""


LONGEST = 100_000_000
"""How many characters one rendering may give: more than any chapter has."""


class Renderer:
    """The templates of one composition, with what all of them see, in this process."""

    def __init__(
        self,
        project: Path,
        labels: Labels,
        medium: str,
        theme: Path | None,
        shared: Mapping[str, Any],
        *,
        trusted: bool = False,
    ) -> None:
        self._project, self._theme, self._trusted = project, theme, trusted
        self._ready: dict[str, Template] = {}
        self._environment = Sandbox(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            bytecode_cache=Compiled() if trusted else None,
        )
        self._environment.globals.update(shared, medium=medium, label=_label(labels))
        self._environment.filters.update(
            day=_tied(labels.day), month=labels.month, iso=date.isoformat, head=_head
        )

    def _locate(self, name: str) -> Path | None:
        return resources.locate("templates", name, self._project, self._theme)

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Render a template to XHTML; raise BookError, with its line, for an error in it."""
        try:
            if name not in self._ready:
                self._ready[name] = self._environment.get_template(name)
            self._environment.begin()
            text = self._ready[name].render(**values).strip()
        except TemplateSyntaxError as error:
            said = restated(error.message or "syntax error")
            raise self._fault(error.name or name, said, error.lineno) from error
        except TemplateNotFound as error:
            raise self._fault(name, f"there is no template `{error.name}`", _line(error)) from error
        except RecursionError as error:
            raise self._fault(name, "it calls itself without end", _line(error)) from error
        except SyntaxError as error:
            raise self._fault(name, "it is nested too deeply", _line(error)) from error
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise self._fault(name, restated(str(error)), _line(error)) from error
        self._check(name, text)
        return text

    def _load(self, name: str) -> tuple[str, str, None] | None:
        if name.startswith(_OWN):
            path: Path | None = resources.builtin("templates") / name.removeprefix(_OWN)
            path = path if path and path.is_file() and ".." not in path.parts else None
        else:
            path = self._locate(name)
        return (composed_markup(resources.text(path)), str(path), None) if path else None

    def _fault(self, name: str, message: str, line: int | None) -> BookError:
        return fault(self._locate(name.removeprefix(_OWN)), message, line)

    def _check(self, name: str, text: str) -> None:
        from lxml import etree

        from book.barred import barred

        if len(text) > LONGEST:
            raise self._fault(name, "what it gives is too long", None)
        try:
            tree = etree.fromstring(
                text, etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
            )
        except etree.XMLSyntaxError as error:
            said = f"what it gives is not well-formed XHTML: {restated(error.msg)}"
            raise self._fault(name, said, None) from error
        if tree.getroottree().docinfo.internalDTD is not None:
            raise self._fault(name, "what it gives has a document type", None)
        if not self._trusted and (found := next(barred(tree), None)):
            line = _line_with(self._locate(name.removeprefix(_OWN)), found)
            raise self._fault(name, f"`{found}` has no place in a book", line)


def fault(path: Path | None, message: str, line: int | None = None) -> BookError:
    """Return the error that says what is wrong with a template."""
    return BookError(
        f"this template has an error: {message}",
        path=path,
        line=line,
        hint="`book eject` gives a fresh copy of the built-in template",
    )


def _line_with(path: Path | None, barred: str) -> int | None:
    """Return the line of a template that itself has what is barred, an element or an attribute's value."""
    wanted = _WRITTEN.search(barred)
    text = resources.text(path) if path and wanted else ""
    at = text.find(wanted[1] or wanted[2]) if wanted else -1
    return text.count("\n", 0, at) + 1 if text and at >= 0 else None


def _label(labels: Labels) -> Callable[..., str]:
    """Return what templates write labels with; where a value is markup, so is what comes of it."""

    def label(key: str, **values: object) -> str:
        if any(isinstance(value, Markup) for value in values.values()):
            words = str(escape(labels.words[key] if key in labels.words else labels.text(key)))
            return Markup(filled(words, {name: escape(value) for name, value in values.items()}))
        return labels.text(key, **values)

    return label


def _tied(write: Callable[[date], str]) -> Callable[[date], str]:
    """Keep a day and its month on one line."""
    return lambda value: re.sub(r"\b(\d{1,2}\.?) (?=\w)|(?<=\w) (?=\d{1,2}\b)", _no_break, write(value))


def _no_break(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\u00a0")


def _head(title: str, limit: int = 52) -> str:
    """Shorten a title to what a running head has room for, at a word's end."""
    wide = list(accumulate(_WIDE if east_asian_width(sign) in "WF" else 1.0 for sign in title))
    room = bisect_right(wide, limit)
    if room == len(title):
        return title
    cut = title[:room].rsplit(" ", 1)[0].rstrip(" ,;:–—-")
    return f"{cut or title[:room]}…"


def _line(error: BaseException) -> int | None:
    """Return the template line that was being rendered: Jinja rewrites tracebacks to template lines."""
    found, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".xhtml"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
