"""The built-in styles and templates, and the project's files of the same names that override them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from book.errors import BookError
from book.textfile import is_inside

_PACKAGE = Path(__file__).resolve().parent


def builtin(folder: str) -> Path:
    """Return the built-in `styles` or `templates`: in an installed package, or beside it."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def locate(folder: str, name: str, project: Path, theme: Path | None = None) -> Path | None:
    """Return the project's own file of that name, else the one in `theme`, else the built-in one, else None.

    A style sheet may be an installed theme's as well.
    """
    for base in _bases(folder, project, theme):
        path = base / name
        if path.is_file() and is_inside(path, base):
            return path
    return None


def stems(folder: str, suffix: str, project: Path) -> list[str]:
    """Return the stems of the files with that suffix, the project's and the built-in ones, sorted."""
    return sorted({path.stem for base in _bases(folder, project, None) for path in base.glob(f"*{suffix}")})


def _bases(folder: str, project: Path, theme: Path | None) -> Iterator[Path]:
    yield project / folder
    if theme is not None:
        yield theme
    yield builtin(folder)
    if folder == "styles":
        yield from installed_themes()


@cache
def installed_themes() -> tuple[Path, ...]:
    """Return the `styles` folders of installed packages that bring themes; none of their code is run."""
    from importlib.metadata import entry_points

    named = sorted({point.value for point in entry_points(group="octavo.themes")})
    specs = [find_spec(name) for name in named if name.isidentifier()]
    roots = [Path(one.origin).parent for one in specs if one is not None and one.origin]
    return tuple(root / "styles" for root in roots if (root / "styles").is_dir())


def templates_beside(sheet: Path, project: Path) -> Path | None:
    """Return the folder of templates that an installed theme brings beside its style sheets."""
    folder = sheet.parent.parent / "templates"
    ours = sheet.parent in (project / "styles", builtin("styles"))
    return folder if not ours and folder.is_dir() else None


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
