"""A post of a Tumblr export as its page has it, for exports that hold no `posts.xml`."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import PurePosixPath

from lxml import etree

from book.model import When
from book.sources._html.parsing import classes, remove, text_of
from book.sources._html_to_markdown import parse_html
from book.sources._moments import moment
from book.sources._tumblr.posts import Post

_BODY = re.compile(r"<body\b[^>]*>(.*)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_CLOCK = re.compile(r"(\w+) (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2})\s*([ap])m", re.IGNORECASE)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_TWICE = re.compile(r"&amp;(?=(?:[lr][sd]quo|hellip|[mn]dash|nbsp|#39);)")
_ESCAPED = re.compile(r"&lt;(?:a|p|span|b|i|em|strong|br|blockquote)\b.*?&gt;", re.IGNORECASE | re.DOTALL)


def page_of(page: str, name: str) -> tuple[Post, etree._Element, list[str]]:
    """Read a post's page: what it says of the post, the tree of its text, and what was left out of that."""
    found = _BODY.search(page)
    html = _TWICE.sub("&", found[1] if found else page)
    if escaped := _ESCAPED.search(html):
        html = html[: escaped.start()] + unescape(html[escaped.start() :])
    root, losses = parse_html(html)
    footer = next((one for one in root.iter("div") if one.get("id") == "footer"), None)
    stamp = next((one for one in root.iter("span") if one.get("id") == "timestamp"), None)
    tags = [text_of(one) for one in root.iter("span") if "tag" in classes(one)]
    heading = next(root.iter("h1"), None)
    title = unescape(text_of(heading)) if heading is not None else ""
    date = _date(text_of(stamp)) if stamp is not None else None
    if footer is not None:
        remove(footer)
    if heading is not None:
        remove(heading)
    ident = PurePosixPath(name).stem
    post = Post(ident, "page", "published", escape(title), "", date, "", "", tuple(filter(None, tags)), False)
    return post, root, losses


def _date(text: str) -> When | None:
    """Read a time as in `January 4th, 2015 5:00am`, on the author's clock."""
    found = _CLOCK.fullmatch(_ORDINAL.sub("", text))
    if found is None:
        return None
    month, day, year, hour, minute, half = found.groups()
    number = _MONTHS.index(month.lower()) + 1 if month.lower() in _MONTHS else 0
    evening = 12 if half in "Pp" else 0
    return moment(f"{year}-{number:02}-{day:0>2} {int(hour) % 12 + evening:02}:{minute}")
