"""When a post on a page was published: as the page says it to machines, or to its readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from book.almanac import readings
from book.model import When
from book.sources._html.parsing import classes, text_of
from book.sources._moments import moment
from book.sources._page.facts import Facts
from book.sources._rows import text_in

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.date",
    "dc.date.issued", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_SAYS_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|time|timestamp|published|posted|pubdate|day|datetime|entry-date)", re.I
)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_IN_TEXT = re.compile(r"(?<!\d)(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?(?!\d)")
_LONGEST = 80


def published(facts: Facts, region: etree._Element, address: str, *, alone: bool) -> When | None:
    """Return when a post was published; `alone` tells that the page's head speaks of it, and of no other."""
    told = (text_in(facts.article, "datePublished"), facts.meta(*_PUBLISHED)) if alone else ()
    for text in (*told, *_marked(region)):
        if found := moment(text):
            return found
    return _shown(region) or _in_address(address)


def updated(facts: Facts) -> When | None:
    """Return when the post that the page is about was last changed."""
    return moment(text_in(facts.article, "dateModified")) or moment(facts.meta(*_UPDATED))


def _marked(region: etree._Element) -> Iterator[str]:
    """Give the dates that elements of a page carry beside what they show, those of publishing first."""
    times = list(region.iter("time"))
    first = [one for one in times if {"published", "entry-date", "dt-published"} & set(classes(one))]
    changed = [one for one in times if {"updated", "modified", "dt-updated"} & set(classes(one))]
    for one in (*first, *(one for one in times if one not in changed), *changed):
        yield one.get("datetime", "")
    for one in region.iter("abbr"):
        if "published" in classes(one):
            yield one.get("title", "")


def _shown(region: etree._Element) -> When | None:
    """Return the first date that a page shows where it says that dates are, in any language."""
    for element in region.iter():
        named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-itemprop') or ''}"
        if element.tag not in ("time", "abbr") and not _SAYS_DATE.search(named):
            continue
        text = text_of(element)
        if len(text) <= _LONGEST and (found := _date_in(text)):
            return found
    return None


def _date_in(text: str) -> When | None:
    """Read a date that stands alone, or after a word or two."""
    words = text.replace("|", " ").replace("·", " ").split()
    for start in range(min(4, len(words))):
        for reading in readings(" ".join(words[start:])):
            if reading.order == "words" or reading.order == "ymd":
                return reading.when
    found = _IN_TEXT.search(text)
    return moment(found[0].replace(".", "-").replace("/", "-")) if found else None


def _in_address(address: str) -> When | None:
    found = _IN_ADDRESS.search(address)
    return moment("-".join(part.zfill(2) for part in found.groups())) if found else None
