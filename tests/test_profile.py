"""Profiles: every one that ships can be read, says where it comes from, and a person can write another."""

from __future__ import annotations

from pathlib import Path

import pytest

from book import profile
from book.errors import BookError

PRINTERS = ["ingramspark", "kdp-paperback", "lulu-paperback"]
PRINTERS += ["ingramspark-hardcover", "kdp-hardcover", "lulu-hardcover"]
SHOPS = ["apple", "kindle"]


def mine(root: Path, text: str, name: str = "mine") -> Path:
    (root / "profiles").mkdir(exist_ok=True)
    path = root / "profiles" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_profiles_that_ship() -> None:
    assert profile.names() == sorted(
        ["a5", "archive", "digest", "home", "screen", "trade", *PRINTERS, *SHOPS],
    )


@pytest.mark.parametrize("name", SHOPS)
def test_a_shops_rules_have_their_source_and_day(name: str) -> None:
    rules = profile.load(name, format="epub")
    assert rules.sources and all(one.startswith("https://") for one in rules.sources)
    assert rules.checked and rules.shop.cover == (1600, 2560)


def test_a_profile_is_for_one_format() -> None:
    with pytest.raises(BookError, match="the profile `kindle` is for EPUB") as caught:
        profile.load("kindle")
    assert "`kdp-paperback`" in (caught.value.notices[0].hint or "")
    with pytest.raises(BookError, match="the profile `a5` is for PDF") as caught:
        profile.load("a5", format="epub")
    assert caught.value.notices[0].hint == "there are: `apple`, `kindle`"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('cover = "big"', "`cover` is not a size in pixels"),
        ("pixels = 0", "`pixels` is not a whole number"),
        ("font = false", "unknown key `font`"),
    ],
)
def test_a_shops_rule_that_is_none(line: str, message: str, tmp_path: Path) -> None:
    mine(tmp_path, f'format = "epub"\n[epub]\n{line}\n')
    with pytest.raises(BookError, match=message):
        profile.load("mine", tmp_path, "epub")


@pytest.mark.parametrize("name", PRINTERS)
def test_a_printers_rules_have_their_source_and_day(name: str) -> None:
    rules = profile.load(name)
    assert rules.sources
    assert all(one.startswith("https://") for one in rules.sources)
    assert rules.checked
    assert rules.paper in rules.papers
    assert rules.page.trim in rules.page.trims or not rules.page.trims
    assert not (rules.finish.links or rules.finish.bookmarks or rules.page.marks)


@pytest.mark.parametrize(
    ("name", "pages", "inches"),
    [
        ("kdp-paperback", 24, 0.375),
        ("kdp-paperback", 150, 0.375),
        ("kdp-paperback", 151, 0.5),
        ("kdp-paperback", 500, 0.625),
        ("kdp-paperback", 701, 0.875),
        ("kdp-paperback", 5000, 0.875),
        ("kdp-hardcover", 301, 0.625),
        ("ingramspark", 18, 0.5),
        ("lulu-paperback", 60, 0.5),
        ("lulu-paperback", 61, 0.625),
        ("lulu-paperback", 151, 1.0),
        ("a5", 300, 0),
    ],
)
def test_the_gutter_by_pages(name: str, pages: int, inches: float) -> None:
    assert profile.load(name).gutter(pages) == inches * 72


@pytest.mark.parametrize(
    ("name", "paper", "pages", "inches"),
    [
        ("kdp-paperback", "white", 200, 0.4504),
        ("kdp-paperback", "cream", 200, 0.5),
        ("kdp-paperback", "premium-colour", 100, 0.2347),
        ("lulu-paperback", "standard", 222, 0.56),
        ("lulu-hardcover", "standard", 84, 0.5),
        ("lulu-hardcover", "standard", 800, 2.125),
        ("kdp-hardcover", "white", 103, 0.42093),
    ],
)
def test_the_spine_by_paper_and_pages(name: str, paper: str, pages: int, inches: float) -> None:
    assert profile.load(name).papers[paper].spine(pages) == pytest.approx(inches * 72, abs=1e-3)


def test_the_safe_area_is_another_where_a_book_has_bleed() -> None:
    rules = profile.load("kdp-paperback")
    assert (rules.safe(bleed=False), rules.safe(bleed=True)) == (18, 27)
    assert profile.load("ingramspark").safe(bleed=True) == 36


def test_hardcovers_have_their_own_trims_and_the_paperbacks_gutter() -> None:
    rules = profile.load("kdp-hardcover")
    assert "8.25in x 11in" in rules.page.trims
    assert not [one for one in rules.page.trims if " to " in one]
    assert (rules.pages.least, rules.pages.most, rules.pages.blanks) == (75, 550, 2)


def test_a_project_brings_its_own_printer(tmp_path: Path) -> None:
    path = mine(tmp_path, 'like = "kdp-paperback"\n[pages]\nmost = 300\n[papers.thick]\ncaliper = "0.1mm"\n')
    rules = profile.load("mine", tmp_path)
    assert (rules.name, rules.path, rules.pages.most, rules.pages.least) == ("mine", path, 300, 24)
    assert sorted(rules.papers) == ["cream", "premium-colour", "standard-colour", "thick", "white"]
    assert "mine" in profile.names(tmp_path)


def test_a_projects_profile_may_be_like_ours_of_its_name(tmp_path: Path) -> None:
    mine(tmp_path, 'like = "a5"\n[page]\nbleed = "3mm"\n', "a5")
    assert profile.load("a5", tmp_path).page.bleed == pytest.approx(8.503937)


def test_profiles_that_are_like_each_other_are_refused(tmp_path: Path) -> None:
    mine(tmp_path, 'like = "other"\n')
    mine(tmp_path, 'like = "mine"\n', "other")
    with pytest.raises(BookError, match="goes in a circle"):
        profile.load("mine", tmp_path)


@pytest.mark.parametrize(
    ("name", "hint"), [("kdp-papreback", "did you mean `kdp-paperback`?"), ("../a5", None), ("", None)]
)
def test_an_unknown_profile(name: str, hint: str | None, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="there is no profile") as caught:
        profile.load(name, tmp_path)
    assert hint in (None, caught.value.notices[0].hint)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('title = "x"\n\n[page]\ngutters = []\n', 4, "unknown key `gutters` in `[page]`", "`gutter`"),
        ("bleed = 3\n", 1, "unknown key `bleed` at the top", "`bleed` belongs in `[page]`"),
        ('[page]\nbleed = "3"\n', 2, "`bleed` is not a length: `3`", "unit"),
        ("[page]\nbleed = 3\n", 2, "`bleed` is not a length: `3`", "unit"),
        ('[page]\ntrims = ["6 by"]\n', 2, "`trims` holds what is no size", "6in x 9in"),
        ('[page]\ngutter = [[300, "9mm"], [150, "12mm"]]\n', 2, "does not grow", "up to so many"),
        ('[page]\nbleed-sides = ["left"]\n', 2, "is not a list of sides", "outside"),
        ("[pages]\nleast = 0\n", 2, "`least` is not a whole number from 1 upwards", None),
        ('[pdf]\nstandard = "x-4a"\n', 2, "`standard` cannot be `x-4a`", "`x-4`"),
        ('[papers.white]\nthickness = "1mm"\n', 2, "unknown key `thickness`", "caliper"),
        ('checked = "today"\n', 1, "`checked` is not a day", "without quotes"),
        ('like = "a55"\n', 1, "there is no profile `a55`", "`a5`"),
    ],
)
def test_a_fault_in_a_profile_has_its_place(
    text: str, line: int, message: str, hint: str | None, tmp_path: Path
) -> None:
    path = mine(tmp_path, text)
    with pytest.raises(BookError) as caught:
        profile.load("mine", tmp_path)
    (notice,) = caught.value.notices
    assert (notice.path, notice.line) == (path, line)
    assert message in notice.message
    assert hint is None or hint in (notice.hint or "")


def test_all_faults_of_a_profile_are_told_at_once(tmp_path: Path) -> None:
    mine(tmp_path, 'colour = 1\n[page]\nbleed = "x"\n[pages]\nmost = "many"\n')
    with pytest.raises(BookError) as caught:
        profile.load("mine", tmp_path)
    assert [notice.line for notice in caught.value.notices] == [1, 3, 5]
