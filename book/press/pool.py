"""Several workers at once, and what becomes of the calls that one of them does not survive."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any

from book.press.standby import Standby
from book.press.workers import Failed, Killed, Limits, Lost, Worker


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a bench's method, which sets `size` characters of markup.

    `about` tells the caller what it was for.
    """

    about: Any
    name: str
    arguments: tuple[Any, ...] = ()
    size: int = 0


class Pool:
    """Up to `size` workers, each started when there is work for it, or taken from `standby`."""

    def __init__(
        self,
        start: Callable[[Limits | None], Worker],
        size: int,
        limits: Limits | None = None,
        standby: Standby | None = None,
    ) -> None:
        self._start, self._size, self._limits, self._standby = start, max(1, size), limits, standby
        self._idle: list[Worker] = []

    def alone(self, limits: Limits | None = None) -> Pool:
        """Return a pool of one worker that has done nothing else, with other limits if they are given."""
        return Pool(self._start, 1, limits)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, or leave them standing by."""
        for worker in self._idle:
            if self._standby is not None:
                self._standby.leave(worker)
            else:
                worker.close()
        self._idle = []

    def hire(self) -> None:
        """Have a worker begin to load what it needs, before there is work for it."""
        self._idle.append(self._hire())

    def run(self, calls: Iterable[Call]) -> Iterator[tuple[Call, Any]]:
        """Make calls, and yield each with its answer as they come; a Lost or Failed stands for an answer.

        A call whose worker was killed from outside is made once more. A BookError that a bench
        raises is raised here.
        """
        waiting = deque(calls)
        again: set[int] = set()
        busy: dict[Worker, Call] = {}
        try:
            self._feed(waiting, busy)
            while busy:
                answers = []
                for worker in _ready(busy):
                    call, answer = busy.pop(worker), self._answer(worker)
                    if isinstance(answer, Killed) and id(call) not in again:
                        again.add(id(call))
                        waiting.append(call)
                    else:
                        answers.append((call, answer))
                self._feed(waiting, busy)
                yield from answers
        finally:
            for worker in busy:
                worker.close()

    def ask(self, name: str, *arguments: Any, size: int = 0) -> Any:
        """Make one call, that sets `size` characters of markup, and return its answer."""
        return next(iter(self.run([Call(None, name, arguments, size)])))[1]

    @contextmanager
    def aside(self, call: Call) -> Iterator[Callable[[], Any]]:
        """Begin a call, and go on; what is given waits for its answer, and is called once."""
        worker = self._idle.pop() if self._idle else self._hire()
        worker.ask(call.name, *call.arguments, size=call.size)
        asked = [worker]
        try:
            yield lambda: self._answer(asked.pop())
        finally:
            for worker in asked:
                worker.close()

    def _feed(self, waiting: deque[Call], busy: dict[Worker, Call]) -> None:
        while waiting and len(busy) < self._size:
            worker = self._idle.pop() if self._idle else self._hire()
            busy[worker] = waiting.popleft()
            worker.ask(busy[worker].name, *busy[worker].arguments, size=busy[worker].size)

    def _hire(self) -> Worker:
        waiting = self._standby.take() if self._standby is not None else None
        return waiting or self._start(self._limits)

    def _answer(self, worker: Worker) -> Any:
        try:
            answer = worker.answer()
        except Failed as failed:
            self._idle.append(worker)
            return failed
        except Lost as lost:
            worker.close()
            return lost
        except BaseException:
            worker.close()
            raise
        self._idle.append(worker)
        return answer


def _ready(busy: Mapping[Worker, Call]) -> list[Worker]:
    """Wait until some workers have answered, died, or used up their time."""
    patience = min(worker.patience() for worker in busy)
    ready = wait([worker.fileno() for worker in busy], max(0.0, patience))
    answered = [worker for worker in busy if worker.fileno() in ready]
    return answered or [worker for worker in busy if worker.patience() <= 0]
