"""The built-in styles and templates, and the project's files of the same names that override them."""

from __future__ import annotations

from pathlib import Path

from book.errors import BookError

_PACKAGE = Path(__file__).resolve().parent


def builtin(folder: str) -> Path:
    """Return the built-in `styles` or `templates`: in an installed package, or beside it."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def locate(folder: str, name: str, project: Path) -> Path | None:
    """Return the project's own file of that name, else the built-in one, else None."""
    for base in (project / folder, builtin(folder)):
        path = base / name
        if path.is_file() and path.resolve().is_relative_to(base.resolve()):
            return path
    return None


def stems(folder: str, suffix: str, project: Path) -> list[str]:
    """Return the stems of the files with that suffix, the project's and the built-in ones, sorted."""
    bases = (project / folder, builtin(folder))
    return sorted({path.stem for base in bases for path in base.glob(f"*{suffix}")})


def text(path: Path) -> str:
    """Read a style sheet or template; raise BookError where it is not readable UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BookError(
            "this file is not UTF-8 text", path=path, line=line, hint="save it in the encoding UTF-8"
        ) from error
    except OSError as error:
        raise BookError(f"this file cannot be read: {error.strerror}", path=path) from error
