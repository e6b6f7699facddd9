"""The theme's settings as controls, and `book.toml` changed by them with its comments kept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from book import config, resources, theme, themes
from book.config import FILE, Project, Style
from book.errors import BookError
from book.studio.amending import Value, amended
from book.studio.switching import SETTINGS, Aside, switched, switched_back
from book.wholefile import write_whole

THEME = "theme"
"""What the choice of the theme is called among its settings."""

STEPS = 100
"""How many changes can be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one setting: its text before and after, and the value that was there.

    `aside` are the settings that another theme could not have.
    """

    name: str
    value: Value | None
    before: str
    after: str
    aside: tuple[Aside, ...] = ()


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
            "themes": _themes(project),
            "title": chosen.title,
            "settings": [_described(one, style.settings) for one in chosen.settings.values()],
            "undo": self._done[-1].name if self._done else None,
            "aside": [one.json() for one in self._done[-1].aside] if self._done else [],
        }

    def change(self, name: str, value: Value | None) -> None:
        """Set a setting, or take it out where `value` is None; raise BookError if it cannot be so.

        Another theme can always be chosen: settings that it cannot have are put aside.
        """
        project = config.load(self._root)
        before = _text(self._root)
        aside: tuple[Aside, ...] = ()
        if name == THEME:
            after, was, aside = switched(before, value, _theme(project, value))
        else:
            _check(project, name, value)
            after, was = amended(before, (*SETTINGS, name), value)
        if after != before:
            _write(self._root, after)
            self._done = [*self._done, Change(name, was, before, after, aside)][-STEPS:]

    def undo(self) -> str | None:
        """Take the last change back, and return the setting's name; None where there is none.

        What an author has changed in `book.toml` since is left as it is.
        """
        if not self._done:
            return None
        last, text = self._done[-1], _text(self._root)
        _write(self._root, last.before if text == last.after else self._undone(last, text))
        self._done.pop()
        return last.name

    def _undone(self, last: Change, text: str) -> str:
        if last.name != THEME:
            return amended(text, (*SETTINGS, last.name), last.value)[0]
        chosen = _theme(config.load(self._root), last.value)
        return switched_back(text, last.value, chosen, last.aside)


def _themes(project: Project) -> list[dict[str, Any]]:
    """Describe the themes that can be chosen, each with whether it has a picture."""
    found = []
    for name in resources.stems("styles", ".toml", project.root):
        with suppress(BookError):
            known = themes.summary(theme.load(name, project))
            found.append({**known, "picture": themes.picture(name, project.root) is not None})
    return found


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


def _theme(project: Project, name: Value | None) -> theme.Theme:
    """Read a theme, or the one that is had where none is named."""
    return theme.load(str(name) if name is not None else Style().theme, project)


def _check(project: Project, name: str, value: Value | None) -> None:
    """Raise the BookError that building with such a setting would raise."""
    style = project.config.style
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
