"""HTML as Markdown that an author can edit, and that reads exactly as the HTML did.

What Markdown cannot express stays as clean HTML in its place. That nothing changed is not hoped for but
checked: each text is rendered with the project's own Markdown, and its normal form compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from book.clean import clean
from book.embeds import link_players
from book.markup import to_html
from book.sources._html import footnotes
from book.sources._html.blocks import Normaliser
from book.sources._html.nodes import Node, Tidied
from book.sources._html.parsing import parse
from book.sources._html.pictures import settle_pictures
from book.sources._html.presentation import settle_presentation
from book.sources._html.rawhtml import html_of
from book.sources._html.sameness import alike, same
from book.sources._html.writing import Inexpressible, needs_parting, write, write_note

__all__ = ["Converted", "parse_html", "to_markdown"]

PLAYERS = ("iframe", "video", "audio", "embed", "object")
LONGEST = 200_000
"""Blocks of more characters stay HTML: reading them as Markdown would take too long."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of some HTML.

    `media` are the addresses of the pictures in `markdown`, each once; `inlined` the bytes of those that
    the HTML itself held. `losses` says, in words, what was left out or replaced.
    """

    markdown: str
    media: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    inlined: Mapping[str, bytes] = field(default_factory=dict)


def parse_html(html: str) -> tuple[etree._Element, list[str]]:
    """Return HTML as a tree, for an importer to change before it is converted, and what was left out."""
    losses: list[str] = []
    return parse(html, losses.append), losses


def to_markdown(html: str | etree._Element, *, base: str | None = None) -> Converted:
    """Convert HTML, or a tree that `parse_html` gave. Addresses are taken as seen from `base`, if given."""
    losses: list[str] = []
    root = parse(html, losses.append) if isinstance(html, str) else html
    settle_pictures(root, losses.append)
    settle_presentation(root, losses.append)
    losses += [f"a player became a link: {_address(player)}" for player in root.iter(*PLAYERS)]
    link_players(root, losses.append)
    made = Normaliser(losses.append, base=base, anchors=_anchors(root))
    tidied = _tidied(root, made)
    markdown = _checked(tidied, losses)
    media = [
        node.attributes["src"]
        for block in [*tidied.blocks, *(block for blocks in tidied.notes.values() for block in blocks)]
        for node in block.walk()
        if node.tag == "img"
    ]
    return Converted(markdown, tuple(dict.fromkeys(media)), tuple(dict.fromkeys(losses)), made.inlined)


def _address(player: etree._Element) -> str:
    return player.get("src") or player.get("data") or str(player.tag)


def _tidied(root: etree._Element, made: Normaliser) -> Tidied:
    notes = footnotes.take(root, made.say)
    return Tidied(made.blocks(root), {label: made.blocks(note) for label, note in notes.items()})


def _anchors(root: etree._Element) -> frozenset[str]:
    targets = (link.get("href", "") for link in root.iter("a"))
    return frozenset(target[1:] for target in targets if target.startswith("#") and len(target) > 1)


def _rendered(markdown: str, anchors: frozenset[str]) -> Tidied:
    if not markdown.strip():
        return Tidied([])
    root = clean(to_html(markdown), _ignored)
    return _tidied(root, Normaliser(_ignored, anchors=anchors, rendered=True))


def _ignored(_: str) -> None:
    """Say nothing: our own Markdown is only read again."""


def _checked(tidied: Tidied, losses: list[str]) -> str:
    """Write a text so that it reads as it is meant to."""
    anchors = frozenset(
        node.attributes["id"] for b in tidied.blocks for node in b.walk() if node.tag == "anchor"
    )
    written = [_first_try(block) for block in tidied.blocks]
    notes = {label: write_note(label, blocks) for label, blocks in tidied.notes.items()}
    markdown = _joined(written, notes, tidied)
    if same(_rendered(markdown, anchors), tidied):
        return markdown
    written = [_settled(block, text, anchors) for block, text in zip(tidied.blocks, written, strict=True)]
    markdown = _joined(written, notes, tidied)
    if not same(_rendered(markdown, anchors), tidied):
        markdown = _apart(written, notes, tidied, anchors, losses)
    return markdown


def _first_try(block: Node) -> str:
    try:
        text = write(block)
    except Inexpressible:
        return html_of(block)
    return text if len(text) < LONGEST else html_of(block)


def _settled(block: Node, text: str, anchors: frozenset[str]) -> str:
    """Return the most readable way to write a block that renders as the block."""
    if _reads_as(text, block, anchors):
        return text
    try:
        text = write(block, tags=True)
    except Inexpressible:
        return html_of(block)
    return text if _reads_as(text, block, anchors) else html_of(block)


def _reads_as(text: str, block: Node, anchors: frozenset[str]) -> bool:
    labels = dict.fromkeys(node.attributes["label"] for node in block.walk() if node.tag == "noteref")
    definitions = "".join(f"\n\n[^{label}]: x" for label in labels)
    return alike(_rendered(text + definitions, anchors).blocks, [block])


def _joined(written: list[str], notes: dict[str, str], tidied: Tidied) -> str:
    parts: list[str] = []
    for place, text in enumerate(written):
        if place and needs_parting(tidied.blocks[place - 1], tidied.blocks[place]):
            parts.append("<!-- -->")
        parts.append(text)
    return "\n\n".join([*parts, *notes.values()])


def _apart(
    written: list[str], notes: dict[str, str], tidied: Tidied, anchors: frozenset[str], losses: list[str]
) -> str:
    """Find the blocks that read otherwise in company than alone, and write these as HTML."""
    for _ in range(len(written)):
        rendered = _rendered(_joined(written, notes, tidied), anchors).blocks
        wrong = next(
            (n for n, block in enumerate(tidied.blocks) if not alike(rendered[n : n + 1], [block])), None
        )
        if wrong is None:
            break
        place = wrong if written[wrong] != html_of(tidied.blocks[wrong]) else wrong - 1
        if place < 0 or written[place] == html_of(tidied.blocks[place]):
            losses.append("the form of some text could not be kept exactly; its words are")
            break
        written[place] = html_of(tidied.blocks[place])
    return _joined(written, notes, tidied)
