from __future__ import annotations

from pathlib import Path

import pytest
from binding import made


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a book that Octavo made, with every construct; no check finds anything in it."""
    return made(tmp_path_factory.mktemp("clean")).path
