"""What an importer has found so far in an export: posts, their pictures, and what to say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from pathlib import Path

from lxml import etree

from book.mends import in_words
from book.model import Draft, Gathered, Notice, Origin, Skipped, When
from book.sources._containers import Container
from book.sources._html.pictures import same_picture
from book.sources._html_to_markdown import Converted, to_markdown
from book.sources._medialookup import Lookup
from book.sources._moments import is_doubtful


class Harvest:
    """Collects what one export gives; `lookup` finds the pictures that came with it."""

    def __init__(self, container: Container, *, lookup: Lookup | None = None) -> None:
        self.container = container
        self.lookup = lookup or Lookup(container)
        self.drafts: list[Draft] = []
        self.media: dict[str, Path | bytes | None] = {}
        self.warnings: list[Notice] = []
        self.skipped: list[Skipped] = []

    def say(self, words: str, origin: Origin, hint: str | None = None) -> None:
        """Warn the author of something."""
        self.warnings.append(Notice(words, origin.path, origin.line, hint))

    def say_mends(self, mends: Mapping[str, int], origin: Origin) -> None:
        """Warn of what was mended in a file, counted."""
        for what, count in sorted(mends.items()):
            self.say(f"{what}: {count}", origin)

    def say_no_zone(self, origin: Origin) -> None:
        """Warn that the days of posts may not be the author's own, where all are in universal time."""
        moments = (draft.date for draft in self.drafts if isinstance(draft.date, datetime))
        offsets = [moment.utcoffset() for moment in moments if moment.tzinfo is not None]
        if offsets and not any(offsets):
            hint = "give `--option zone=Europe/Berlin`, or whichever it is"
            self.say("the export tells no time zone: days are those of Greenwich", origin, hint)

    def leave_out(self, name: str, reason: str, origin: Origin) -> None:
        """Note that a post does not come in, and why."""
        self.skipped.append(Skipped(origin.path, f"`{name}` is {reason}", origin.line))

    def markdown(
        self,
        html: str | etree._Element,
        name: str,
        origin: Origin,
        *,
        base: str | None = None,
        losses: Iterable[str] = (),
        picture: str = "",
    ) -> str:
        """Make Markdown of a post's HTML, and say what was left out of the post called `name`.

        `picture` is a figure to show before the text, unless the text shows it itself.
        """
        made = to_markdown(html, base=base)
        head = to_markdown(picture, base=base) if picture else Converted("")
        if any(same_picture(shown, one) for one in head.media for shown in made.media):
            head = Converted("")
        for loss in dict.fromkeys((*losses, *head.losses, *made.losses)):
            self.say(f"`{name}`: {in_words(loss)}", origin)
        for address in (*head.media, *made.media):
            if address not in self.media:
                self.media[address] = self.lookup.find(address)
        self.media |= head.inlined
        self.media |= made.inlined
        return f"{head.markdown}\n\n{made.markdown}".strip("\n")

    def add(self, draft: Draft) -> None:
        """Take in a post."""
        if draft.date is not None and is_doubtful(draft.date):
            name = draft.title or draft.slug or draft.source
            self.say(f"`{name}` is dated {draft.date.isoformat()[:10]}", draft.origin)
        self.drafts.append(draft)

    def gathered(
        self, *, title: str | None = None, language: str | None = None, url: str | None = None
    ) -> Gathered:
        """Return it all, oldest posts first."""
        found = sorted(self.drafts, key=lambda draft: age(draft.date))
        return Gathered(
            tuple(found),
            self.media,
            tuple(self.warnings),
            tuple(self.skipped),
            title=title or None,
            language=(language or "").replace("_", "-") or None,
            url=url or None,
        )


def age(when: When | None) -> tuple[bool, date, datetime]:
    """Return what posts are sorted by: the day and time on the author's clock, those without any last."""
    if when is None:
        return True, date.max, datetime.max
    if isinstance(when, datetime):
        return False, when.date(), when.replace(tzinfo=None)
    return False, when, datetime.min


def figure(address: str, *, alt: str = "", caption: str = "", target: str = "") -> str:
    """Return the HTML of a picture, and of the link around it if it has a target; `caption` is HTML."""
    shown = f'<img src="{escape(address)}" alt="{escape(alt)}">'
    linked = f'<a href="{escape(target)}">{shown}</a>' if target else shown
    return f"<figure>{linked}{f'<figcaption>{caption}</figcaption>' if caption.strip() else ''}</figure>"


def link(address: str, words: str = "") -> str:
    """Return the HTML of a paragraph that is a link."""
    return f'<p><a href="{escape(address)}">{escape(words or address)}</a></p>'
