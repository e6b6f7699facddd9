"""The themes that a project can use, described for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from book import config, resources
from book.config import Project, Style
from book.theme import Setting, Theme, theme

PICTURE = ".png"
"""Ends the name of a theme's picture, which stands beside its style sheet: a spread of a book."""

LIMIT = 4 << 20
"""Bytes that a theme's picture may have."""


def document(folder: Path) -> dict[str, Any]:
    """Describe the themes, built-in ones and those of the project in `folder`, with their settings."""
    project = config.load(folder)
    names = resources.stems("styles", ".toml", project.root)
    return {"themes": [_described(name, project) for name in names]}


def _described(name: str, project: Project) -> dict[str, Any]:
    chosen = theme(project, Style(theme=name))
    found = picture(name, project.root)
    return {
        **summary(chosen),
        "used": project.config.style.theme == name,
        "families": list(chosen.families),
        "picture": str(found) if found else None,
        "settings": [_setting(one) for one in chosen.settings.values()],
    }


def summary(chosen: Theme) -> dict[str, str]:
    """Describe a theme in a line or two."""
    return {"name": chosen.name, "title": chosen.title, "about": chosen.about}


def picture(name: str, root: Path) -> Path | None:
    """Return the picture of a theme that the project in `root` can use, None where it has none."""
    found = resources.locate("styles", f"{name}{PICTURE}", root)
    return found if found is not None and found.stat().st_size <= LIMIT else None


def _setting(setting: Setting) -> dict[str, Any]:
    return {**asdict(setting), "choices": list(setting.choices), "range": setting.range}


def worded(described: Mapping[str, Any]) -> str:
    """Put what `document` describes in words."""
    return "\n\n".join(_words(one) for one in described["themes"])


def _words(one: Mapping[str, Any]) -> str:
    used = "  (the project's)" if one["used"] else ""
    width = max((len(setting["name"]) for setting in one["settings"]), default=0)
    title = f": {one['title']}" if one["title"] else ""
    lines = [f"{one['name']}{title}{used}", *([f"  {one['about']}"] if one["about"] else [])]
    lines += ["  set in " + ", ".join(one["families"])]
    lines += [f"  picture: {one['picture']}"] if one["picture"] else []
    return "\n".join([*lines, "", *(_line(setting, width) for setting in one["settings"])])


def _line(setting: Mapping[str, Any], width: int) -> str:
    values = f" ({setting['range']})" if setting["range"] else ""
    return f"  {setting['name']:<{width}}  {setting['default']:<18}  {setting['help']}{values}"
