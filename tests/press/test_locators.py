from __future__ import annotations

from xml.etree import ElementTree

import pytest

from book.press.locators import listed, roman, settle


def pages(*links: tuple[str, int | None], attributes: str = "") -> str:
    """Return what a list of links to these places prints: `f` before a name puts it in the front matter."""
    markup = "".join(
        f'<a class="locator{" front" if name[0] == "f" else ""}" href="#{name}">x</a>, ' for name, _ in links
    )
    root = ElementTree.fromstring(f'<p>A <span class="locators"{attributes}>{markup}</span>.</p>')
    assert listed(root) == {name for name, _ in links}
    settle(root, {name: None if folio is None else (folio, "") for name, folio in links})
    return "".join(root.itertext())


@pytest.mark.parametrize(
    ("links", "printed"),
    [
        ([("a", 5)], "A 5."),
        ([("a", 5), ("b", 5)], "A 5."),
        ([("a", 5), ("b", 6), ("c", 7), ("d", 9)], "A 5–7, 9."),
        ([("a", 9), ("b", 3), ("f", 4)], "A iv, 3, 9."),
        ([("f", 4), ("a", 5)], "A iv, 5."),
        ([("f", 8), ("g", 9), ("f2", 9)], "A viii–ix, 9."),
        ([("a", None)], "A ."),
    ],
)
def test_pages_are_merged(links: list[tuple[str, int | None]], printed: str) -> None:
    assert pages(*links) == printed


def test_a_list_has_words_for_one_page_and_for_more() -> None:
    words = ' data-one="p. {page}" data-many="pp. {page}" data-join="; "'
    assert pages(("a", 3), ("b", 3), attributes=words) == "A p. 3."
    assert pages(("a", 3), ("b", 8), attributes=words) == "A pp. 3; 8."
    assert pages(("a", 3), ("b", 4), attributes=words) == "A pp. 3–4."
    assert pages(("a", None), attributes=words) == "A ."


def test_numbers_are_roman() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99, 148)] == [
        "i", "iv", "ix", "xiv", "xl", "xcix", "cxlviii",
    ]  # fmt: skip
