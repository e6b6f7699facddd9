"""What people read: progress at a terminal, and for nobody else; warnings, each hint said once."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from book import terminal
from book.gatherreport import GatherReport
from book.model import Notice


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_nothing_is_told_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with terminal.progress() as tell:
        tell("setting pages: 1 of 2")
    assert pipe.getvalue() == ""


def test_a_terminal_shows_what_is_being_done_and_forgets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TERM": "xterm", "COLUMNS": "80"}.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with terminal.progress() as tell:
        tell("setting [pages]: 1 of 2")
    shown = screen.getvalue()
    assert "setting [pages]: 1 of 2" in shown
    assert shown.endswith("\x1b[2K")


def test_a_hint_that_several_warnings_share_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    shared, other = "mend it", "leave it"
    terminal.warn([Notice("one", hint=shared), Notice("two", hint=shared), Notice("three", hint=other)])
    said = capsys.readouterr().err.splitlines()
    assert said == ["warning: one", "warning: two", "  hint: mend it", "warning: three", "  hint: leave it"]


def test_where_missing_pictures_may_be_looked_for_is_said_where_some_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal.gathered(GatherReport(found=2))
    terminal.gathered(GatherReport(found=2, missing=1))
    whole, some, hint = capsys.readouterr().err.splitlines()
    assert (whole, some) == ("posts: none; pictures: 2, 0 missing", "posts: none; pictures: 2, 1 missing")
    assert "`--media FOLDER`" in hint and "`--fetch`" in hint


def test_titles_are_told_as_they_are_written_and_nothing_steers_the_terminal() -> None:
    title = "می\u200cنویسم\u200f\u00a0! 👩\u200d🚀"
    assert terminal.visible(title) == title
    assert terminal.visible("a\x1b[31m\u202eb\x07") == "a\\u001b[31m\\u202eb\\u0007"


@pytest.mark.parametrize(
    ("name", "posix", "windows"),
    [
        ("my-book", "my-book", "my-book"),
        ("Büch", "Büch", "Büch"),
        ("My Book", "'My Book'", '"My Book"'),
        ("it's", "'it'\"'\"'s'", '"it\'s"'),
    ],
)
def test_a_path_is_told_as_it_is_typed(
    name: str, posix: str, windows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(name)
    assert terminal.typed(path) == (windows if os.name == "nt" else posix)
    if os.name == "posix":
        monkeypatch.setattr(terminal, "os", SimpleNamespace(name="nt"))
        assert terminal.typed(path) == windows
