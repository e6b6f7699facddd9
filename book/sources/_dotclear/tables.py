"""The tables of a Dotclear export: a name and columns in brackets, then a row in quotes on each line.

Only what a book needs is looked at: whole exports hold passwords, addresses and what readers are known by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from book.errors import BookError
from book.model import Notice

MARK = b"///DOTCLEAR|"
"""How such a file begins."""
_HEAD = re.compile(r"\[(?P<name>\w+) (?P<columns>[\w,]+)\]")
_VALUE = re.compile(r'"((?:[^"\\]|\\.)*)"(?:,|$)')
_ESCAPE = re.compile(r"\\(.)")
_LETTERS = {"n": "\n", "r": "\r"}
_SETTINGS = {"lang", "blog_timezone", "editor"}
_WANTED = {
    "blog": ("blog_id", "blog_name", "blog_url"),
    "setting": ("setting_id", "blog_id", "setting_value"),
    "user": ("user_id", "user_name", "user_firstname", "user_displayname", "user_prenom", "user_pseudo"),
    "category": ("cat_id", "cat_title", "cat_libelle"),
    "meta": ("meta_id", "meta_type", "post_id", "meta_key", "meta_value"),
    "post": (
        "post_id", "blog_id", "user_id", "cat_id", "post_dt", "post_tz", "post_upddt", "post_password",
        "post_type", "post_format", "post_url", "post_lang", "post_title", "post_titre", "post_titre_url",
        "post_excerpt_xhtml", "post_chapo", "post_content", "post_content_xhtml", "post_status", "post_pub",
    ),
    "comment": (
        "comment_id", "post_id", "comment_dt", "comment_tz", "comment_author", "comment_auteur",
        "comment_content", "comment_status", "comment_pub", "comment_trackback",
    ),
}  # fmt: skip
"""The tables and columns that are read: those of Dotclear 2, and what these were called in Dotclear 1."""
_CALLED_BEFORE = {"categorie": "category", "post_meta": "meta"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its values by their columns, and its line."""

    line: int
    values: dict[str, str]

    def text(self, *names: str) -> str:
        """Return the first of these values that is not blank; empty where none is."""
        return next((value for name in names if (value := self.values.get(name, "").strip())), "")


@dataclass(slots=True)
class Tables:
    """The tables of an export, and what to say of it."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    warnings: list[Notice] = field(default_factory=list)

    def setting(self, name: str, blog: str) -> str:
        """Return what is set for a blog, or for all of them."""
        found = [row for row in self.rows["setting"] if row.text("setting_id") == name]
        own = [row for row in found if row.text("blog_id") == blog]
        return next((row.text("setting_value") for row in (*own, *found)), "")


def tables_of(text: str, path: Path, *, recover: bool) -> Tables:
    """Read an export; raise BookError for a row that is none, which `recover` leaves out."""
    tables, name = Tables(), ""
    columns: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.strip("\r \t")
        if head := _HEAD.fullmatch(row):
            name, columns = _CALLED_BEFORE.get(head["name"], head["name"]), head["columns"].split(",")
        elif name not in _WANTED or not row:
            continue
        elif (values := _values(row)) is None or len(values) != len(columns):
            _broken(tables, path, number, recover)
        else:
            known = {key: value for key, value in zip(columns, values, strict=True) if key in _WANTED[name]}
            if name != "setting" or known.get("setting_id") in _SETTINGS:
                tables.rows[name].append(Row(number, known))
    return tables


def _broken(tables: Tables, path: Path, line: int, recover: bool) -> None:
    message = "this row is broken: it does not have the values that its table has"
    if not recover:
        raise BookError(message, path=path, line=line, hint="export again, or give `--recover`")
    tables.warnings.append(Notice(f"{message}; it is left out", path, line))


def _values(row: str) -> list[str] | None:
    """Return the values of a row; None where it is none."""
    return list(_split(row)) if _covers(row) else None


def _covers(row: str) -> bool:
    """Tell whether a row is values in quotes, with commas between them, and nothing else."""
    place = 0
    while match := _VALUE.match(row, place):
        place = match.end()
    return place == len(row) and row.endswith('"')


def _split(row: str) -> Iterator[str]:
    return (_ESCAPE.sub(lambda sign: _LETTERS.get(sign[1], sign[1]), one[1]) for one in _VALUE.finditer(row))
