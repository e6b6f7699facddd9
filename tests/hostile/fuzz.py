"""`make fuzz SECONDS=3600`: random and mutated posts through the build for as long as it is given.

Each batch is one book of 40 posts: random documents, and posts of the samples with pieces of random
ones spliced in. What cannot be set is narrowed down to one post, made as short as it can be, and put into
`tests/hostile/found/`, where the tests try it from then on. With each batch some exports of the samples are
harmed and gathered; what breaks an importer is made shorter and kept likewise, in `found/exports/`.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hostile import exports
from hostile.documents import CSS, POSTS
from hostile.fuzzing import examples, fault, guilty

HERE = Path(__file__).resolve().parent
FOUND = HERE / "found"
SAMPLES = (HERE.parents[1] / "chapters", HERE.parents[2] / "shared" / "corpora")


def mutated(chance: Random, pieces: list[str]) -> Iterator[str]:
    """Yield sample posts into which random pieces are spliced, or out of which some are cut."""
    paths = sorted(
        path for folder in SAMPLES for path in folder.rglob("*.md") if path.stat().st_size < 20_000
    )
    while paths:
        text = chance.choice(paths).read_text("utf-8", "replace").rpartition("---\n")[2]
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text) + 1)
            text = text[:place] + chance.choice(pieces) + text[place + chance.choice((0, 0, 1, 40)) :]
        yield text


def shortest(text: str, css: str) -> str:
    """Return as little of a post as still cannot be set, cut by ever smaller pieces."""
    with TemporaryDirectory(prefix="octavo-fuzz-") as base:
        tries, size = 0, len(text) // 2
        while size and tries < 120:
            for place in range(0, len(text), size):
                shorter, tries = text[:place] + text[place + size :], tries + 1
                if tries < 120 and fault(Path(base) / str(tries), [shorter], css):
                    text = shorter
                    break
            else:
                size //= 2
    return text


def keep(text: str, css: str) -> Path:
    """Write a find to where the tests look for it."""
    FOUND.mkdir(exist_ok=True)
    name = sha256(f"{text}\0{css}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
    if css:
        (FOUND / f"{name}.css").write_text(css, "utf-8", "surrogatepass")
    path = FOUND / f"{name}.md"
    path.write_text(text, "utf-8", "surrogatepass")
    return path


def gathered(seed: int, count: int = 10) -> int:
    """Gather some harmed exports; keep those that break an importer, and return how many they are."""
    found = 0
    paths = exports.exports(SAMPLES[1]) if SAMPLES[1].is_dir() else []
    with TemporaryDirectory(prefix="octavo-fuzz-") as base:
        fresh = (Path(base) / str(number) for number in itertools.count())
        for name, data in itertools.islice(exports.mutated(Random(seed), paths), count):
            if said := exports.refused(next(fresh), name, data):
                least = exports.shortest(
                    data, lambda some, name=name: bool(exports.refused(next(fresh), name, some))
                )
                path = FOUND / "exports" / f"{sha256(least).hexdigest()[:10]}{Path(name).suffix}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(least)
                print(f"{path.name}: {said.strip().splitlines()[-1]}", flush=True)
                found += 1
    return found


def run(seconds: float, seed: int) -> int:
    """Try batches until the time is over; return how many of them failed."""
    end, batches, finds = time.monotonic() + seconds, 0, 0
    while time.monotonic() < end:
        chance = Random(seed + batches)
        pieces = examples(POSTS, 20, seed + batches)
        splices = mutated(chance, pieces)
        posts = [*pieces, *(text for text, _ in zip(splices, range(20), strict=False))]
        css = examples(CSS, 3, seed + batches)[0] if batches % 3 == 2 else ""
        with TemporaryDirectory(prefix="octavo-fuzz-") as base:
            if said := fault(Path(base) / "all", posts, css):
                finds += 1
                path = keep(shortest(guilty(Path(base), posts, css)[0], css), css)
                print(f"{path.name}: {said.strip().splitlines()[-1]}", flush=True)
        finds += gathered(seed + batches)
        batches += 1
    print(f"batches of {len(posts)} posts: {batches}, of which failed: {finds}", flush=True)
    return finds


if __name__ == "__main__":
    sys.exit(1 if run(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0) else 0)
