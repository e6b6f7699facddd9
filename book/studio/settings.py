"""The theme's settings as controls, and `book.toml` changed by them with its comments kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from book import config, resources, theme
from book.config import FILE, Project, Style
from book.errors import BookError
from book.wholefile import write_whole

Value = str | int | float
"""What a setting can be; a theme's name too."""

THEME = "theme"
"""What the choice of the theme is called among its settings."""

STEPS = 100
"""How many changes can be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one setting: its text before and after, and the value that was there."""

    name: str
    value: Value | None
    before: str
    after: str


class Settings:
    """The settings of a project's theme, and the changes that were made here."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._done: list[Change] = []

    def described(self) -> dict[str, Any] | None:
        """Describe the theme and its settings, None where `book.toml` or the theme is at fault."""
        try:
            project = config.load(self._root)
            style = project.config.style
            chosen = theme.load(style.theme, project)
        except BookError:
            return None
        return {
            "theme": style.theme,
            "themes": resources.stems("styles", ".toml", project.root),
            "title": chosen.title,
            "settings": [_described(one, style.settings) for one in chosen.settings.values()],
            "undo": self._done[-1].name if self._done else None,
        }

    def change(self, name: str, value: Value | None) -> None:
        """Set a setting, or take it out where `value` is None; raise BookError if it cannot be so."""
        project = config.load(self._root)
        _check(project, name, value)
        before = _text(self._root)
        after, was = _written(before, name, value)
        if after != before:
            _write(self._root, after)
            self._done = [*self._done, Change(name, was, before, after)][-STEPS:]

    def undo(self) -> str | None:
        """Take the last change back, and return the setting's name; None where there is none.

        What an author has changed in `book.toml` since is left as it is.
        """
        if not self._done:
            return None
        last = self._done.pop()
        text = _text(self._root)
        _write(self._root, last.before if text == last.after else _written(text, last.name, last.value)[0])
        return last.name


def _described(setting: theme.Setting, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": setting.name,
        "type": setting.type,
        "help": setting.help,
        "default": setting.default,
        "value": str(given.get(setting.name, setting.default)),
        "set": setting.name in given,
        "least": setting.least,
        "most": setting.most,
        "choices": setting.choices,
    }


def _check(project: Project, name: str, value: Value | None) -> None:
    """Raise the BookError that building with such a setting would raise."""
    style = project.config.style
    if name == THEME:
        chosen = replace(style, theme=str(value) if value is not None else Style().theme)
    else:
        given = {key: one for key, one in style.settings.items() if key != name}
        chosen = replace(style, settings=given if value is None else {**given, name: value})
    theme.theme(project, chosen)


def _text(root: Path) -> str:
    """Return the text of `book.toml`, or the beginning of one where there is none."""
    file = root / FILE
    if file.is_symlink():
        raise BookError("this is a link, and the studio writes to no file outside the project", path=file)
    try:
        return file.read_bytes().decode("utf-8") if file.exists() else "format-version = 1\n"
    except (OSError, UnicodeDecodeError) as error:
        raise BookError("this file cannot be read", path=file) from error


def _write(root: Path, text: str) -> None:
    write_whole(root / FILE, text.encode())


def _written(text: str, name: str, value: Value | None) -> tuple[str, Value | None]:
    """Return a `book.toml` with a setting changed and all else as it was, and what the setting was."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    table, key = (("style",), THEME) if name == THEME else (("style", "settings"), name)
    try:
        document = tomlkit.parse(text)
        if value is not None and _is_open(document, table):
            line = tomlkit.dumps({key: value})
            return f"{text.rstrip()}\n\n[{'.'.join(table)}]\n{line}".lstrip(), None
        was = _put(document, (*table, key), value)
    except TOMLKitError as error:
        raise BookError(f"this is not TOML: {error}", path=Path(FILE)) from error
    return tomlkit.dumps(document), was


def _is_open(document: Any, keys: tuple[str, ...]) -> bool:
    """Tell whether a table is missing and can stand at the end, where it parts no comment from its table."""
    from tomlkit.items import InlineTable

    table = document
    for key in keys:
        if isinstance(table, InlineTable):
            return False
        if key not in table:
            return True
        table = table[key]
    return False


def _put(document: Any, keys: tuple[str, ...], value: Value | None) -> Value | None:
    """Set what stands at `keys`, or take it out, and return what it was; make tables as they are needed."""
    import tomlkit

    table = document
    for key in keys[:-1]:
        if key not in table:
            if value is None:
                return None
            table[key] = tomlkit.inline_table()
        table = table[key]
    was = table.get(keys[-1])
    if value is None:
        table.pop(keys[-1], None)
    else:
        table[keys[-1]] = value
    plain = was.unwrap() if hasattr(was, "unwrap") else was
    return plain if isinstance(plain, str | int | float) else None
