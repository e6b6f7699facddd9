"""Editions are put in their places whole, all together, or not at all."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from book import bind, config, registry
from book.build import build
from book.config import Project
from book.desk import Bound, Desk
from book.errors import BookError
from book.lock import held
from book.model import Book, Composition, Metadata

BOOK = Composition(Book(Metadata("T", "en", "urn:x"), (), (), ()), (), (), (), ())
TWO = """\
title = "Été à Łódź"
[editions.ebook]
format = "epub"
[editions.paperback]
format = "pdf"
"""


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Bound]], None]:
    """Give a function that makes every format bind with the function it is given."""

    def use(function: Callable[..., Bound]) -> None:
        def find(kind: str, name: str) -> ModuleType:
            module = ModuleType(name)
            module.__dict__.update(bind=function, SUFFIX=f".{name}", MEDIUM="screen")
            return module

        monkeypatch.setattr(registry, "find", find)

    return use


@pytest.fixture
def project(manuscript: Any, edition: Any) -> Project:
    edition(writes)
    return config.load(manuscript(toml=TWO))


def writes(composition: Composition, desk: Desk, *, text: str = "new") -> Bound:
    desk.to.write_text(text)
    return Bound(3)


def make(project: Project, out: Path | None = None) -> list[Path]:
    with bind.places(project, project.config.editions, out) as places:
        for place in places:
            bind.bind(BOOK, place, project, jobs=1, fresh=False)
        bind.put(places)
    return [place.target for place in places]


def listing(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_editions_are_named_by_the_title(project: Project, edition: Any) -> None:
    edition(writes)
    targets = make(project)
    assert [t.relative_to(project.root).as_posix() for t in targets] == [
        "out/ete-a-lodz.epub",
        "out/ete-a-lodz-paperback.pdf",
    ]
    assert listing(project.root / "out") == {"ete-a-lodz.epub": "new", "ete-a-lodz-paperback.pdf": "new"}


def test_a_second_epub_carries_its_name(manuscript: Any, edition: Any) -> None:
    edition(writes)
    toml = 'title = "日本"\n[editions.big]\nformat = "epub"\n[editions.small]\nformat = "epub"\n'
    targets = make(config.load(manuscript(toml=toml)))
    assert [target.name for target in targets] == ["riben.epub", "riben-small.epub"]


def test_a_title_without_letters_is_a_book(manuscript: Any, edition: Any) -> None:
    edition(writes)
    assert make(config.load(manuscript(toml='title = "…!"')))[0].name == "book.epub"


def test_another_folder_is_made_but_not_its_parents(project: Project, edition: Any, tmp_path: Path) -> None:
    edition(writes)
    assert make(project, tmp_path / "elsewhere")[0].parent == tmp_path / "elsewhere"
    with pytest.raises(BookError, match="there is no such folder") as caught:
        make(project, tmp_path / "no" / "where")
    assert caught.value.notices[0].path == tmp_path / "no"


def test_no_edition_is_replaced_unless_all_are_bound(project: Project, edition: Any) -> None:
    edition(writes)
    make(project)
    bound = []

    def fails_second(composition: Composition, desk: Desk) -> Bound:
        bound.append(desk.name)
        desk.to.write_text("newer")
        if desk.name == "paperback":
            raise BookError("no")
        return Bound()

    edition(fails_second)
    with pytest.raises(BookError, match="no"):
        make(project)
    assert bound == ["ebook", "paperback"]
    assert listing(project.root / "out") == {"ete-a-lodz.epub": "new", "ete-a-lodz-paperback.pdf": "new"}


def test_a_bug_leaves_old_editions_and_nothing_else(project: Project, edition: Any) -> None:
    edition(writes)
    make(project)

    def breaks(composition: Composition, desk: Desk) -> Bound:
        desk.to.write_text("half")
        raise KeyboardInterrupt

    edition(breaks)
    with pytest.raises(KeyboardInterrupt):
        make(project)
    assert set(listing(project.root / "out").values()) == {"new"}
    assert len(list((project.root / "out").iterdir())) == 2


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.ENOSPC, "make room on that disk"), (errno.EROFS, "check who may write there")]
)
def test_a_disk_that_takes_no_more_is_named(project: Project, edition: Any, number: int, hint: str) -> None:
    def full(composition: Composition, desk: Desk) -> Bound:
        raise OSError(number, os.strerror(number))

    edition(full)
    with pytest.raises(BookError) as caught:
        make(project)
    [notice] = caught.value.notices
    assert notice.path == project.root / "out" / "ete-a-lodz.epub"
    assert notice.message == f"this cannot be written: {os.strerror(number).lower()}"
    assert notice.hint is not None and hint in notice.hint


def test_an_edition_that_another_hand_removes_before_it_stands_is_told(
    project: Project, edition: Any
) -> None:
    make(project)

    def removed(composition: Composition, desk: Desk) -> Bound:
        desk.to.unlink()
        return Bound(3)

    edition(removed)
    with pytest.raises(BookError) as caught:
        make(project)
    [notice] = caught.value.notices
    assert notice.path == project.root / "out" / "ete-a-lodz.epub"
    assert set(listing(project.root / "out").values()) == {"new"}


def test_an_error_of_another_kind_is_a_bug_and_shows(project: Project, edition: Any) -> None:
    def lost(composition: Composition, desk: Desk) -> Bound:
        raise FileNotFoundError(errno.ENOENT, "gone", "x")

    edition(lost)
    with pytest.raises(FileNotFoundError):
        make(project)


def test_a_fault_without_a_place_is_the_editions(project: Project, edition: Any) -> None:
    def refuses(composition: Composition, desk: Desk) -> Bound:
        raise BookError("no profile `x`")

    edition(refuses)
    with pytest.raises(BookError) as caught:
        make(project)
    assert (caught.value.notices[0].path, caught.value.notices[0].line) == (project.file, 2)


@pytest.mark.parametrize(
    ("edition", "settings", "said"),
    [
        ('profile = "kdp-hardcover"\ntrim = "a5"', "", ":7: `kdp-hardcover` does not offer the trim `a5`"),
        ('profile = "kdp-paper"', "", ":6: there is no profile `kdp-paper`"),
        ('paper = "x"\nprofile = "a5"', "", ":6: `a5` has no paper `x`"),
        ('profile = "a5"\ngutter = "12cm"', "", ":7: margins of 120mm at the spine"),
        ('profile = "a5"\nmargin-top = "5cm"\nmargin-bottom = "16cm"', "", ":8: the margins leave less"),
        ('profile = "a5"', 'margin-outside = "11cm"', ":8: margins of"),
        ('profile = "a5"\nopenings = "verso"', "", ":7: `openings` cannot be `verso`"),
    ],
)
def test_a_fault_of_an_option_is_told_with_its_line(
    edition: str, settings: str, said: str, manuscript: Any
) -> None:
    """The line of the table is only where to begin to look."""
    toml = f'title = "A"\nlanguage = "en"\nauthor = "B"\n[editions.p]\nformat = "pdf"\n{edition}\n'
    root = manuscript(toml=toml + (f"[style.settings]\n{settings}\n" if settings else ""))
    with pytest.raises(BookError) as caught:
        build(root)
    assert f"book.toml{said}" in str(caught.value)


def test_a_fault_at_the_part_is_told_of_the_target(project: Project, edition: Any) -> None:
    def refuses(composition: Composition, desk: Desk) -> Bound:
        raise BookError("cannot be written", path=desk.to)

    edition(refuses)
    with pytest.raises(BookError) as caught:
        make(project)
    assert caught.value.notices[0].path == project.root / "out" / "ete-a-lodz.epub"


@pytest.mark.parametrize("what", ["out", "target", "proc"])
def test_places_that_cannot_be_written_are_told_before_any_work(
    manuscript: Any, edition: Any, what: str
) -> None:
    edition(lambda composition, desk: pytest.fail("it was bound"))
    files = {"out": {"out": ""}, "target": {"out/t.epub/x": ""}}.get(what)
    root = manuscript(toml='title = "t"', files=files)
    folder = Path("/proc/self/task") if what == "proc" else None
    if folder is not None and not folder.is_dir():
        pytest.skip("there is no /proc here, a folder that even root cannot write")
    with pytest.raises(BookError) as caught:
        make(config.load(root), folder)
    path = caught.value.notices[0].path
    assert path is not None
    assert path.name == {"out": "out"}.get(what, "t.epub")


def test_what_a_killed_build_left_is_cleared_away(project: Project, edition: Any) -> None:
    (project.root / "out").mkdir()
    with bind.places(project, project.config.editions, None) as places:
        pass
    for name in (places[0].part.name, f"{places[0].part.name}.123", "mine.part"):
        (project.root / "out" / name).write_text("half")
    make(project)
    assert listing(project.root / "out") == {
        "ete-a-lodz.epub": "new",
        "ete-a-lodz-paperback.pdf": "new",
        "mine.part": "half",
    }


def test_editions_have_the_rights_that_files_have_here(project: Project, edition: Any) -> None:
    edition(writes)
    plain = project.root / "plain"
    plain.touch()
    assert stat.S_IMODE(make(project)[0].stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


HOLDER = """\
import sys
from pathlib import Path
from book.lock import held
with held(Path(sys.argv[1]), lambda: print("waiting", flush=True)):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_build_waits_for_the_first_and_the_dead_do_not_block(tmp_path: Path) -> None:
    def holder() -> subprocess.Popen[str]:
        arguments = [sys.executable, "-c", HOLDER, str(tmp_path / ".book")]
        return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    with holder() as first:
        assert first.stdout and first.stdout.readline() == "held\n"
        with holder() as second:
            assert second.stdout and second.stdout.readline() == "waiting\n"
            first.kill()
            assert second.stdout.readline() == "held\n"
            second.communicate("\n")


def test_a_lock_is_held_by_one_thread_at_a_time(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        with held(tmp_path / ".book", lambda: None):
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(50)))
    assert set(most) == {1}


def test_a_store_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / ".book").touch()
    with (
        pytest.raises(BookError, match="this folder cannot be written"),
        held(tmp_path / ".book", lambda: None),
    ):
        pass
