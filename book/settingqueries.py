"""Rules that hold for some values of a setting only: `@container style(--paragraphs: spaced) { … }`.

That is how CSS itself asks for a custom property. Settings are known while the style sheets are
written, so it is answered here, for readers and pages that would not understand the question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tinycss2 import serialize
from tinycss2.ast import FunctionBlock, IdentToken, Node, ParenthesesBlock


def holds(prelude: Iterable[Node], values: Mapping[str, str]) -> bool | None:
    """Tell whether a condition on settings holds; None where it asks for anything else as well.

    `values` are the settings by their custom properties. Conditions are joined by `and`, `or` and `not`.
    """
    tokens = [node for node in prelude if node.type not in ("whitespace", "comment")]
    joined = {node.lower_value for node in tokens[1::2] if isinstance(node, IdentToken)}
    if tokens and isinstance(tokens[0], IdentToken) and tokens[0].lower_value == "not":
        answer = holds(tokens[1:], values) if len(tokens) == 2 else None
        return None if answer is None else not answer
    if len(tokens) % 2 == 0 or len(joined) > 1 or not joined <= {"and", "or"}:
        return None
    answers = [_answer(node, values) for node in tokens[::2]]
    if None in answers or len(joined) != min(1, len(tokens) // 2):
        return None
    return any(answers) if joined == {"or"} else all(answers)


def _answer(node: Node, values: Mapping[str, str]) -> bool | None:
    if isinstance(node, ParenthesesBlock):
        return holds(node.content, values)
    if not isinstance(node, FunctionBlock) or node.lower_name != "style":
        return None
    name, colon, wanted = _plain(node.arguments).partition(":")
    if name.strip() not in values:
        return None if colon else holds(node.arguments, values)
    return not colon or wanted.strip().lower() == values[name.strip()].strip().lower()


def _plain(tokens: Sequence[Node]) -> str:
    return " ".join(serialize(tokens).split())
