"""A PDF opens, brings its own fonts, and its pages are of one size and say what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book.errors import BookError
from book.model import Finding
from book.restated import restated

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

SUFFIXES = (".pdf",)

_POINTS = 25.4 / 72
_MOST = 5  # kinds of damage that are told one by one
_DEPTH = 8  # forms within forms; a file that nests them deeper, or in a circle, is looked into no further


def check(path: Path) -> Iterator[Finding]:
    """Open the PDF and look at its pages; raise BookError where it is none."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            yield from _findings(pdf, path)
    except pikepdf.PasswordError as error:
        hint = "open it with its password, and save it without one"
        raise BookError("this PDF is locked with a password", path=path, hint=hint) from error
    except (pikepdf.PdfError, OSError) as error:
        hint = "it may be cut short: make it again"
        said = restated(str(error).removeprefix(f"{path}: "))
        raise BookError(f"this PDF cannot be read: {said}", path=path, hint=hint) from error
    except (TypeError, AttributeError, ValueError, LookupError) as error:  # a part is not what it should be
        hint = "make it again, with another program if it stays so"
        raise BookError(
            "this PDF is malformed, and cannot be looked through", path=path, hint=hint
        ) from error


def _findings(pdf: Pdf, path: Path) -> Iterator[Finding]:
    if not pdf.pages:
        yield Finding("pdf-pages", "error", "there are no pages", path, None, "make it again")
        return
    problems = list(dict.fromkeys(pdf.check_pdf_syntax()))
    for problem in problems[:_MOST]:
        yield Finding("pdf-damaged", "error", f"the file is damaged: {problem}", path, None, "make it again")
    if len(problems) > _MOST:
        more = len(problems) - _MOST
        message = f"the file is damaged at {more} more place{'s' if more > 1 else ''}"
        yield Finding("pdf-damaged", "error", message, path, None, "make it again")
    yield from _sizes(pdf, path)
    for name, page in _fonts_not_embedded(pdf).items():
        message = f"the font `{name}` is not in the file; page {page} is the first to use it"
        hint = "a printer sets another in its place; embed it"
        yield Finding("pdf-font-embedded", "error", message, path, None, hint, "ISO 32000-1, 9.9")
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield Finding("pdf-title", "warning", "the document has no title", path, None, None, "WCAG 2.4.2")
    if not str(pdf.Root.get("/Lang", "")).strip():
        yield Finding(
            "pdf-language", "warning", "the document names no language", path, None, None, "WCAG 3.1.1"
        )


def _sizes(pdf: Pdf, path: Path) -> Iterator[Finding]:
    sizes: dict[tuple[int, int], list[int]] = {}
    for number, page in enumerate(pdf.pages, start=1):
        left, bottom, right, top = (float(value) for value in page.trimbox)
        wide, high = (right - left, top - bottom) if _upright(page) else (top - bottom, right - left)
        unit = _POINTS * float(page.obj.get("/UserUnit", 1))
        size = round(wide * unit), round(high * unit)
        sizes.setdefault(size, []).append(number)
    usual = Counter({size: len(numbers) for size, numbers in sizes.items()}).most_common(1)[0][0]
    for size, numbers in sizes.items():
        if size != usual:
            message = f"page {numbers[0]} is {_words(size)}, and others are {_words(usual)}"
            yield Finding(
                "pdf-page-size", "warning", message, path, None, "a bound book has pages of one size"
            )


def _upright(page: Page) -> bool:
    """Tell whether a page is looked at as it stands, or upside down: not turned by a quarter."""
    return int(page.rotation) % 180 == 0


def _words(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]} mm"


def _fonts_not_embedded(pdf: Pdf) -> dict[str, int]:
    """Return the fonts that are named and not embedded, with the first page that uses each."""
    missing: dict[str, int] = {}
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, start=1):
        above = page.obj.get("/Resources") or page.resources
        for font in (*_fonts(above, seen, _DEPTH), *_in_appearances(page.obj, seen)):
            if not _embedded(font):
                missing.setdefault(str(font.get("/BaseFont", "/?")).lstrip("/"), number)
    return missing


def _fonts(resources: Any, seen: set[tuple[int, int]], depth: int) -> Iterator[Any]:
    if resources is None or not depth:
        return
    for font in dict(resources.get("/Font", {})).values():
        if font.objgen == (0, 0) or font.objgen not in seen:
            seen.add(font.objgen)
            yield font
    for kind in ("/XObject", "/Pattern"):
        for form in dict(resources.get(kind, {})).values():
            if "/Resources" in form and form.objgen not in seen:
                seen.add(form.objgen)
                yield from _fonts(form["/Resources"], seen, depth - 1)


def _in_appearances(page: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Give the fonts in which notes and the fields of forms are drawn on a page."""
    import pikepdf

    for note in page.get("/Annots", []):
        shown = note.get("/AP", {}).get("/N", {})
        for one in (shown, *(dict(shown).values() if not isinstance(shown, pikepdf.Stream) else ())):
            if isinstance(one, pikepdf.Stream):
                yield from _fonts(one.get("/Resources"), seen, _DEPTH)


def _embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    descendants = font.get("/DescendantFonts")
    described = (descendants[0] if descendants else font).get("/FontDescriptor", {})
    return any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))
