"""The table of harms names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
NAMED = re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", (HERE / "README.md").read_text("utf-8"))


@pytest.mark.parametrize(("file", "test"), NAMED, ids=lambda value: value)
def test_a_test_that_the_table_names_is_there(file: str, test: str) -> None:
    found = list(HERE.parent.rglob(file))
    assert found
    assert not test or any(f"def {test}(" in path.read_text("utf-8") for path in found)
