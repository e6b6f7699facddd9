"""Style sheets in their layers, cut to one medium: base, medium, theme, project.

Custom properties set on `:root` are settings: they are written into the rules
here, so that `var()` reaches neither an old e-reader nor `@page`. Rules stay on
the lines where their author wrote them, so that later messages name the right one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Declaration, Node, ParseError, QualifiedRule

from book import resources
from book.config import Project, Style
from book.errors import BookError
from book.model import Notice, Sheet
from book.settingqueries import holds
from book.stylevalues import ENDLESS
from book.textfile import is_inside
from book.theme import Theme, theme

MEDIA = ("screen", "print")
_LIMIT = 64_000  # characters a rule may grow to when settings are written into it
_MOST = 20_000  # rules, which every process reads and holds against every element
_DEEPEST = 50  # settings that may name one another in a row


def sheets(project: Project, style: Style, medium: str, others: Iterable[str] = ()) -> tuple[Sheet, ...]:
    """Return the sheets of all layers for `medium`, in the order of the cascade.

    `others` are families for characters that the text's own lacks: `--other-fonts` in the sheets.
    """
    chosen = theme(project, style)
    raw = [_read(name, path) for name, path in layers(project, style, medium)]
    given = chosen_values(chosen, style)
    values = defaults(chosen)
    asked = values | given
    values["--other-fonts"] = ", ".join(f'"{family}"' for family in dict.fromkeys(others)) or "serif"
    cut = [(name, path, list(_cut(rules, medium, asked))) for name, path, rules in raw]
    for _, _, rules in cut:
        values |= _root_properties(rules)
    values |= given
    return tuple(Sheet(name, _write(rules, values), path) for name, path, rules in cut)


def defaults(chosen: Theme) -> dict[str, str]:
    """Return the settings of a theme as custom properties, before anybody chose others."""
    return {f"--{name}": setting.css(setting.default) for name, setting in chosen.settings.items()}


def chosen_values(chosen: Theme, style: Style) -> dict[str, str]:
    """Return the settings that a style chooses, as custom properties."""
    return {f"--{name}": chosen.settings[name].css(value) for name, value in style.settings.items()}


def layers(project: Project, style: Style, medium: str) -> list[tuple[str, Path]]:
    """Return the names and files of all layers, in the order of the cascade."""
    return list(_layers(project, style, theme(project, style), medium))


def _layers(project: Project, style: Style, chosen: Theme, medium: str) -> Iterable[tuple[str, Path]]:
    for name in ("base.css", f"{medium}.css", *(f"{name}.css" for name in chosen.sheets)):
        path = resources.locate("styles", name, project.root)
        if path is not None:
            yield name, path
    for relative in style.stylesheets:
        path = project.root / relative
        if not is_inside(path, project.root):
            raise BookError(
                f"the style sheet `{relative}` lies outside the project",
                path=project.file,
                hint="copy it into `styles/`",
            )
        if not path.is_file():
            raise BookError(
                f"there is no style sheet `{relative}`",
                path=project.file,
                hint="paths in `stylesheets` begin at the project's folder",
            )
        yield relative, path


def _read(name: str, path: Path) -> tuple[str, Path, Sequence[Node]]:
    return name, path, _parsed(resources.text(path), path)


@lru_cache(32)
def _parsed(text: str, path: Path) -> Sequence[Node]:
    """Parse a style sheet, once for all media and for every time that the studio sets the book anew."""
    _check_brackets(text, path)
    rules = parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    _raise_for_faults(rules, path)
    if sum(1 for _ in _selecting(rules)) > _MOST:
        hint = "keep the rules that a book needs: style sheets of websites have many more"
        raise BookError(f"this style sheet has more than {_MOST:,} rules", path=path, hint=hint)
    return tuple(rules)


def _selecting(nodes: Iterable[Node]) -> Iterable[Node]:
    """Find the rules for elements, those for one medium too."""
    for node in nodes:
        if isinstance(node, QualifiedRule):
            yield node
        elif isinstance(node, AtRule) and node.content is not None and node.lower_at_keyword == "media":
            yield from _selecting(_contents(node))


_OPAQUE = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def _check_brackets(text: str, path: Path) -> None:
    """Refuse what a CSS parser mends in silence: a block left open, or brackets without end."""
    bare = _OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    opened: list[int] = []
    for number, line in enumerate(bare.split("\n"), 1):
        for bracket in re.findall(r"[\[({})\]]", line):
            if bracket in "[({":
                opened.append(number)
            elif opened:
                opened.pop()
            if len(opened) > 50:
                raise BookError("brackets are nested too deeply", path=path, line=number, hint=_HINT)
    if opened:
        raise BookError("this is not CSS: a bracket is never closed", path=path, line=opened[-1], hint=_HINT)


def _plainly(message: str) -> str:
    """Put a parser's sentence into the form of our messages."""
    first = message[:1].lower() if message[1:2].islower() else message[:1]
    return (first + message[1:]).rstrip(".")


def _raise_for_faults(rules: Sequence[Node], path: Path) -> None:
    faults = [Notice(f"this is not CSS: {_plainly(m)}", path, line, _HINT) for m, line in _faults(rules)]
    if faults:
        raise BookError.of(tuple(faults))


_HINT = "look for a missing `;`, `:`, `{` or `}` on this line or just before it"


def _faults(nodes: Iterable[Node]) -> Iterable[tuple[str, int]]:
    for node in nodes:
        if isinstance(node, ParseError):
            yield node.message, node.source_line
        elif isinstance(node, QualifiedRule | AtRule) and node.content is not None:
            yield from _faults(_contents(node))


def _contents(node: QualifiedRule | AtRule) -> list[Node]:
    if isinstance(node, AtRule) and node.lower_at_keyword in {"media", "supports", "container"}:
        return list(parse_stylesheet(node.content, skip_comments=True, skip_whitespace=True))
    return list(parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))


def _cut(rules: Iterable[Node], medium: str, settings: Mapping[str, str]) -> Iterable[Node]:
    """Keep what serves `medium` and these settings; a screen gets no `@page`, whoever wrote it."""
    for rule in rules:
        served = _is_served(rule, medium, settings) if isinstance(rule, AtRule) else None
        if served:
            yield from _cut(_contents(rule), medium, settings)
        elif served is None and not (isinstance(rule, AtRule) and rule.lower_at_keyword in _LEFT_OUT[medium]):
            yield rule


def _is_served(rule: AtRule, medium: str, settings: Mapping[str, str]) -> bool | None:
    """Tell whether what is in a rule holds for this book; None where only a reader can know."""
    if rule.lower_at_keyword == "media":
        return _serves(serialize(rule.prelude), medium)
    return holds(rule.prelude, settings) if rule.lower_at_keyword == "container" else None


# Sheets are named in book.toml, and fonts come from the theme's families.
_NOWHERE = {"import", "charset", "font-face", "color-profile"}
_LEFT_OUT = {"print": _NOWHERE, "screen": _NOWHERE | {"page"}}


def _serves(query: str, medium: str) -> bool:
    """Tell whether a media query list can hold for `medium`; features are taken to hold."""
    for one in query.lower().split(","):
        words = re.sub(r"\([^)]*\)", " ", one).split()
        named = [word for word in words if word in {"all", *MEDIA}]
        holds = not named or named[0] in {"all", medium}
        if ("not" in words) != holds:
            return True
    return False


def _root_properties(rules: Iterable[Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in rules:
        if isinstance(rule, QualifiedRule) and serialize(rule.prelude).strip() == ":root":
            for node in _contents(rule):
                if isinstance(node, Declaration) and node.name.startswith("--"):
                    found[node.name] = serialize(node.value).strip()
    return found


def _write(rules: Iterable[Node], values: Mapping[str, str]) -> str:
    lines: list[str] = []
    count = 1
    for rule in rules:
        text = rule.serialize()
        if isinstance(rule, QualifiedRule) and serialize(rule.prelude).strip() == ":root":
            text = re.sub(r"--[\w-]+\s*:[^;}]*;?", "", text)
            if re.fullmatch(r"\s*:root\s*\{\s*\}\s*", text):
                continue
        filled = _fill(text, values)
        lines.append("\n" * max(0, rule.source_line - count) + filled)
        count = max(count, rule.source_line) + filled.count("\n")
    return "".join(lines) + "\n"


_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Write settings into `text`; a `var()` that goes in circles, or grows without end, is marked as such."""
    if (filled := _filled(text, values)) is not None:
        return filled
    endless = {match[1] for match in _VAR.finditer(text) if _filled(match[0], values) is None}
    filled = _filled(_marked(text, endless), values)
    return _marked(text, values) if filled is None else filled


def _filled(text: str, values: Mapping[str, str]) -> str | None:
    """Write settings into `text`, innermost first; None where that does not end."""
    largest = max(_LIMIT, 4 * len(text))
    for _ in range(_DEEPEST):
        filled = _VAR.sub(lambda m: values.get(m[1], (m[2] or m[0]).strip()), text)
        if filled == text:
            return None if any(match[1] in values for match in _VAR.finditer(text)) else text
        if len(filled) > largest:
            return None
        text = filled
    return None


def _marked(text: str, names: Container[str]) -> str:
    return _VAR.sub(lambda m: f"{ENDLESS}({m[1]})" if m[1] in names else m[0], text)
