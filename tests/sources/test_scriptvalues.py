"""Scripts are read for the plain values in them; what is none is left out, and nothing is run."""

from __future__ import annotations

from typing import Any

import pytest

from book.sources._scriptvalues import values_in


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (
            "export const meta = { title: 'It\\'s', tags: ['a', `b`,], };",
            [("meta", {"title": "It's", "tags": ["a", "b"]})],
        ),
        (
            "const a: Meta = {'b-c': -1.5, d: true, e: null} satisfies Meta",
            [("a", {"b-c": -1.5, "d": True, "e": None})],
        ),
        (
            "export default defineConfig({ base, title: 'T' + \"U\", f() { return '}' } })",
            [("", {"title": "TU"})],
        ),
        (
            "module.exports = { a: b ? {c: 1} : [2], d: `x${y}z`, e: [f(1, {g: 2}), 3], ...h, i: 4 }",
            [("", {"e": [3], "i": 4})],
        ),
        ("// const a = 1\n/* const b = 2 */\nlet c = new Date(2020, 1, 3), d", [("c", "2020-02-03")]),
        ("const a = new Date('2020-01-02'); exports.b = 'c'", [("a", "2020-01-02")]),
        ("const a = new Date(2020, 12, 41)", []),
        ("const a = '\\u{e9}\\u00e9\\x41\\n'", [("a", "ééA\n")]),
        ("const a = {b: [1, {c: '", []),
        ("const a = " + "[" * 5000, []),
        ("if (a == {b: 1}) { a => ({c: 2}) }", []),
    ],
)
def test_plain_values(script: str, found: list[tuple[str, Any]]) -> None:
    assert [(name, value) for name, value, _ in values_in(script)] == found


def test_a_value_is_told_with_the_place_of_its_statement() -> None:
    script = "import x from 'y'\n\nexport const meta = {\n  title: 'T',\n}\n\n# Text"
    [(_, _, (start, end))] = values_in(script)
    assert script[:start] + script[end:] == "import x from 'y'\n\n\n\n# Text"
