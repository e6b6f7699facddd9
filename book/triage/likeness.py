"""Texts that are much alike, as posts are that were published twice."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest

_WORD = re.compile(r"[^\W_]+")
_EAST_ASIAN = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
_RUN, _SKETCH = 4, 64
_REFRAIN = 4
"""Texts that share a run of words from which on it is a refrain, a signature, a text to try a theme with."""
_ENOUGH = 8
"""Runs of words of its own that a text must have to be compared."""
ALIKE = 0.6
"""The part of their runs of words that two texts share which are called alike."""


def sketch(text: str) -> list[int]:
    """Return the smallest hashes of a text's runs of words: texts that share many share most of these."""
    words = _WORD.findall(_EAST_ASIAN.sub(r" \1 ", text).casefold())
    runs = (" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1))
    return nsmallest(_SKETCH, {zlib.crc32(run.encode("utf-8", "replace")) for run in runs})


def alike(sketches: Mapping[str, Sequence[int]]) -> list[tuple[str, ...]]:
    """Return groups of texts that are much alike, each sorted."""
    times = Counter(one for held in sketches.values() for one in held)
    own = {name: {one for one in held if times[one] <= _REFRAIN} for name, held in sketches.items()}
    holders: dict[int, list[str]] = {}
    for name, held in own.items():
        for one in held if len(held) >= _ENOUGH else ():
            holders.setdefault(one, []).append(name)
    pairs: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        pairs.update((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
    return _groups(sorted(pair for pair, shared in pairs.items() if _are_alike(own, *pair, shared)))


def _are_alike(own: Mapping[str, set[int]], one: str, other: str, shared: int) -> bool:
    """Tell whether texts are alike that share some runs: nearly all share too few, which is soon seen."""
    compared = min(_SKETCH, len(own[one]) + len(own[other]) - shared)
    if shared < _ENOUGH // 2 or shared / compared < ALIKE:
        return False
    union = nsmallest(_SKETCH, own[one] | own[other])
    return len(own[one] & own[other] & {*union}) / len(union) >= ALIKE


def _groups(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Join pairs that share a text."""
    group: dict[str, list[str]] = {}
    for one, other in pairs:
        joined = sorted({*group.get(one, [one]), *group.get(other, [other])})
        for name in joined:
            group[name] = joined
    return sorted({tuple(names) for names in group.values()})
