from __future__ import annotations

from typing import Any

import pytest

from book import config
from book.read import read
from book.remarks import line_of, remark


def test_a_message_knows_the_line_it_is_about() -> None:
    text = "one\n\ntwo [x](#gone)\n"
    assert line_of(remark("leads nowhere", "#gone"), text) == 2
    assert line_of(remark("leads nowhere", "#other"), text) is None
    assert line_of("nothing to look for", text) is None


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("a\n\n[x](#gone)", 7, "`#gone` leads to nothing"),
        ("[x](javascript:alert)", 5, "`javascript:alert` may not stand in a book"),
        ("a\n\nb $\\nosuch{x}$", 7, "this math cannot be read"),
        ("a\n\n[^lost]: Words.", 7, "the note `lost` is not referred to"),
        ("a[^none]", 5, "there is no note `none`"),
        ("a\n\n<script>x</script>", 7, "a `script` was left out"),
        ("a\n\n<template><p>x</p></template>", 7, "a `template` was left out"),
        ("a\n\n<svg viewBox='x'><text>w</text></svg>", 7, "a drawing cannot be shown"),
    ],
)
def test_warnings_name_the_line_of_the_file(manuscript: Any, body: str, line: int, message: str) -> None:
    root = manuscript({"x": f"---\ntitle: T\ndate: 2017-01-01\n---\n{body}\n"})
    (notice,) = read(config.load(root)).warnings
    assert message in notice.message
    assert (notice.path, notice.line) == (root / "chapters" / "x.md", line)


def test_a_title_taken_from_a_heading_does_not_shift_lines(manuscript: Any) -> None:
    (notice,) = read(config.load(manuscript({"2017-01-01-x": "# T\n\na\n\n[x](#gone)\n"}))).warnings
    assert notice.line == 5
