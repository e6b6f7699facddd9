"""A part's structure tree, mended where WeasyPrint's tags break the rules of PDF/UA.

An item of a list may hold a label and one body, nothing else (ISO 32000-1, 14.8.4.3.3);
WeasyPrint hangs the paragraphs of an item beside its label.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf


def mend(part: pydyf.PDF) -> None:
    """Give every list item of a tagged PDF one body, that holds all but its label."""
    elements = {
        thing.reference: thing
        for thing in part.objects
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
    }
    for item in [element for element in elements.values() if element["S"] == "/LI"]:
        _gather_body(item, elements, part)


def _gather_body(item: Any, elements: Mapping[bytes, Any], part: pydyf.PDF) -> None:
    kinds = [elements[kid]["S"] if kid in elements else "" for kid in item["K"]]
    if not set(kinds) - {"/Lbl", "/LBody"} and kinds.count("/LBody") <= 1:
        return
    labels = [kid for kid, kind in zip(item["K"], kinds, strict=True) if kind == "/Lbl"]
    others = [kid for kid, kind in zip(item["K"], kinds, strict=True) if kind != "/Lbl"]
    body = pydyf.Dictionary({**item, "S": "/LBody", "K": pydyf.Array(others), "P": item.reference})
    part.add_object(body)
    for element in (elements[kid] for kid in others if kid in elements):
        element["P"] = body.reference
        if element["S"] == "/LBody":
            element["S"] = "/Div"
    item["K"] = pydyf.Array([*labels, body.reference])
