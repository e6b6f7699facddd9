"""YAML as headers need it: scalars read by YAML 1.2's few rules, and only plain data, of bounded size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from book.dates import date_of
from book.errors import BookError

DEPTH = 20
NODES = 10_000

_NULL = re.compile(r"(?:~|null|Null|NULL|)")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_NUMBER = re.compile(r"-?(?:\d{1,18}|\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+)|-?\.inf")
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)? ?(?:Z|[-+]\d\d:?\d\d(?::\d\d)?)?)?"
)
_CORE_TAG = re.compile(r"tag:yaml\.org,2002:(?:str|seq|map|int|float|bool|null|timestamp|set|omap)")
_QUOTED_KEY = re.compile(r"\s*([\w-]+)\s*:\s+(.*\S)")

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(block: str, path: Path, words: set[str]) -> tuple[dict[str, Any], dict[str, int]]:
    """Return a header's values and the lines of its keys.

    `block` is the text after the opening fence, so its first line is line 2 of `path`. What stands under
    a key in `words` is text as it is written, even where it looks like a number, a date or a truth.
    """
    try:
        _check_depth(block, path)
        root = yaml.compose(block, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _not_yaml(block, path, error) from error
    if root is None:
        return {}, {}
    if not isinstance(root, yaml.MappingNode):
        hint = "write one `key: value` on each line"
        raise BookError("the header is not a list of keys and values", path=path, line=2, hint=hint)
    return _top(root, path, words)


def _check_depth(block: str, path: Path) -> None:
    """Refuse deep nesting before the composer, which recurses, meets it."""
    depth = 0
    try:
        for event in yaml.parse(block, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEPTH:
                raise _too_deep(path, _line(event))
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):  # libyaml looks ahead, and has a limit of its own
            raise _too_deep(path, error.problem_mark.line + 2 if error.problem_mark else None) from error
        raise


def _too_deep(path: Path, line: int | None) -> BookError:
    hint = "write it with fewer lists and tables within each other"
    return BookError("the header is nested too deeply", path=path, line=line, hint=hint)


def _top(root: yaml.MappingNode, path: Path, words: set[str]) -> tuple[dict[str, Any], dict[str, int]]:
    budget = _Budget(path)
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, node in root.value:
        key = budget.key(key_node)
        if key in values:
            hint = f"it stands on line {lines[key]} too; keep one of them"
            raise BookError(f"`{key}` is given twice", path=path, line=_line(key_node), hint=hint)
        lines[key] = budget.line = _line(key_node)
        values[key] = budget.value(node, raw=key in words)
    return values, lines


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 2


class _Budget:
    """Turns nodes into values, as long as they are few: an alias may stand for a million."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left = NODES
        self.line = 2

    def value(self, node: yaml.Node, raw: bool, depth: int = 0) -> Any:
        self.left -= 1
        if self.left < 0 or depth > DEPTH:
            hint = f"write fewer than {NODES} values, and what it means without `&` and `*`"
            raise BookError("the header grows too large", path=self.path, line=self.line, hint=hint)
        self._check_tag(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, raw, depth + 1) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {self.key(key): self.value(item, raw, depth + 1) for key, item in node.value}
        return _scalar(node, raw)

    def key(self, node: yaml.Node) -> str:
        self._check_tag(node)
        if not isinstance(node, yaml.ScalarNode):
            hint = "write `key: value`, with one word before the colon"
            message = "a key in the header is not a word"
            raise BookError(message, path=self.path, line=_line(node), hint=hint)
        return str(node.value)

    def _check_tag(self, node: yaml.Node) -> None:
        if not _CORE_TAG.fullmatch(node.tag):
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"the tag `{tag}` is not allowed here"
            raise BookError(message, path=self.path, line=_line(node), hint="leave the tag out")


def _scalar(node: yaml.Node, raw: bool) -> Any:
    text = str(node.value)
    if node.style and node.tag.endswith(":str"):  # type: ignore[attr-defined]  # in quotes, or a block
        return text
    if _NULL.fullmatch(text):
        return None
    if raw:
        return text
    if _BOOLEAN.fullmatch(text):
        return text.lower() == "true"
    if _NUMBER.fullmatch(text):
        return _number(text)
    return _moment(text) if _MOMENT.fullmatch(text) else text


def _number(text: str) -> int | float | str:
    """Read a number only where nothing of its spelling is lost: `1.10` may be a version, `007` a name."""
    number = float(text.replace(".inf", "inf")) if re.search(r"[.e]", text) else int(text)
    return number if _spelt(number) == text else text


def _spelt(number: int | float) -> str:
    return repr(number).replace("inf", ".inf")


def _moment(text: str) -> Any:
    try:
        return date_of(text)
    except ValueError:
        return text


def _not_yaml(block: str, path: Path, error: yaml.YAMLError) -> BookError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    line = mark.line if mark else 0
    rows = block.split("\n")
    hint = "put the value in quotes"
    if line < len(rows) and (match := _QUOTED_KEY.fullmatch(rows[line])):
        value = match[2].strip("\"'").replace('"', '\\"')
        hint = f'put the value in quotes: `{match[1]}: "{value}"`'
    return BookError(f"the header is not YAML: {problem}", path=path, line=line + 2, hint=hint)


def check_size(values: Any, path: Path, left: int = NODES, depth: int = 0) -> int:
    """Count the values in plain data; raise BookError where they are too many or too deep."""
    if left < 0 or depth > DEPTH:
        raise BookError("the header grows too large", path=path, line=1)
    if isinstance(values, Mapping):
        values = list(values.values())
    if isinstance(values, list):
        for item in values:
            left = check_size(item, path, left - 1, depth + 1)
    return left


_AWKWARD = re.compile(r"[\x85\u2028\u2029\t\r]|\A\s|^[^\S\n]|\n\n\Z|[ ]$", re.MULTILINE)
"""What a YAML block of text would not give back."""


class _Dumper(yaml.SafeDumper):
    """Writes what `load` reads back: quotes where a text would be taken for something else."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        style = '"' if _AWKWARD.search(text) else "|"
    elif re.search(r"[\x85\u2028\u2029\t\r\xa0\ufeff]", text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    flow = all(not isinstance(item, list | dict | date) and len(str(item)) < 40 for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


def _write_moment(dumper: yaml.SafeDumper, moment: date) -> yaml.ScalarNode:
    text = moment.isoformat(" ") if isinstance(moment, datetime) else moment.isoformat()
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", text)


def _write_float(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", _spelt(number))


_Dumper.add_representer(str, _write_text)
_Dumper.add_representer(list, _write_list)
_Dumper.add_representer(date, _write_moment)
_Dumper.add_representer(datetime, _write_moment)
_Dumper.add_representer(float, _write_float)
for _tag, _pattern in (("float", _NUMBER), ("timestamp", _MOMENT)):
    _anchored = re.compile(f"(?:{_pattern.pattern})$")
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _anchored, list("-.0123456789"))


def dump(values: dict[str, Any] | list[Any]) -> str:
    """Write plain data as YAML that a person would write."""
    if not values:
        return ""
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9, indent=2)
