"""Octavo: your blog, as a book.

What this module offers is the public interface. It changes only with the first number of the
version, and for what an author can mend it raises BookError alone; everything else in the package
may change with any version.

    import book

    report = book.build("my-book")
    print([edition.path for edition in report.editions])

`book.build` and `book.gather` are functions. Their modules have the same names and are reached as
`from book.build import …`, never as attributes. Importing the package is cheap: what sets type is
loaded by the stage that needs it.
"""

from typing import TYPE_CHECKING, Any

from book.build import build
from book.errors import BookError
from book.gather import gather
from book.model import Book, Edition, Notice, Post, Skipped
from book.report import BuildReport

if TYPE_CHECKING:
    from book.gatherreport import GatherReport

__all__ = [
    "Book",
    "BookError",
    "BuildReport",
    "Edition",
    "GatherReport",
    "Notice",
    "Post",
    "Skipped",
    "build",
    "gather",
]


def __getattr__(name: str) -> Any:
    if name == "GatherReport":
        from book.gatherreport import GatherReport

        return GatherReport
    raise AttributeError(f"module `book` has no attribute `{name}`")
