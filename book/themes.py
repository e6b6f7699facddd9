"""The themes that a project can use, described in words."""

from __future__ import annotations

from pathlib import Path

from book import config, resources
from book.config import Project, Style
from book.theme import Setting, theme


def described(folder: Path) -> str:
    """Describe the themes, built-in ones and those of the project in `folder`, with their settings."""
    project = config.load(folder)
    return "\n\n".join(_described(name, project) for name in resources.stems("styles", ".toml", project.root))


def _described(name: str, project: Project) -> str:
    chosen = theme(project, Style(theme=name))
    used = "  (the project's)" if project.config.style.theme == name else ""
    width = max((len(setting) for setting in chosen.settings), default=0)
    title = f": {chosen.title[:1].lower()}{chosen.title[1:]}" if chosen.title else ""
    lines = [f"{name}{title}{used}", *([f"  {chosen.about}"] if chosen.about else [])]
    lines += ["  set in " + ", ".join(chosen.families), ""]
    return "\n".join([*lines, *(_line(setting, width) for setting in chosen.settings.values())])


def _line(setting: Setting, width: int) -> str:
    values = f" ({setting.range})" if setting.range else ""
    return f"  {setting.name:<{width}}  {setting.default:<18}  {setting.help}{values}"
