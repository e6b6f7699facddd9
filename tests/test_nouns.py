from __future__ import annotations

import pytest

from book.nouns import many


@pytest.mark.parametrize(("count", "told"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts")])
def test_a_count_agrees_with_its_noun(count: int, told: str) -> None:
    assert many(count, "post") == told
