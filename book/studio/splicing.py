"""Some new pages of an edition put where the old ones of the same chapter are, until all of it is bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def spliced(whole: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what is known of an edition with the pages of `part` put in; None where they have no place."""
    start = whole.get("at", {}).get(part["of"])
    if start is None:
        return None
    end, more = start + part["for"], len(part["pages"]) - part["for"]
    shapes = [*whole["shapes"], *(one for one in part["shapes"] if one not in whole["shapes"])]
    pages = [[page, shapes.index(part["shapes"][shape])] for page, shape in part["pages"]]
    at = {
        name: page if page < start else page + more
        for name, page in whole["at"].items()
        if not start <= page < end
    }
    at |= {name: start + page for name, page in part["at"].items()}
    return {
        **whole,
        "shapes": shapes,
        "pages": [*whole["pages"][:start], *pages, *whole["pages"][end:]],
        "labels": [*whole["labels"][:start], *part["labels"], *whole["labels"][end:]],
        "at": at,
    }
