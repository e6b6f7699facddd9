"""What is done to a bound PDF before it is finished: blank leaves at its end, links and outline taken out."""

from __future__ import annotations

import io

import pikepdf

from book.press.binding.volume import save

_BOXES = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")


def complete(pdf: bytes, pages: int, *, links: bool, bookmarks: bool) -> bytes:
    """Return the PDF with so many pages, the last ones blank, and without what it shall not hold."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        short = pages - len(opened.pages)
        if short <= 0 and links and bookmarks:
            return pdf
        for _ in range(short):
            _add_blank(opened)
        if not links:
            _unlink(opened)
        if not bookmarks and "/Outlines" in opened.Root:
            del opened.Root["/Outlines"]
            opened.Root.PageMode = pikepdf.Name.UseNone
        return save(opened)


def bleeding(pdf: bytes) -> bytes:
    """Return the PDF with a bleed that reaches to the end of each sheet: WeasyPrint stops it at 10 pt."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.obj.BleedBox = pikepdf.Array([float(edge) for edge in page.obj.MediaBox])
        return save(opened)


def _add_blank(pdf: pikepdf.Pdf) -> None:
    """Add a blank page with the boxes of the last one on its side of the spread."""
    like = pdf.pages[max(0, len(pdf.pages) - 2)].obj
    blank = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary())
    for box in _BOXES:
        if box in like:
            blank[box] = pikepdf.Array([float(edge) for edge in like[box]])
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))


def _unlink(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            kept = [one for one in page.obj.Annots if one.get("/Subtype") != pikepdf.Name.Link]
            del page.obj["/Annots"]
            if kept:
                page.obj["/Annots"] = pikepdf.Array(kept)
