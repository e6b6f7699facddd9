"""The child's side of `book.press.workers`: set limits, then answer calls until the pipe closes."""

from __future__ import annotations

import gc
import resource
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

from book.errors import BookError

STACK = 512 << 20
"""Room for documents nested thousands deep: layout recurses once or more a level."""


def main() -> None:
    """Serve the pipe whose descriptor is the first argument."""
    pipe = Connection(int(sys.argv[1]))
    sys.setrecursionlimit(200_000)
    threading.stack_size(STACK)
    thread = threading.Thread(target=_serve, args=(pipe,))
    thread.start()
    thread.join()


def _serve(pipe: Connection) -> None:
    try:
        limits, setup = pipe.recv()
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory + STACK, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        bench = _attempt(setup.open)
        while True:
            name, arguments = pipe.recv()
            _grant(limits.seconds)
            pipe.send(bench if not bench[0] else _attempt(getattr(bench[1], name), *arguments))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _attempt(function: Any, *arguments: Any) -> tuple[bool, Any]:
    try:
        return True, function(*arguments)
    except BookError as error:
        return False, error
    except MemoryError:
        gc.collect()
        return False, "it needed too much memory"
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"


def _grant(seconds: int) -> None:
    """Let the process use `seconds` more of the processor from now on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
