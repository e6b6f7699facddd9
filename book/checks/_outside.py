"""Validators of others: programs that write their report as JSON, asked where they are installed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from book.errors import BookError
from book.model import Finding

JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options for the programs that run once: they begin sooner."""
_SECONDS = 1200


def absent(rule: str, name: str, hint: str, path: Path) -> Finding:
    """Say that a validator is not there, and that nobody has asked it."""
    return Finding(rule, "note", f"{name} is not installed, and was not asked", path, None, hint)


def answer(
    name: str,
    command: Sequence[str],
    path: Path,
    report: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Any:
    """Run a validator over `path` and return its report, or what it prints; raise BookError for none.

    How it exits says nothing: each has numbers of its own for a book with faults.
    """
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
    except subprocess.TimeoutExpired as error:
        raise BookError(f"{name} took longer than {_SECONDS} seconds", path=path) from error
    except OSError as error:
        raise BookError(f"{name} cannot be run: {error.strerror}", path=path) from error
    try:
        return json.loads(report.read_bytes() if report else done.stdout)
    except (OSError, ValueError) as error:
        said = done.stderr.decode("utf-8", "replace").strip() or done.stdout.decode("utf-8", "replace")
        reason = (said.strip().splitlines() or ["no reason given"])[-1]
        raise BookError(f"{name} gave no report: {reason}", path=path) from error
