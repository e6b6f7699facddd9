"""Cells of code become listings, and what their author hides is hidden, and counted."""

from __future__ import annotations

import pytest

from book.sources._sitetags.cells import settle_cells

CELL = "Before\n\n```{r}\n#| label: fig-one\n#| fig-cap: A plot\nplot(1)\n```\n\nAfter"


def test_a_cell_is_a_listing_without_its_options_and_nothing_moves() -> None:
    made = settle_cells(CELL, {})
    assert made.text == "Before\n\n```r\nplot(1)\n```\n\n\n\nAfter"
    assert made.text.splitlines().index("After") == CELL.splitlines().index("After")
    assert made.hidden == 0


@pytest.mark.parametrize(
    ("cell", "page"),
    [
        ("```{r}\n#| echo: false\nx\n```", {}),
        ("``` {python}\n#| include: False\nx\n```", {}),
        ("```{r setup, include=FALSE}\nx\n```", {}),
        ("```{r, echo = F}\nx\n```", {}),
        ("~~~~{julia}\nx\n~~~~", {"execute": {"echo": False}}),
        ("> ```{ojs}\n> //| echo: false\n> x\n> ```", {}),
    ],
)
def test_what_its_author_hides_goes_and_is_counted(cell: str, page: dict[str, object]) -> None:
    made = settle_cells(f"a\n\n{cell}\n\nb", page)
    assert made.text.split() == ["a", "b"]
    assert made.hidden == 1


def test_a_cell_may_be_shown_where_others_are_not() -> None:
    made = settle_cells("```{r}\n#| echo: true\nx\n```", {"execute": {"echo": False}})
    assert (made.text.strip(), made.hidden) == ("```r\nx\n```", 0)


@pytest.mark.parametrize(
    "text", ["```{=html}\n<b>\n```", "```{.python .wide}\nx\n```", "```r\n#| echo: false\n```", "`{r} x`"]
)
def test_other_listings_stay(text: str) -> None:
    assert settle_cells(text, {}).text == text
