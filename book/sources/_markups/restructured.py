"""Posts in reStructuredText, as Pelican, Nikola and ABlog have them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from book.errors import BookError
from book.header import Header
from book.model import Notice
from book.sources._html_to_markdown import to_markdown
from book.sources._sitetags.arguments import arguments
from book.sources._sitetags.meanings import MEANINGS

_HINT = "write in the post what it stood for"
_COMMENT = re.compile(r"\.\.[ ]+(?P<key>[a-z_]+):[ \t]+(?P<value>\S.*?)[ \t]*")
"""How Nikola writes a header: comments at the head of the file."""
_POST = re.compile(r"^\.\. post::[ \t]*(?P<date>.*)\n(?P<options>(?:[ ]+:[^\n]*\n?)*)", re.MULTILINE)
"""How ABlog does: a directive with options."""
_OPTION = re.compile(r"^[ ]+:(?P<key>\w+):[ \t]*(?P<value>.*?)[ \t]*$", re.MULTILINE)
_PLAYER = re.compile(
    r"^(?P<indent>[ ]*)\.\. (?P<name>[a-z]+)::[ \t]+(?P<given>\S.*?)[ \t]*\n"
    r"(?:(?P=indent)[ ]+:[^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)
_LISTING = re.compile(
    r"^(?P<head>(?P<indent>[ ]*)\.\. (?:code|code-block|sourcecode)::[^\n]*\n)"
    r"(?P<options>(?:(?P=indent)[ ]+:[\w-]+:[^\n]*\n)+)",
    re.MULTILINE,
)
_ROLE = re.compile(r"(?::[\w:+.-]+:)?`(?P<words>[^`<]*?)(?:\s*<[^`>]*>)?`(?::[\w:+.-]+:)?")
_UNKNOWN = re.compile(r'Unknown (?P<what>directive type|interpreted text role) "(?P<name>[^"]+)"')
_NAMED = {"author", "authors"}


def read(text: str, file: Path) -> tuple[Header, tuple[Notice, ...]]:
    """Return a post's header with its body as Markdown, and what was not understood.

    No file that a post includes is read; its HTML is cleaned like any other. Raises BookError
    where the text cannot be read at all.
    """
    from docutils.core import publish_doctree, publish_from_doctree
    from docutils.writers.html5_polyglot import Writer

    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    values = dict(_written_above(text))
    settings, writer = _settings(), Writer()
    try:
        source = _LISTING.sub(_without_options, _PLAYER.sub(_player, _POST.sub("", text)))
        tree: Any = publish_doctree(source, source_path=file.name, settings_overrides=settings)
        values |= dict(_fields(tree))
        notices = [*_settled(tree, file)]
        publish_from_doctree(tree, writer=writer, settings_overrides=settings)
    except Exception as error:  # docutils names no base of what it raises on a text that it cannot take
        message = f"this cannot be read as reStructuredText: {error}".rstrip(".")
        raise BookError(message, path=file, hint="write the post in Markdown") from error
    if tree.get("title"):
        values.setdefault("title", tree["title"])
    made = to_markdown(str(writer.parts["fragment"]))
    notices += [Notice(loss, file) for loss in made.losses]
    return Header(values, made.markdown), tuple(notices)


def _settings() -> dict[str, Any]:
    """Return settings that let nothing of the machine into a text, and complaints into the tree alone."""
    return {
        "_disable_config": True,
        "file_insertion_enabled": False,
        "raw_enabled": True,
        "report_level": 2,
        "halt_level": 5,
        "warning_stream": io.StringIO(),
        "line_length_limit": 10_000_000,
        "initial_header_level": 2,
        "docinfo_xform": False,
        "syntax_highlight": "none",
        "math_output": "MathML",
        "embed_stylesheet": False,
        "stylesheet_path": None,
        "toc_backlinks": False,
    }


def _written_above(text: str) -> Iterator[tuple[str, Any]]:
    """Give what comments at the head of a file say, and a `post` directive anywhere in it."""
    for line in text.lstrip().split("\n"):
        match = _COMMENT.fullmatch(line)
        if not match:
            break
        yield match["key"], _value(match["key"], match["value"])
    if match := _POST.search(text):
        if match["date"].strip():
            yield "date", match["date"].strip()
        for option in _OPTION.finditer(match["options"]):
            yield option["key"], _value(option["key"], option["value"])


def _fields(tree: Any) -> Iterator[tuple[str, Any]]:
    """Take the fields out of the tree's head, and give them."""
    from docutils import nodes

    first = next((node for node in tree.children if not isinstance(node, nodes.title | nodes.comment)), None)
    if isinstance(first, nodes.field_list):
        for field in first:
            name, body = field.children[0].astext().lower(), field.children[1].astext()
            yield name, _value(name, body)
        tree.remove(first)


def _value(key: str, written: str) -> Any:
    value = " ".join(written.split())
    return re.split(r"\s*[,;]\s*", value) if key in _NAMED else value


def _without_options(match: re.Match[str]) -> str:
    """Leave out how a listing was shown, line for line: Sphinx knows options that docutils refuses."""
    return f"{match['head']}{match['options'].count(chr(10)) * chr(10)}"


def _player(match: re.Match[str]) -> str:
    """Write a player's directive as a link, which any reader of reStructuredText understands."""
    meaning = MEANINGS.get(match["name"]) if match["name"] not in ("figure", "image", "raw") else None
    link = meaning(arguments(match["given"]), "") if meaning else None
    found = re.fullmatch(r"\[(?P<words>[^\]]+)\]\((?P<address>[^)\s]+)\)", link or "")
    return f"{match['indent']}`{found['words']} <{found['address']}>`__\n" if found else match[0]


def _settled(tree: Any, file: Path) -> Iterator[Notice]:
    """Put words in the place of what was not understood, and tell of it; make the rest plain HTML."""
    from docutils import nodes

    messages = [*tree.findall(nodes.system_message)]
    for message in dict.fromkeys([*messages, *tree.transform_messages]):
        notice = _notice(message, file)
        if notice:
            yield notice
        if message.parent is not None:
            kept = [child for child in message.children if isinstance(child, nodes.literal_block)]
            message.parent.replace(message, kept if notice else [])
    tree.transform_messages.clear()
    for section in [*tree.findall(nodes.section)]:
        if "system-messages" in section["classes"]:
            section.parent.remove(section)
    for wrong in [*tree.findall(nodes.problematic)]:
        words = _ROLE.sub(lambda match: match["words"], wrong.astext()).rstrip("_")
        wrong.parent.replace(wrong, nodes.Text(words))
    _simplify(tree)


def _simplify(tree: Any) -> None:
    """Make of docutils' own kinds of things what any HTML has, and let nothing open a file."""
    from docutils import nodes

    for literal in tree.findall(nodes.literal):
        literal["classes"].append("code")  # which makes it `code` and no `span`
    for listing in tree.findall(nodes.literal_block):
        if listing["classes"][:1] == ["code"]:
            listing["classes"] = [f"language-{name}" for name in listing["classes"][1:2]]
    for formula in [*tree.findall(nodes.math), *tree.findall(nodes.math_block)]:
        tag = "span" if isinstance(formula, nodes.math) else "div"
        tex = f'<{tag} class="arithmatex">{escape(formula.astext())}</{tag}>'
        formula.parent.replace(formula, nodes.raw("", tex, format="html"))
    for picture in tree.findall(nodes.image):
        picture.attributes.setdefault("alt", "")
        for key in ("loading", "scale"):  # for which docutils would open the file
            picture.attributes.pop(key, None)
    for contents in [*tree.findall(nodes.topic)]:
        if "contents" in contents["classes"]:
            contents.parent.remove(contents)


def _notice(message: Any, file: Path) -> Notice | None:
    """Return what to say of one of docutils' complaints; None where nothing of the text is lost."""
    said = message.children[0].astext() if message.children else ""
    if message["level"] < 3 and "directive disabled" not in said and not said.startswith("Unknown"):
        return None
    if match := _UNKNOWN.search(said):
        what = "directive" if match["what"].startswith("directive") else "role"
        said = f"the {what} `{match['name']}` has no meaning in a book"
    else:
        said = f"{said[:1].lower()}{said[1:]}".split("\n")[0].rstrip(".:").replace('"', "`")
    return Notice(said, file, message.get("line"), _HINT)
