"""What is said while pages are set: by WeasyPrint in its log, and of words that are not on the pages."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from book.accounting import shown
from book.errors import Untypeset
from book.model import Notice
from book.press.gatherings import Gathering

Fault = tuple[str, str, int | None]
"""A style sheet's name, a message about it, and the line it is about."""


def account(gathering: Gathering, lost: tuple[Counter[str], Counter[str]]) -> tuple[Notice, ...]:
    """Tell of the words that styles hide; raise Untypeset for those that vanished from the pages."""
    vanished, hidden = lost
    if vanished:
        cause = "a style sheet may cut lines off, with `max-lines` or `text-overflow`"
        raise Untypeset(f"{vanished.total()} of its words would be on no page, “{shown(vanished)}”; {cause}")
    if not hidden:
        return ()
    titles = ", ".join(f"`{galley.title}`" for galley in gathering.galleys)
    message = f"{hidden.total()} words of {titles} are hidden by a style sheet: “{shown(hidden)}”"
    hint = "they are not in the print edition: `display: none`, or `position: running()`"
    return (Notice(message, hint=hint),)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs meanwhile."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.records
    finally:
        logger.removeHandler(listener)


def fault(message: str, sheet: str) -> Fault:
    """Return what a message about a style sheet says, and its line."""
    place = re.search(r" at (\d+):\d+", message)
    if place is None:
        return sheet, message, None
    return sheet, message.replace(place[0], ""), int(place[1])


def notices(records: Sequence[logging.LogRecord]) -> tuple[Notice, ...]:
    """Return what was logged, each message once."""
    messages = dict.fromkeys(record.getMessage() for record in records)
    return tuple(Notice(_plain(message)) for message in messages if not message.startswith(".notdef"))


def _plain(message: str) -> str:
    """Say in the product's words what WeasyPrint says most often."""
    picture = re.match(
        r"Failed to load image at '(?:book:)?(.*?)': (?:ValueError: |URLFetchingError: )*(.*)", message
    )
    return f"the picture `{picture[1]}` cannot be loaded: {picture[2]}" if picture else message
