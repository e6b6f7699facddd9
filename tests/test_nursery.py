"""Forked press processes are processes: they answer, they have an environment of their own, they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from binding import drawn
from nursery import Forked

from book.preparing import Darkroom
from book.press.children import Child
from book.press.workers import Limits, Worker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")


def test_they_answer_as_others_do() -> None:
    worker = Worker(Darkroom(), Limits())
    try:
        assert isinstance(worker._child.process, Forked)
        assert worker.call("prepare", drawn()).width == 40
    finally:
        worker.close()


def test_one_that_is_killed_is_dead_and_another_is_not() -> None:
    one, other = Child(), Child()
    os.kill(one.process.pid, signal.SIGKILL)
    assert one.process.wait(20) == -signal.SIGKILL
    assert not one.alive and other.alive
    with pytest.raises(subprocess.TimeoutExpired):
        other.process.wait(0.01)
    for child in (one, other):
        child.close()
    assert not other.alive


def test_each_has_errors_and_a_group_of_its_own() -> None:
    one, other = Child(), Child()
    try:
        for child in (one, other):
            assert _in_time(lambda child=child: _settled(child))
    finally:
        for child in (one, other):
            child.close()


def _settled(child: Child) -> bool:
    """Tell whether a process, which begins as a copy of the nursery, has its own group and errors by now."""
    pid = child.process.pid
    told, own = Path(f"/proc/{pid}/fd/2").stat(), os.fstat(child.errors.fileno())
    return os.path.samestat(told, own) and os.getpgid(pid) == pid


def _in_time(told: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not (settled := told()) and time.monotonic() < end:
        time.sleep(0.01)
    return settled


def test_where_the_environment_is_another_one_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    Child().close()
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    child = Child()
    assert isinstance(child.process, subprocess.Popen)
    child.close()
