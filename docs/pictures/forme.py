"""A forme from above, in line engraving."""

from __future__ import annotations

from math import pi

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from screens import WIDTH, face, gradient, lines, noise, screened


def forme() -> Image.Image:
    """A forme from above: chase, furniture, quoins, and type that reads backwards."""
    size = (WIDTH, 836)
    picture = screened(gradient(size, 235, 205), lines(size, 11, -0.7))
    _lay(picture, _slab(size, (70, 46, 1202, 790), 30), 70, 150, lines(size, 6.2, 0.0))
    _lay(picture, _slab(size, (132, 106, 1140, 730), 14), 25, 30, lines(size, 6, pi / 4))
    for number, (box, upright) in enumerate(_FURNITURE):
        grain = _wood(size, box, upright, number)
        screen = lines(size, 7, pi / 2 if upright else 0.0, wave=3)
        picture.paste(screened(grain, screen), (0, 0), _slab(size, box, 3))
        _bevel(picture, box)
    for box, flipped in _QUOINS:
        _quoin(picture, box, flipped)
    _type(picture)
    return picture


_FURNITURE = (
    ((140, 114, 1132, 176), False),
    ((140, 660, 1132, 722), False),
    ((140, 182, 214, 654), True),
    ((220, 182, 258, 654), True),
    ((1016, 182, 1062, 654), True),
    ((264, 182, 1010, 222), False),
    ((264, 566, 1010, 602), False),
)
_QUOINS = (
    ((290, 608, 500, 654), False),
    ((770, 608, 980, 654), False),
    ((1068, 210, 1126, 400), True),
    ((1068, 450, 1126, 640), True),
)
_BED = (264, 228, 1010, 560)


def _slab(size: tuple[int, int], box: tuple[int, int, int, int], radius: int) -> Image.Image:
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius, fill=255)
    return mask


def _lay(picture: Image.Image, mask: Image.Image, low: int, high: int, screen: Image.Image) -> None:
    """Lay metal on the picture: engraved between two tones, with a lit and a dark edge."""
    size = picture.size
    picture.paste(screened(gradient(size, high, low), screen), (0, 0), mask)
    edge = ImageChops.subtract(mask, ImageChops.offset(mask, 4, 4))
    picture.paste(255, (0, 0), edge)
    shade = ImageChops.subtract(mask, ImageChops.offset(mask, -5, -5))
    picture.paste(0, (0, 0), shade)
    ring = ImageChops.subtract(mask.filter(ImageFilter.MaxFilter(5)), mask)
    picture.paste(0, (0, 0), ring)


def _wood(size: tuple[int, int], box: tuple[int, int, int, int], upright: bool, number: int) -> Image.Image:
    cells = (5.0, 130.0) if upright else (130.0, 5.0)
    fine = noise(size, cells[0], 40 + number, cells[1])
    broad = noise(size, cells[0] * 4, 60 + number, cells[1] * 1.6)
    grain = Image.blend(fine, broad, 0.55)
    return grain.point([int(118 + (value - 128) * 0.85) for value in range(256)])


def _bevel(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    draw = ImageDraw.Draw(picture)
    x0, y0, x1, y1 = box
    draw.line([(x0 + 2, y1 - 3), (x0 + 2, y0 + 2), (x1 - 3, y0 + 2)], fill=255, width=3)
    draw.line([(x0, y1), (x1, y1), (x1, y0)], fill=0, width=4)
    draw.line([(x0, y1), (x0, y0), (x1, y0)], fill=0, width=2)


def _quoin(picture: Image.Image, box: tuple[int, int, int, int], upright: bool) -> None:
    """Two wedges that slide along each other."""
    x0, y0, x1, y1 = box
    if upright:
        middle = [((x0 + x1) / 2 + 9, y0), ((x0 + x1) / 2 - 9, y1)]
        first = [(x0, y0 + 12), middle[0], middle[1], (x0, y1)]
        second = [middle[0], (x1, y0), (x1, y1 - 12), middle[1]]
    else:
        middle = [(x0, (y0 + y1) / 2 + 8), (x1, (y0 + y1) / 2 - 8)]
        first = [(x0 + 12, y0), (x1, y0), middle[1], middle[0]]
        second = [middle[0], middle[1], (x1 - 12, y1), (x0, y1)]
    for shape, tone, angle in ((first, 190, 0.5), (second, 120, 0.9)):
        mask = Image.new("L", picture.size, 0)
        ImageDraw.Draw(mask).polygon(shape, fill=255)
        engraved = screened(Image.new("L", picture.size, tone), lines(picture.size, 6, angle))
        picture.paste(engraved, (0, 0), mask)
        ImageDraw.Draw(picture).line([*shape, shape[0]], fill=0, width=3, joint="curve")


_SETTING = (  # words, size, weight, baseline, tracking
    ("A FORME", 104, 500, 333, 10),
    ("of", 62, 400, 388, 4),
    ("WORDS", 104, 500, 478, 10),
    ("NOTES ON MAKING BOOKS OUT OF BLOGS", 27, 500, 530, 5),
)


def _type(picture: Image.Image) -> None:
    """The type itself, inked, on its metal: set right reading, then turned over as one piece."""
    x0, y0, x1, y1 = _BED
    ink = Image.new("L", picture.size, 0)
    bodies = Image.new("L", picture.size, 0)
    for words, size, weight, base, tracking in _SETTING:
        _line_of_type(ink, bodies, words, size, weight, base, tracking)
    box = (x0, y0, x1, y1)
    ink.paste(ink.crop(box).transpose(Image.Transpose.FLIP_LEFT_RIGHT), box)
    bodies.paste(bodies.crop(box).transpose(Image.Transpose.FLIP_LEFT_RIGHT), box)
    metal = screened(gradient(picture.size, 225, 178), lines(picture.size, 6, 0.0))
    picture.paste(metal, (0, 0), _slab(picture.size, box, 2))
    picture.paste(0, (0, 0), bodies)
    shoulder = ink.filter(ImageFilter.MaxFilter(11)).filter(ImageFilter.GaussianBlur(1))
    picture.paste(255, (0, 0), shoulder)
    shadow = ImageChops.subtract(ImageChops.offset(shoulder, 4, 4), shoulder)
    picture.paste(0, (0, 0), shadow.point([value // 2 for value in range(256)]))
    picture.paste(0, (0, 0), ink)
    ImageDraw.Draw(picture).rectangle(box, outline=0, width=3)


def _line_of_type(
    ink: Image.Image, bodies: Image.Image, words: str, size: int, weight: int, base: int, tracking: int
) -> None:
    font = face("roman", size, weight)
    total = sum(font.getlength(letter) + tracking for letter in words)
    x = (_BED[0] + _BED[2] - total) / 2
    letters, outlines = ImageDraw.Draw(ink), ImageDraw.Draw(bodies)
    top, bottom = base - int(size * 0.74), base + int(size * 0.2)
    outlines.line([(_BED[0], top), (_BED[2], top)], fill=255, width=2)
    outlines.line([(_BED[0], bottom), (_BED[2], bottom)], fill=255, width=2)
    for letter in words:
        advance = font.getlength(letter) + tracking
        letters.text((x + tracking / 2, base), letter, fill=255, font=font, anchor="ls")
        outlines.line([(int(x), top), (int(x), bottom)], fill=255, width=2)
        x += advance
    outlines.line([(int(x), top), (int(x), bottom)], fill=255, width=2)
