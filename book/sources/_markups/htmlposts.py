"""Posts in HTML below a header, as Jekyll, Hugo and blogdown have them, tags of their templates among it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from book.header import Header, parse
from book.model import Notice
from book.sources._html_to_markdown import to_markdown
from book.sources._sitetags.shortcodes import expanded

_LISTING = r"\{%-?\s*(?P<name>highlight|codeblock|code|raw)\b[^%]*-?%\}.*?\{%-?\s*end(?P=name)\s*-?%\}"
_TAG = re.compile(rf"(?P<block>{_LISTING})|\{{%(?:(?!\{{%).)*?%\}}|\{{\{{(?:(?!\{{\{{).)*?\}}\}}", re.DOTALL)
_STANDIN = "octavotag{}standin"
_STANDS = re.compile("octavotag([0-9]+)standin")


def read(text: str, file: Path) -> tuple[Header, tuple[Notice, ...]]:
    """Return a post's header with its body as Markdown, and what was left out.

    Tags of templates stand where they stood, for whoever understands them. Raises BookError for a
    header that is none.
    """
    header = parse(text, file, check_dates=False)
    tags: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        tags.append(match[0])
        word = _STANDIN.format(len(tags) - 1)
        return f"<p>{word}</p>" if match["block"] else word

    made = to_markdown(_TAG.sub(stand_in, expanded(header.body)))
    body = _STANDS.sub(lambda match: tags[int(match[1])], made.markdown)
    notices = tuple(Notice(loss, file, header.body_line) for loss in made.losses)
    return replace(header, body=body), notices
