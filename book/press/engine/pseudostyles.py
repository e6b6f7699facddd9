"""Styles of pseudo-elements, made once for all elements that are alike.

WeasyPrint gives elements that the same rules match, under one parent, one style; their markers and
footnote calls, of which it makes half a dozen for every element, it makes anew for each.
"""

from __future__ import annotations

from typing import Any

from weasyprint import css


class StyleFor(css.StyleFor):  # type: ignore[misc]
    """Shares the styles of pseudo-elements between elements that share theirs."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._alike: dict[tuple[int, str], Any] = {}
        super().__init__(*arguments, **options)
        self._alike.clear()  # of pages each has a style of its own

    def set_computed_styles(
        self, element: Any, parent: Any, *rest: Any, pseudo_type: str | None = None, **more: Any
    ) -> None:
        """Make a style, or take the one of another pseudo-element that is the same in all."""
        styles = self._computed_styles
        if pseudo_type is None or parent is not element:
            super().set_computed_styles(element, parent, *rest, pseudo_type=pseudo_type, **more)
            return
        name = (id(styles[parent, None]), pseudo_type)
        if name not in self._alike:
            super().set_computed_styles(element, parent, *rest, pseudo_type=pseudo_type, **more)
            self._alike[name] = styles[element, pseudo_type]
        styles[element, pseudo_type] = self._alike[name]
