"""Folios and texts of targets: known values, for the document holds only a part of the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from weasyprint.css.targets import TargetCollector, TargetLookupItem, anchor_name_from_token


class Unknown(Exception):
    """The text shows folios of targets that nobody has told; `targets` names them."""

    def __init__(self, targets: Iterable[str]) -> None:
        super().__init__("targets")
        self.targets = tuple(sorted(targets))


class _Elsewhere:
    """What a target in another gathering looks like to WeasyPrint: counters, and its text."""

    def __init__(self, folio: int, text: str) -> None:
        self.cached_counter_values = {"page": [folio]}
        self._text = text

    def extract_text(self, style: str) -> str:
        return self._text[:1] if style == "first-letter" else self._text


class Targets(TargetCollector):  # type: ignore[misc]
    """Answers `target-counter(…, page)` from folios that are known; remembers what was asked.

    `known` gives, for an identifier, its folio and its text, or None where there is no such thing.
    """

    def __init__(self, known: Mapping[str, tuple[int, str] | None]) -> None:
        super().__init__()
        self._known = known
        self.asked: set[str] = set()

    def collect_anchor(self, anchor_name: Any) -> None:
        """Take note of an identifier in the document, with the folio that it is known to have."""
        super().collect_anchor(anchor_name)
        item = self.target_lookup_items.get(anchor_name)
        if item is not None and (place := self._known.get(anchor_name)):
            item.cached_page_counter_values = {"page": [place[0]]}

    def lookup_target(self, anchor_token: Any, source_box: Any, css_token: Any, parse_again: Any) -> Any:
        """Return what is known of a target."""
        name = _anchor(anchor_token, source_box)
        if name is not None:
            self.asked.add(name)
            if name not in self.target_lookup_items and (place := self._known.get(name)):
                item = TargetLookupItem("up-to-date")
                item.target_box = _Elsewhere(*place)
                return item
        return super().lookup_target(anchor_token, source_box, css_token, parse_again)

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
