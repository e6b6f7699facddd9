"""Posts and pictures that nobody planned for: each has a page that looks meant, or a message."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageCms
from pypdfium2 import raw

from book.build import build
from book.errors import BookError
from book.report import BuildReport

TEXT = "It was raining when we set out, and it had not stopped by the time that we came to the bridge. "
LONG_TITLE = ("A title that goes on and on, since nobody told it to stop, " * 6)[:300].strip()
ENDLESS = "Unbreakable" * 27
LISTING = 400
COLUMNS = 14
MIDDLE_GREEN = (30, 200, 60)
TOML = """\
title = "Odd pages"
author = "Ann Author"
language = "en-GB"
[editions.paperback]
format = "pdf"
"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100" width="300" height="100">'
    '<g transform="scale(2)"><text x="10" y="30" font-size="12" {}>{}</text></g></svg>'
)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def pictures() -> dict[str, bytes]:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    shades = Image.radial_gradient("L").resize((300, 200))
    return {
        "four-inks.tif": saved(Image.new("CMYK", (300, 200), (0, 200, 200, 0)), "TIFF"),
        "palette.png": saved(shades.quantize(16), "PNG"),
        "sixty.jpg": saved(Image.new("L", (9000, 6700), 120), "JPEG", quality=50),
        "pixel.png": saved(Image.new("RGB", (1, 1), "red"), "PNG"),
        "profiled.jpg": saved(Image.new("RGB", (300, 200), MIDDLE_GREEN), "JPEG", icc_profile=srgb),
        "drawing.svg": DRAWING.format("", "Words in a drawing").encode(),
        "broken.svg": DRAWING.format('transform="rotate(.)"', "Faint words").encode(),
    }


def posts() -> dict[str, tuple[str, str]]:
    row = "|".join
    table = [row(f"Column {n}" for n in range(COLUMNS)), row(["---"] * COLUMNS)]
    table += [row(f"value {n * line}" for n in range(COLUMNS)) for line in range(6)]
    code = "\n".join(
        f"line_{n} = compute(previous={n - 1}, factor={n * 3})  # number {n}" for n in range(LISTING)
    )
    shown = "\n\n".join(f'![One](media/{name} "caption of {name}")\n\n{TEXT}' for name in pictures())
    gaps = "\n\n".join(f'![Gone {n}](gone-{n}.jpg "Words {n}")' for n in range(7))
    return {
        "pictures": ("Pictures", shown),
        "table": ("A wide table", f"{TEXT}\n\n" + "\n".join(f"|{line}|" for line in table)),
        "listing": ("A long listing", f"{TEXT}\n\n```python\n{code}\n```"),
        "note": ("A long note", f"{TEXT}[^1] {TEXT}\n\n[^1]: {TEXT * 75}The note ends."),
        "title": (LONG_TITLE, TEXT),
        "endless": (ENDLESS, TEXT),
        "word": ("One word", "Hello."),
        "empty": ("Nothing at all", ""),
        "gaps": ("Pictures that are gone", f"{TEXT}\n\n{gaps}"),
        "headings": ("Nothing but headings", "\n\n".join(f"### Heading {n}" for n in range(60))),
    }


@dataclass(frozen=True)
class Sheet:
    """One page: its size in points, what is written on it and where it reaches, and how it looks."""

    width: float
    height: float
    text: str
    letters: tuple[tuple[float, float, float, float], ...]
    upright: bool
    look: Image.Image

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


@dataclass(frozen=True)
class Made:
    report: BuildReport
    pages: tuple[Sheet, ...]

    def with_words(self, words: str) -> list[Sheet]:
        return [page for page in self.pages if words in page.words]

    @property
    def said(self) -> list[str]:
        return [notice.message for edition in self.report.editions for notice in edition.warnings]


def write(root: Path, toml: str = TOML) -> Path:
    (root / "chapters" / "media").mkdir(parents=True)
    (root / "book.toml").write_text(toml, encoding="utf-8")
    for name, data in pictures().items():
        (root / "chapters" / "media" / name).write_bytes(data)
    for day, (name, (title, body)) in enumerate(posts().items(), 1):
        header = f"---\ntitle: {title!r}\ndate: 2020-01-{day:02d}\n---\n\n"
        (root / "chapters" / f"2020-01-{day:02d}-{name}.md").write_text(header + body, encoding="utf-8")
    return root


def sheets(path: Path) -> Iterator[Sheet]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        text = page.get_textpage()
        boxes = tuple(text.get_charbox(n) for n in range(text.count_chars()))
        words = text.get_text_range()
        look = page.render(scale=0.5).to_pil().convert("RGB")
        straight = all(map(upright, page.get_objects([raw.FPDF_PAGEOBJ_TEXT])))
        yield Sheet(page.get_width(), page.get_height(), words, boxes, straight, look)
    document.close()


def colours(look: Image.Image) -> set[tuple[int, int, int]]:
    data = look.tobytes()
    return set(zip(data[::3], data[1::3], data[2::3], strict=True))


def upright(thing: pypdfium2.PdfObject) -> bool:
    matrix = thing.get_matrix()
    return bool(matrix.a > 0 and matrix.d > 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    report = build(write(tmp_path_factory.mktemp("odd") / "book"))
    return Made(report, tuple(sheets(report.editions[0].path)))


def test_a_title_stands_under_its_date_whatever_follows(made: Made) -> None:
    """No page can hold all of these headings, none of which may be the last on its page."""
    (opening,) = [page for page in made.with_words("Heading 0") if "Nothing but headings" in page.words]
    assert "10January2020" in "".join(opening.words.split())  # letters of dates stand apart


def test_every_letter_of_every_page_stands_within_the_margins(made: Made) -> None:
    for number, page in enumerate(made.pages, 1):
        for left, bottom, right, top in page.letters:
            inside = left >= 20 and bottom >= 20 and right <= page.width - 20 and top <= page.height - 20
            assert inside, f"page {number}: {page.words[:60]}"


def test_pictures_of_any_kind_are_printed(made: Made) -> None:
    for name in pictures():
        assert made.with_words(f"caption of {name}"), name
    looks = {name: made.with_words(f"caption of {name}")[0].look for name in pictures()}
    seen = {name: colours(look) for name, look in looks.items()}
    assert any(red > 150 and green < 110 and blue < 110 for red, green, blue in seen["four-inks.tif"])
    assert len({colour for colour in seen["palette.png"] if len(set(colour)) == 1}) >= 10
    assert any(abs(red - 120) < 3 and red == green == blue for red, green, blue in seen["sixty.jpg"])
    assert any(
        max(abs(a - b) for a, b in zip(colour, MIDDLE_GREEN, strict=True)) < 6
        for colour in seen["profiled.jpg"]
    )
    assert made.with_words("Words in a drawing")


def test_a_picture_of_sixty_megapixels_does_not_make_a_file_of_them(made: Made) -> None:
    assert made.report.editions[0].path.stat().st_size < 2_000_000


def test_a_table_wider_than_the_page_is_set_smaller_and_told_about(made: Made) -> None:
    page = next(page for page in made.pages if "value" in page.words and "compute" not in page.words)
    assert " 65" in page.words, "the last cell is there"
    assert any("a table is wider than the page" in message for message in made.said)


def test_a_listing_of_400_lines_goes_on_over_pages_and_loses_no_line(made: Made) -> None:
    text = "".join("".join(page.text.split()) for page in made.pages)
    assert all(f"line_{n}=compute(previous={n - 1},factor={n * 3})" in text for n in range(LISTING))
    assert len(made.with_words("compute(previous=")) >= 8


def test_a_note_of_three_pages_ends_the_chapter_and_leaves_no_empty_page(made: Made) -> None:
    first = next(n for n, page in enumerate(made.pages) if "A long note It was" in page.words)
    last = next(n for n, page in enumerate(made.pages) if "The note ends." in page.words)
    assert last - first >= 2
    assert all(len(page.words) > 1500 for page in made.pages[first + 1 : last])


@pytest.mark.parametrize("title", [LONG_TITLE, ENDLESS])
def test_a_title_of_any_length_is_set_whole_above_its_post(made: Made, title: str) -> None:
    wanted = "".join(title.split())
    opening = [page for page in made.pages if wanted in "".join(page.text.split())]
    assert any("raining" in page.words.lower() for page in opening)


def test_posts_of_a_word_and_of_none_have_a_page_with_their_title(made: Made) -> None:
    assert any("One word" in page.words and "Hello." in page.words for page in made.pages)
    opening = [page for page in made.with_words("Nothing at all") if "Contents" not in page.words]
    assert opening
    assert any(notice.message == "post is empty" for notice in made.report.warnings)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('isbn = "978-0-306-40615-8"', "check digit is wrong"),
        ('profile = "kdp-hardcover"\ntrim = "5in x 8in"', "5in x 8in"),
        ('gutter = "140mm"', "less than an inch for the text"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(
    tmp_path: Path, lines: str, message: str
) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "2020-01-01-a.md").write_text("# One\n\nText.", encoding="utf-8")
    (tmp_path / "book.toml").write_text(f"{TOML}{lines}\n", encoding="utf-8")
    with pytest.raises(BookError) as told:
        build(tmp_path)
    assert message in str(told.value)
    assert "hint: " in str(told.value)
    assert not list(tmp_path.glob("out/*.pdf"))


def test_a_drawing_that_cannot_be_painted_is_told_and_spoils_nothing_else(made: Made) -> None:
    assert sum("broken" in message and "cannot be painted" in message for message in made.said) == 1
    [told] = [one for one in made.report.warnings if "cannot be painted" in one.message]
    assert told.path is not None and told.line is not None and told.hint
    assert "broken.svg" in told.path.read_text("utf-8").split("\n")[told.line - 1]
    (page,) = made.with_words("caption of broken.svg")
    assert page.upright, "what is painted after it stands as it should"


def test_words_for_a_missing_picture_are_no_page_by_themselves(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "book.toml").write_text(TOML, encoding="utf-8")
    for day, count in enumerate(range(24, 29), 1):
        lines = "\n\n".join(f"Line {number}." for number in range(count))
        post = f"# Post {day}\n\n{lines}\n\n![A sketch](gone.png)\n"
        (tmp_path / "chapters" / f"2020-01-{day:02}-post-{day}.md").write_text(post, encoding="utf-8")
    (edition,) = build(tmp_path).editions
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(edition.path)]
    beside = [text.count("Line ") for text in texts if "A sketch" in text]
    assert len(beside) == 5
    assert min(beside) in (1, 2), "one of them is on a page that it takes lines to"


def test_the_place_of_a_missing_picture_within_a_link_has_its_box(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "book.toml").write_text(TOML, encoding="utf-8")
    posts = ("![A sketch](gone.png)", "[![A sketch](gone.png)](https://example.org/large)", "No picture.")
    for day, post in enumerate(posts, 1):
        text = f"# Post {day}\n\nBefore it.\n\n{post}\n\nAfter it.\n"
        (tmp_path / "chapters" / f"2020-01-0{day}.md").write_text(text, encoding="utf-8")
    (edition,) = build(tmp_path).editions
    pages = [
        page
        for page in pypdfium2.PdfDocument(edition.path)
        if "Before it." in page.get_textpage().get_text_range()
    ]
    lines = [sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])) for page in pages]
    plain, linked, without = lines
    assert plain == linked > without


def test_a_run_of_missing_pictures_begins_under_its_title_and_goes_on(made: Made) -> None:
    held = made.with_words("Picture missing: Gone")
    assert [page.words.count("Picture missing: Gone") for page in held] == [4, 3]
    assert "Pictures that are gone" in held[0].words
