"""A set of three volumes, made once: what each says of the others is what they are."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from conftest import Manuscript
from pointing import Printed
from winters import POSTS, WORDS, YEARS

from book import build
from book.errors import BookError
from book.report import BuildReport

TOML = """
title = "Three Winters"
author = "Ada Quill"
dedication = "For the otter of old."
url = "https://reeds.example/"
[chapters]
parts = "year"
[style]
mentions = true
[index]
of = ["terms", "tags"]
[[volumes]]
until = "2011"
isbn = { paperback = "978-3-16-148410-0" }
[[volumes]]
until = "2013-06"
title = "The Long Ice"
[[volumes]]
[editions.ebook]
format = "epub"
in-volumes = true
[editions.paperback]
format = "pdf"
[editions.wrap]
format = "cover"
of = "paperback"
profile = "kdp-paperback"
"""
PAGES = r"\d+(?:–\d+)?(?:, \d+(?:–\d+)?)*"
PLACES = rf"\d: {PAGES}(?:; \d: {PAGES})*"
LATER = rf"(?:vol\. \d, )?pp?\. {PAGES}"
INDEX = "\n".join(f"[{word}]" for word in WORDS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, BuildReport]]:
    root = tmp_path_factory.mktemp("set")
    (root / "chapters").mkdir()
    for name, text in POSTS.items():
        (root / "chapters" / name).write_text(text, encoding="utf-8")
    (root / "chapters" / "index.toml").write_text(INDEX, encoding="utf-8")
    (root / "book.toml").write_text(TOML, encoding="utf-8")
    yield root, build(root)


@pytest.fixture(scope="module")
def printed(made: tuple[Path, BuildReport]) -> dict[int, Printed]:
    return {nth: Printed(made[0] / "out" / f"three-winters-paperback-{nth}.pdf") for nth in (1, 2, 3)}


def volume_of(year: int, month: int) -> int:
    return 1 if year <= 2011 else 2 if (year, month) <= (2013, 6) else 3


def test_every_post_is_in_one_volume(made: tuple[Path, BuildReport]) -> None:
    counted = {edition.name: edition.posts for edition in made[1].editions}
    assert [counted[f"paperback-{nth}"] for nth in (1, 2, 3)] == [4, 3, 3]
    assert [counted[f"ebook-{nth}"] for nth in (1, 2, 3)] == [4, 3, 3]
    assert made[1].posts == 10
    assert [one.message for one in made[1].warnings if "paper" not in one.message] == []


def test_every_reference_names_the_volume_and_the_page_of_its_target(printed: dict[int, Printed]) -> None:
    for nth, volume in printed.items():
        text = re.sub(r"(?<=\w)- (?=\w)", "", " ".join(volume.texts))
        found = re.findall(r"‘Winter (\d{4}) (\d)’, vol\. (\d), p\. (\d+)", text)
        away = [(y, m) for y in YEARS for m in (2, 9) if volume_of(y, m) != nth]
        assert {(int(y), int(m)) for y, m, _, _ in found} == set(away)
        for year, month, of, page in found:
            target = printed[int(of)]
            assert int(of) == volume_of(int(year), int(month))
            assert target.labels[target.places[f"post-winter-{year}-{month}"]] == page


def test_references_within_a_volume_name_no_volume(printed: dict[int, Printed]) -> None:
    told = re.findall(r"‘Winter 2011 9’, p\. (\d+)", " ".join(printed[1].texts))
    assert len(told) == 3
    assert set(told) == {printed[1].labels[printed[1].places["post-winter-2011-9"]]}


def test_what_is_mentioned_later_names_the_pages_in_every_volume(printed: dict[int, Printed]) -> None:
    days = [(year, month) for year in YEARS for month in (2, 9)]
    for nth, day in enumerate(days[:-1]):
        at = printed[volume_of(*day)]
        begins = at.places[f"post-winter-{day[0]}-{day[1]}"]
        told = re.search(rf"Mentioned later (?:on|in) ({LATER}(?:; {LATER})*)\.", " ".join(at.texts[begins:]))
        assert told, day
        assert in_volumes(told[1], volume_of(*day)) == {
            (volume_of(*later), page) for later in days[nth + 1 :] for page in linking(printed, later, day)
        }


def in_volumes(told: str, own: int) -> set[tuple[int, str]]:
    """Read what is said of later mentions: volumes and pages."""
    found = set()
    for part in told.split("; "):
        volume = re.match(r"vol\. (\d), ", part)
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", part[volume.end() :] if volume else part):
            pages = range(int(first), int(last or first) + 1)
            found |= {(int(volume[1]) if volume else own, str(page)) for page in pages}
    return found


def linking(printed: dict[int, Printed], post: tuple[int, int], to: tuple[int, int]) -> set[str]:
    """Return the pages on which a post has links to another, by the names of those links."""
    volume = printed[volume_of(*post)]
    linked = [day for day in ((y, m) for y in YEARS for m in (2, 9)) if day < post]
    order = [*linked, linked[-1]] if post == (YEARS[-1], 9) else linked  # and one in its last heading
    numbers = [number for number, day in enumerate(order, 1) if day == to]
    names = [f"post-winter-{post[0]}-{post[1]}.mention-{number}" for number in numbers]
    return {volume.labels[volume.places[name]] for name in names}


def test_the_index_is_one_and_names_every_page_of_every_volume(printed: dict[int, Printed]) -> None:
    assert not any("Index" in text for nth in (1, 2) for text in printed[nth].texts)
    index = printed[3].texts[printed[3].places["index"]]
    assert "otter 1: v, " in index  # the dedication is of the whole set
    for word in WORDS[1:]:
        listed = re.search(rf"{word} ({PLACES})", index)
        assert listed, index
        told = {
            (int(volume), page.strip())
            for volume, pages in re.findall(rf"(\d): ({PAGES})", listed[1])
            for page in pages.split(",")
        }
        stands = {
            (nth, label)
            for nth, volume in printed.items()
            for label, text in zip(volume.labels, volume.texts, strict=True)
            if f"the {word} again" in text
        }
        assert told == stands


def test_a_tag_is_a_run_of_pages_in_each_volume(printed: dict[int, Printed]) -> None:
    index = printed[3].texts[printed[3].places["index"]]
    listed = re.search(rf"ice 2 ({PLACES})", index)
    assert listed
    assert [volume for volume, _ in re.findall(rf"(\d): ({PAGES})", listed[1])] == ["1", "2", "3"]
    for volume, pages in re.findall(rf"(\d): ({PAGES})", listed[1]):
        first = pages.split("–")[0].split(",")[0].strip()
        assert "Winter 201" in printed[int(volume)].page(first)


def test_every_volume_says_which_it_is_and_lists_the_others(printed: dict[int, Printed]) -> None:
    opening = {nth: " ".join(volume.texts[:4]) for nth, volume in printed.items()}
    assert "Volume 1" in opening[1]
    assert "Volume 2: The Long Ice" in opening[1]  # on the series page
    assert "Volume 1: 2010–2011" in opening[3]
    assert "ISBN 978-3-16-148410-0" in opening[1]
    assert "ISBN" not in opening[2]


def test_what_opens_a_book_opens_the_first_volume(printed: dict[int, Printed]) -> None:
    assert [any("For the otter of old" in text for text in one.texts[:8]) for one in printed.values()] == [
        True,
        False,
        False,
    ]


def test_spines_are_alike_and_the_pdfs_have_titles_of_their_own(made: tuple[Path, BuildReport]) -> None:
    titles, heights = [], set()
    for nth in (1, 2, 3):
        with pikepdf.open(made[0] / "out" / f"three-winters-paperback-{nth}.pdf") as pdf:
            titles.append(str(pdf.docinfo["/Title"]))
        with pikepdf.open(made[0] / "out" / f"three-winters-wrap-{nth}.pdf") as pdf:
            box = [float(edge) for edge in pdf.pages[0].TrimBox]
            heights.add(round(box[3] - box[1], 2))
    assert titles == [f"Three Winters, Volume {nth}" for nth in ("1", "2: The Long Ice", "3")]
    assert len(heights) == 1


def test_the_ebooks_are_a_series_and_link_nowhere_else(made: tuple[Path, BuildReport]) -> None:
    identifiers = set()
    for nth in (1, 2, 3):
        with zipfile.ZipFile(made[0] / "out" / f"three-winters-{nth}.epub") as epub:
            package = epub.read("EPUB/content.opf").decode()
            documents = [epub.read(name).decode() for name in epub.namelist() if name.endswith(".xhtml")]
        assert f'<meta refines="#series" property="group-position">{nth}</meta>' in package or (
            "group-position" in package and f">{nth}</meta>" in package
        )
        identifiers |= set(re.findall(r"urn:uuid:[0-9a-f-]+", package))
        text = " ".join(documents)
        assert re.search(r"Winter 20\d\d \d’, vol\.\s\d\b", text)
        assert 'href="#post-winter' not in text
        assert bool(re.search(r"</span> \(vol\.\s3\)", text)) is (nth < 3)  # where later posts mention one
    assert len(identifiers) == 3


def test_one_volume_can_be_made_and_is_the_same(made: tuple[Path, BuildReport], tmp_path: Path) -> None:
    report = build(made[0], editions=["paperback-2"], out=tmp_path)
    assert [edition.name for edition in report.editions] == ["paperback-2"]
    assert [one.name for one in tmp_path.iterdir()] == ["three-winters-paperback-2.pdf"]
    before = (made[0] / "out" / "three-winters-paperback-2.pdf").read_bytes()
    assert (tmp_path / "three-winters-paperback-2.pdf").read_bytes() == before


@pytest.mark.parametrize(
    ("volumes", "message"),
    [
        ('[[volumes]]\n[[volumes]]\nuntil = "2011"', "volume 1 has no `until`"),
        ('[[volumes]]\nuntil = "2012"\n[[volumes]]\nuntil = "2011"', "volume 2 ends with 2011, and the one"),
        ('[[volumes]]\nuntil = "2012"\n[[volumes]]\nuntil = "2012-06"', "volume 2 ends with 2012-06"),
        ('[[volumes]]\nuntil = "2009"\n[[volumes]]', "there is no chapter for volume 1"),
        ('[[volumes]]\nuntil = "2011"\n[[volumes]]\nuntil = "2012"', "4 chapters are after the last volume"),
        ('volume = 2\nseries = "S"\n[[volumes]]', "`volume` is set, and the book is in volumes itself"),
        ('[volumes]\nuntil = "2011"', "`volumes` is no list of tables"),
        ('[[volumes]]\nuntill = "2011"', r"unknown key `untill` in `\[\[volumes\]\]`"),
        ('[[volumes]]\n[chapters]\nby = "tag"', 'a book with `by = "tag"` cannot be divided'),
        ('[[volumes]]\nisbn = { paperback = "978-3-16-148410-1" }', "`isbn` of `paperback` is not an ISBN"),
        ("[editions.ebook]\nin-volumes = true", r"there are no `\[\[volumes\]\]`"),
    ],
)
def test_volumes_that_cannot_be_are_refused_with_their_line(
    volumes: str, message: str, manuscript: Manuscript
) -> None:
    root = manuscript(POSTS, toml=f'title = "Three Winters"\n{volumes}\n')
    with pytest.raises(BookError, match=message) as caught:
        build(root)
    assert caught.value.notices[0].path == root / "book.toml"
    assert caught.value.notices[0].line


def test_an_edition_that_follows_a_set_is_in_volumes_too(manuscript: Manuscript) -> None:
    toml = (
        '[[volumes]]\nuntil = "2011"\n[[volumes]]\n'
        '[editions.paperback]\nformat = "pdf"\n[editions.ebook]\nformat = "epub"\npage-list = "paperback"\n'
    )
    with pytest.raises(BookError, match="the edition `paperback` is in volumes, and `ebook` is not"):
        build(manuscript(POSTS, toml=f'title = "T"\n{toml}'))
