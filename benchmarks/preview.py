"""`python -m benchmarks.preview [POSTS]`: how long after a change is saved the studio shows the new spread.

A browser looks at a chapter in the middle of the book; its post is edited, then a setting is
changed, and the clock runs from the saved file to the picture of the new page on the screen.
Needs Playwright and a Chromium (`CHROMIUM`, or `chromium-headless-shell` on the PATH).
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import blog

HERE = Path(__file__).resolve().parent
TIMES = 9
TOML = """\
title = "Measured"
language = "en-GB"
author = "A Blogger"
identifier = "urn:uuid:3b6a27bc-6c3a-4d6e-9d7e-6d6b1f0c7a10"

[style.settings]
indent = "1.3em"
"""

IN_VIEW = """() => [...document.querySelectorAll('#pages .leaf img')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.bottom > 150 && box.top < innerHeight - 50 && one.complete;
}).map((one) => one.getAttribute('src'))"""
CHANGED = f"""(before) => new Promise((done) => {{
    const look = () => ({IN_VIEW})().some((one) => !before.includes(one))
        ? requestAnimationFrame(() => done(performance.timeOrigin + performance.now()))
        : requestAnimationFrame(look);
    look();
}})"""


def main(count: int) -> None:
    """Measure a book of so many posts and print a table in Markdown."""
    with TemporaryDirectory(prefix="octavo-bench-") as folder:
        root = Path(folder)
        blog.make(count, root, HERE.parent / "chapters" / "media")
        (root / "book.toml").write_text(TOML, encoding="utf-8")
        command = [sys.executable, "-m", "book", "preview", str(root)]
        with subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as studio:
            try:
                assert studio.stdout is not None
                _measure(root, studio.stdout.readline().strip(), count)
            finally:
                studio.terminate()


def _measure(root: Path, address: str, count: int) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(600_000)
        page.goto(address)
        page.wait_for_selector("#pages .leaf img")
        _settled(page)
        post = sorted((root / "chapters").glob("*.md"))[count // 2]
        page.evaluate(
            "(ident) => document.querySelector(`#entries [data-ident='${ident}']`).click()",
            f"post-{post.stem[11:]}",
        )
        time.sleep(2)
        text = post.read_text(encoding="utf-8")

        def edit(number: int) -> None:
            first, _, rest = text.partition("\n---\n\n")
            post.write_text(f"{first}\n---\n\nEdit number {number}. {rest}", encoding="utf-8")

        def indent(number: int) -> None:
            (root / "book.toml").write_text(TOML.replace("1.3em", f"1.{number + 4}em"), encoding="utf-8")

        print("| posts | from a saved change to the spread on the screen | median, ms | fastest | slowest |")
        print("|--:|---|--:|--:|--:|", flush=True)
        for what, change in (("a post edited", edit), ("a setting changed", indent)):
            taken = [_timed(page, change, number) for number in range(TIMES)]
            row = (count, what, *(round(f(taken)) for f in (statistics.median, min, max)))
            print("| " + " | ".join(map(str, row)) + " |", flush=True)
        browser.close()


def _timed(page: Any, change: Callable[[int], None], number: int) -> float:
    before = page.evaluate(IN_VIEW)
    page.evaluate(f"(before) => {{ window.seen = ({CHANGED})(before) }}", before)
    begun = time.time()
    change(number)
    seen = page.evaluate("() => window.seen")
    _settled(page)
    return float(seen) - begun * 1000


def _settled(page: Any) -> None:
    """Wait until all editions are made and nothing is being done."""
    while True:
        time.sleep(0.7)
        book = page.evaluate("() => fetch('/book').then((answer) => answer.json())")
        if len(book["editions"]) == 2 and book["status"]["doing"] is None:
            time.sleep(0.5)
            return


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
