"""Sources that no importer knows: what nobody could read says why, and where."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from book.errors import BookError
from book.model import Notice
from book.textfile import read_text

_YAML = (".yaml", ".yml")
_PARTS = 20


def check(source: Path) -> None:
    """Raise BookError for a zip, a text or data that nobody could read; it says why."""
    from book.sources._containers import is_zip, opened
    from book.sources._json import load

    if is_zip(source):
        with opened(source) as container:
            for name in container.names:
                container.read(name)
        return
    text = read_text(source)
    suffix = source.suffix.lower()
    if not text.strip():
        raise BookError("this file is empty", path=source, hint="download the export again")
    if suffix == ".json":
        load(text.encode("utf-8", "replace"), source)
    elif suffix in _YAML:
        from book.headeryaml import load as load_yaml

        load_yaml(text, source, set())
    elif suffix == ".toml":
        _check_toml(text, source)


def _check_toml(text: str, source: Path) -> None:
    hint = "it is no post and no export: name the folder that holds the posts"
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BookError(f"this is not TOML: {error}", path=source, hint=hint) from error
    except RecursionError as error:
        raise BookError(
            "this TOML is nested too deeply", path=source, line=_deepest(text), hint=hint
        ) from error


def _deepest(text: str) -> int:
    """Return the line on which most brackets are open."""
    depth, most, line = 0, 0, 1
    for number, one in enumerate(text.splitlines(), 1):
        depth += one.count("[") + one.count("{")
        if depth > most:
            most, line = depth, number
        depth -= one.count("]") + one.count("}")
    return line


def archives_in(source: Path) -> tuple[str, ...]:
    """Return the names of archives in a zip, which are not opened, if nothing else is in it."""
    from book.sources._containers import is_zip, opened

    if not is_zip(source):
        return ()
    try:
        with opened(source) as container:
            return () if container.names else container.ignored
    except BookError:
        return ()  # which whoever reads it says


def unopened(names: Sequence[str], source: Path) -> Notice:
    """Return what to say of archives that are in another, and stay closed."""
    named = ", ".join(f"`{name}`" for name in names[:_PARTS])
    more = f" and {len(names) - _PARTS} more" if len(names) > _PARTS else ""
    hint = "unpack them, and gather from what is in them"
    return Notice(f"archives inside an archive are not opened: {named}{more}", source, hint=hint)
