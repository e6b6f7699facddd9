"""Comments on posts: `chapters/comments/<stem of the post's file>.yaml`, oldest first.

Each is a mapping of `id`, `name`, `date`, `by-author`, `in-reply-to` (another's `id`) and `text`, in
Markdown. Only `id` and `text` must be there. An author may edit the file, or take comments out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from book import headeryaml
from book.dates import HINT, date_of
from book.errors import BookError
from book.model import Comment, When
from book.registry import advice
from book.textfile import read_text

FOLDER = "comments"
KEYS = ("id", "name", "date", "by-author", "in-reply-to", "text")
DEEPEST = 4
_UNWRITABLE = re.compile(f"{yaml.reader.Reader.NON_PRINTABLE.pattern}|[\r\x85\u2028\u2029\ufeff]")
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def beside(post: Path) -> Path:
    """Return where the comments on the post in this file are, or would be."""
    return post.parent / FOLDER / f"{post.stem}.yaml"


def render(comments: Iterable[Comment]) -> bytes:
    """Write comments as `read` reads them."""
    return "".join(map(_written, comments)).encode("utf-8", "replace")


def _written(comment: Comment) -> str:
    """Write a comment, its text as its author would: lines below `text: |`, where YAML can hold them."""
    values = _values(comment)
    text = values.pop("text")
    if not text or text[0].isspace() or _UNWRITABLE.search(text):
        return headeryaml.dump([{**values, "text": text}])
    lines = (f"    {line}" if line else "" for line in text.rstrip("\n").split("\n"))
    return headeryaml.dump([values]) + "  text: |\n" + "\n".join(lines) + "\n"


def _values(comment: Comment) -> dict[str, Any]:
    values = {
        "id": comment.ident,
        "name": comment.author,
        "date": comment.date,
        "by-author": comment.by_author,
        "in-reply-to": comment.parent,
        "text": comment.body.strip() + "\n" if comment.body.strip() else "",
    }
    return {key: value for key, value in values.items() if value or key == "text"}


def read(path: Path) -> tuple[Comment, ...]:
    """Return the comments in a file, none where there is no such file; raise BookError for one at fault."""
    if not path.exists():
        return ()
    root = _composed(read_text(path), path)
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise BookError("comments are a list", path=path, line=1, hint="begin each with `- id: …`")
    found = [(_comment(node, path), _line(node)) for node in root.value]
    _check_answers(found, path)
    return tuple(comment for comment, _ in found)


def _composed(text: str, path: Path) -> yaml.Node | None:
    """Compose YAML that is no deeper than comments are, and in which nothing stands for something else."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
                what = "`*` stands for something else" if depth <= DEEPEST else "it is nested too deeply"
                raise BookError(f"these are no comments: {what}", path=path, line=_line(event))
        root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        place = getattr(error, "position", 0) or 0  # of a character that YAML cannot hold
        line = mark.line + 1 if mark else text.encode()[:place].count(b"\n") + 1
        hint = "put the value in quotes, or its lines further in, below `text: |`"
        raise BookError(f"this is not YAML: {problem}", path=path, line=line, hint=hint) from error
    return root


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _comment(node: yaml.Node, path: Path) -> Comment:
    values = dict(_scalars(node, path))
    for key in ("id", "text"):
        if key not in values:
            hint = f"it has these keys: {', '.join(f'`{one}`' for one in KEYS)}"
            raise BookError(f"a comment lacks `{key}`", path=path, line=_line(node), hint=hint)
    return Comment(
        author=" ".join(values.get("name", "").split()),
        date=_date(values["date"], path, _line(node)) if values.get("date") else None,
        body=values["text"].strip("\n"),
        ident=values["id"],
        parent=values.get("in-reply-to") or None,
        by_author=values.get("by-author", "").lower() == "true",
    )


def _scalars(node: yaml.Node, path: Path) -> Iterator[tuple[str, str]]:
    if not isinstance(node, yaml.MappingNode):
        raise BookError("a comment is keys and values", path=path, line=_line(node), hint="like `id: 1`")
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if name not in KEYS:
            hint = advice(name, list(KEYS))
            raise BookError(f"unknown key `{name}` in a comment", path=path, line=_line(key), hint=hint)
        if name in seen:
            raise BookError(f"`{name}` is given twice", path=path, line=_line(key), hint="keep one of them")
        if not isinstance(value, yaml.ScalarNode):
            raise BookError(f"`{name}` is not text", path=path, line=_line(key), hint="put it in quotes")
        seen.add(name)
        yield name, str(value.value)


def _date(text: str, path: Path, line: int) -> When:
    try:
        return date_of(text)
    except ValueError as error:
        raise BookError(str(error), path=path, line=line, hint=HINT) from error


def _check_answers(found: Sequence[tuple[Comment, int]], path: Path) -> None:
    """See that each comment has an `id` of its own, and answers one that is there, not itself in the end."""
    by_ident: dict[str, Comment] = {}
    for comment, line in found:
        if comment.ident in by_ident:
            raise BookError(f"two comments have the id `{comment.ident}`", path=path, line=line)
        by_ident[comment.ident] = comment
    settled: set[str] = set()
    for comment, line in found:
        above, seen = comment, set[str]()
        while above.parent is not None and above.ident not in settled:
            if above.parent not in by_ident:
                hint = "take `in-reply-to` out where the comment that was answered is gone"
                raise BookError(f"there is no comment `{above.parent}`", path=path, line=line, hint=hint)
            if above.ident in seen:
                hint = "follow `in-reply-to` from one to the next, and take it out of the first of them"
                raise BookError(f"comment `{comment.ident}` answers itself", path=path, line=line, hint=hint)
            seen.add(above.ident)
            above = by_ident[above.parent]
        settled |= seen | {comment.ident}
