"""Forked press processes are processes: they answer, they have an environment of their own, they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
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
    told = [Path(f"/proc/{child.process.pid}/fd/2").resolve() for child in (one, other)]
    assert one.process.pid != other.process.pid and told[0] != told[1]
    assert os.getpgid(one.process.pid) == one.process.pid
    for child in (one, other):
        child.close()


def test_where_the_environment_is_another_one_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    Child().close()
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    child = Child()
    assert isinstance(child.process, subprocess.Popen)
    child.close()
