"""Editions that follow others come after them, and name them rightly."""

from __future__ import annotations

from typing import Any

import pytest

from book import config
from book.desk import Bound
from book.editions import epub
from book.errors import BookError
from book.following import followed, in_order

TABLES = """\
[editions.ebook]
format = "epub"
page-list = "{first}"

[editions.pocket]
format = "epub"
page-list = "{second}"

[editions.paperback]
format = "pdf"
"""


def follower(composition: Any, desk: Any, *, page_list: str = "") -> Bound:
    raise AssertionError("nothing is bound here")


@pytest.fixture(autouse=True)
def follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "FOLLOWS", ("page_list",), raising=False)
    monkeypatch.setattr(epub, "bind", follower)


def project(manuscript: Any, first: str, second: str = "paperback") -> config.Project:
    toml = TABLES.format(first=first, second=second)
    return config.load(manuscript({"2020-01-01-one.md": "Words."}, toml=toml))


def names(found: config.Project, *wanted: str) -> list[str]:
    plans = [plan for plan in found.config.editions if not wanted or plan.name in wanted]
    return [plan.name for plan in in_order(found, plans)]


def test_an_edition_comes_after_the_one_it_follows(manuscript: Any) -> None:
    assert names(project(manuscript, "pocket")) == ["paperback", "pocket", "ebook"]


def test_what_an_edition_follows_comes_with_it(manuscript: Any) -> None:
    assert names(project(manuscript, "paperback"), "ebook") == ["paperback", "ebook"]


def test_what_follows_nothing_stays_in_its_place(manuscript: Any) -> None:
    found = project(manuscript, "paperback")
    assert followed(found.config.editions[2]) == {}
    assert names(found, "paperback") == ["paperback"]


def test_an_edition_that_is_not_there_is_advised_upon(manuscript: Any) -> None:
    with pytest.raises(BookError) as caught:
        names(project(manuscript, "paperbak"))
    (notice,) = caught.value.notices
    assert notice.message == "`page-list` names the edition `paperbak`, and there is none"
    assert (notice.hint, notice.line) == ("did you mean `paperback`?", 1)


def test_editions_that_wait_for_each_other(manuscript: Any) -> None:
    with pytest.raises(BookError, match="wait for each other: `ebook` waits for `pocket` waits for `ebook`"):
        names(project(manuscript, "pocket", "ebook"))
