"""Copy built-in themes, style sheets and templates into a project, to be changed there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from book import config, registry, resources
from book.ejected import marked
from book.errors import BookError

FOLDERS = {"styles": (".css", ".toml"), "templates": (".xhtml",)}


def eject(name: str, folder: Path) -> list[Path]:
    """Copy what `name` means, with or without its suffix, into the project in `folder`; return the copies.

    A theme is its style sheet and its settings. Nothing of the project's is overwritten.
    """
    root = config.load(folder).root
    files = _files(name)
    copies = [root / place / file.name for place, file in files]
    _refuse_to_overwrite(copies)
    for (_, file), copy in zip(files, copies, strict=True):
        try:
            copy.parent.mkdir(exist_ok=True)
            copy.write_text(marked(file), encoding="utf-8")
        except OSError as error:
            raise BookError(f"this cannot be written: {error.strerror}", path=copy) from error
    return copies


def _files(name: str) -> list[tuple[str, Path]]:
    everything = [
        (place, file)
        for place, suffixes in FOLDERS.items()
        for file in sorted(resources.builtin(place).iterdir())
        if file.suffix in suffixes
    ]
    found = [(place, file) for place, file in everything if name in (file.name, file.stem)]
    if not found:
        known = sorted({file.stem if file.suffix == ".toml" else file.name for _, file in everything})
        raise BookError(f"there is no theme or template `{name}`", hint=registry.advice(name, known))
    return found


def _refuse_to_overwrite(copies: Sequence[Path]) -> None:
    for copy in copies:
        if copy.exists() or copy.is_symlink():
            raise BookError("the project has this file already", path=copy, hint="move it away first")
