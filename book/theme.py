"""A theme's data: its typefaces and its settings, each with a type, a range and a line of help.

A theme is `NAME.toml` beside `NAME.css`: in the project's `styles/`, among ours, or in the
`styles/` of an installed package that the entry-point group `octavo.themes` names. It is
data: no code of such a package is run. `like = "octavo"` in it takes over that theme's style sheet
and settings, `settings-of = "octavo"` its settings alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tinycss2 import parse_component_value_list
from tinycss2.ast import ParseError

from book import resources
from book.config import Project, Style
from book.errors import BookError
from book.lengths import points
from book.registry import advice
from book.tables import values_of
from book.textfile import read_bytes, text_of
from book.unchanged import while_unchanged

TYPES = ("length", "number", "color", "keyword", "font", "string")
_LENGTH = re.compile(r"-?\d*\.?\d+(mm|cm|in|pt|pc|px|q|em|rem|ex|ch|lh|rlh|vw|vh|%)", re.IGNORECASE)
_COMPUTED = re.compile(r"(calc|var|min|max|clamp)\(", re.IGNORECASE)
_LIMIT = 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing about a theme that an author can set: a custom property with a type.

    `least` and `most` bound a length or number, `choices` are all that a keyword may be, and
    `contrast` is the least ratio of a colour to white paper (WCAG 2.2 §1.4.3).
    """

    name: str
    type: str
    default: str
    help: str
    least: str | None = None
    most: str | None = None
    choices: tuple[str, ...] = ()
    contrast: float | None = None

    def css(self, value: object) -> str:
        """Write a value as CSS: families and strings in quotes, the rest as they are."""
        if self.type in {"font", "string"}:
            return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
        return str(value)

    def check(self, value: object) -> None:
        """Raise ValueError, with a message and perhaps a hint, for a value that this cannot be."""
        if isinstance(value, bool | list | dict):
            raise ValueError(f"is not a {self.type}", f"its default is `{self.default}`")
        try:
            _fragment(self.css(value))
        except ValueError as error:
            raise ValueError(f"is not a CSS value: {error}", f"its default is `{self.default}`") from error
        text = str(value).strip()
        if self.type == "keyword" and self.choices and text not in self.choices:
            raise ValueError(f"cannot be `{text}`", advice(text, list(self.choices)))
        if self.type in {"length", "number"} and not _COMPUTED.match(text):
            self._check_amount(text)
        if self.type == "color":
            self._check_colour(text)

    def _check_amount(self, text: str) -> None:
        if self.type == "length" and text != "0" and not _LENGTH.fullmatch(text):
            raise ValueError(f"is not a length: `{text}`", f"a length has a unit: `{self.default}`")
        amount = _amount(text, self.type)
        if amount is None and self.type == "number":
            raise ValueError(f"is not a number: `{text}`", f"its default is `{self.default}`")
        least, most = (_amount(bound, self.type) for bound in (self.least, self.most))
        if amount is not None and least is not None and amount < least:
            raise ValueError(f"is `{text}`, and `{self.least}` is the least", self.range)
        if amount is not None and most is not None and amount > most:
            raise ValueError(f"is `{text}`, and `{self.most}` is the most", self.range)

    def _check_colour(self, text: str) -> None:
        from tinycss2.color4 import parse_color

        from book.contrast import against_white

        colour = parse_color(text)
        if colour is None and not text.startswith("device-cmyk("):
            raise ValueError(f"is not a colour: `{text}`", f"its default is `{self.default}`")
        if self.contrast and colour is not None and not isinstance(colour, str):
            ratio = against_white(colour)
            if ratio < self.contrast:
                raise ValueError(
                    f"is `{text}`, which can hardly be read on white paper: "
                    f"its contrast is {ratio:.1f}, and {self.contrast:g} is the least",
                    "choose a darker colour",
                )

    @property
    def range(self) -> str | None:
        """Say what values there may be, in words, or None where any may be."""
        if self.choices:
            return " · ".join(self.choices)
        if self.least and self.most:
            return f"{self.least} to {self.most}"
        return f"at least {self.least}" if self.least else f"at most {self.most}" if self.most else None


@dataclass(frozen=True, slots=True)
class Theme:
    """The families that a theme sets type in, those in reserve for other scripts, its settings.

    `templates` is the folder of its own templates, where an installed package has some.
    """

    name: str
    families: tuple[str, ...]
    reserve: tuple[str, ...]
    settings: Mapping[str, Setting]
    path: Path
    title: str = ""
    about: str = ""
    templates: Path | None = None
    sheets: tuple[str, ...] = field(default=())
    """Its own name after those of the themes it is like, in the order of their style sheets."""

    def values(self, style: Style) -> dict[str, str]:
        """Return the settings as a style chooses them."""
        return {name: str(style.settings.get(name, one.default)) for name, one in self.settings.items()}

    def refusal(self, name: str, value: object) -> str | None:
        """Say why this theme cannot have a setting as it is, None where it can."""
        if name not in self.settings:
            return f"`{self.name}` has no such setting"
        try:
            self.settings[name].check(value)
        except ValueError as error:
            return f"it {error.args[0]}"
        return None


def theme(project: Project, style: Style) -> Theme:
    """Read the theme that `style` names, with the families its settings choose.

    Raises BookError where there is none, for a fault in its file, and for a setting that it
    has not or that cannot be what it is.
    """
    chosen = load(style.theme, project)
    _check(chosen, style, project)
    return replace(chosen, families=_families(chosen, style))


def load(name: str, project: Project, above: tuple[str, ...] = ()) -> Theme:
    """Read the theme `name` and those that it is `like`; raise BookError for a fault in it."""
    path = resources.locate("styles", f"{name}.toml", project.root)
    if path is None:
        known = resources.stems("styles", ".toml", project.root)
        raise BookError(f"there is no theme `{name}`", path=project.file, hint=advice(name, known))
    data = _data(path)
    like = data.get("like")
    parent = like or data.get("settings-of")
    if parent in (*above, name):
        raise BookError(f"`like` goes in a circle: `{name}` is like itself", path=path)
    base = load(str(parent), project, (*above, name)) if parent else None
    own = _settings(path, tuple(base.settings.values()) if base else ())
    return Theme(
        name,
        (),
        tuple(map(str, data.get("reserve", base.reserve if base else ()))),
        {**(base.settings if base else {}), **own},
        path,
        str(data.get("title", "")),
        str(data.get("about", "")),
        resources.templates_beside(path, project.root),
        (*(base.sheets if base and like else ()), name),
    )


@while_unchanged(16)
def _data(path: Path) -> dict[str, Any]:
    return values_of(text_of(read_bytes(path, _LIMIT), path), path)


@while_unchanged(64)
def _settings(path: Path, base: tuple[Setting, ...]) -> Mapping[str, Setting]:
    """Return the settings in a theme's file; they leave unsaid what those of its `base` say."""
    table, before = _table(_data(path), "settings", path), {one.name: one for one in base}
    return {name: _setting(name, entry, before.get(name), path) for name, entry in table.items()}


def _table(data: Mapping[str, Any], name: str, path: Path) -> dict[str, dict[str, Any]]:
    table = data.get(name, {})
    if not isinstance(table, dict) or not all(isinstance(entry, dict) for entry in table.values()):
        raise BookError(
            f"`{name}` is not a table of tables", path=path, hint="write `[settings.size]` and its keys"
        )
    return table


_KEYS: Mapping[str, Any] = {
    "type": str,
    "default": (str, int, float),
    "help": str,
    "least": str,
    "most": str,
    "choices": list,
    "contrast": (int, float),
}
_WORDS = {**dict.fromkeys(_KEYS, "text"), "choices": "list", "contrast": "number"}


def _setting(name: str, entry: Mapping[str, Any], before: Setting | None, path: Path) -> Setting:
    """Make one setting; what it leaves unsaid is as it was before, in the theme that this one is like."""
    for key, value in entry.items():
        if key not in _KEYS:
            raise BookError(
                f"unknown key `{key}` in `[settings.{name}]`", path=path, hint=advice(key, list(_KEYS))
            )
        if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
            raise BookError(f"`{key}` in `[settings.{name}]` is not a {_WORDS[key]}", path=path)
    given = {key: value for key, value in entry.items() if key not in ("choices", "default")}
    if "choices" in entry:
        given["choices"] = tuple(map(str, entry["choices"]))
    if "default" in entry:
        given["default"] = str(entry["default"])
    made = replace(before or Setting(name, "string", "", ""), **given)
    if made.type not in TYPES:
        raise BookError(
            f"the setting `{name}` has no type `{made.type}`", path=path, hint=advice(made.type, list(TYPES))
        )
    try:
        made.check(made.default)
    except ValueError as error:
        raise BookError(f"the default of `{name}` {error.args[0]}", path=path) from error
    return made


def _families(chosen: Theme, style: Style) -> tuple[str, ...]:
    """Return the families that the settings name, the text's first."""
    named = [
        str(style.settings.get(name, setting.default))
        for name, setting in chosen.settings.items()
        if setting.type == "font"
    ]
    return tuple(dict.fromkeys(named))


def _check(chosen: Theme, style: Style, project: Project) -> None:
    for name, value in style.settings.items():
        line = _line(project, style, name)
        if name not in chosen.settings:
            near = get_close_matches(name, chosen.settings, n=1)
            known = ", ".join(f"`{n}`" for n in chosen.settings)
            hint = f"did you mean `{near[0]}`?" if near else f"there are: {known}"
            raise BookError(
                f"the theme `{chosen.name}` has no setting `{name}`", path=project.file, line=line, hint=hint
            )
        try:
            chosen.settings[name].check(value)
        except ValueError as error:
            message, *hints = error.args
            raise BookError(
                f"the setting `{name}` {message}",
                path=project.file,
                line=line,
                hint=hints[0] if hints else None,
            ) from error


def _line(project: Project, style: Style, name: str) -> int | None:
    """Return the line of `book.toml` that sets a setting, for an edition or for all."""
    own = [("editions", plan.called, "settings") for plan in project.config.editions if plan.style == style]
    places = [(*keys, name) for keys in (*own, ("style", "settings"))] + own
    return next((project.lines[keys] for keys in places if keys in project.lines), None)


def _amount(text: str | None, kind: str) -> float | None:
    """Return a number, or a length in points; None for one that only a page can tell."""
    if text is None:
        return None
    try:
        return float(text) if kind == "number" or text == "0" else points(text)
    except ValueError:
        return None


def _fragment(value: str) -> None:
    if any(character in value for character in ";{}") or "url(" in value.lower():
        raise ValueError("`;`, braces and `url()` have no place in it")
    for node in parse_component_value_list(value):
        if isinstance(node, ParseError):
            raise ValueError(node.message)
