"""`make bench`: builds blogs of several lengths, cold and warm, beside other programs; prints a table.

Numbers of posts can be given: `python -m benchmarks 10 100 300 1000`. Cold means without
`.book/`; the user's store of cut fonts stays. CPU is what all processes together used; memory
is the largest process's. The others are plain WeasyPrint over one document of the same XHTML
and styles (up to 1000 posts; lines greedy and nothing tagged on both sides), and pandoc with Typst
where both are installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from benchmarks import blog, peers

HERE = Path(__file__).resolve().parent
COMMAND = (sys.executable, "-m", "book", "build")
PAPER = (*COMMAND, "--edition", "paperback")
SCREEN = (*COMMAND, "--edition", "ebook")
TOML = 'title = "Measured"\nlanguage = "en-GB"\nauthor = "A Blogger"\nidentifier = "urn:uuid:{id}"\n'
EDITIONS = (
    '[editions.ebook]\nformat = "epub"\n\n[editions.paperback]\nformat = "pdf"\nlinebreaks = "{breaks}"\n'
)
IDENTIFIER = "3b6a27bc-6c3a-4d6e-9d7e-6d6b1f0c7a10"


@dataclass(frozen=True)
class Run:
    """What one command took: seconds by the clock and of all cores, and MB of its largest process."""

    seconds: float
    cpu: float
    megabytes: int


def run(command: Sequence[str], root: Path) -> Run:
    """Run a command in `root` and measure it; raise if it fails."""
    begun = time.perf_counter()
    paths = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": paths}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=-3, stderr=-3)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed in {root}")
    spent = time.perf_counter() - begun
    return Run(spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def measured(root: Path, *, plain: bool) -> Iterator[tuple[str, Run, Path | None]]:
    """Build a blog in every way that is measured; give each its name, cost and file."""
    pdf, epub = root / "out" / "measured-paperback.pdf", root / "out" / "measured.epub"
    run(SCREEN, root)
    shutil.rmtree(root / ".book")
    yield "EPUB, cold", run(SCREEN, root), epub
    yield "EPUB, warm", run(SCREEN, root), epub
    shutil.rmtree(root / ".book")
    yield "PDF, cold", run(PAPER, root), pdf
    yield "PDF, nothing changed", run(PAPER, root), pdf
    posts = sorted((root / "chapters").glob("*.md"))
    _append(posts[len(posts) // 2], "\n\nOne more sentence, and nothing else.\n")
    yield "PDF, one post edited", run(PAPER, root), pdf
    _append(posts[1], "\n\nA paragraph that was not there before. " * 60)
    yield "PDF, two pages more near the beginning", run(PAPER, root), pdf
    _write_toml(root, "greedy", style='\n[style.settings]\nindent = "1.5em"\n')
    yield "PDF, one style changed", run(PAPER, root), pdf
    _write_toml(root, "fit")
    shutil.rmtree(root / ".book")
    yield "PDF, cold, lines by total fit", run(PAPER, root), pdf
    if plain:
        alone = root / "out" / "plain.pdf"
        command: Sequence[str] = (sys.executable, "-m", "benchmarks.plain", str(root), str(alone))
        yield "plain WeasyPrint, one document", run(command, root), alone
    for name, command, made in peers.commands(root):
        yield name, run(command, root), made


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _write_toml(root: Path, breaks: str, style: str = "") -> None:
    text = TOML.format(id=IDENTIFIER) + style + "\n" + EDITIONS.format(breaks=breaks)
    (root / "book.toml").write_text(text, encoding="utf-8")


def _size(path: Path | None) -> tuple[str, int]:
    if path is None or not path.exists():
        return "", 0
    count = len(pypdfium2.PdfDocument(path)) if path.suffix == ".pdf" else 0
    return f"{path.stat().st_size / 1e6:.1f}", count


def main(counts: Sequence[int]) -> None:
    """Measure blogs of these lengths and print what came out as a table in Markdown."""
    print("| posts | what | seconds | CPU, s | pages | pages/s | largest process, MB | file, MB |")
    print("|--:|---|--:|--:|--:|--:|--:|--:|", flush=True)
    for count in counts:
        with TemporaryDirectory(prefix="octavo-bench-") as folder:
            root = Path(folder)
            if not blog.given(count, root):
                blog.make(count, root, HERE.parent / "chapters" / "media")
            _write_toml(root, "greedy")
            for name, cost, path in measured(root, plain=count <= 1000):
                size, pages = _size(path)
                rate = f"{pages / cost.seconds:.0f}" if pages else ""
                spent = f"{cost.seconds:.2f}", f"{cost.cpu:.2f}"
                row = (count, name, *spent, pages or "", rate, cost.megabytes, size)
                print("| " + " | ".join(map(str, row)) + " |", flush=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [10, 100, 300, 1000])
