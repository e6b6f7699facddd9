"""A studio that runs, for tests that talk to it as a stranger or a browser would."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from studio_running import Running, running, write_book


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give the running studio of a small book."""
    root = tmp_path_factory.mktemp("studio") / "book"
    write_book(root)
    with running(root) as one:
        yield one
