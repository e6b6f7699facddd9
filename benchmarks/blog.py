"""Blogs of any length to measure with: the same posts every time."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

_WORDS = """
morning letter garden window answer paper kettle river county number teacher winter silence question
habit corner kitchen market reason harbour shelf promise weather journey story engine mirror season
crowd bridge slowly always never almost often quietly again perhaps within between above below after
before under around carried opened wanted remembered followed explained measured borrowed counted
painted mended folded small ordinary patient crooked early careful yellow familiar heavy distant
gentle public narrow
""".split()  # noqa: SIM905


GIVEN = Path(__file__).resolve().parents[2] / "shared" / "bench" / "make_blog.py"
"""Another maker of blogs, by which other programs were measured: used where it lies beside this checkout."""


def given(count: int, folder: Path) -> bool:
    """Have the other maker write `count` posts into `folder/chapters`, if it is there; tell whether it is."""
    if GIVEN.is_file():
        subprocess.run([sys.executable, GIVEN, str(count), folder], check=True, stdout=subprocess.DEVNULL)
        (folder / "posts").rename(folder / "chapters")
    return GIVEN.is_file()


def make(count: int, folder: Path, pictures: Path) -> None:
    """Write `count` posts into `folder/chapters`: about 650 words each, with all that posts have."""
    chapters = folder / "chapters"
    (chapters / "media").mkdir(parents=True)
    names = []
    for path in sorted(pictures.glob("*.*")):
        shutil.copy(path, chapters / "media" / path.name)
        names.append(path.name)
    for number in range(count):
        day = date(2010, 1, 1) + timedelta(days=3 * number)
        text = _post(random.Random(number), number, count, names)
        (chapters / f"{day}-post-{number:05}.md").write_text(text, encoding="utf-8")


def _post(chance: random.Random, number: int, count: int, pictures: list[str]) -> str:
    blocks = [_paragraph(chance) for _ in range(chance.randint(6, 10))]
    if number % 5 == 0:
        blocks[0] += "[^1]"
        blocks.append(f"[^1]: {sentence(chance)}")
    if number % 5 == 1 and pictures:
        blocks.insert(2, f"![{sentence(chance)}](media/{chance.choice(pictures)})")
    if number % 20 == 2:
        rows = "\n".join(f"| {chance.choice(_WORDS)} | {chance.randint(1, 999)} |" for _ in range(6))
        blocks.insert(3, f"| what | how many |\n|---|--:|\n{rows}")
    if number % 20 == 3:
        blocks.insert(3, "```python\nfor post in posts:\n    print(post.title)  # one by one\n```")
    if number:
        blocks[1] += f" See [that post](post-{chance.randrange(count):05})."
    title = " ".join(chance.choice(_WORDS) for _ in range(4)).capitalize()
    return (
        f"---\ntitle: {title} {number}\ntags: [{chance.choice(_WORDS)}]\n---\n\n" + "\n\n".join(blocks) + "\n"
    )


def _paragraph(chance: random.Random) -> str:
    return " ".join(sentence(chance) for _ in range(chance.randint(4, 8)))


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(8, 18))).capitalize() + "."
