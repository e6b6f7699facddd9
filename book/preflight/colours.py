"""Colours are of the kinds the printer takes, with no more ink than the paper holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from book.model import Finding
from book.preflight._demands import Demands
from book.preflight._file import File
from book.preflight._marks import Mark
from book.preflight._words import pages

_NOUNS = {"text": "type", "image": "pictures", "line": "rules", "area": "tints", "shading": "shadings"}
_SIDE = 400  # pixels: the size at which a picture's ink is measured


def look(file: File, demands: Demands) -> Iterator[Finding]:
    """Look at the colour spaces, the ink, what is seen through, and the output intent."""
    yield from _spaces(file, demands)
    if not demands.profiles:
        yield from _own(file, demands)
    yield from _ink(file, demands)
    if not demands.transparency:
        yield from _transparency(file, demands)
    if demands.intent and file.intent is None:
        message = "the file does not say for which printing condition its colours are made"
        hint = "name an output intent: a PDF/X file has one"
        yield Finding("preflight-output-intent", "error", message, file.path, None, hint, demands.source)


def _spaces(file: File, demands: Demands) -> Iterator[Finding]:
    if demands.spaces is None:
        return
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for page in file.pages:
        for mark in page.marks:
            if mark.colour.space not in demands.spaces | {"pattern", "unknown"}:
                found[mark.colour.space, _NOUNS[mark.kind]].append(page.number)
    taken = " or ".join(sorted(demands.spaces))
    for (space, noun), numbers in sorted(found.items()):
        message = f"{pages(numbers)}: {noun} in {space}, and `{demands.profile}` takes {taken}"
        hint = f"convert to {taken}"
        yield Finding("preflight-colour", "error", message, file.path, None, hint, demands.source)


def _own(file: File, demands: Demands) -> Iterator[Finding]:
    found: dict[str, list[int]] = defaultdict(list)
    for page in file.pages:
        for mark in page.marks:
            if mark.colour.own:
                found[_NOUNS[mark.kind]].append(page.number)
    for noun, numbers in sorted(found.items()):
        message = (
            f"{pages(numbers)}: {noun} with an ICC profile of their own"
            if noun != "type"
            else (f"{pages(numbers)}: type with an ICC profile of its own")
        )
        message += f", and `{demands.profile}` takes plain grey or CMYK"
        hint = "convert to plain grey or CMYK: the printing condition is that of the whole file"
        yield Finding("preflight-colour", "error", message, file.path, None, hint, demands.source)


def _ink(file: File, demands: Demands) -> Iterator[Finding]:
    if not demands.ink:
        return
    known: dict[Any, float] = {}
    heavy: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for page in file.pages:
        for mark in page.marks:
            ink = mark.colour.ink if mark.colour.values else _image_ink(mark, known)
            if ink > demands.ink + 1:
                name = mark.name if mark.kind == "image" else ""
                heavy[_NOUNS[mark.kind], name].append((page.number, ink))
    for (noun, name), places in sorted(heavy.items()):
        most = max(ink for _, ink in places)
        object_ = f"the picture `{name}`" if name else noun
        message = f"{pages(number for number, _ in places)}: {object_}: {most:.0f} % of ink, "
        message += f"and `{demands.profile}` takes {demands.ink:g} %"
        hint = "convert it with a profile that keeps to the limit: more ink does not dry"
        yield Finding("preflight-ink", "error", message, file.path, None, hint, demands.source)


def _image_ink(mark: Mark, known: dict[Any, float]) -> float:
    if mark.image is None or mark.colour.space != "CMYK":
        return 0
    key = getattr(mark.image, "objgen", (0, 0))
    if key == (0, 0):  # it stands within the text of a page, or of a dictionary
        key = id(mark.image)
    if key not in known:
        known[key] = _most_ink(mark.image)
    return known[key]


def _most_ink(image: Any) -> float:
    """Return the ink of a picture's darkest place, a picture that cannot be read having none."""
    import pikepdf
    from PIL import Image, ImageChops

    unreadable = (pikepdf.PdfError, NotImplementedError, ValueError, TypeError, AttributeError, LookupError)
    try:
        inline = isinstance(image, pikepdf.PdfInlineImage)
        pixels = (image if inline else pikepdf.PdfImage(image)).as_pil_image()
        decode = [float(one) for one in (image.obj if inline else image).get("/Decode", [])]
    except (*unreadable, OSError, Image.DecompressionBombError):
        return 0
    if pixels.mode != "CMYK":
        return 0
    inverted = "adobe" in pixels.info
    if inverted != (decode[:2] == [1, 0]):  # Pillow turns an Adobe picture round whatever the page says
        pixels = ImageChops.invert(pixels)
    pixels.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    data = pixels.tobytes()
    inks = (data[at::4] for at in range(4))
    return max(map(sum, zip(*inks, strict=True)), default=0) / 2.55


def _transparency(file: File, demands: Demands) -> Iterator[Finding]:
    gravity = "error" if demands.intent else "warning"  # PDF/X-1a forbids it; others flatten it themselves
    found: dict[str, list[int]] = defaultdict(list)
    for page in file.pages:
        for mark in page.marks:
            if mark.clear:
                found[_NOUNS[mark.kind]].append(page.number)
    for noun, numbers in sorted(found.items()):
        message = f"{pages(numbers)}: {noun} that can be seen through, and `{demands.profile}` takes none"
        hint = "lay it on its background: give it a full colour, or a picture without transparency"
        yield Finding("preflight-transparency", gravity, message, file.path, None, hint, demands.source)
