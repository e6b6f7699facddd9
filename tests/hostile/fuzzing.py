"""Random posts through the program: many small ones in one book, and what fails is looked for among them."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from pathlib import Path
from random import Random

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from book.body import set_body
from book.build import build
from book.errors import BookError

_HEADER = "---\ntitle: Post {n}\ndate: {day}\nslug: post-{n}\n---\n\n"
_BARRED = ("script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "base")
_ALIGNED = re.compile("text-align:(left|right|center|justify|start|end)")
"""All that a post may say of its looks."""
_TOML = 'title = "Random"\nlanguage = "en"\nidentifier = "urn:uuid:3b6a27bc-6c3a-4d6e-9d7e-6d6b1f0c7a10"\n'


def read_alone(text: str) -> None:
    """Read one post; raise where its body is ill-formed or holds anything that may run or reach out."""
    body = set_body(text, "post-x", "en", ())
    for part in (body.xhtml, *(note.body for note in body.notes)):
        root = etree.fromstring(f"<div xmlns='http://www.w3.org/1999/xhtml'>{part}</div>")
        for element in root.iter(etree.Element):
            name = etree.QName(element).localname.lower()
            assert name not in _BARRED
            for attribute, value in element.attrib.items():
                assert not attribute.lower().startswith("on")
                assert attribute != "style" or _ALIGNED.fullmatch(value)
                if etree.QName(attribute).localname in ("href", "src", "data", "action"):
                    assert not re.match(r"\s*(javascript|vbscript|file|data:text)", value, re.IGNORECASE)


def project(root: Path, posts: Sequence[str], css: str = "") -> Path:
    """Make a project of random posts and, if there is one, a random style sheet."""
    (root / "chapters").mkdir(parents=True)
    style = '\n[style]\nstylesheets = ["mine.css"]\n' if css else ""
    (root / "book.toml").write_text(_TOML + style, "utf-8")
    (root / "mine.css").write_text(css, "utf-8", "surrogatepass")
    for number, text in enumerate(posts):
        day = f"20{number // 336:02}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        path = root / "chapters" / f"{number:05}.md"
        path.write_text(_HEADER.format(n=number, day=day) + text, "utf-8", "surrogatepass")
    return root


def fault(root: Path, posts: Sequence[str], css: str = "", editions: Sequence[str] = ()) -> str | None:
    """Return why a book of these posts cannot be made, if it is our fault and not the author's."""
    try:
        build(project(root, posts, css), editions=editions, jobs=1)
    except BookError as error:
        said = str(error)
        return (
            said if re.search(r"cannot be set in pages|would not be in the book|cannot work", said) else None
        )
    except Exception:
        return traceback.format_exc()
    return None


def guilty(base: Path, posts: Sequence[str], css: str = "", editions: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the fewest of these posts, by halves, with which the book still cannot be made."""
    suspects = tuple(posts)
    for attempt in range(40):
        if len(suspects) < 2:
            break
        half = suspects[: len(suspects) // 2], suspects[len(suspects) // 2 :]
        found = [one for n, one in enumerate(half) if fault(base / f"{attempt}-{n}", one, css, editions)]
        if not found:
            break
        suspects = found[0]
    return suspects


def examples(strategy: st.SearchStrategy[str], count: int, seed: int) -> list[str]:
    """Return the first so many examples of a strategy, the same ones for a seed."""
    found: list[str] = []

    @settings(
        max_examples=count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def take(example: str) -> None:
        found.append(example)

    hypothesis.seed(seed)(take)()
    Random(seed).shuffle(found)
    return found
