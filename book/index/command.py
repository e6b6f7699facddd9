"""What `book index` does: reads a project's posts, and tells or proposes what its index may hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from book import config
from book.arrange import arrange
from book.index.letters import Heading
from book.index.proposing import Proposal, propose
from book.read import read


def proposed(root: Path) -> tuple[Path, tuple[Proposal, ...]]:
    """Write proposals into a project's file of terms; return it and what is new in it."""
    project = config.load(root)
    reading = read(project)
    posts = [post for post in reading.posts if post.kind != "page" and not post.draft]
    found = propose(posts, project.config.language, project.chapters)
    return project.chapters / "index.toml", found


def described(root: Path) -> str:
    """List the headings of a project's index, each with the number of its places."""
    project = config.load(root)
    book = arrange(read(project), project.config, project=project.root)
    leaves = [leaf for leaf in book.back if leaf.role == "index"]
    lines = [
        line for leaf in leaves for letter in leaf.letters for one in letter.headings for line in _lines(one)
    ]
    return "\n".join(lines or ["there is nothing in the index; `book index --propose` proposes terms"])


def _lines(heading: Heading, depth: int = 0) -> Iterator[str]:
    told = f": {len(heading.locators)}" if heading.locators else ""
    told += "".join(f", see {term}" for term, _ in heading.see)
    yield f"{'  ' * depth}{heading.term}{told}"
    for child in heading.children:
        yield from _lines(child, depth + 1)
