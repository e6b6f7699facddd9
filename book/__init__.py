"""Octavo: your blog, as a book.

What is imported here is the public interface: it changes only with the first number of the
version, and what it raises for an author to mend is BookError alone. Everything else in the
package may change with any version.

    >>> import book
    >>> report = book.build("my-book")              # doctest: +SKIP
    >>> [edition.path for edition in report.editions]   # doctest: +SKIP

`book.build` and `book.gather` are functions; the modules of the same names are reached by
`from book.build import …`. Importing the package is cheap: what sets type is loaded by the
stage that needs it.
"""

from book.build import build
from book.errors import BookError
from book.model import Edition, Notice, Skipped
from book.report import BuildReport

__all__ = ["BookError", "BuildReport", "Edition", "Notice", "Skipped", "build"]
