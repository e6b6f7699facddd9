from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from making import config, post, reading

from book.arrange import arrange
from book.config import Project, Style
from book.model import Composition
from book.typeset import typeset


def composed(folder: Path, medium: str, **rules: Any) -> Composition:
    posts = [
        post("dawn", datetime(2016, 5, 1, 6), title="1 May 2016", untitled=True),
        post("noon", datetime(2016, 5, 1, 12), title="Beans", body="<h2>Runner</h2><p>Yes.</p>"),
        post("dusk", datetime(2016, 5, 1, 20), title="1 May 2016", untitled=True, body="<h2>Owl</h2>"),
        post("rain", datetime(2016, 5, 2, 9), title="Rain"),
    ]
    settings = config(language="en-GB", **rules)
    return typeset(arrange(reading(*posts), settings), Project(folder, settings), Style(), medium)


def outline(made: Composition) -> list[str]:
    """Return the headings and dates of the chapters, each with its level."""
    found = []
    for galley in made.galleys:
        if galley.role == "chapter":
            for one in etree.fromstring(galley.body).iter("h1", "h2", "h3", "h4", "time"):
                words = " ".join("".join(one.itertext()).split())
                if words and one.getparent().tag != "h2":
                    found.append(f"{one.tag} {words}")
    return found


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            {"by": "month", "arrangement": "diary"},
            ["h1 May 2016", "h2 1 May 2016", "h3 Beans", "h4 Runner", "h3 Owl", "h2 2 May 2016", "h3 Rain"],
        ),
        (
            {"by": "day"},
            ["h1 1 May 2016", "h2 Beans", "h3 Runner", "h2 Owl", "h1 2 May 2016", "h2 Rain"],
        ),
        (
            {"by": "month"},
            ["h1 May 2016", "h2 1 May 2016", "time 1 May 2016", "h2 Beans", "h3 Runner", "h2 1 May 2016",
             "h3 Owl", "time 2 May 2016", "h2 Rain"],
        ),
    ],
)  # fmt: skip
def test_a_diary_heads_each_day_once(medium: str, rules: Any, expected: list[str], tmp_path: Path) -> None:
    made = composed(tmp_path, medium, **rules)
    assert outline(made) == expected
    assert all(f'id="post-{slug}"' in "".join(g.body for g in made.galleys) for slug in ("dawn", "rain"))


def test_the_contents_name_a_day_once(tmp_path: Path) -> None:
    (month,) = composed(tmp_path, "print", by="month", arrangement="diary").contents
    assert [one.title for one in month.children] == ["1 May 2016", "Beans", "Rain"]
    days = composed(tmp_path, "print", by="day").contents
    assert [(day.title, [one.title for one in day.children]) for day in days] == [
        ("1 May 2016", ["Beans"]),
        ("2 May 2016", ["Rain"]),
    ]
