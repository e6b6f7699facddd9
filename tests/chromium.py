"""A browser without a window, for tests of what is looked at in one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(
        None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser"))
    ),
    None,
)
needed = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium here: `apt-get install chromium-headless-shell`"
)


@contextmanager
def browsing(sync_api: Any) -> Iterator[Any]:
    """Start it, by way of Playwright, until the block ends."""
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()
