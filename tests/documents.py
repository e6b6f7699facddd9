"""What the manual's tests read: Markdown files, the code in them, their links and headings."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import click

from book.__main__ import main

CHECKOUT = Path(__file__).resolve().parent.parent
MANUAL = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").glob("*.md")])
POSTS = sorted((CHECKOUT / "chapters").glob("*.md"))

_FENCE = re.compile(r"^( *)(`{3,})(\w*)[^\n]*\n(.*?)^\1\2 *$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")


@dataclass(frozen=True)
class Example:
    """A fenced block: its language, its text, and where it stands."""

    path: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.path.name}:{self.line}"


def examples(*languages: str, among: list[Path]) -> list[Example]:
    """Return the fenced blocks in these languages."""
    found = []
    for path in among:
        text = path.read_text(encoding="utf-8")
        for match in _FENCE.finditer(text):
            if match[3] in languages:
                inner = re.sub(rf"^{match[1]}", "", match[4], flags=re.MULTILINE)
                found.append(Example(path, text[: match.start()].count("\n") + 1, match[3], inner))
    return found


_FILE = re.compile(r"(?:#|/\*) (styles/[\w-]+\.\w+)")


def file_of(example: Example) -> str | None:
    """Return the path that an example's first line names, where it is a whole file of a project."""
    named = _FILE.match(example.text)
    return named[1] if named else None


def files(*languages: str, among: list[Path]) -> dict[str, str]:
    """Return the whole files that are shown, by their paths in a project."""
    return {path: one.text for one in examples(*languages, among=among) if (path := file_of(one))}


def prose(path: Path) -> str:
    """Return a file's text without its fenced blocks and code spans."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return re.sub(r"(`+)(?:(?!`).)+?\1", "", text)


def links(path: Path) -> list[str]:
    """Return what the links and pictures of a file point to."""
    return _LINK.findall(prose(path))


def anchors(path: Path) -> set[str]:
    """Return the anchors that a forge gives to a file's headings."""
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(path: Path) -> list[str]:
    """Return every `book …` in a file: the lines of shell examples, and code spans."""
    lines = [line for one in examples("shell", among=[path]) for line in one.text.splitlines()]
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    spans = re.findall(r"`(book [a-z][^`\n]*)`", text)
    return [line.strip() for line in [*lines, *spans] if line.strip().startswith("book ")]


def fault(line: str) -> str | None:
    """Return what the command line would say against a documented command, None if nothing."""
    words = shlex.split(re.sub(r"\[(?!\w+\])|(?<!\w)\]|…|\.\.\.", "", line), comments=True)[1:]
    command = main.commands.get(words[0])
    if command is None:
        return None if words[0] == "COMMAND" or words[0].startswith("-") else f"no command `{words[0]}`"
    known = {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
    known |= {"--help", "-h"}
    unknown = [word for word in words[1:] if word.startswith("--") and word.rstrip("]") not in known]
    return f"no option {', '.join(unknown)}" if unknown else None
