from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Manuscript
from winters import POSTS

from book.config import EditionPlan
from book.volumes import command as plans
from book.volumes.weighing import Weights

TOML = """\
# my book
title = "Three Winters"  # for now

[editions.paperback]
format = "pdf"
"""


@pytest.fixture
def root(manuscript: Manuscript) -> Path:
    return manuscript(POSTS, toml=TOML)


def test_a_book_that_one_volume_holds(root: Path, octavo: Callable[..., Any]) -> None:
    ran = octavo("plan", root)
    assert ran.code == 0
    assert "`paperback` has about " in ran.stdout
    assert "one volume holds it" in ran.stdout


def test_what_is_judged_is_near_to_what_is_counted(root: Path, octavo: Callable[..., Any]) -> None:
    about = octavo("plan", root, "--volumes", 2, "--json").json
    exact = octavo("plan", root, "--volumes", 2, "--exact", "--json").json
    assert abs(about["pages"] - exact["pages"]) <= 0.15 * exact["pages"]
    assert [one["posts"] for one in exact["volumes"]] in ([4, 6], [6, 4])


@pytest.mark.parametrize(("pages", "gutter"), [(2000, "63pt"), (200, "36pt")])
def test_pages_are_judged_with_the_gutter_that_volumes_will_have(
    pages: int, gutter: str, manuscript: Manuscript, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[EditionPlan] = []

    def weigh(_: object, plan: EditionPlan, *__: object, **___: object) -> Weights:
        asked.append(plan)
        return Weights(defaultdict(lambda: 100.0), 10, 0)

    monkeypatch.setattr(plans, "weigh", weigh)
    monkeypatch.setattr(plans, "castoff", lambda *_: pages)
    plans.planned(manuscript(POSTS, toml=f'{TOML}profile = "kdp-paperback"\n'))
    assert [plan.options["gutter"] for plan in asked] == [gutter]


def test_a_plan_is_written_beside_the_authors_own_words(root: Path, octavo: Callable[..., Any]) -> None:
    assert octavo("plan", root, "--volumes", 2, "--write").code == 0
    written = (root / "book.toml").read_text(encoding="utf-8")
    assert written.startswith(TOML)
    assert written.count("[[volumes]]") == 2
    made = octavo("build", root, "--json").json["editions"]
    assert [edition["name"] for edition in made] == ["paperback-1", "paperback-2"]
    decided = octavo("plan", root, "--exact", "--json").json
    assert decided["decided"]
    for edition, volume in zip(made, decided["volumes"], strict=True):
        assert abs(edition["pages"] - volume["pages"]) <= 3  # a leaf of front matter, a blank page
        assert edition["posts"] == volume["posts"]


@pytest.mark.slow
def test_volumes_keep_their_titles_when_they_are_planned_anew(root: Path, octavo: Callable[..., Any]) -> None:
    octavo("plan", root, "--volumes", 2, "--write")
    file = root / "book.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("until =", 'title = "Ice"\nuntil ='), encoding="utf-8"
    )
    octavo("plan", root, "--volumes", 2, "--write")
    assert 'title = "Ice"' in file.read_text(encoding="utf-8")
    assert "Ice" in str(octavo("plan", root, "--json").json["volumes"][0]["title"])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["--edition", "hardback"], "there is no PDF edition `hardback`"),
        (["--volumes", "200"], "chapters, too few for 200 volumes"),
        (["--pages", "16", "--volumes", "1"], "pages of chapters do not fit into one volume"),
    ],
)
def test_a_plan_that_cannot_hold_is_refused(
    asked: list[str], message: str, root: Path, octavo: Callable[..., Any]
) -> None:
    ran = octavo("plan", root, *asked)
    assert ran.code == 1
    assert message in ran.stderr
    assert "Traceback" not in ran.stderr
