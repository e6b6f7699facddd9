"""Text that HTML takes for no text, since something before it never ends.

After `<iframe …/>`, as XHTML writes it, or a `<script>` without an end, a browser takes all that
follows for the inside of that element; after a tag without its `>`, for more of the tag. It shows none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.nouns import many
from book.remarks import Say, mended, remark

_NAMES = "iframe|noembed|noframes|script|style|template|textarea|title|xmp"
_OPENING = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|(?P<open>\Z)))|<!(?!--|doctype\b)[^>]*(?:>|(?P<bogus>\Z))"
    rf"|<(?P<name>{_NAMES}|plaintext)(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>",
    re.DOTALL | re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_NO_WORD = re.compile(r"</?[a-z][\w-]*|<!(?:\[CDATA\[)?|\[(?:if|endif)\b[^\]]*\]|endif", re.IGNORECASE)
"""What is none: tags, and what Word asks of browsers."""
_CODE = frozenset(("script", "style"))
_END = re.compile(r"\n\s*\n|</?p\b|\Z", re.IGNORECASE)
"""Where a script or style sheet ends that has no end: at the next paragraph."""


def with_ends(html: str, say: Say) -> str:
    """Return HTML in which such elements end: at once, or with their paragraph if they hold code."""
    return "".join(_pieces(html, say)) if "<" in html else html


def _pieces(html: str, say: Say) -> Iterator[str]:
    place = 0
    ends = dict.fromkeys(_NAMES.split("|"), True)
    while match := _OPENING.search(html, place):
        name = (match["name"] or "").lower()
        if match.lastgroup in ("open", "bogus"):
            yield html[place : match.start()]
            html, place = _as_words(html[match.start() :], say), 0
            continue
        if not name:
            _tell_hidden(match, say)
            yield html[place : match.end()]
            place = match.end()
            continue
        yield html[place : match.start()]
        place = match.end()
        if name == "plaintext":  # which nothing can end
            say(mended("unclosed", match[0], match[0][:200]))
        elif match[0].endswith("/>"):
            yield f"{match[0][:-2]}></{name}>"
        elif ends[name] and (end := re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, place)):
            yield html[match.start() : end.start()]
            place = end.start()
        else:
            ends[name] = False  # nor is there one for those that follow
            say(mended("unclosed", match[0], match[0][:200]))
            inside = _END.search(html, place) if name in _CODE else None
            stop = inside.start() if inside else place
            yield f"{html[match.start() : stop]}</{name}>"
            place = stop
    yield html[place:]


def _as_words(html: str, say: Say) -> str:
    """Return HTML that begins a comment which never ends, nor does any after it: its signs are words."""
    line = html[:200].partition("\n")[0]
    say(mended("unclosed", line, line))
    return html.replace("<!--", "&lt;!--") if html.startswith("<!--") else html.replace("<", "&lt;")


def _tell_hidden(found: re.Match[str], say: Say) -> None:
    """Tell of words that a browser takes for a comment, as it does what is no comment and begins so."""
    if found[0].startswith("<!--"):
        return
    before = found.string[: found.start()].lower()
    if any(before.rfind(f"<{name}") > before.rfind(f"</{name}") for name in ("svg", "math")):
        return
    hidden = len(_WORD.findall(_NO_WORD.sub(" ", found[0])))
    if hidden:
        begins = " ".join(found[0].split())[:40]
        said = f"`{begins}` hides {many(hidden, 'word')}: browsers take it for a comment"
        say(remark(said, found[0].partition("\n")[0]))


_TAG = re.compile(
    r"<(?:!--.*?-->|[a-z/](?:[^>=]|=\s*+(?:\"[^\"]*\"|'[^']*'|(?![\"'])))*+>)", re.DOTALL | re.IGNORECASE
)
_BEGINS = re.compile(r"<(?=[a-z/]|!--)", re.IGNORECASE)
_FRAME = re.compile(r"</?(?:html|head|body)\s*\Z", re.IGNORECASE)
"""A page that is cut off within a tag of its frame, which holds no words."""
_MOST = 20


def finished(html: str, say: Say) -> str:
    """Return HTML in which a tag that never ends, for want of a quote or a `>`, is words.

    A browser would take all of the rest for the tag.
    """
    pieces: list[str] = []
    place = begun = 0
    while len(pieces) < 2 * _MOST and (start := _BEGINS.search(html, place)):
        if tag := _TAG.match(html, start.start()):
            place = tag.end()
            continue
        if _FRAME.match(html, start.start()):
            break
        line = html[start.start() : start.start() + 60]
        say(mended("unclosed", line, line))
        pieces += html[begun : start.start()], "&lt;"
        place = begun = start.end()
        if html.find(">", place) < 0:  # nor does any that follows
            return "".join((*pieces, html[place:].replace("<", "&lt;")))
    return "".join((*pieces, html[begun:])) if pieces else html
