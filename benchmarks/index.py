"""What an index costs: `python -m benchmarks.index [POSTS]` builds a blog without one, and with one.

The index has about as many entries as the book has pages, each a term of three words that stands in
the book twice or more. Told are the processor times of cold builds of the PDF, the entries and
the places they name.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import blog
from benchmarks.__main__ import EDITIONS, HERE, IDENTIFIER, PAPER, TOML, run

PAGES_OF_A_POST = 3.2


def terms(root: Path, count: int) -> Counter[str]:
    """Return so many terms, each with the number of its places."""
    found: Counter[str] = Counter()
    for path in sorted((root / "chapters").glob("*.md")):
        for sentence in re.findall(r"[A-Z][a-z]+(?: [a-z]+)+", path.read_text(encoding="utf-8")):
            words = sentence.lower().split()
            found.update(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
    several = [term for term in sorted(found) if found[term] > 1]
    step = max(1, len(several) // count)
    return Counter({term: found[term] for term in several[::step][:count]})


def main(posts: int) -> None:
    """Measure a blog of so many posts and print what an index adds."""
    with TemporaryDirectory(prefix="octavo-bench-") as folder:
        root = Path(folder)
        blog.make(posts, root, HERE.parent / "chapters" / "media")
        text = TOML.format(id=IDENTIFIER) + "\n" + EDITIONS.format(breaks="fit")
        (root / "book.toml").write_text(text, encoding="utf-8")
        run(PAPER, root)
        shutil.rmtree(root / ".book")
        plain = run(PAPER, root)
        chosen = terms(root, round(posts * PAGES_OF_A_POST))
        (root / "chapters" / "index.toml").write_text(
            "".join(f'["{term}"]\n' for term in chosen), encoding="utf-8"
        )
        shutil.rmtree(root / ".book")
        indexed = run(PAPER, root)
    print("| entries | places | CPU without, s | CPU with, s | more |\n|--:|--:|--:|--:|--:|")
    more = indexed.cpu / plain.cpu - 1
    print(f"| {len(chosen)} | {chosen.total()} | {plain.cpu:.2f} | {indexed.cpu:.2f} | {more:.1%} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 300)
