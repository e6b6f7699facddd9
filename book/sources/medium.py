"""A Medium account: its export, as the zip, its folder or a single story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from book.dates import split_name
from book.errors import BookError
from book.model import Draft, Gathered, Origin, When
from book.sources._containers import Container, opened
from book.sources._decoding import decoded
from book.sources._harvest import Harvest
from book.sources._medium.stories import Story, name_of_profile, settle, story_of
from book.sources._moments import moment, on_clock, zone_wanted
from book.sources._signs import beginning, is_medium_story
from book.sources._titles import title_of


def recognises(source: Path) -> bool:
    """Tell whether a source is a Medium export, or a story of one."""
    try:
        with opened(source) as container:
            return any(True for _ in _stories(container))
    except BookError:
        return False


def _stories(container: Container) -> Iterator[str]:
    for name in container.names:
        is_html = name.lower().endswith((".html", ".htm")) or len(container.names) == 1
        if is_html and is_medium_story(beginning(container, name)):
            yield name


def gather(
    source: Path, *, drafts: bool = False, responses: bool = False, zone: str | None = None
) -> Gathered:
    """Gather the stories of a Medium export.

    `drafts` brings in drafts too, `responses` what was written under other people's stories. `zone` is
    the author's time zone, which no export tells: dates in it are those of Greenwich.
    """
    clock = zone_wanted(zone)
    with opened(source) as container:
        harvest = Harvest(container)
        stories = [_read(container, name, harvest) for name in _stories(container)]
        addresses = {story.ident: story.published_at for story in stories if story.published_at}
        for story in stories:
            origin = Origin(container.place(story.file))
            if reason := _unwanted(story, drafts, responses):
                harvest.leave_out(story.name, reason, origin)
            else:
                text = settle(story, addresses)
                body = harvest.markdown(text, story.name, origin, losses=story.losses)
                harvest.add(_draft(story, body, origin, clock))
        if clock is None:
            harvest.say_no_zone(Origin(source))
        name = _account(container)
        return replace(harvest.gathered(title=name), author=name or None)


def _account(container: Container) -> str:
    """Return the name that the account is shown by, which is what a blog there is called."""
    named = ("profile", "profile.html")
    pages = (name for name in container.names if PurePosixPath(name).parts[-2:] == named)
    return next((name_of_profile(decoded(container.read(name))[0]) for name in pages), "")


def _read(container: Container, name: str, harvest: Harvest) -> Story:
    text, mends = decoded(container.read(name))
    harvest.say_mends(mends, Origin(container.place(name)))
    return story_of(text, name)


def _unwanted(story: Story, drafts: bool, responses: bool) -> str | None:
    if story.is_draft:
        return None if drafts else "a draft; `--drafts` brings it in"
    if story.is_response and not responses:
        return "a response to another story; `--option responses=true` brings it in"
    return None


def _draft(story: Story, body: str, origin: Origin, clock: ZoneInfo | None) -> Draft:
    return Draft(
        title=title_of(escape(story.title)),
        date=on_clock(moment(story.dated), clock) or _dated_by_name(story.file),
        body=body,
        origin=origin,
        authors=(story.author,) if story.author else (),
        slug=story.slug or None,
        url=story.published_at or None,
        tags=story.tags,
        draft=story.is_draft,
        summary=story.summary or None,
        source=f"medium:{story.ident}",
    )


def _dated_by_name(file: str) -> When | None:
    try:
        return split_name(Path(file))[0]
    except BookError:
        return None
