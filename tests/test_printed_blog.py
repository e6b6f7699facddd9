"""References and an index checked on whole blogs: what print says of pages is what its pages show."""

from __future__ import annotations

import re
import shutil
import zipfile
from calendar import month_name
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import SHARED
from lxml import etree
from pointing import Pointer, Printed

from book import build, gather
from book.build import composed
from book.model import Composition

CHECKOUT = Path(__file__).resolve().parents[1]
BLOG = SHARED / "corpora" / "markdown" / "chrisjrob-jekyll"
TERMS = 80
TOML = """
title = "Checked"
language = "en-GB"
{url}
[style]
references = "page"
[index]
of = ["terms"]
[editions.ebook]
format = "epub"
page-list = "paperback"
[editions.paperback]
format = "pdf"
"""
MONTHS = {name.lower() for name in month_name}
HEAD = 20 * 72 / 25.4
"""Points at the top of a page in which its running head stands."""


@dataclass(frozen=True)
class Made:
    """A blog made into a PDF, and what it was made of."""

    path: Path
    ebook: Path
    printed: Printed
    composition: Composition
    terms: tuple[str, ...]


def sample(root: Path) -> None:
    shutil.copytree(CHECKOUT / "chapters", root / "chapters")


def blog(root: Path) -> None:
    gather([BLOG], root / "chapters")


def made(lay: Any, root: Path) -> Made:
    root.mkdir()
    url = 'url = "https://chrisjrob.com/"' if lay is blog else ""
    lay(root)
    (root / "book.toml").write_text(TOML.format(url=url))
    terms = chosen(root)
    (root / "chapters" / "index.toml").write_text("".join(f"[{term}]\n" for term in terms))
    ebook, path = (one.path for one in build(root, out=root / "out").editions)
    return Made(path, ebook, Printed(path), composed(root, "print"), terms)


def chosen(root: Path) -> tuple[str, ...]:
    """Choose words from all of a book, neither rare nor everywhere, that no heading or date is made of."""
    bodies = [re.sub(r"<[^>]*>", " ", post.body) for post in composed(root, "print").book.posts]
    words = Counter(word for body in bodies for word in re.findall(r"(?<![\w-])[a-z]{6,12}(?![\w-])", body))
    fit = sorted(word for word, times in words.items() if 3 <= times <= 25 and word not in MONTHS)
    count = min(TERMS, len(fit))
    return tuple(fit[at * len(fit) // count] for at in range(count))


def bodies(path: Path) -> list[str]:
    """Return the text of each page without its running head, words that are broken joined again."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(0, 0, width, height - HEAD)
        found.append(" ".join(re.sub("[‐\ufffe\u0002]\\s*", "", text).split()))
    document.close()
    return found


@pytest.fixture(scope="module", params=[sample, pytest.param(blog, marks=pytest.mark.slow)])
def lay(request: Any) -> Any:
    if request.param is blog and not BLOG.is_dir():
        pytest.skip("there is no ../shared/corpora beside this checkout")
    return request.param


@pytest.fixture(scope="module")
def checked(lay: Any, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(lay, tmp_path_factory.mktemp("printed") / "blog")


def numbers(printed: Printed) -> list[Pointer]:
    """Return the links that end with the label of the page that they lead to: a sign before may overlap."""
    return [one for one in printed.pointers if one.words.split()[-1:] == [one.label] and len(one.words) < 8]


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def test_every_reference_names_the_page_on_which_its_target_begins(checked: Made) -> None:
    printed = checked.printed
    shown = numbers(printed)
    titles = {post.ident: post.title for post in checked.composition.book.posts}
    pages = bodies(checked.path)
    assert [one for one in printed.with_page_numbers() if one.words != one.label] == []
    titled = 0
    for one in shown:
        if one.target in titles:
            assert letters(titles[one.target]) in letters(pages[one.leads_to]), one
            titled += 1
    assert titled >= 5


def test_every_reference_in_the_galleys_is_on_the_pages(checked: Made) -> None:
    galleys = "".join(galley.body for galley in checked.composition.galleys)
    wanted = Counter(re.findall(r'<a class="pageref[^"]*" href="#([^"]+)"', galleys))
    assert wanted
    found = Counter(one.target for one in numbers(checked.printed))
    assert {name: count for name, count in wanted.items() if found[name] < count} == {}


def test_the_index_lists_the_pages_on_which_terms_stand_and_no_others(checked: Made) -> None:
    pages, labels = bodies(checked.path), checked.printed.labels
    first = labels.index("1")
    end = next(n for n in reversed(range(len(pages))) if pages[n].startswith("Index "))
    index = re.sub(r"(?<=\d) ?– ?(?=\d)", "–", " ".join(pages[end:]))
    wrong = {}
    for term in checked.terms:
        standing = {labels[n] for n in range(first, end) if re.search(rf"(?i)\b{term}\b", pages[n])}
        listed = in_index(index, term, labels)
        broken = {label for label in listed - standing if term in letters(pages[labels.index(label)])}
        if standing != listed - broken:  # an address may be broken anywhere, without a sign
            wrong[term] = sorted(standing ^ listed)
    assert wrong == {}


def in_index(index: str, term: str, labels: list[str]) -> set[str]:
    """Return the labels of the pages that an index gives for a term."""
    found = re.search(rf"\b{term} ?((?:\d+(?:–\d+)?(?:, )?)+)", index)
    listed: set[str] = set()
    for run in re.findall(r"\d+(?:–\d+)?", found[1]) if found else ():
        begin, _, last = run.partition("–")
        listed |= set(labels[labels.index(begin) : labels.index(last or begin) + 1])
    return listed


def test_every_number_in_the_index_leads_to_its_page(checked: Made) -> None:
    listed = [one for one in checked.printed.with_page_numbers() if ".ix-" in one.target]
    assert len(listed) >= TERMS
    assert [one for one in listed if one.words != one.label] == []


def test_the_ebooks_index_agrees_with_the_pages_by_its_page_list(checked: Made) -> None:
    on_page = dict(pages_of_identifiers(checked.ebook))
    with zipfile.ZipFile(checked.ebook) as packed:
        index = etree.fromstring(packed.read("EPUB/text/index.xhtml"))
    targets = [link.get("href").partition("#")[2] for link in index.iterfind(".//{*}a[@class='locator']")]
    assert len(targets) >= TERMS
    labels, places = checked.printed.labels, checked.printed.places
    texts = [name for name in targets if name and ".note-" not in name]  # notes stand elsewhere
    wrong = {name: on_page.get(name) for name in texts if on_page.get(name) != labels[places[name]]}
    assert wrong == {}


def pages_of_identifiers(ebook: Path) -> Iterator[tuple[str, str | None]]:
    """Yield each identifier of an EPUB with the page of the printed book in which it stands."""
    page = None
    with zipfile.ZipFile(ebook) as packed:
        package = etree.fromstring(packed.read("EPUB/content.opf"))
        files = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        for reference in package.iter("{*}itemref"):
            for one in etree.fromstring(packed.read(f"EPUB/{files[reference.get('idref')]}")).iter():
                if one.get("role") == "doc-pagebreak":
                    page = one.get("aria-label")
                elif one.get("id"):
                    yield one.get("id"), page
