"""How evenly lines are set: `python -m benchmarks.lines [--by=year] [--prose] PROJECT…` prints tables.

A project's posts, each a chapter or those of a year together, are set in the default theme three times
(with `--prose` the paragraphs of text in them alone, without headings, lists, code, tables, pictures, notes):
line after line, by total fit alone, and by total fit with pages mended. The finished PDFs are read, and
what is counted is told for each: full lines of text (not of contents, whose leaders have spaces of their
own) with spaces more than 2 and more than 1.5 times as wide as in lines that are not justified, lines that
end in a divided word, runs of more than two of these, rectos that end in one, pairs of facing pages of
plain text that end level or within a line, last pages of a few lines, and the processor time of a build
from nothing.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from benchmarks.__main__ import COMMAND, run
from book import registry
from book.proofreading._letters import proofs
from book.proofreading._lines import Proofs
from book.proofreading.depths import LEVEL, lines_apart, spreads

WAYS = {
    "greedy": 'linebreaks = "greedy"',
    "fit": "settings = { nudge-lines = 0 }",
    "fit, nudged": "",
}
TOML = (
    'title = "Measured"\nlanguage = "en"\nauthor = "A Blogger"\nidentifier = "urn:uuid:{id}"\n'
    '[chapters]\nby = "{by}"\n'
)
_NO_PROSE = re.compile(
    r"^\s*(?:[#|>!]|[*+-] |\d+[.)] |    |<(?!(?:a|b|em|i|strong)\b))|!\[|\[\^|\$\$", re.MULTILINE
)
IDENTIFIER = "3b6a27bc-6c3a-4d6e-9d7e-6d6b1f0c7a10"
HEAD = (
    "| lines | full lines | spaces > 2 | > 1.5 | divided | ladders | at rectos’ ends | spreads level "
    "| short ends | CPU, s |\n|---|---|---|---|---|---|---|---|---|---|"
)


def measured(root: Path, project: Path, by: str, prose: bool) -> None:
    """Set the posts of a project in each way, and print what came of it."""
    shutil.copytree(project / "chapters", root / "chapters")
    for post in (root / "chapters").glob("*.md") if prose else ():
        post.write_text(paragraphs(post.read_text(encoding="utf-8")), encoding="utf-8")
    links = 'links = "none"\n' if prose else ""
    editions = "".join(
        f'[editions.{name(way)}]\nformat = "pdf"\n{links}{option}\n' for way, option in WAYS.items()
    )
    (root / "book.toml").write_text(TOML.format(id=IDENTIFIER, by=by) + editions, encoding="utf-8")
    print(f"\n{project.name}\n\n{HEAD}")
    for way in WAYS:
        spent = run((*COMMAND, "--edition", name(way)), root)
        shutil.rmtree(root / ".book")
        print(f"| {way} | {counted(proofs(root / 'out' / f'measured-{name(way)}.pdf'))} | {spent.cpu:.2f} |")


def paragraphs(post: str) -> str:
    """Return a post with nothing but its header and its paragraphs of text."""
    _, header, body = re.split(r"^---\n", post, maxsplit=2, flags=re.MULTILINE)
    bare = re.sub(r"^(```|~~~).*?^\1\s*$", "", body, flags=re.MULTILINE | re.DOTALL)
    kept = [text for text in re.split(r"\n\s*\n", bare) if len(text) > 80 and not _NO_PROSE.search(text)]
    return f"---\n{header}---\n\n" + "\n\n".join(kept) + "\n"


def name(way: str) -> str:
    return re.sub(r"\W+", "-", way)


def counted(book: Proofs) -> str:
    """Count what is to be seen in a finished book."""
    full = [line for page in book.text for line in page.body if line.spaces and book.full(line)]
    times = [mean(line.spaces) / book.space for line in full]
    wide = [sum(one > limit for one in times) for limit in (2, 1.5)]
    divided = sum(re.search(r"\w[-‐\u00ad\u0002\ufffe]$", line.text) is not None for line in full)
    found = Counter(
        mark.rule for rule in ("hyphens", "feet") for mark in registry.find("proofreading", rule).read(book)
    )
    apart = [lines_apart(*both, book) <= LEVEL for both in spreads(book)]
    level = f"{sum(apart)} of {len(apart)}"
    shares = " | ".join(f"{count} ({count / len(full):.2%})" for count in wide)
    return (
        f"{len(full)} | {shares} | {divided / len(full):.1%} | {found['hyphen-ladder']} "
        f"| {found['hyphen-at-recto-end']} | {level} | {found['short-page']}"
    )


def main() -> None:
    """Measure the projects named on the command line."""
    years = "--by=year" in sys.argv
    for project in (Path(given) for given in sys.argv[1:] if not given.startswith("--")):
        with TemporaryDirectory() as folder:
            measured(Path(folder), project.resolve(), "year" if years else "post", "--prose" in sys.argv)


if __name__ == "__main__":
    main()
