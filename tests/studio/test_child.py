"""Processes that do the studio's work: what is heard of them when they end, whoever speaks to them."""

from __future__ import annotations

import asyncio

import pytest

from book.studio.child import Child, Gone


def test_a_child_that_ended_is_heard_to_be_gone_though_it_is_nudged_meanwhile() -> None:
    async def heard() -> None:
        child = Child("book.studio.painter")
        child.tell(("no such file", 0, 1.0))
        await child.hear()
        hearing = asyncio.create_task(child.hear())
        await asyncio.sleep(0)
        process = child._process
        assert process is not None
        process.kill()
        process.wait()
        child.nudge("make haste")
        assert child._process is process  # none was started that nobody listens to
        with pytest.raises(Gone, match="status -9"):
            await asyncio.wait_for(hearing, 60)
        child.close()

    asyncio.run(heard())


def test_nobody_is_nudged_where_nothing_was_started() -> None:
    child = Child("book.studio.painter")
    child.nudge("make haste")
    assert child._process is None
    child.close()
