"""Tables whose rules have a `+` where columns meet are tables."""

from __future__ import annotations

import pytest

from book.markup import to_html

RULE = "|---+---|"


@pytest.mark.parametrize(
    ("markdown", "rows"),
    [
        (f"| a | b |\n{RULE}\n| 1 | 2 |\n", 2),
        (f"| a | b |\n{RULE}\n| 1 | 2 |\n{RULE}\n| 3 | 4 |\n{RULE}\n", 3),
        (f"{RULE}\n| a | b |\n{RULE}\n| 1 | 2 |\n", 2),
        ("a | b\n--+--\n1 | 2\n", 2),
        (f"| a | b |\n{RULE}\n| 1 | 2 |\n\n| a | b |\n{RULE}\n| 1 | 2 |\n", 4),
    ],
)
def test_a_table_is_known_and_nothing_of_its_rules_is_text(markdown: str, rows: int) -> None:
    html = to_html(markdown)
    assert html.count("<tr>") == rows
    assert "-" not in html


def test_columns_are_set_as_the_rule_says() -> None:
    html = to_html("| a | b |\n|:--+--:|\n| 1 | 2 |\n")
    assert html.count("text-align: left") == html.count("text-align: right") == 2


@pytest.mark.parametrize(
    "markdown",
    [
        f"```\n| a | b |\n{RULE}\n```\n",
        f"Text\n\n    | a | b |\n    {RULE}\n",
        f"Alone:\n\n{RULE}\n",
        "a+b | c\n--- + --- = 0\n",
        "+---+---+\n| a | b |\n+---+---+\n",
    ],
)
def test_what_is_no_table_keeps_its_signs(markdown: str) -> None:
    html = to_html(markdown)
    assert "<td" not in html
    assert "+" in html
