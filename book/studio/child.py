"""Processes that do the studio's work and may die without harm to it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any


class Gone(Exception):
    """The process ended before it answered. The message says how."""


class Child:
    """A Python process that runs `module` and is spoken to over a pipe; started when it is needed.

    It ends itself when its standard input is closed, which is when this process ends, however it does.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def tell(self, message: Any) -> None:
        """Send a message, to a new process if there is none."""
        if self._process is None or self._process.poll() is not None or self._pipe is None:
            self.close()
            self._pipe, self._process = self._start()
        try:
            self._pipe.send(message)
        except OSError as error:
            raise self._gone() from error

    def nudge(self, message: Any) -> None:
        """Send a message to the process that is heard just now; if it has ended, who hears it finds out."""
        if self._pipe is not None:
            with suppress(OSError):
                self._pipe.send(message)

    async def hear(self) -> Any:
        """Wait for the process's next message; raise Gone if it ends instead."""
        pipe = self._pipe
        if pipe is None:
            raise Gone("it was never started")
        loop = asyncio.get_running_loop()
        ready, descriptor = asyncio.Event(), pipe.fileno()
        loop.add_reader(descriptor, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(descriptor)
        try:
            return pipe.recv()
        except (EOFError, OSError) as error:
            raise self._gone() from error

    def _start(self) -> tuple[Connection, subprocess.Popen[bytes]]:
        here, there = Pipe()
        with there:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", self._module, str(there.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[there.fileno()],
                process_group=0,  # the keyboard is for the parent
            )
        return here, process

    def _gone(self) -> Gone:
        code = None
        if self._process is not None:
            try:
                code = self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self.close()
        return Gone(f"the process ended with status {code}" if code else "the process ended")

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            if self._process.stdin:
                self._process.stdin.close()
            self._process.kill()
            self._process.wait()
        self._pipe = self._process = None
