"""Find on a page where the post stands, or the several posts, and leave away what is the page's own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from book.clean import Say
from book.sources._html.parsing import classes, remove, text_of
from book.sources._titles import alike

_BODIES = frozenset((
    "e-content", "entry-content", "post-content", "post-body", "entry-body", "article-body",
    "article-content",
    "article__body", "article__content", "post__content", "post__body", "gh-content", "td-post-content",
    "blog-post-content", "asset-body", "post-entry", "story-body", "markdown-body", "single-content",
    "post-text", "b-singlepost-body", "articleText", "article-body-inner", "entry_body", "entrytext",
    "postContent", "post_content", "available-content", "se-main-container",
))  # fmt: skip
_TITLES = frozenset(("entry-title", "post-title", "p-name", "headline", "post__title", "asset-name"))
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-list|respond|disqus\w*)(?:$|[\s_-])", re.I
)
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|social|related|pagination|pager|post-nav\w*|nav-links|navigation"
    r"|breadcrumbs?|sidebar|newsletter|subscribe|subscription|advert\w*|promo|cookie\w*|author-box|author-bio"
    r"|skip-link|screen-reader-text|post-footer|entry-footer|post-meta|entry-meta|byline|post-tags|tagcloud"
    r"|likes?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3")
_LEAST = 60
_FEW = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A post on a page: its text, and the part of the page that is about this post alone."""

    body: etree._Element
    region: etree._Element

    @property
    def headings(self) -> list[etree._Element]:
        """What may be its heading, the likeliest first: one that says so, the nearest above, one within."""
        found = [one for one in self.region.iter(*_HEADINGS) if text_of(one)]
        named = [
            one for one in found if _TITLES & set(classes(one)) or one.get("data-itemprop") == "headline"
        ]
        within = set(self.body.iter())
        order = {element: place for place, element in enumerate(self.region.iter())}
        above = [one for one in found if one not in within and order[one] < order.get(self.body, 0)]
        return [*named, *reversed(above), *(one for one in found if one in within)]


def posts_on(root: etree._Element, say: Say) -> list[Found]:
    """Return the posts of a page; what others wrote under them is left out."""
    for element in list(root.iter()):
        if element.getparent() is not None and _is_called(element, _COMMENTS) and not _holds_body(element):
            if text := text_of(element):
                say(f"comments on the page were left out: “{text[:80]}”")
            remove(element)
    bodies = _outermost([one for one in root.iter() if _is_body(one) and _letters(one)])
    if not bodies:
        articles = _outermost([one for one in root.iter("article", "main") if _letters(one) >= _LEAST])
        longest = max(map(_letters, articles), default=0)
        bodies = [one for one in articles if _letters(one) * _FEW > longest]
    if not bodies and (densest := _densest(root)) is not None:
        bodies = [densest]
    counts = Counter(above for body in bodies for above in body.iterancestors())
    return [Found(body, _region(body, counts)) for body in bodies]


def settle(found: Found, title: str, say: Say) -> etree._Element:
    """Leave out of a post's text its title, which the post has, and what belongs to the page around it."""
    for element in list(found.body.iter()):
        if element is found.body or element.getparent() is None:
            continue
        is_chrome = element.tag in ("nav", "footer") or _is_called(element, _CHROME)
        if is_chrome and len(text_of(element)) * 2 < len(text_of(found.body)):
            if text := text_of(element):
                say(f"the page's furniture was left out: “{text[:80]}”")
            remove(element)
    for heading in [one for one in found.body.iter(*_HEADINGS) if alike(text_of(one), title)][:1]:
        remove(heading)
    return found.body


def _is_body(element: etree._Element) -> bool:
    return element.get("data-itemprop") == "articleBody" or bool(_BODIES & set(classes(element)))


def _holds_body(element: etree._Element) -> bool:
    return any(_is_body(one) for one in element.iter())


def _is_called(element: etree._Element, names: re.Pattern[str]) -> bool:
    return names.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _outermost(elements: Sequence[etree._Element]) -> list[etree._Element]:
    known = set(elements)
    return [one for one in elements if not any(above in known for above in one.iterancestors())]


def _region(body: etree._Element, counts: Counter[etree._Element]) -> etree._Element:
    """Return the largest part of a page that holds one post and no other."""
    region = body
    for above in body.iterancestors():
        if counts[above] > 1:
            break
        region = above
    return region


def _densest(root: etree._Element) -> etree._Element | None:
    """Return the element whose own paragraphs hold the most text that is no link."""
    scores: dict[etree._Element, float] = defaultdict(float)
    for block in root.iter("p", "pre", "blockquote", "td", "div"):
        parent = block.getparent()
        if parent is None or (block.tag in ("div", "td") and len(block)):
            continue
        words = _letters(block) - sum(_letters(link) for link in block.iter("a"))
        scores[parent] += max(0, words)
        above = parent.getparent()
        if above is not None:
            scores[above] += max(0, words) / 2
    best = max(scores, key=lambda element: scores[element], default=None)
    return best if best is not None and scores[best] >= _LEAST else None


def _letters(element: etree._Element) -> int:
    return len(text_of(element)) or (1 if element.find(".//img") is not None else 0)
