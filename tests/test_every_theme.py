"""Every theme makes the sample and a short blog so that no validator and no preflight has anything to say."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import SHARED
from documents import CHECKOUT

from book import resources
from book.build import build
from book.check import check
from book.gather import gather
from book.inspection import preflight
from book.profile import load
from book.report import BuildReport

pytestmark = pytest.mark.slow

NAMES = resources.stems("styles", ".toml", Path("nowhere"))
TRIMS = {"album": "210mm x 210mm", "large-print": "156mm x 234mm"}
"""The trims that these themes like."""

OF_THE_SAMPLE = ("post has no title", "dots to the inch")
"""What is said of the sample in any theme: a post of its has no title, its photographs are coarse."""


@dataclass(frozen=True)
class Made:
    """A book in a theme: which book, and its editions."""

    book: str
    report: BuildReport

    def path(self, name: str) -> Path:
        return next(edition.path for edition in self.report.editions if edition.name == name)


def editions(name: str) -> str:
    trim = f'trim = "{TRIMS[name]}"' if name in TRIMS else ""
    return (
        f'\n[style]\ntheme = "{name}"\n[editions.ebook]\nformat = "epub"\n'
        f'[editions.archive]\nformat = "pdf"\nprofile = "archive"\n{trim}\n'
        '[editions.press]\nformat = "pdf"\nprofile = "ingramspark"\n'
    )


@pytest.fixture(
    scope="module", params=[(book, name) for name in NAMES for book in ("blog", "sample")], ids="-".join
)
def made(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Made:
    book, name = request.param
    root = tmp_path_factory.mktemp(f"{book}-{name}")
    toml = 'title = "Notes"\nauthor = "A Blogger"\nlanguage = "en-GB"\nurl = "https://notes.example/"\n'
    if book == "sample":
        shutil.copytree(CHECKOUT / "chapters", root / "chapters")
        toml = (CHECKOUT / "book.toml").read_text(encoding="utf-8").partition("[editions.")[0]
    else:
        source = SHARED / "input" / "blog-2017.txt"
        if not source.is_file():
            pytest.skip("there is no ../shared/input/blog-2017.txt beside this checkout")
        gather([source], root / "chapters")
    (root / "book.toml").write_text(toml + editions(name), encoding="utf-8")
    return Made(book, build(root))


def test_nothing_is_said_of_it_but_what_is_so_in_any_theme(made: Made) -> None:
    said = {warning.message for edition in made.report.editions for warning in edition.warnings}
    known = OF_THE_SAMPLE if made.book == "sample" else ()
    assert {one for one in said if not any(words in one for words in known)} == set()


def test_no_check_finds_anything(made: Made) -> None:
    found = check([made.path("ebook"), made.path("archive")]).findings
    assert [one.message for one in found if one.severity != "note"] == []


@pytest.mark.parametrize(("name", "profile"), [("archive", "archive"), ("press", "ingramspark")])
def test_no_preflight_finds_anything(name: str, profile: str, made: Made) -> None:
    known = {"preflight-resolution"} if made.book == "sample" and name == "press" else set()
    found = preflight(made.path(name), load(profile))
    assert [one.message for one in found if one.rule not in known] == []


@pytest.mark.parametrize("name", ["archive", "press"])
def test_the_file_is_sound(name: str, made: Made) -> None:
    with pikepdf.open(made.path(name)) as pdf:
        assert pdf.check_pdf_syntax() == []
    if qpdf := shutil.which("qpdf"):
        ran = subprocess.run([qpdf, "--check", made.path(name)], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_verapdf_passes_it(made: Made, shared: Callable[[str], Path]) -> None:
    command = [shared("validators/verapdf.sh"), "2a,ua1", made.path("archive")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout.count("PASS") == 2 and "FAIL" not in ran.stdout, ran.stdout + ran.stderr
