"""What the parts of a bound file share: fonts, pictures, and the streams that put a page together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from book.press.proofs import Opening
from book.press.slots import filled

NOTHING = b"q Q"
"""What is written where nothing is shown.

Compressed by qpdf, a stream of no length stays one, which is no zlib stream: Ghostscript, and what printers
built on it, stop at such a page.
"""

_KINDS = ("/ExtGState", "/XObject", "/Pattern", "/Shading")


def exact(number: float) -> Decimal:
    """Return a length as it stands in the file: to a millionth of a point."""
    return Decimal(f"{number:.6f}").normalize() + Decimal(0)


class Shared:
    """Puts the one copy of a thing in place of the copies that parts brought."""

    def __init__(self, pdf: Pdf, fonts: Any, *, artifacts: bool) -> None:
        self._pdf, self._artifacts = pdf, artifacts
        self._fonts = pdf.copy_foreign(fonts)
        self._pictures: dict[bytes, Any] = {}
        self._streams: dict[bytes, Any] = {}
        self._spaces: Any = None
        self._layers: dict[tuple[tuple[int, int], str], dict[tuple[int, int], str]] = {}

    def take(self, resources: Any, fonts: Iterable[str]) -> None:
        """Make a part's resources the book's: fonts by their hash, each picture once."""
        for name in fonts:
            resources.Font["/" + name] = self._fonts["/" + name]
        if self._spaces is None:
            self._spaces = resources.ColorSpace
        resources.ColorSpace = self._spaces
        for kind in _KINDS:
            things = resources.get(kind)
            if things is None or not things.keys():
                del resources[kind]
                continue
            if kind == "/XObject":
                self._share_pictures(things)
            resources[kind] = self._pdf.make_indirect(things)

    def _share_pictures(self, things: Any) -> None:
        for name in sorted(things.keys()):
            thing = things[name]
            if thing.get("/Subtype") == Name.Image:
                things[name] = self._pictures.setdefault(_digest(thing), thing)
            elif "/XObject" in thing.get("/Resources", {}):
                self._share_pictures(thing.Resources.XObject)

    def layers(self, page: Any, ground: Any, text: Any, head: Any, shift: float) -> Array:
        """Return a page's contents: its background, its text shifted by some points, its head."""
        below, above = self._layer(page, "/G", ground), self._layer(page, "/H", head)
        if text is None:
            return Array([self._stream(below + above or NOTHING)])
        moved = f"1 0 0 1 {exact(shift):f} 0 cm" if abs(shift) > 1e-6 else ""
        begin, end = self._stream(below + f"q {moved}".strip().encode()), self._stream(b"Q " + above)
        return Array([begin, *(text if isinstance(text, Array) else [text]), end])

    def fill(self, page: Any, slots: Sequence[Opening], numbers: Mapping[str, int]) -> None:
        """Write folios into the slots of a page: every second stream of its contents."""
        for at, slot in enumerate(slots):
            page.Contents[2 * at + 1] = self._stream(filled(slot, numbers[slot[0]]))

    def _layer(self, page: Any, name: str, form: Any) -> bytes:
        """Give a page a form, among what its neighbours share, and return the code that shows it."""
        if form is None:
            return b""
        own = page.Resources
        if "/XObject" not in own:
            own.XObject = Dictionary()
        known = self._layers.setdefault((own.objgen, name), {})
        place = known.setdefault(form.objgen, f"{name}{len(known)}")
        own.XObject[place] = form
        shown = f"q {place} Do Q "
        return (f"/Artifact BMC {shown}EMC " if self._artifacts else shown).encode()

    def _stream(self, code: bytes) -> Any:
        if code not in self._streams:
            self._streams[code] = self._pdf.make_indirect(Stream(self._pdf, code))
        return self._streams[code]


def _digest(picture: Any) -> bytes:
    digest = hashlib.blake2b(digest_size=20)
    for key in sorted(picture.keys()):
        value = picture[key]
        if key in ("/SMask", "/Mask") and isinstance(value, Stream):
            digest.update(_digest(value))
        elif key != "/Length":
            digest.update(
                key.encode() + value.unparse() if hasattr(value, "unparse") else repr(value).encode()
            )
    digest.update(picture.read_raw_bytes())
    return digest.digest()
