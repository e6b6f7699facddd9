"""Messages of one kind: the same words once, the first of those much alike, and all of them counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from book.abridged import abridged, found, omitted, reasons
from book.model import Finding, Notice, Skipped


def here(name: str, line: int = 1) -> tuple[Path, int]:
    return Path("posts", name), line


def test_a_few_messages_are_told_as_they_are() -> None:
    few = [Notice("a script was left out", *here(f"{n}.md")) for n in range(3)]
    mixed = [*few, Notice("no title was found; `A` is made of the file's name", *here("4.md"))]
    assert abridged(mixed) == mixed


def test_the_same_words_of_many_places_are_told_once_with_the_next() -> None:
    same = [Notice("a script was left out", *here(f"{n // 2}.md", n)) for n in range(10)]
    other = Notice("a script was left out", *here("9.md"), hint="look")
    [told, left] = abridged([*same, other])
    assert (told.path, told.line) == here("0.md", 0)
    assert told.message == "a script was left out; so it is 10 times in 5 files, next in `0.md:1`, `1.md:2`"
    assert left == other
    [told] = abridged([Notice("a tag", *here("a.md", n)) for n in range(1, 6)])
    assert told.message == "a tag; so it is 5 times in this file"


def test_of_messages_that_differ_in_names_and_numbers_the_first_are_told() -> None:
    def gap(number: int) -> Notice:
        return Notice(f"there is no picture `{number}.jpg` in this folder", *here("a.md", number), hint="h")

    assert abridged(gap(n) for n in range(13)) == [gap(n) for n in range(13)]
    told = abridged([*(gap(n) for n in range(40)), Notice("else")])
    assert told[:12] == [gap(n) for n in range(12)]
    assert told[12] == Notice(
        "28 more of this kind, “there is no picture `…` in this folder”; `--json` names them", hint="h"
    )
    assert told[13:] == [Notice("else")]
    links = [Notice(f"a player became a link: https://tube.example/{n}", *here("a.md")) for n in range(14)]
    assert len(abridged(links)) == 13


def test_a_title_before_a_message_makes_no_kind() -> None:
    scripts = [Notice(f"`Post {n}`: a script was left out", *here("a.xml", n)) for n in range(14)]
    forms = [Notice(f"`Post {n}`: a form was left out: “Send”", *here("a.xml", n)) for n in range(14)]
    told = [one.message for one in abridged([*scripts, *forms])]
    assert told[12] == "2 more of this kind, “a script was left out”; `--json` names them"
    assert told[25] == "2 more of this kind, “a form was left out: …”; `--json` names them"


def test_what_was_left_out_is_counted_by_its_reason() -> None:
    drafts = [Skipped(Path(f"{n}.md"), "it is a draft; `--drafts` brings it in") for n in range(20)]
    empty = Skipped(Path("z.md"), "it is empty")
    told = omitted([*drafts, empty])
    assert [one.path for one in told] == [*(one.path for one in drafts[:12]), None, Path("z.md")]
    assert told[12].reason == "8 more, since it is a draft; `--drafts` brings it in; `--json` names them"
    posts = [Skipped(None, f"`Post {n}` is a draft; `--drafts` brings it in", n) for n in range(14)]
    assert omitted(posts)[12].reason.startswith("2 more, since it is a draft; `--drafts` brings")
    tongues = [Skipped(None, f"it is `{n}.md` in `fr`; say `in-language=fr`") for n in range(14)]
    assert omitted(tongues)[12].reason.startswith("2 more, since it is `…` in `…`; say `in-language=fr`;")
    assert reasons([*posts, *drafts]) == [("it is a draft", 34)]
    assert reasons([empty, *drafts]) == [("it is a draft", 20), ("it is empty", 1)]


def test_of_findings_of_one_rule_the_first_are_told() -> None:
    gaps = [Finding("manuscript", "warning", f"there is no `{n}.jpg`", *here("a.md", n)) for n in range(30)]
    same = [Finding("alt", "error", "a picture has no words", *here(f"{n}.md")) for n in range(9)]
    grave = replace(gaps[0], severity="error")
    told = found([*gaps, *same, grave])
    assert told[:12] == gaps[:12]
    assert told[12].message == "18 more of this kind, “there is no `…`”; `--json` names them"
    assert (told[12].path, told[12].rule, told[12].severity) == (None, "manuscript", "warning")
    assert told[13].message.endswith("words; so it is 9 times in 9 files, next in `1.md:1`, `2.md:1`")
    assert told[14:] == [grave]
