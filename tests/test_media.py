from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from book.media import Unusable, locate, prepare, remembered


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


def test_names_are_made_of_what_the_picture_is_called_and_holds(tmp_path: Path) -> None:
    one = remembered(prepare(picture()), "media/Größe 1.PNG", tmp_path)
    two = remembered(prepare(picture(size=(41, 30))), "other/Größe 1.PNG", tmp_path)
    assert one.name != two.name
    assert one.name.isascii()
    assert one.name == one.name.lower()
    assert one.path.read_bytes() == picture()
