"""A part's structure tree, mended where WeasyPrint's tags break the rules of PDF/UA.

An item of a list may hold a label and one body, nothing else (ISO 32000-1, 14.8.4.3.3);
WeasyPrint hangs the paragraphs of an item beside its label. What can be clicked belongs to a
link (ISO 14289-1, 7.18.5); WeasyPrint hangs that of a picture in a link onto the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf


def mend(part: pydyf.PDF) -> None:
    """Give list items of a tagged PDF one body, that holds all but their label, and links their pictures."""
    elements = {
        thing.reference: thing
        for thing in part.objects
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
    }
    for item in [element for element in elements.values() if element["S"] == "/LI"]:
        _gather_body(item, elements, part)
    _link_pictures(elements, part)


def _link_pictures(elements: Mapping[bytes, Any], part: pydyf.PDF) -> None:
    """Move what can be clicked from pictures to the links around them."""
    dictionaries = {one.reference: one for one in part.objects if isinstance(one, pydyf.Dictionary)}
    owners = {}
    for figure in [element for element in elements.values() if element["S"] == "/Figure"]:
        clicked = [kid for kid in figure["K"] if dictionaries.get(kid, {}).get("Type") == "/OBJR"]
        link = _link_around(figure, elements)
        if clicked and link is not None:
            figure["K"] = pydyf.Array([kid for kid in figure["K"] if kid not in clicked])
            link["K"] = pydyf.Array([*link["K"], *clicked])
            for kid in clicked:
                owners[dictionaries[dictionaries[kid]["Obj"]]["StructParent"]] = link.reference
    for numbers in [one["Nums"] for one in dictionaries.values() if "Nums" in one] if owners else ():
        for at in range(0, len(numbers), 2):
            numbers[at + 1] = owners.get(numbers[at], numbers[at + 1])


def _link_around(element: Any, elements: Mapping[bytes, Any]) -> Any:
    while element is not None and element["S"] != "/Link":
        element = elements.get(element["P"])
    return element


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
