"""What every test may ask for: a manuscript, the command, a golden file, the shared samples."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import settings
from nursery import press_processes
from resident import residents
from serving import Server, serving

# The same examples every time, so that a run can be repeated; `--slow` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)

TESTS = Path(__file__).resolve().parent
CHECKOUT = TESTS.parent
SHARED = CHECKOUT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked slow too")
    parser.addoption("--accept", action="store_true", help="write what tests give into tests/golden/")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("searching" if config.getoption("--slow") else "repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    slow = [item for item in items if "slow" in item.keywords]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if "slow" not in item.keywords]


def pytest_collection_finish() -> None:
    """Leave what stays to the end of the run out of every search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _forking() -> Iterator[None]:
    """Have press processes loaded but once, where tests start them in this process."""
    with press_processes(), residents():
        yield


class Manuscript(Protocol):
    """Make a project in a fresh folder and return that folder."""

    def __call__(
        self,
        posts: Mapping[str, str] | None = None,
        *,
        toml: str | None = None,
        files: Mapping[str, str | bytes] | None = None,
        name: str = "manuscript",
    ) -> Path: ...


POST = """\
---
title: A first post
date: 2017-08-29
---

It was a *quiet* morning.
"""


@pytest.fixture
def manuscript(tmp_path: Path) -> Manuscript:
    """Give a function that makes projects.

    `posts` maps file names in `chapters/` to their text (one small post when left out);
    a name without a suffix gets `.md`. `toml` is the text of `book.toml` (no such file
    when left out). `files` maps other paths in the project to text or bytes.
    """

    def make(
        posts: Mapping[str, str] | None = None,
        *,
        toml: str | None = None,
        files: Mapping[str, str | bytes] | None = None,
        name: str = "manuscript",
    ) -> Path:
        root = tmp_path / name
        (root / "chapters").mkdir(parents=True)
        everything: dict[str, str | bytes] = dict(files or {})
        for post, text in ({"2017-08-29-first": POST} if posts is None else posts).items():
            everything[f"chapters/{post}" if Path(post).suffix else f"chapters/{post}.md"] = text
        if toml is not None:
            everything["book.toml"] = toml
        for path, content in everything.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server on this machine; what it answers, a test says."""
    with serving() as known:
        yield known


@dataclass(frozen=True)
class Ran:
    """What running the command gave."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it should be."""
        return json.loads(self.stdout)


@pytest.fixture
def octavo() -> Callable[..., Ran]:
    """Give a function that runs `book ARGUMENTS…` inside this process; a bug's exception passes through."""
    from click.testing import CliRunner

    from book.__main__ import main

    def run(*arguments: str | Path) -> Ran:
        result = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def command() -> Callable[..., Ran]:
    """Give a function that runs `book ARGUMENTS…` as a process of its own."""

    def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "book", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=300,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Give a function that compares a text with `tests/golden/NAME`; `--accept` writes it there instead."""

    def compare(name: str, text: str) -> None:
        file = TESTS / "golden" / name
        if request.config.getoption("--accept"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.is_file(), f"there is no golden file {name}: look at the output, then run with --accept"
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Give a function that finds a sample beside the checkout, and skips the test where there is none."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"there is no ../shared/{name} beside this checkout")
        return path

    return find
