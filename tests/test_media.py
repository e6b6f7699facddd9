from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from book.media import Unusable, inline, locate, prepare


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, None).save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif")]
)
def test_a_sound_picture_is_kept_to_the_byte(kind: str, media_type: str) -> None:
    data = picture(kind)
    made = prepare(data)
    assert (made.data, made.media_type, made.width, made.height) == (data, media_type, 40, 30)


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "TIFF"])
def test_kinds_that_not_every_reader_shows_are_converted(kind: str) -> None:
    made = prepare(picture(kind))
    assert made.media_type in {"image/png", "image/jpeg"}
    assert Image.open(io.BytesIO(made.data)).size == (40, 30)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("TIFF", "CMYK"), ("TIFF", "I;16"), ("PNG", "P")]
)
def test_colours_that_screens_lack_are_converted(kind: str, mode: str) -> None:
    made = prepare(picture(kind, mode))
    assert Image.open(io.BytesIO(made.data)).mode in {"RGB", "L", "P"}


def test_orientation_is_applied_and_private_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    made = prepare(picture("JPEG", exif=exif.tobytes()))
    assert (made.width, made.height) == (30, 40)
    assert b"SECRET" not in made.data
    assert b"Exif" not in made.data


def test_a_picture_with_transparency_keeps_it() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "WEBP", lossless=True)
    assert Image.open(io.BytesIO(prepare(out.getvalue()).data)).mode == "RGBA"


def bomb(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"not a picture", "not a picture|damaged"),
        (picture()[:60], "damaged"),
        (picture("JPEG", size=(400, 400))[:400], "damaged"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture"),
        (bomb(30_000), "million pixels"),
        (b"<svg viewBox='a b c d'/>", "cannot be read"),
        (b"<svg><path></svg>", "cannot be read"),
    ],
)
def test_what_is_no_picture_says_why(data: bytes, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        prepare(data)


def test_a_drawing_loses_scripts_and_what_refers_outside() -> None:
    svg = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
        width="2in" viewBox="0 0 4 2" onload="x"><script>x</script><image href="http://e.org/x.png"/>
        <g id="g"><path d="M0 0" fill="url(#p)"/></g><use xlink:href="#g"/><use href="http://e.org/#x"/>
        <text style="fill:url(http://e.org)">words</text>
        <foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject></svg>"""
    made = prepare(svg.encode())
    text = made.data.decode()
    assert (made.media_type, made.width, made.height) == ("image/svg+xml", 192, 96)
    assert "e.org" not in text
    assert "script" not in text
    assert "onload" not in text
    assert 'fill="url(#p)"' in text
    assert "words" in text


def test_a_drawing_that_multiplies_itself_is_refused() -> None:
    layers = "".join(f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 10 + "</g>" for n in range(9))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{layers}<path id="g9"/></svg>'
    with pytest.raises(Unusable, match="cannot be read"):
        prepare(svg.encode())


HEAVY = {
    "a marker at every corner": '<marker id="m">{parts}</marker><path marker-mid="url(#m)" d="M0 0{line}"/>',
    "the same by its style": '<marker id="m">{parts}</marker><path style="marker-mid:url(#m)" d="M0{line}"/>',
    "a pattern in each part": '<pattern id="m" width="9" height="9">{parts}</pattern><g>{filled}</g>',
    "the same by its sheet": '<style>g > path {{ fill: url(#m) }}</style><pattern id="m" width="9">'
    "{parts}</pattern><g>{parts}</g>",
    "letters along a long line": '<path id="m" d="M0{line}"/>'
    '<text><textPath href="#m">{line}</textPath></text>',
    "a shade of many stops": '<linearGradient id="m">{stops}</linearGradient><path fill="url(#m)" d="M0 0"/>',
    "a pattern as fine as dust": '<pattern id="m" width="0.001%" height="9"/><path fill="url(#m)" d="M0 0"/>',
    "a pattern scaled to dust": '<pattern id="m" width="9" height="9" patternTransform="scale(1e-5)"/>',
}


@pytest.mark.parametrize("heavy", HEAVY.values(), ids=HEAVY.keys())
def test_a_drawing_that_is_drawn_without_end_is_refused(heavy: str) -> None:
    drawn = heavy.format(
        parts='<path d="M0 0"/>' * 200,
        line="L9 9" * 1_000,
        filled='<path fill="url(#m)" d="M0 0"/>' * 200,
        stops='<stop offset="0"/>' * 2_000,
    )
    with pytest.raises(Unusable, match="cannot be read"):
        prepare(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawn}</svg>'.encode())


def test_many_corners_and_a_shade_are_an_everyday_drawing() -> None:
    stops = '<stop offset="0"/>' * 20
    drawn = (
        f'<linearGradient id="m">{stops}</linearGradient><path style="fill:url(#m)" d="M0 0{"L9 9" * 5000}"/>'
    )
    made = prepare(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawn}</svg>'.encode())
    assert b"fill:url(#m)" in made.data


@pytest.mark.parametrize(
    ("shade", "kept"),
    [
        ('<linearGradient id="m" x2="0.1" spreadMethod="repeat">{}</linearGradient>', True),
        ('<radialGradient id="m" r="20%" spreadMethod="reflect">{}</radialGradient>', True),
        ('<linearGradient id="m" x2="0.0001" spreadMethod="repeat">{}</linearGradient>', False),
        ('<linearGradient id="m" x1="1e6" x2="1e5" spreadMethod="repeat">{}</linearGradient>', False),
        ('<linearGradient id="m" x2="1%" y2=".5" spreadMethod="repeat">{}</linearGradient>', False),
        (
            '<linearGradient id="m" gradientTransform="scale(.01)" spreadMethod="repeat">{}</linearGradient>',
            False,
        ),
        (
            '<linearGradient id="m" gradientUnits="userSpaceOnUse" spreadMethod="repeat">{}</linearGradient>',
            False,
        ),
        ('<radialGradient id="m" r="0.001" spreadMethod="reflect">{}</radialGradient>', False),
        ('<linearGradient id="n" x2=".001"/><linearGradient id="m" href="#n" spreadMethod="repeat"/>', False),
    ],
)
def test_shades_that_begin_anew_without_end_are_drawn_once(shade: str, kept: bool) -> None:
    drawn = shade.format('<stop offset="0"/><stop offset="1"/>') + '<path fill="url(#m)" d="M0 0"/>'
    made = prepare(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawn}</svg>'.encode())
    assert (b"spreadMethod" in made.data) is kept


def test_only_files_of_the_project_are_found(tmp_path: Path) -> None:
    root = tmp_path / "book"
    (root / "chapters" / "media").mkdir(parents=True)
    (root / "chapters" / "media" / "a b.png").write_bytes(picture())
    (tmp_path / "secret.png").write_bytes(picture())
    (root / "chapters" / "out.png").symlink_to(tmp_path / "secret.png")
    post = root / "chapters" / "post.md"
    assert locate("media/a%20b.png", post, root).name == "a b.png"
    assert locate("/media/a b.png", post, root).name == "a b.png"
    elsewhere = ("../../secret.png", str(tmp_path / "secret.png"), "out.png", "media", "a\0b")
    for outside in (*elsewhere, "https://e.org/a.png", "file:///etc/passwd"):
        with pytest.raises(Unusable):
            locate(outside, post, root)


def jpeg_with(*segments: bytes) -> bytes:
    data = picture("JPEG")
    return data[:2] + b"".join(segments) + data[2:]


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def test_metadata_goes_without_the_picture_being_written_anew() -> None:
    private = [
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>SECRET</x>"),
        segment(0xED, b"Photoshop 3.0\0SECRET"),
        segment(0xFE, b"SECRET"),
    ]
    assert prepare(jpeg_with(*private)).data == picture("JPEG")
    profile = segment(0xE2, b"ICC_PROFILE\0\1\1colours")
    assert prepare(jpeg_with(profile)).data == jpeg_with(profile)
    assert prepare(picture("JPEG") + b"SECRET after the end").data == picture("JPEG")


def test_texts_in_png_and_comments_in_gif_go() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "SECRET")
    assert prepare(picture("PNG", pnginfo=info)).data == picture("PNG")
    made = prepare(picture("GIF", "P", comment=b"SECRET"))
    assert b"SECRET" not in made.data
    assert Image.open(io.BytesIO(made.data)).size == (40, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
@given(cut=st.integers(0, 400), at=st.integers(0, 400), value=st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_damaged_pictures_are_refused_or_shown_and_never_raise(
    kind: str, cut: int, at: int, value: int
) -> None:
    data = bytearray(picture(kind, "L"))
    data[at % len(data)] = value
    with suppress(Unusable):
        Image.open(io.BytesIO(prepare(bytes(data[: len(data) - cut % 50])).data)).load()


def test_sixteen_bits_of_grey_become_eight_of_the_same_shade() -> None:
    for kind in ("TIFF", "PNG"):
        out = io.BytesIO()
        Image.new("I;16", (4, 4), 0x8080).save(out, kind)
        made = Image.open(io.BytesIO(prepare(out.getvalue()).data))
        assert made.mode == "L"
        assert made.getpixel((0, 0)) in (127, 128, 129)


def test_the_one_grey_of_sixteen_bits_that_is_clear_stays_clear() -> None:
    greys = Image.new("I;16", (2, 1), 0x8080)
    greys.putpixel((0, 0), 0x8081)
    out = io.BytesIO()
    greys.save(out, "PNG", transparency=0x8081)
    made = Image.open(io.BytesIO(prepare(out.getvalue()).data)).convert("RGBA")
    assert [made.getpixel((x, 0)) for x in (0, 1)] == [(128, 128, 128, 0), (128, 128, 128, 255)]


def test_pictures_in_addresses_are_decoded() -> None:
    assert inline("data:image/png;base64,aGk=") == b"hi"
    assert inline("data:text/plain,a%20b") == b"a b"
    for bad in ("data:image/png;base64,%%", "data:nothing", "data:;base64," + "A" * (5 << 20)):
        with pytest.raises(Unusable):
            inline(bad)


@pytest.mark.parametrize(
    "name",
    [
        "101-png-13000x13000.png",
        "102-png-30000x30000.png",
        "108-empty.jpg",
        "109-eps.eps",
        "111-eps-named.jpg",
    ],
)
def test_hostile_pictures_are_refused(shared: Any, name: str) -> None:
    with pytest.raises(Unusable):
        prepare((shared("hostile/img") / name).read_bytes())


def test_a_photograph_does_not_say_where_it_was_taken(shared: Any) -> None:
    made = prepare((shared("hostile/img") / "110-gps-exif.jpg").read_bytes())
    assert b"Exif" not in made.data
    assert not Image.open(io.BytesIO(made.data)).getexif()


@pytest.mark.parametrize("name", ["91-use-bomb.svg", "99-huge-viewbox.svg"])
def test_hostile_drawings_are_refused(shared: Any, name: str) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        prepare((shared("hostile/svg") / name).read_bytes())


@pytest.mark.parametrize(
    "attribute",
    [
        'stroke-dasharray="0.00001"',
        'width="nan"',
        'transform="scale(1e30)"',
        'd="M0 0 L NaN 1"',
        'fill="url(x.svg#a)"',
        'style="fill:url(//e.org)"',
        'onclick="x"',
        'xml:base="http://e.org/"',
        'stroke-width="1e999"',
    ],
)
def test_attributes_that_would_harm_a_drawing_go(attribute: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0" {attribute}/></svg>'
    if attribute.startswith("d="):
        svg = svg.replace('d="M0 0" ', "")
    assert attribute.partition("=")[0] not in prepare(svg.encode()).data.decode().replace('d="M0 0"', "")


@pytest.mark.parametrize("size", [(1, 80_000_000), (40_000, 1)])
def test_a_row_of_millions_of_pixels_is_no_picture(size: tuple[int, int]) -> None:
    header = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    with pytest.raises(Unusable, match="a side of it has more than 32767 pixels"):
        prepare(header + _chunk(b"IDAT", zlib.compress(bytes(9))) + _chunk(b"IEND", b""))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_more_clear_colours_than_there_are_are_forgotten() -> None:
    header = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 3, 0, 0, 0))
    colours = _chunk(b"PLTE", b"\x01\x02\x03" * 256) + _chunk(b"tRNS", b"\xff\0" + b"\0" * 5_000)
    made = prepare(header + colours + _chunk(b"IDAT", zlib.compress(b"\0\0\1")) + _chunk(b"IEND", b""))
    shown = Image.open(io.BytesIO(made.data)).convert("RGBA")
    assert [shown.getpixel((x, 0)) for x in (0, 1)] == [(1, 2, 3, 255), (1, 2, 3, 0)]
