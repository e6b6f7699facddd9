"""The rules that hold the program together: who may know whom, how large things are, what loads when."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import book

PACKAGE = Path(book.__file__).resolve().parent
PYPROJECT = PACKAGE.parent / "pyproject.toml"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
HEAVY = {
    "babel", "ebooklib", "fontTools", "jinja2", "latex2mathml", "lxml", "markdown", "nh3", "pebble", "PIL",
    "pikepdf", "pygments", "pymdownx", "pypdfium2", "rich", "starlette", "tinycss2", "tomlkit", "uvicorn",
    "watchfiles", "weasyprint", "yaml",
}  # fmt: skip


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


@cache
def imports(path: Path, *, anywhere: bool = True) -> tuple[str, ...]:
    """Return the modules of ours that a module imports, in functions too unless `anywhere` is false."""
    return tuple(_imports(ast.parse(path.read_text(encoding="utf-8")), path, anywhere))


def _imports(tree: ast.Module, path: Path, anywhere: bool) -> Iterator[str]:
    for node in ast.walk(tree) if anywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "book")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            if node.module and node.module.split(".")[0] == "book":
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    yield whole if whole in NAMES else node.module


def test_the_model_knows_nothing_of_ours() -> None:
    assert not list(imports(PACKAGE / "model.py"))


def test_errors_know_only_the_model() -> None:
    assert set(imports(PACKAGE / "errors.py")) == {"book.model"}


COMMANDS = {
    "book.build",
    "book.gather",
    "book.new",
    "book.check",
    "book.bind",
    "book.terminal",
    "book.__main__",
}
STAGES = {"book.read", "book.arrange", "book.typeset", "book.config", "book.bookfile"}


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.parent.name in ("sources", "editions", "checks")], ids=name_of
)
def test_extensions_know_no_stage_and_no_command(path: Path) -> None:
    assert not set(imports(path)) & (COMMANDS | STAGES)


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name == "sources"], ids=name_of)
def test_importers_do_not_know_each_other(path: Path) -> None:
    """A module whose name begins with `_` is no importer, and may be shared."""
    others = [name for name in imports(path) if name.startswith("book.sources.") and "._" not in name]
    assert not others
    assert not [name for name in imports(path) if name.startswith(("book.editions", "book.press"))]


def test_only_the_build_knows_all_the_stages() -> None:
    knowing = {
        name_of(path)
        for path in MODULES
        if {"book.read", "book.arrange", "book.typeset"} <= set(imports(path))
    }
    assert knowing <= {"book.build", "book.check"}


def test_nothing_imports_in_a_circle() -> None:
    graph = {name_of(path): set(imports(path, anywhere=False)) for path in MODULES}

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        for other in graph.get(name, ()):
            if (name, other) not in seen:
                seen.add((name, other))
                visit(other, (*above, name))

    seen: set[tuple[str, str]] = set()
    for name in sorted(graph.keys() - {"book"}):
        visit(name, ())


def lines_of_code(path: Path) -> int:
    """Count lines that are neither blank nor a comment nor documentation."""
    text = path.read_text(encoding="utf-8")
    documentation = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return sum(
        1
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.lstrip().startswith("#") and number not in documentation
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_small_and_named_for_what_it_does(path: Path) -> None:
    assert lines_of_code(path) <= 250
    assert path.stem not in {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "misc",
        "common",
        "base",
        "core",
    }
    assert path.parent == PACKAGE or (path.parent / "__init__.py").is_file()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_clock_and_no_chance_where_outputs_are_made(path: Path) -> None:
    """Outputs are the same whenever they are made; only `book new` draws an identifier, once."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
    }
    chance = {"now", "utcnow", "today", "uuid1", "getrandom", "urandom", "token_hex", "randint", "shuffle"}
    assert not called & chance
    if name_of(path) != "book.new":
        assert "uuid4" not in called


@pytest.mark.parametrize("module", ["book", "book.__main__", "book.config", "book.registry", "book.terminal"])
def test_what_a_help_text_needs_is_light(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {name.split(".")[0] for name in done.stdout.split()} & HEAVY


def test_help_runs_without_the_libraries_that_set_type() -> None:
    program = (
        f"import sys\nfor name in {sorted(HEAVY)!r}: sys.modules[name] = None\n"
        "sys.argv = ['book', '--help']\nimport runpy\nrunpy.run_module('book', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Usage: book" in done.stdout


def test_an_epub_needs_no_library_that_sets_type(manuscript: Any) -> None:
    """Where Pango is missing, importing WeasyPrint fails: reading `book.toml` must not do it."""
    program = (
        "import sys; sys.modules['weasyprint'] = None\nfrom pathlib import Path\nfrom book import config\n"
        "print(*(plan.format for plan in config.load(Path(sys.argv[1])).config.editions))"
    )
    toml = '[editions.ebook]\nformat = "epub"\n[editions.paperback]\nformat = "pdf"\nprofile = "a5"\n'
    arguments = [sys.executable, "-c", program, str(manuscript(toml=toml))]
    done = subprocess.run(arguments, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("epub pdf\n", "")


@pytest.mark.parametrize(
    "first",
    [
        "import book",
        "import book.build",
        "import book.gather",
        "from book.build import build",
        "from book.gather import gather",
        "import book.typeset, book.arrange",
        "from book import gather, build",
    ],
)
def test_build_and_gather_are_functions_whatever_is_imported_first(first: str) -> None:
    program = (
        f"{first}\nimport book, inspect\nfrom book.build import build\nfrom book.gather import gather\n"
        "assert book.build is build and inspect.isfunction(build)\n"
        "assert book.gather is gather and inspect.isfunction(gather)\n"
        "import book.build, book.gather\nassert inspect.isfunction(book.build)\n"
        "assert inspect.isfunction(book.gather)\n"
        "for name in book.__all__: assert getattr(book, name) is not None"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_dependency_is_one() -> None:
    """What `pyproject.toml` asks for is imported somewhere; fonts and time zones are data."""
    from importlib.metadata import distribution, packages_distributions

    asked = {
        re.split(r"[\[<>=;]", one)[0]
        for one in tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"]
    }
    provides: dict[str, set[str]] = {}
    for module, names in packages_distributions().items():
        for name in names:
            provides.setdefault(re.sub(r"[-_.]+", "-", name.lower()), set()).add(module)
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    for name in sorted(asked):
        if name.startswith("fontpkg-") or name == "tzdata":
            assert distribution(name)
        else:
            assert any(re.search(rf"\b{module}\b", text) for module in provides[name]), (
                f"`{name}` is not used"
            )


def test_the_locks_hold_every_dependency_and_no_host() -> None:
    project = tomllib.loads(PYPROJECT.read_text())["project"]
    for name, asked in {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": [*project["dependencies"], *project["optional-dependencies"]["dev"]],
    }.items():
        text = (PYPROJECT.parent / name).read_text()
        locked = set(re.findall(r"^([a-z0-9.-]+)==", text, re.M))
        wanted = {re.split(r"[\[<>=;]", one)[0] for one in asked}
        assert not wanted - locked, f"run `make lock`: {name} lacks {wanted - locked}"
        assert "://" not in text and "--index-url" not in text and "--find-links" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_what_is_locked_runs_on_the_oldest_python_there_is_to_serve() -> None:
    """Debian 12 has 3.11.2, and releases that need a later 3.11 exist."""
    from importlib.metadata import distributions

    from packaging.specifiers import SpecifierSet

    text = (PYPROJECT.parent / "requirements-dev.lock").read_text()
    locked = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.M))
    installed = {re.sub(r"[-_.]+", "-", one.name.lower()): one for one in distributions()}
    for name, version in locked.items():
        if name in installed and installed[name].version == version:
            assert SpecifierSet(installed[name].metadata["Requires-Python"] or "").contains("3.11.2"), name
