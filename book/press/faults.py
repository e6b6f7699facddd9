"""What to say of a gathering that cannot be set: which post, which block, and how to go on without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book.errors import BookError
from book.model import Galley
from book.press.gatherings import Gathering
from book.press.pool import Call, Pool
from book.press.sheetfaults import Rule
from book.press.workers import Failed, Lost

_DEEP = 8
"""How far to look for a guilty block inside others."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block in a galley: its mark, the name of its element, and how its text begins."""

    mark: str
    tag: str
    words: str


class Search:
    """Looks for the smallest block of a gathering that cannot be set, by setting it without others.

    `attempt` makes the call that sets a gathering.
    """

    def __init__(self, pool: Pool, attempt: Callable[[Gathering], Call]) -> None:
        self._pool, self._attempt = pool, attempt

    def guilty(self, gathering: Gathering) -> tuple[Galley | None, Block | None]:
        """Return the galley that cannot be set and the block in it, as far as they can be told."""
        for galley in gathering.galleys:
            alone = replace(gathering, galleys=(galley,))
            if self._fails(alone):
                return galley, self._block(alone)
        return None, None

    def _block(self, gathering: Gathering) -> Block | None:
        found: Block | None = None
        for _ in range(_DEEP):
            inside = self._pool.ask("blocks", gathering.galleys[0], found.mark if found else "")
            inner = self._narrow(gathering, [Block(*told) for told in inside])
            if inner is None:
                return found
            found = inner
        return found

    def _narrow(self, gathering: Gathering, blocks: Sequence[Block]) -> Block | None:
        """Return the one of these blocks without which the gathering can be set."""
        suspects = list(blocks)
        if not suspects or self._fails(_without(gathering, blocks)):
            return None
        while len(suspects) > 1:
            half = suspects[: len(suspects) // 2]
            spared = [block for block in blocks if block not in half]
            suspects = half if self._fails(_without(gathering, spared)) else suspects[len(half) :]
        spared = [block for block in blocks if block not in suspects]
        return suspects[0] if self._fails(_without(gathering, spared)) else None

    def _fails(self, gathering: Gathering) -> bool:
        call = self._attempt(gathering)
        answer = self._pool.ask(call.name, *call.arguments)
        return isinstance(answer, Lost | Failed)


def _without(gathering: Gathering, blocks: Sequence[Block]) -> Gathering:
    return replace(gathering, omitted=gathering.omitted | {block.mark for block in blocks})


def error(
    gathering: Gathering,
    fault: Lost | Failed,
    galley: Galley | None,
    block: Block | None,
    origins: Mapping[str, Path],
    rule: Rule | None = None,
) -> BookError:
    """Make the error for a gathering that cannot be set; `rule` is the one without which it can."""
    omitting = _omitting(galley, block) if galley and block else None
    if rule is not None:
        what = _named(block) if block else f"`{(galley or gathering.galleys[0]).title}`"
        message = f"with `{rule.words}` {what} cannot be set in pages: {fault}"
        hint = "take this rule out of the style sheet, or write it another way"
        hint += f"; or, {omitting}" if omitting else ""
        return BookError(message, path=rule.path, line=rule.line, hint=hint)
    if galley is None:
        names = ", ".join(f"`{one.title}`" for one in gathering.galleys)
        return BookError(f"{names} cannot be set in pages together: {fault}", hint=_ANYTHING)
    path = next((origins[slug] for slug in galley.posts if slug in origins), None)
    if block is None:
        return BookError(f"`{galley.title}` cannot be set in pages: {fault}", path=path, hint=_ANYTHING)
    return BookError(f"{_named(block)} cannot be set in pages: {fault}", path=path, hint=omitting)


def _omitting(galley: Galley, block: Block) -> str:
    name = f"{galley.ident}#{block.mark}"
    omit = f'`omit = ["{name}"]` to the edition, or `--omit {name}` to the command'
    return f"to build the book without it, add {omit}"


def _named(block: Block) -> str:
    words = f" that begins “{block.words}”" if block.words else ""
    return f"the `<{block.tag}>`{words}"


_ANYTHING = "try the post without its tables, pictures or raw HTML, to see which of them it is"
