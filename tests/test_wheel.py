"""The wheel is whole: installed away from the checkout, it makes a project and its editions."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def run(*arguments: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([*map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", to, CHECKOUT)
    [file] = to.glob("octavo-*.whl")
    return file


def test_the_wheel_holds_what_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = CHECKOUT / "book"
    expected = {
        f"book/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {f"book/styles/{path.name}" for path in (CHECKOUT / "styles").iterdir()}
    expected |= {f"book/templates/{path.name}" for path in (CHECKOUT / "templates").iterdir()}
    assert not expected - names
    assert not [name for name in names if not name.startswith(("book/", "octavo-"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_makes_a_book_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "venv")
    run(sys.executable, "-m", "pip", "--quiet", "--python", python, "install", "--no-deps", wheel)
    ours = sysconfig.get_paths()["purelib"]  # the dependencies, but not the editable install of the checkout
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])").strip()
    (Path(site) / "dependencies.pth").write_text(ours)
    _make_a_book(python, tmp_path)


@pytest.mark.slow
def test_the_wheel_brings_its_dependencies(wheel: Path, tmp_path: Path) -> None:
    python = _environment(tmp_path / "venv")
    run(sys.executable, "-m", "pip", "--quiet", "--python", python, "install", wheel)
    _make_a_book(python, tmp_path)


def _environment(folder: Path) -> Path:
    venv.create(folder, with_pip=False)
    return folder / "bin" / "python"


def _make_a_book(python: Path, folder: Path) -> None:
    assert "site-packages" in run(python, "-c", "import book; print(book.__file__)", cwd=folder)
    run(python.with_name("book"), "new", "my-book", cwd=folder)
    said = run(python.with_name("book"), "build", "my-book", cwd=folder)
    assert said.startswith("my-book/out/my-book.epub: ")
    assert (folder / "my-book" / "out" / "my-book.epub").read_bytes().startswith(b"PK")
    assert (folder / "my-book" / "out" / "my-book-paperback.pdf").read_bytes().startswith(b"%PDF")
