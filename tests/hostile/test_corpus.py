"""Every file of ../shared/hostile, by every way into a project: it comes to the end that is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import SHARED, Manuscript, Ran
from hostile.trial import CANARY, CANARY_FILE, Trial, Watch, Way, contents, plant_canary, text, ways

CORPUS = SHARED / "hostile"
FILES = sorted(CORPUS.glob("*/*")) if CORPUS.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="there is no ../shared/hostile beside this checkout")


def expectations() -> dict[str, str]:
    """Return what the index expects of each file: a letter, and what is said beside it."""
    found = {}
    for row in (CORPUS / "INDEX.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if len(cells) >= 4 and re.fullmatch(r"\d+", cells[1]):
            found[cells[0]] = cells[-1]
    return found


EXPECTED = expectations() if FILES else {}


@pytest.fixture(scope="module", autouse=True)
def watch() -> Iterator[Watch]:
    """Listen where hostile files would have us call; nobody may have called when all is done."""
    plant_canary()
    made = Watch()
    yield made
    made.close()
    assert not made.calls
    assert CANARY_FILE.exists()


def test_the_index_tells_of_every_file() -> None:
    assert sorted(EXPECTED) == sorted(file.name for file in FILES)


EVERY = [pytest.param(file, way, id=f"{file.name}-{way.name}") for file in FILES for way in ways(file)]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "way"), EVERY)
def test_a_hostile_file_comes_to_its_expected_end(file: Path, way: Way, tmp_path: Path) -> None:
    trial = Trial(tmp_path / "trial")
    way.lay(trial, file)
    assert not trial.faults()
    if way.name != "covered" or not _refused_as_cover(trial):
        _hold(EXPECTED[file.name], trial)


def _refused_as_cover(trial: Trial) -> bool:
    """Tell whether a picture that an author has named for the cover was refused, and nothing made.

    The index tells of pictures in posts, where words can stand for one; nothing can for a cover.
    """
    named = "the cover `chapters/media/"
    refused = [ran for ran in trial.runs if ran.code == 1 and named in ran.said and "hint:" in ran.said]
    assert not (refused and (trial.epub.exists() or trial.pdf.exists()))
    return bool(refused)


def _hold(expected: str, trial: Trial) -> None:
    letter = re.match(r"[A-Z]+|sandbox", expected)
    codes = {ran.words[0]: ran.code for ran in trial.runs}
    if letter and letter[0] in ("E", "sandbox"):
        assert 1 in codes.values()
        assert not trial.epub.exists()
        assert not trial.pdf.exists()
    elif letter and letter[0] != "L" and " or L" not in expected:
        assert set(codes.values()) == {0}, trial.runs[-1].said
        assert trial.epub.exists()
        assert trial.pdf.exists()


REFUSED = [
    file
    for file in FILES
    if file.parent.name in ("xml", "zip", "data")
    and file.suffix != ".toml"
    and EXPECTED[file.name][:2] in ("E:", "L:")
]


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.name)
def test_what_is_to_be_refused_is_refused_with_a_hint_and_leaves_nothing(
    file: Path, manuscript: Manuscript, octavo: Callable[..., Ran]
) -> None:
    root = manuscript()
    ran = octavo("gather", file, "--into", root)
    assert ran.code == 1
    assert file.name in ran.stderr and "hint:" in ran.stderr
    assert [path.name for path in (root / "chapters").iterdir()] == ["2017-08-29-first.md"]


TOGETHER = [
    file
    for file in FILES
    if file.parent.name in ("html", "epub", "text")
    and file.suffix == ".html"
    and file.stat().st_size < 60_000
]


@pytest.mark.skipif(not TOGETHER, reason="there is no ../shared/hostile beside this checkout")
def test_hostile_documents_make_a_book_together(manuscript: Manuscript, octavo: Callable[..., Ran]) -> None:
    header = "---\ntitle: {name}\ndate: 2018-01-02\nslug: {name}\n---\n\n"
    posts = {
        file.stem: header.format(name=f"hostile-{number}") + file.read_text("utf-8")
        for number, file in enumerate(TOGETHER)
    }
    root = manuscript(posts, toml='title = "Hostile"\nlanguage = "en"\n')
    ran = octavo("build", root)
    assert ran.code == 0, ran.stderr
    for made in sorted((root / "out").iterdir()):
        whole = b"".join(contents(made))
        assert CANARY not in whole and b"/EmbeddedFile" not in whole
        assert "safe" in text(made) and "after" in text(made)
