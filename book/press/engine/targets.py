"""Folios and texts of targets: known values, for the document holds only a part of the book."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector, TargetLookupItem, anchor_name_from_token

Owner = tuple[Any, str]
"""The element, and the tag of the box (`a::after`), whose content shows a number."""


class Unknown(Exception):
    """The text shows folios of targets that nobody has told; `targets` names them."""

    def __init__(self, targets: Iterable[str]) -> None:
        super().__init__("targets")
        self.targets = tuple(sorted(targets))


class Folio(int):
    """A folio that tells, when it becomes text, whose text that is."""

    targets: Targets
    name: str
    owner: Owner | None

    def written(self, text: str, kind: Any) -> None:
        """Take note that it was written as `text`, in a counter style."""
        plain = self.owner is not None and kind == "decimal" and text == str(int(self))
        self.targets.written.setdefault(self.owner if plain else None, []).append((self.name, text))


class OwnFolio(Folio):
    """The folio of the page itself: `shown` are the texts that it became, None where in no plain figures."""

    def __init__(self, _: int) -> None:
        self.shown: list[str | None] = []

    def __deepcopy__(self, _: Any) -> OwnFolio:
        return self  # the counters of each margin box are a copy of the page's

    def __add__(self, by: int) -> int:
        self.shown.append(None)
        return int(self) + by

    def written(self, text: str, kind: Any) -> None:
        """Take note that it was written as `text`, in a counter style."""
        self.shown.append(text if kind == "decimal" and text == str(int(self)) else None)


class Numerals(CounterStyle):  # type: ignore[misc]
    """Counter styles that tell folios how they are written."""

    def render_value(self, counter_value: Any, counter_name: Any = None, *rest: Any, **more: Any) -> Any:
        """Write a counter's value."""
        text = super().render_value(counter_value, counter_name, *rest, **more)
        if isinstance(counter_value, Folio):
            counter_value.written(text, counter_name)
        return text


class _Elsewhere:
    """What a target in another gathering looks like to WeasyPrint: counters, and its text."""

    def __init__(self, folio: int, text: str) -> None:
        self.cached_counter_values = {"page": [folio]}
        self._text = text

    def extract_text(self, style: str) -> str:
        return self._text[:1] if style == "first-letter" else self._text


class _Here:
    """What a target in the same gathering looks like: its own box, and the folio that is known."""

    def __init__(self, folio: int, box: Any) -> None:
        self.cached_counter_values = {**box.cached_counter_values, "page": [folio]}
        self.extract_text = box.extract_text


class Targets(TargetCollector):  # type: ignore[misc]
    """Answers `target-counter(…, page)` from folios that are known; remembers what was asked.

    `known` gives, for an identifier, its folio and its text, or None where there is no such thing.
    """

    def __init__(self, known: Mapping[str, tuple[int, str] | None]) -> None:
        super().__init__()
        self._known = known
        self.asked: set[str] = set()
        self.written: dict[Owner | None, list[tuple[str, str]]] = {}
        """Targets whose folios became text, and that text, by the box that shows nothing but such."""

    def lookup_target(self, anchor_token: Any, source_box: Any, css_token: Any, parse_again: Any) -> Any:
        """Return what is known of a target."""
        name = _anchor(anchor_token, source_box)
        if name is None:
            return super().lookup_target(anchor_token, source_box, css_token, parse_again)
        self.asked.add(name)
        place = self._known.get(name)
        owner = (source_box.element, source_box.element_tag) if css_token == "content" else None
        if place is not None and name not in self.target_lookup_items:
            item = TargetLookupItem("up-to-date")
            item.target_box = _Elsewhere(self._folio(place[0], name, owner), place[1])
            return item
        item = super().lookup_target(anchor_token, source_box, css_token, parse_again)
        if place is not None and item.state == "up-to-date":
            item = copy.copy(item)
            item.target_box = _Here(self._folio(place[0], name, owner), item.target_box)
        return item

    def _folio(self, number: int, name: str, owner: Owner | None) -> Folio:
        folio = Folio(number)
        folio.targets, folio.name, folio.owner = self, name, owner
        return folio

    def slots(self) -> dict[Owner, tuple[str, str]]:
        """Return, for each box that shows one folio and in plain digits, its target and the digits."""
        found = {}
        for owner, shown in self.written.items():
            if owner is not None and len(set(shown)) == 1:
                found[owner] = shown[0]
        return found

    def exact(self, filled: set[Owner]) -> set[str]:
        """Return the targets whose folios stand anywhere but in the boxes `filled`."""
        return {name for owner, shown in self.written.items() if owner not in filled for name, _ in shown}

    def cache_target_page_counters(self, *_: Any) -> None:
        """Do nothing: the press knows the folios, and sets again what they change."""

    def show_page_counters(self) -> bool:
        """Tell whether some text shows counters of the page it stands on."""
        return any(item.missing_counters for item in self.counter_lookup_items.values())


def _anchor(token: Any, source_box: Any) -> str | None:
    if token[0] == "attr()":
        value = source_box.element.get(token[1][0]) or ""
        return value[1:] if value.startswith("#") else None
    name = anchor_name_from_token(token)
    return name if isinstance(name, str) else None
