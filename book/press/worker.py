"""The child's side of `book.press.workers`: answer calls, under limits, as long as the parent lives."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import signal
import sys
import threading
import traceback
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from book.errors import BookError, Untypeset

STACK = 512 << 20
"""Room for documents nested thousands deep: layout recurses once or more a level."""


def main() -> None:
    """Serve the pipe whose descriptor is the first argument, until standard input is closed.

    The second argument is the folder for temporary files: it goes when the parent is gone. What
    follows are modules to load before anything is asked.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends its children
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(200_000)
    threading.stack_size(STACK)
    threading.Thread(target=_serve, args=(Connection(int(sys.argv[1])),), daemon=True).start()
    os.read(0, 1)
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    os._exit(0)


def _serve(pipe: Connection) -> None:
    try:
        for module in sys.argv[3:]:
            _attempt(import_module, module)  # what is wrong is said when it is asked for
        setup = pipe.recv()
        good, bench = _attempt(setup.open)
        while True:
            limits, name, arguments = pipe.recv()
            _grant(limits.seconds, limits.memory)
            if name is None:
                (setup,) = arguments
                good, bench = _attempt(setup.change, bench) if good else _attempt(setup.open)
                continue
            pipe.send(_attempt(getattr(bench, name), *arguments) if good else (good, bench))
    except (EOFError, ConnectionError):
        return  # the parent is done with us, or gone: then standard input ends, and what is here goes
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def _attempt(function: Any, *arguments: Any) -> tuple[bool, Any]:
    try:
        return True, function(*arguments)
    except BookError as error:
        return False, error
    except MemoryError:
        gc.collect()
        return False, "it needed too much memory"
    except Untypeset as error:
        return False, str(error)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"


def _grant(seconds: int, memory: int) -> None:
    """Let the process use `seconds` more of the processor from now on, and so much memory in all."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (memory + STACK, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
