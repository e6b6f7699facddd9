from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.press.children import _waiting, ahead, spare
from book.press.pool import Call, Pool
from book.press.workers import Failed, Limits, Lost, Worker


class Bench:
    """Does to its process what untrusted documents do."""

    def add(self, one: int, other: int) -> int:
        return one + other

    def loaded(self, name: str) -> bool:
        return name in sys.modules

    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    def spin(self) -> None:
        while True:
            pass

    def eat(self) -> int:
        return len(bytearray(3 << 30))

    def crash(self) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)
        time.sleep(5)

    def leave(self) -> None:
        os._exit(3)

    def fail(self) -> None:
        raise ValueError("no such thing")

    def complain(self) -> None:
        raise BookError("this is wrong", hint="mend it")

    def descend(self, depth: int) -> int:
        return 1 + max([self.descend(depth - 1)]) if depth else 0

    def identity(self) -> int:
        return os.getpid()

    def work(self, seconds: float) -> float:
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass
        return seconds

    def sleep(self, seconds: float) -> float:
        time.sleep(seconds)
        return seconds


@dataclass(frozen=True)
class Setup:
    def open(self) -> Bench:
        return Bench()


class Broken(Setup):
    def open(self) -> Bench:
        raise BookError("the library is missing", hint="install it")


@pytest.fixture
def paths(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let children import this module as the tests do."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))


def start(limits: Limits | None = None) -> Worker:
    return Worker(Setup(), limits or Limits(seconds=2, memory=1 << 30))


@pytest.fixture
def worker(paths: None) -> Any:
    made = start()
    yield made
    made.close()


def test_a_worker_answers(worker: Worker) -> None:
    assert worker.call("add", 2, 3) == 5
    assert worker.call("add", 4, 3) == 7


def test_a_run_away_is_ended(worker: Worker) -> None:
    with pytest.raises(Lost, match="it took more than 2 seconds"):
        worker.call("spin")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at as Linux has them")
def test_who_waits_for_the_processor_is_waited_for_and_who_sleeps_is_not(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine that is busy with other things: the clock runs out long before the work."""
    assert worker.call("work", 0.2) == 0.2
    monkeypatch.setattr("book.press.workers._SLACK", 0.2)
    monkeypatch.setattr("book.press.workers._AT_WORK", 0.01)  # this machine may be as busy as that
    assert worker.call("work", 1.5) == 1.5
    with pytest.raises(Lost, match="it took more than"):
        worker.call("sleep", 60)


def test_time_is_granted_by_the_size_of_the_work() -> None:
    assert Limits(seconds=10).granted(800_000).seconds == 110
    assert Limits(memory=1 << 30).granted(1_000_000).memory > (1 << 30) + 300_000_000


def test_too_much_memory_is_refused(worker: Worker) -> None:
    with pytest.raises(Failed, match="it needed too much memory"):
        worker.call("eat")
    assert worker.call("add", 1, 1) == 2


def test_a_crash_is_told_by_its_signal(worker: Worker) -> None:
    with pytest.raises(Lost, match="crashed \\(SIGSEGV\\)"):
        worker.call("crash")


def test_an_early_end_is_told(worker: Worker) -> None:
    with pytest.raises(Lost, match="ended with status 3"):
        worker.call("leave")


def test_an_exception_leaves_the_worker_alive(worker: Worker) -> None:
    with pytest.raises(Failed, match="ValueError: no such thing"):
        worker.call("fail")
    assert worker.call("add", 1, 1) == 2


def test_a_book_error_comes_through_whole(worker: Worker) -> None:
    with pytest.raises(BookError) as caught:
        worker.call("complain")
    assert caught.value.notices[0].hint == "mend it"


def test_what_cannot_be_opened_says_so(paths: None) -> None:
    worker = Worker(Broken(), Limits())
    with pytest.raises(BookError, match="the library is missing"):
        worker.call("add", 1, 1)
    worker.close()


def test_there_is_room_for_deep_nesting(worker: Worker) -> None:
    assert worker.call("descend", 20_000) == 20_000


def test_the_environment_is_the_same_everywhere(paths: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("PYTHONHASHSEED", "17")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99")
    worker = Worker(Setup(), Limits())
    found = worker.call("environment")
    worker.close()
    assert (found["TZ"], found["LC_ALL"], found["PYTHONHASHSEED"]) == ("UTC", "C.UTF-8", "0")
    assert found["SOURCE_DATE_EPOCH"] == "0"
    assert Path(found["FONTCONFIG_FILE"]).name == "fonts.conf"


@pytest.mark.parametrize("work", ["worker.ask('sleep', 600)", ""], ids=["at work", "idle"])
def test_a_worker_ends_with_the_process_that_started_it_and_leaves_nothing(paths: None, work: str) -> None:
    program = (
        "import os\nfrom press.test_workers import start\nworker = start()\n"
        "print(worker.call('identity'), worker._child._scratch.name, flush=True)\n"
        f"{work}\nos._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    child, scratch = done.stdout.split()
    for _ in range(1200):
        if not _runs(int(child)):
            assert not Path(scratch).exists()
            return
        time.sleep(0.05)
    pytest.fail("the worker goes on alone")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        with open(f"/proc/{process}/stat") as stat:  # noqa: PTH123 - no such place elsewhere
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_pool_makes_all_calls_and_survives_a_death(paths: None) -> None:
    calls = [Call(n, "add", (n, 1)) for n in range(6)]
    calls.insert(2, Call("dead", "leave"))
    with Pool(start, 2) as pool:
        answers = {call.about: answer for call, answer in pool.run(calls)}
    assert isinstance(answers.pop("dead"), Lost)
    assert answers == {n: n + 1 for n in range(6)}


def test_a_pool_starts_no_more_workers_than_it_may(paths: None) -> None:
    with Pool(start, 2) as pool:
        found = {answer for _, answer in pool.run([Call(n, "identity") for n in range(8)])}
        again = {answer for _, answer in pool.run([Call(n, "identity") for n in range(8)])}
    assert len(found) <= 2
    assert again <= found


def test_a_pool_of_one_is_another_process(paths: None) -> None:
    with Pool(start, 1) as pool:
        own = pool.ask("identity")
        with pool.alone() as other:
            assert other.ask("identity") != own


class Loading(Setup):
    LOADS = "this"


def test_a_process_that_was_started_ahead_is_taken_once_and_else_ended(paths: None) -> None:
    with ahead("this", "antigravity_that_is_not_there"):
        worker = Worker(Loading(), Limits())
        other = Worker(Loading(), Limits())
        assert worker.call("loaded", "this") is True
        assert other.call("loaded", "this") is False
        left = next(iter(_waiting.values()))
        worker.close()
        other.close()
    assert not left.alive
    assert not _waiting


def test_a_spare_process_is_taken_once_and_replaced_where_it_died(paths: None) -> None:
    spare("this")
    first = _waiting["this"]
    spare("this")
    assert _waiting["this"] is first
    first.process.kill()
    first.process.wait()
    spare("this")
    worker = Worker(Loading(), Limits())
    assert worker.call("loaded", "this") is True
    assert not _waiting
    worker.close()


def test_a_process_that_died_waiting_is_not_taken(paths: None) -> None:
    with ahead("this"):
        _waiting["this"].process.kill()
        _waiting["this"].process.wait()
        worker = Worker(Loading(), Limits())
        assert worker.call("add", 1, 2) == 3
        worker.close()


def test_a_call_aside_is_answered_while_other_things_are_done(paths: None) -> None:
    with Pool(start, 1) as pool:
        own = pool.ask("identity")
        with pool.aside(Call(None, "identity")) as answer:
            assert answer() == own
        with pool.aside(Call(None, "leave")) as answer:
            assert isinstance(answer(), Lost)
        with pytest.raises(KeyError), pool.aside(Call(None, "sleep", (60,))):
            raise KeyError
        assert pool.ask("identity") != own


def test_a_worker_that_is_hired_early_is_the_one_that_works(paths: None) -> None:
    started: list[Worker] = []

    def count(limits: Limits | None = None) -> Worker:
        started.append(start(limits))
        return started[-1]

    with Pool(count, 2) as pool:
        pool.hire()
        assert pool.ask("add", 1, 1) == 2
    assert len(started) == 1
