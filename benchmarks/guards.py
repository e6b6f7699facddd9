"""What the guards cost: `python -m benchmarks.guards [POSTS]` builds a blog cold, and counts their time.

Guards are what is there against harm alone: words counted against their sources, values of style sheets
and markup held to what may be, copies for templates, places held inside the project. Each is timed by
the processor's clock in every process; children write their counts as they go.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import blog
from benchmarks.__main__ import EDITIONS, HERE, IDENTIFIER, TOML

GUARDS = {
    "words of posts in galleys": ["book.accounting:account"],
    "words of galleys in the EPUB": ["book.epub.wholeness:account", "book.epub.wholeness:hidden"],
    "words of galleys on pages": ["book.press.engine.words:lost"],
    "what a body may hold": [
        "book.clean:legible", "book.clean:clean", "book.attributes:settle_attributes",
        "book.nesting:settle_nesting", "book.dialect.runaways:tamed", "book.dialect.unclosed:closed",
    ],
    "values in style sheets": ["book.stylevalues:sane"],
    "copies for templates, and what they give": ["book.templates:plain", "book.rendering:Renderer._check"],
    "places inside the project": ["book.textfile:is_inside", "book.media:locate"],
}  # fmt: skip

_SITE = """\
import atexit, importlib.machinery, json, os, sys, threading, time
GUARDS, INTO = {guards!r}, {into!r}
spent, inside = {{}}, threading.local()
def save():
    with open(os.path.join(INTO, f"{{os.getpid()}}.json"), "w") as file:
        json.dump(spent, file)
def timed(name, function):
    def run(*arguments, **named):
        if getattr(inside, "guard", False):
            return function(*arguments, **named)
        inside.guard, begun = True, time.thread_time()
        try:
            return function(*arguments, **named)
        finally:
            inside.guard = False
            spent[name] = spent.get(name, 0) + time.thread_time() - begun
            if "book.press.worker" in sys.orig_argv:
                save()
    return run
execute = importlib.machinery.SourceFileLoader.exec_module
def watching(loader, module):
    execute(loader, module)
    for name, places in GUARDS.items():
        for place in places:
            where, _, what = place.partition(":")
            if where == module.__name__:
                *around, last = what.split(".")
                holder = getattr(module, around[0]) if around else module
                setattr(holder, last, timed(name, getattr(holder, last)))
importlib.machinery.SourceFileLoader.exec_module = watching
atexit.register(save)
"""


def measure(posts: int, base: Path) -> tuple[float, Counter[str]]:
    """Return the processor time of a cold build of both editions, and what of it each guard took."""
    root, site, into = base / "book", base / "site", base / "spent"
    for folder in (root, site, into):
        folder.mkdir()
    blog.make(posts, root, HERE.parent / "chapters" / "media")
    (root / "book.toml").write_text(TOML.format(id=IDENTIFIER) + EDITIONS.format(breaks="greedy"), "utf-8")
    (site / "sitecustomize.py").write_text(_SITE.format(guards=GUARDS, into=str(into)), "utf-8")
    paths = os.pathsep.join(filter(None, (str(site), str(HERE.parent), os.environ.get("PYTHONPATH"))))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "book", "build"]
    subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": paths}, check=True, stdout=-3, stderr=-3
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent: Counter[str] = Counter()
    for path in into.glob("*.json"):
        spent.update(json.loads(path.read_text("utf-8")))
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, spent


def main() -> None:
    """Print what each guard took, and what all of them did."""
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with TemporaryDirectory(prefix="octavo-guards-") as base:
        whole, spent = measure(posts, Path(base))
    print(f"{posts} posts, both editions, cold: {whole:.2f} s of the processor\n")
    print("| guard | CPU, s | share |\n|---|--:|--:|")
    for name in GUARDS:
        print(f"| {name} | {spent[name]:.2f} | {spent[name] / whole:.1%} |")
    print(f"| all | {spent.total():.2f} | {spent.total() / whole:.1%} |")


if __name__ == "__main__":
    main()
