"""Blocks between lines of colons, and quotations that begin with `[!NOTE]`: notes, columns, figures.

Pandoc and Quarto write `::: {.callout-note}`, VuePress, Docusaurus, Zenn and MyST `:::note Title`;
GitHub and Obsidian write `> [!NOTE]`. What they enclose is the author's text, whatever they are called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from book.sources._sitetags.arguments import Arguments, arguments
from book.sources._sitetags.meanings import KINDS_OF_NOTICES, MEANINGS, code, notice, picture

_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<colons>:{3,})[ \t]*(?P<rest>.*?)[ \t]*:*[ \t]*")
_NAME = re.compile(r"\{?(?P<name>[A-Za-z][\w-]*)\}?(?P<rest>.*)", re.DOTALL)
_ATTRIBUTES = re.compile(r"\{(?P<given>[^{}]*)\}")
_LABEL = re.compile(r"[ \t]*\[(?P<label>[^\[\]]*)\][ \t]*(?P<rest>.*)", re.DOTALL)
_ALERT = re.compile(
    r"^(?P<indent> {0,3})>[ \t]?\[!(?P<name>[\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>[^\n]*)"
    r"(?P<within>(?:\n {0,3}>[^\n]*)*)",
    re.MULTILINE,
)
_EMBED = re.compile(
    r"^[ \t]*(?:@\[(?P<zenn>[a-z]+)\]\((?P<address>[^()\n]+)\)"
    r"|::(?P<name>[a-z]+)(?:\[(?P<label>[^\[\]\n]*)\])?\{(?P<given>[^{}\n]*)\})[ \t]*$",
    re.MULTILINE,
)
_HEADING = re.compile(r"\s*#{1,6}[ \t]+(?P<title>[^\n]*?)[ \t]*#*[ \t]*(?:\n|\Z)")
_OPTION = re.compile(r"[ \t]*:[\w-]+:[^\n]*(?:\n|\Z)")
_TITLED = {"details", "spoiler", "expander", "collapse", "fold"}
"""Blocks that open at a click: what is written beside their name is their title."""
_PICTURES = {"figure", "image"}
_HERE = re.compile(r"html|epub|revealjs|markdown")


@dataclass(slots=True)
class _Block:
    """A block that is open: its opening line, what it is called, and the lines in it."""

    line: str
    indent: str
    name: str
    given: Arguments
    lines: list[str] = field(default_factory=list)


def settle_asides(text: str, unknown: list[str]) -> str:
    """Make asides and plain text of such blocks; `unknown` hears of those that are left out of the book.

    An opening line without an end, and an end without a beginning, are nobody's blocks and stay.
    """
    if "[!" in text:
        text = _ALERT.sub(_alert, text)
    return _settle_blocks(text, unknown) if ":::" in text else text


def settle_embeds(text: str) -> str:
    """Make links of lines that show something from elsewhere: `@[youtube](id)`, `::youtube{id="…"}`."""
    return _EMBED.sub(_embed, text) if "@[" in text or "::" in text else text


def _embed(match: re.Match[str]) -> str:
    name = match["zenn"] or match["name"]
    if match["zenn"]:
        given = Arguments((match["address"].strip(),))
    else:
        given = arguments(match["given"].replace("#", "id=", 1))
        given = Arguments((), {**given.values, **({"title": match["label"]} if match["label"] else {})})
    if name == "github" and (repository := given.first("repo")):
        return f"[{repository}](https://github.com/{repository})"
    if name == "card" and given.words:
        return f"<{given.words[0]}>"
    meaning = MEANINGS.get(name)
    return (meaning(given, "") if meaning else None) or match[0]


def _alert(match: re.Match[str]) -> str:
    within = re.sub(r"^ {0,3}>[ \t]?", "", match["within"].lstrip("\n"), flags=re.MULTILINE)
    within = _ALERT.sub(_alert, within) if "[!" in within else within
    made = _aside(match["name"].lower(), match["title"].strip(), within)
    return "\n" + _indented(made, match["indent"]) + "\n"


def _settle_blocks(text: str, unknown: list[str]) -> str:
    opened = [_Block("", "", "", Arguments())]
    for line in text.split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            opened[-1].lines.append(line)
        elif not match["rest"]:
            if len(opened) == 1:
                opened[-1].lines.append(line)
                continue
            block = opened.pop()
            opened[-1].lines += _settled(block, unknown).split("\n")
        elif (opening := _opening(line, match)) is not None:
            opened.append(opening)
        else:
            opened[-1].lines.append(line)
    while len(opened) > 1:
        block = opened.pop()
        opened[-1].lines += [block.line, *block.lines]
    return "\n".join(opened[0].lines)


def _opening(line: str, match: re.Match[str]) -> _Block | None:
    """Read what stands after the colons: `{.callout-note title="x"}`, `note A title`, `tip[A title]{.x}`."""
    rest, indent = match["rest"], match["indent"]
    attributes = _ATTRIBUTES.search(rest)
    if rest.startswith("{") and attributes and not re.fullmatch(r"[A-Za-z][\w-]*", attributes["given"]):
        classes = re.findall(r"(?<![\w=\"'])\.([\w-]+)", attributes["given"])
        return _Block(line, indent, _telling(classes), _attributes(attributes["given"]))
    named = _NAME.fullmatch(rest)
    if named is None:
        return None
    label = _LABEL.fullmatch(named["rest"])
    title = label["label"] if label else _ATTRIBUTES.sub("", named["rest"])
    values = dict(_attributes(attributes["given"]).values) if attributes and attributes.start() else {}
    if title.strip():
        values["title"] = title.strip()
    return _Block(line, indent, named["name"].lower(), Arguments((), values))


def _attributes(given: str) -> Arguments:
    return Arguments((), dict(arguments(given).values))


def _telling(classes: list[str]) -> str:
    """Return the class that says what a block is."""
    names = [name.lower() for name in classes]
    known = (name for name in names if name.removeprefix("callout-") in KINDS_OF_NOTICES)
    return next(known, names[0] if names else "")


def _settled(block: _Block, unknown: list[str]) -> str:
    name, given = block.name, block.given
    within = "\n".join(line.removeprefix(block.indent) for line in block.lines).strip("\n")
    if _is_elsewhere(name, given):
        unknown.append(block.line.strip())
        return ""
    title = given.first("title", "summary", "header")
    if name in _PICTURES and title:
        made = picture(Arguments((title,)), _OPTION.sub("", within)) or within
    elif name in ("code", "code-block", "sourcecode"):
        made = code(Arguments((title,) if title else ()), within)
    elif name == "message":  # Zenn's
        made = _aside("warning" if title == "alert" else "note", "", within)
    elif name.removeprefix("callout-") in KINDS_OF_NOTICES or name in _TITLED:
        made = _aside(name.removeprefix("callout-"), title, within)
    else:
        made = f"**{title}**\n\n{within}" if title and block.name else within
    return f"\n{_indented(made, block.indent)}\n"


def _aside(name: str, title: str, within: str) -> str:
    while match := _OPTION.match(within):  # MyST's, below the name
        within = within[match.end() :]
    if not title and (heading := _HEADING.match(within)):
        title, within = heading["title"], within[heading.end() :]
    values = {"title": title} if title else {}
    return notice(name)(Arguments((), values), within.strip("\n")) or within


def _is_elsewhere(name: str, given: Arguments) -> bool:
    """Tell whether a block is for another form of the text alone, such as slides or LaTeX."""
    form = given.first("when-format", "unless-format")
    hidden = (name == "content-hidden") != ("unless-format" in given.values)
    if not form:
        return name in ("content-hidden", "hidden")
    return bool(_HERE.search(form)) == hidden


def _indented(text: str, indent: str) -> str:
    return "\n".join(f"{indent}{line}" if line.strip() else "" for line in text.split("\n"))
