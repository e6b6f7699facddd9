"""Look things over: a project before building, an edition after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book import registry
from book.ejected import behind
from book.errors import BookError
from book.model import Finding, Notice

if TYPE_CHECKING:
    from book.config import Project

_GRAVITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What checking found, file by file, in the order of the places in each."""

    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that must be mended."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def json(self) -> dict[str, Any]:
        """Return the report as `book check --json` prints it."""
        return {
            "findings": [
                {
                    "rule": one.rule,
                    "severity": one.severity,
                    "path": None if one.path is None else str(one.path.absolute()),
                    "line": one.line,
                    "message": one.message,
                    "hint": one.hint,
                    "clause": one.clause,
                }
                for one in self.findings
            ]
        }


def check(paths: Sequence[Path], profile: str | None = None, *, pages: bool = False) -> CheckReport:
    """Check projects (folders) and finished editions (files), in the order given.

    `profile` names the printer's or the shop's rules that files are held against: one of ours, or of
    the project in whose folder a file lies. `pages` has the pages of PDFs read as a typesetter does.
    """
    found: list[Finding] = []
    for path in paths:
        if pages:
            found += read_pages(path)
        if profile is None:
            found += check_project(path) if path.is_dir() else check_file(path)
        else:
            found += check_print(path, profile)
    return CheckReport(tuple(found))


def read_pages(path: Path) -> list[Finding]:
    """Read the pages of a PDF, and give what a typesetter would mark."""
    from book.proofread import proofread

    if path.suffix.lower() != ".pdf" or not path.is_file():
        raise BookError("only a PDF has pages to read", path=path, hint="name a PDF, or leave `--pages` out")
    return proofread(path)


def check_print(path: Path, name: str) -> list[Finding]:
    """Check a PDF or an EPUB, and hold it against the profile `name`."""
    from book.inspection import preflight
    from book.profile import load

    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".epub"):
        hint = "leave `--profile` out, or name such a file"
        raise BookError("a profile is for a PDF or an EPUB", path=path, hint=hint)
    root = next((folder for folder in path.absolute().parents if (folder / "book.toml").is_file()), None)
    profile = load(name, root, suffix.removeprefix("."))
    found = check_file(path)
    if suffix == ".epub":
        from book.epub.fitting import unmet

        return _in_order([*found, *unmet(path, profile)])
    if profile.finish.standard in ("x-1a", "x-4"):  # nobody has paper read aloud by its language
        found = [one for one in found if one.rule != "pdf-language"]
    return _in_order([*found, *preflight(path, profile)])


def check_file(path: Path) -> list[Finding]:
    """Run every check that knows this kind of file; raise BookError where none does."""
    if not path.exists():
        raise BookError("there is no such file", path=path, hint="check how its name is spelt")
    if not path.is_file():
        hint = "name a finished EPUB or PDF, or the folder of a project"
        raise BookError("this is neither a file nor a folder that can be checked", path=path, hint=hint)
    checks = [registry.find("checks", name) for name in registry.names("checks")]
    suffixes = sorted({suffix for one in checks for suffix in one.SUFFIXES})
    fitting = [one for one in checks if path.suffix.lower() in one.SUFFIXES]
    if not fitting:
        raise BookError(
            f"there is no check for `{path.name}`",
            path=path,
            hint="a project's folder, or a file that ends in " + ", ".join(f"`{s}`" for s in suffixes),
        )
    return _in_order(finding for one in fitting for finding in one.check(path))


def check_project(root: Path) -> list[Finding]:
    """Read and arrange a project, and give as findings what a build would warn of or stop at."""
    from book import config
    from book.arrange import arrange
    from book.read import read
    from book.wordless import wordless

    faults: dict[Notice, None] = {}
    try:
        project = config.load(root)
        faults = dict.fromkeys(_unsettable(project))
        reading = read(project)
        book = arrange(reading, project.config, project=project.root)
    except BookError as error:
        return [_told(notice, "error") for notice in (*faults, *error.notices)]
    skipped = (Notice(f"left out: {one.reason}", one.path, one.line) for one in book.skipped)
    notices = dict.fromkeys((*project.notices, *behind(project.root), *book.warnings))
    found = [_told(one, "error") for one in faults]
    found += [*(_told(one, "warning") for one in notices), *(_told(one, "note") for one in skipped)]
    return [*found, *wordless(book.posts)]


def _unsettable(project: Project) -> Iterator[Notice]:
    """Yield what of the editions' themes, settings, sheets and options would stop a build."""
    from book.bind import refuse
    from book.following import in_order
    from book.readysheets import ready

    plans = project.config.editions
    for plan in plans:
        try:
            in_order(project, [plan])
            sheets, _ = ready(project, plan.style, registry.find("editions", plan.format).MEDIUM, ())
            refuse(project, plan, sheets)
        except BookError as error:
            yield from error.notices


def _told(notice: Notice, severity: str) -> Finding:
    return Finding("manuscript", severity, notice.message, notice.path, notice.line, notice.hint)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda f: (str(f.path), f.line or 0, _GRAVITY[f.severity], f.rule, f.message))
