"""The same posts by other programs, where they are installed: pandoc's EPUB, and pandoc with Typst.

`pandoc` is looked for on the PATH; `typst` too, or else as the Python module of that name.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

_HEADER = re.compile(r"---\ntitle: (.*)\n(?:.*\n)*?---\n")
_LINK = re.compile(r"\]\(([\w-]+)\.md\)")
"""A link to another post's file, which Typst refuses: one that leads elsewhere takes as long to set."""
_LOOK = """\
#set page(paper: "a5", margin: (inside: 20mm, outside: 16mm, top: 18mm, bottom: 20mm))
#set text(size: 10pt, lang: "en", hyphenate: true)
#set par(justify: true)
#show heading.where(level: 1): it => { pagebreak(weak: true); it }
"""
_COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root='..')"


def commands(root: Path) -> Iterator[tuple[str, Sequence[str], Path]]:
    """Prepare the posts of a blog for each program that is there; give its name, command and file."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        return
    folder = _prepared(root)
    posts = sorted(path.name for path in folder.glob("*.md"))
    reading = [pandoc, "--file-scope", "--toc", "--toc-depth=1", "--metadata", "title=Measured"]
    epub, pdf = folder / "peer.epub", folder / "peer.pdf"
    yield "pandoc, EPUB", _shell(folder, [*reading, *posts, "-o", epub.name]), epub
    typst = _typst()
    if typst:
        typing = [*reading, "-s", "-t", "typst", "-H", "look.typ", *posts, "-o", "peer.typ"]
        yield "pandoc and Typst, PDF", _shell(folder, typing, [*typst, "peer.typ", pdf.name]), pdf


def _typst() -> list[str]:
    if found := shutil.which("typst"):
        return [found, "compile", "--root", ".."]
    return [sys.executable, "-c", _COMPILE] if find_spec("typst") else []


def _shell(folder: Path, *steps: Sequence[str]) -> list[str]:
    script = " && ".join([shlex.join(["cd", str(folder)]), *(shlex.join(step) for step in steps)])
    return ["sh", "-c", script]


def _prepared(root: Path) -> Path:
    """Copy the posts to a folder of their own, their titles as headings instead of in headers."""
    folder = root / "peer"
    if (root / "chapters" / "media").is_dir():
        shutil.copytree(root / "chapters" / "media", folder / "media")
    folder.mkdir(exist_ok=True)
    for path in (root / "chapters").glob("*.md"):
        text = _HEADER.sub(r"# \1\n", path.read_text(encoding="utf-8"), count=1)
        text = _LINK.sub(r"](https://example.org/\1)", text)
        (folder / path.name).write_text(text, encoding="utf-8")
    (folder / "look.typ").write_text(_LOOK, encoding="utf-8")
    return folder
