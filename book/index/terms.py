"""`chapters/index.toml`: the terms that an author wants in the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from book.errors import BookError
from book.index.phrases import Path, Phrase, phrase
from book.model import Notice
from book.registry import advice
from book.tables import Document, load

FILE = "index.toml"
DEEPEST = 3
_KEYS = ["match", "avoid", "case", "see", "see-also", "sort", "sub"]


@dataclass(frozen=True, slots=True)
class Term:
    """A heading of the index: where it sorts, the phrases that mean it, and what it refers to."""

    path: Path
    line: int | None
    phrases: tuple[Phrase, ...] = ()
    see: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    sort: str | None = None


def terms(file: File) -> tuple[Term, ...]:
    """Read the file; raise one BookError with every fault in it."""
    if not file.is_file():
        return ()
    document = _document(file)
    found = tuple(_terms(document, document.values, (), ()))
    _check_references(document, found)
    document.raise_faults()
    return found


def _document(file: File) -> Document:
    try:
        return load(file)
    except BookError as error:
        notice = error.notices[0]
        hint = 'a heading of more than plain letters stands in quotes: `["New York"]`, `["étang"]`'
        raise BookError(notice.message, path=notice.path, line=notice.line, hint=hint) from error


def _terms(document: Document, values: Mapping[str, Any], above: Path, keys: Path) -> Iterator[Term]:
    for name, value in values.items():
        path, here = (*above, " ".join(name.split())), (*keys, name)
        if not isinstance(value, dict):
            document.fault(
                here, f"`{name}` is no heading", f'write a line `["{name}"]`, and its keys under it'
            )
            continue
        if len(path) > DEEPEST:
            document.fault(
                here, f"`{name}` stands under {len(path) - 1} headings", f"{DEEPEST} levels are the most"
            )
            continue
        yield _term(document, path, here, value)
        sub = value.get("sub", {})
        if isinstance(sub, dict):
            yield from _terms(document, sub, path, (*here, "sub"))
        else:
            document.fault((*here, "sub"), "`sub` is not a table")


def _term(document: Document, path: Path, keys: Path, value: Mapping[str, Any]) -> Term:
    for key in value:
        if key not in _KEYS:
            document.fault((*keys, key), f"unknown key `{key}`", advice(key, _KEYS))
    see, also = (_texts(document, keys, key, value) or () for key in ("see", "see-also"))
    match = _texts(document, keys, "match", value)
    if see and (match or also or value.get("sub")):
        hint = "with places of its own, it is `see-also`"
        document.fault((*keys, "see"), f"`{path[-1]}` has `see`, and more than that", hint)
    exact = value.get("case", False)
    if not isinstance(exact, bool):
        document.fault((*keys, "case"), "`case` is neither `true` nor `false`")
    wanted = () if see else (path[-1],) if match is None else match
    phrases = [phrase(one, path, exact=exact is True) for one in wanted]
    phrases += [phrase(one, path, avoided=True) for one in _texts(document, keys, "avoid", value) or ()]
    for one, made in zip([*wanted], phrases, strict=False):
        if made is None:
            document.fault(
                (*keys, "match"), f"there is no word in `{one}`", "set `match` to words of the text"
            )
    sort = value.get("sort")
    if sort is not None and not isinstance(sort, str):
        document.fault((*keys, "sort"), "`sort` is not text")
    return Term(path, document.line(keys), tuple(filter(None, phrases)), see, also, sort)


def _texts(document: Document, keys: Path, key: str, value: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return a text, or a list of texts; None where the key is not there."""
    if key not in value:
        return None
    given = value[key]
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        document.fault((*keys, key), f"`{key}` is neither text nor a list of texts")
        return ()
    return tuple(" ".join(one.split()) for one in texts)


def named(written: str) -> Path:
    """Read how one heading names another: `Type`, or `Type > movable`."""
    return tuple(" ".join(part.split()).casefold() for part in written.split(">"))


def _check_references(document: Document, found: tuple[Term, ...]) -> None:
    """Refuse what sends readers nowhere, or round in a circle."""
    known = {tuple(part.casefold() for part in term.path): term for term in found}
    for term in found:
        own = tuple(part.casefold() for part in term.path)
        for key, names in (("see", term.see), ("see-also", term.also)):
            for name in names:
                target = known.get(named(name))
                if named(name) == own:
                    message = f"`{key}` of `{term.path[-1]}` points at itself"
                    hint = f"take `{key}` away, or name another heading"
                elif target is None:
                    message = f"`{key}` of `{term.path[-1]}` points at `{name}`, which is not there"
                    others = [" > ".join(one.path) for one in found if one.path != term.path and not one.see]
                    hint = advice(name, others) if others else f'add it: `["{name}"]`'
                elif target.see:
                    message = f"`{key}` of `{term.path[-1]}` points at `{name}`, which only points on"
                    hint = "name the heading under which the pages stand"
                else:
                    continue
                document.faults.append(Notice(message, document.path, term.line, hint))
