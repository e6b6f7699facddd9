"""A chapter's first letter, marked so that a style sheet can make it large: `span.initial`.

It is an element and not CSS's own `::first-letter`, which old readers do not know, and which is lost
where a paragraph is laid out twice. Letters are marked of scripts alone that have such letters:
those that are joined, or that stand in squares, stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

_BEGINNING = re.compile(
    r"""(?P<before> <p(?:\ (?:id|lang|xml:lang)="[^"]*")*>
            (?:<(?:a|abbr|b|cite|em|i|q|span|strong)\b[^<>]*(?<!/)>)* )
        (?P<letter> [«»‹›“”„‟‘’‚"'¡¿(\[]{0,3}[^\W_] )
        (?P<rest> .*?</p> )""",
    re.VERBOSE | re.DOTALL,
)
_SCRIPTS = re.compile("LATIN|GREEK|CYRILLIC|ARMENIAN|GEORGIAN|DIGIT")
_LEAST = 140
"""How many letters a paragraph has that is as high as a large letter beside it."""


def with_drop_cap(body: str) -> str:
    """Mark the first letter of a post, with the quotation mark before it, if it begins with a paragraph.

    A paragraph of a line or two, which a large letter would be higher than, stays as it is.
    """
    found = _BEGINNING.match(body.lstrip())
    if not found or not _SCRIPTS.match(unicodedata.name(found["letter"][-1], "")):
        return body
    if len(re.sub(r"<[^>]*>", "", found["rest"])) < _LEAST:
        return body
    marks = _marks(found["rest"])
    marked = (
        f'{found["before"]}<span class="initial">{found["letter"]}{marks}</span>{found["rest"][len(marks) :]}'
    )
    return marked + body.lstrip()[found.end() :]


def _marks(text: str) -> str:
    """Return the accents that follow a letter as characters of their own, and belong to it."""
    length = next((at for at, sign in enumerate(text) if not unicodedata.combining(sign)), len(text))
    return text[:length]
