"""Every word of every sample is in the post that was gathered from it, less what the report names.

What stands in an export is read here by other means than the importers': lxml or json alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from lettercounts import letters
from lxml import etree
from lxml import html as lxml_html

from book.gather import ASKED, find
from book.markup import to_html
from book.model import Draft

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
_SHORTCODES = re.compile(
    r"\[/?(?:caption|gallery|youtube|embed|code|sourcecode|audio|video|playlist)\b[^\]]*\]"
)
_ALONE = re.compile(r"^\s*https?://\S+\s*$|(?<=>)\s*https?://\S+\s*(?=</)", re.MULTILINE)
"""An address alone on a line, which is how WordPress shows players: they become titled links."""

Texts = Iterator[tuple[str, str]]
"""What tells a post, and its text as the export has it."""


def elements(path: Path, name: str) -> Iterator[etree._Element]:
    parser = etree.XMLParser(recover=True, huge_tree=True)
    for element in etree.parse(path, parser).iter():
        if local(element) == name:
            yield element


def local(element: etree._Element) -> str:
    """Return a name without its prefix, be it declared or not."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def text_of(element: etree._Element, name: str, space: str = "") -> str:
    for child in element:
        if local(child) == name and space in str(child.tag):
            return "".join(map(str, child.itertext()))
    return ""


def wordpress(path: Path) -> Texts:
    for item in elements(path, "item"):
        if text_of(item, "post_type") in ("post", "page") and text_of(item, "status") != "trash":
            body = _ALONE.sub("", _SHORTCODES.sub("", text_of(item, "encoded", "content")))
            number = text_of(item, "post_id")
            yield f"?p={number}" if number else text_of(item, "guid"), body


def blogger(path: Path) -> Texts:
    for entry in elements(path, "entry"):
        kinds = {child.get("term", "").rpartition("#")[2] for child in entry} | {
            text_of(entry, "type").lower()
        }
        if kinds & {"post", "page"} and (number := re.search(r"-(\d+)$", text_of(entry, "id"))):
            yield f"/{number[1]}", text_of(entry, "content")


def ghost(path: Path) -> Texts:
    document = json.loads(path.read_text("utf-8"))
    for post in document["db"][0]["data"]["posts"]:
        yield f":{post['uuid']}", post["html"] or ""


def medium(path: Path) -> Texts:
    files = sorted(path.rglob("*.html"))
    for file in files:
        root = lxml_html.fromstring(file.read_bytes())
        for body in root.xpath('//section[@data-field="body"]'):
            for title in body.xpath('.//*[contains(@class, "graf--title")]'):
                title.drop_tree()
            name = " ".join(root.xpath('string(//h1[contains(@class, "p-name")])').split())
            yield name, lxml_html.tostring(body, encoding="unicode")


def feed(path: Path) -> Texts:
    for entry in [*elements(path, "item"), *elements(path, "entry")]:
        texts = [text_of(entry, name) for name in ("encoded", "content", "description", "summary")]
        yield text_of(entry, "guid") or text_of(entry, "id"), max(texts, key=len)


def substack(path: Path) -> Texts:
    for file in sorted(path.glob("posts/*.html")):
        root = lxml_html.fromstring(f"<div>{file.read_text('utf-8')}</div>")
        for number in root.xpath(
            '//a[contains(@class, "footnote-anchor") or contains(@class, "footnote-number")]'
        ):
            number.drop_tree()
        yield f":{file.name.partition('.')[0]}", lxml_html.tostring(root, encoding="unicode")


def movabletype(path: Path) -> Texts:
    for entry in re.split(r"^--------[ \t]*\n", path.read_text("utf-8"), flags=re.MULTILINE):
        head, *sections = re.split(r"^-----[ \t]*\n", entry, flags=re.MULTILINE)
        title = re.search(r"^TITLE:[ \t]*(.*?)[ \t]*$", head, re.MULTILINE)
        kept = [re.match(r"(?:EXTENDED )?BODY:[ \t]*\n(.*)", section, re.DOTALL) for section in sections]
        if title:
            yield title[1], "\n".join(section[1] for section in kept if section)


def markdown(path: Path) -> Texts:
    """Give posts without what their generator's tags say, which is settled."""
    for file in sorted([*path.rglob("_posts/*.md"), *path.rglob("_posts/*.markdown")]):
        _, _, rest = file.read_text("utf-8").partition("---\n")
        body = rest.partition("\n---\n")[2]
        yield str(file), to_html(re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{:.*?\}", "", body, flags=re.DOTALL))


def by_file(drafts: tuple[Draft, ...], key: str) -> list[Draft]:
    return [draft for draft in drafts if str(draft.origin.path) == key]


def by_source(drafts: tuple[Draft, ...], key: str) -> list[Draft]:
    return [draft for draft in drafts if (draft.source or "").endswith(key)]


def by_title(drafts: tuple[Draft, ...], key: str) -> list[Draft]:
    return [draft for draft in drafts if draft.title == key]


Find = Callable[[tuple[Draft, ...], str], list[Draft]]
READINGS: Mapping[str, tuple[Callable[[Path], Texts], Find, str]] = {
    "wxr": (wordpress, by_source, "wxr/**/*.xml"),
    "blogger-classic": (blogger, by_source, "blogger-classic/**/*.xml"),
    "blogger-takeout": (blogger, by_source, "blogger-takeout/**/Blogs/*/feed.atom"),
    "ghost": (ghost, by_source, "ghost/**/ghost*.json"),
    "medium": (medium, by_title, "medium/**/posts"),
    "markdown": (markdown, by_file, "markdown/*"),
    "feeds": (feed, by_source, "feeds/**/*.xml"),
    "substack": (substack, by_source, "substack/**/mg-substack/test/fixtures"),
    "movabletype": (movabletype, by_title, "movabletype/**/*.txt"),
}
QUICK = {"pelican-test", "jekyll-import-test", "jolyonbrown-2025", "small-export.xml", "posts"}


def samples() -> Iterator[object]:
    for kind, (_, _, pattern) in READINGS.items():
        for path in sorted(CORPORA.glob(pattern)):
            quick = QUICK & {path.name, path.parent.name, path.parent.parent.name}
            name = path.relative_to(CORPORA / kind).as_posix()
            yield pytest.param(kind, path, id=f"{kind}/{name}", marks=[] if quick else [pytest.mark.slow])


WITHOUT_POSTS = {"has-meta.xml", "attachments-only.xml", "invalid-version-tag.xml", "large-authors.xml",
                 "malformed.xml", "missing-version-tag.xml", "term-formats.xml", "term-meta.xml"}  # fmt: skip
"""Samples that hold no post: other types, pictures, authors or terms alone."""


@pytest.mark.parametrize(("kind", "path"), list(samples()) or [(None, None)])
def test_no_word_is_lost_in_silence(kind: str | None, path: Path | None) -> None:
    if kind is None or path is None:
        pytest.skip("there is no ../shared/corpora beside this checkout")
    if path.name in WITHOUT_POSTS:
        pytest.skip("this sample holds no post")
    read, chosen, _ = READINGS[kind]
    [found] = find([path.parent if path.name == "feed.atom" else path], asked=ASKED)
    told = "\n".join(notice.message for notice in found.warnings)
    left_out = " ".join(skipped.reason for skipped in found.skipped)
    compared = 0
    for key, body in read(path):
        drafts = chosen(found.drafts, key)
        if not drafts:
            assert key in left_out or "a response to another story" in left_out, f"{key} is nowhere"
            continue
        compared += 1
        name = re.escape(drafts[0].title or key)
        is_markdown = re.search(rf"`{name}`: it was taken for Markdown", told)
        before = letters(to_html(body) if is_markdown else body)
        after = sum((letters(to_html(draft.body), captions=True) for draft in drafts), Counter[str]())
        lost = before - after
        named = re.search(rf"`{name}`: (?!it was taken)", told)
        assert not lost or named, f"{key} {drafts[0].title}: {lost}"
    assert compared or not found.drafts or kind == "wxr"
