"""What a drawing holds that no book may, named so that its author can be told."""

from __future__ import annotations

import re

_TAG = re.compile(r"<([A-Za-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!\s*['\"]?#)|@import", re.IGNORECASE)
_SHEET = re.compile(r"<style\b[^<>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)
_ELEMENTS = {
    "script": "script", "foreignobject": "foreignObject", "image": "image", "feimage": "image",
    "set": "animation", "animate": "animation", "animatetransform": "animation",
    "animatemotion": "animation", "a": "link",
    "iframe": "frame", "audio": "sound", "video": "film",
}  # fmt: skip


def withheld(drawing: str) -> tuple[str, ...]:
    """Return what is left out of an SVG: scripts, handlers, animation, and what lies outside of it."""
    found: dict[str, None] = {}
    for tag in _TAG.finditer(drawing):
        name = tag[1].lower().rpartition(":")[2]
        if name in _ELEMENTS:
            found[_ELEMENTS[name]] = None
        for attribute in _ATTRIBUTE.finditer(tag[2]):
            if what := _of(name, attribute[1].lower(), attribute[2] or attribute[3] or ""):
                found[what] = None
    if any(_ELSEWHERE.search(sheet) for sheet in _SHEET.findall(drawing)):
        found["address elsewhere"] = None
    return tuple(found)


def _of(tag: str, name: str, value: str) -> str | None:
    """Return what an attribute is where it may not stand; of links in a drawing, their elements tell."""
    if name.startswith("on") and len(name) > 3:
        return name
    if tag in _ELEMENTS or name.startswith("xmlns"):
        return None
    if name in {"href", "xlink:href"}:
        return None if value.strip().startswith("#") else "address elsewhere"
    return "address elsewhere" if _ELSEWHERE.search(value) else None
