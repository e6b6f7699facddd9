"""Put in the place of a generator's tags what they mean, and name those that mean nothing by themselves.

Listings are left as they are written: what looks like a tag there is the author's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from textwrap import dedent
from typing import Any

from book.sources._sitetags.arguments import Arguments, arguments
from book.sources._sitetags.asides import settle_asides, settle_embeds
from book.sources._sitetags.attributelists import settle_lists
from book.sources._sitetags.besides import settle_besides
from book.sources._sitetags.inline import parted, spoken
from book.sources._sitetags.mdx import settle_expressions, without_modules
from book.sources._sitetags.meanings import BLOCKS, MEANINGS, picture
from book.sources._sitetags.shortcodes import settle_shortcodes

_FENCE = re.compile(
    r"^(?P<before>[ >]*)(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n.*?(?:^[ >]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_SPAN = re.compile(r"(?<!`)(?P<ticks>`{1,4})(?!`)[^\n]{1,2000}?(?<!`)(?P=ticks)(?!`)")
_LISTING = re.compile(
    r"\{%-?\s*(?P<name>highlight|codeblock|code)\b(?P<given>[^%]*?)-?%\}(?P<within>.*?)\{%-?\s*end(?P=name)\s*-?%\}"
    r"|\{\{[<%]\s*(?P<hname>highlight)\b(?P<hgiven>.*?)[>%]\}\}(?P<hwithin>.*?)\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)
_LIQUID = re.compile(
    r"\{%-?\s*(?P<end>end)?(?P<name>[A-Za-z_][\w-]*)?(?P<given>(?:[^%{]|%(?!\})|\{(?![%{])){0,4000}?)-?%\}"
)
_HUGO = re.compile(
    r"\{\{[<%]\s*(?P<end>/)?\s*(?P<name>[\w/.-]+?)(?=[\s/>%])(?P<given>[^{}]{0,4000}?)/?\s*[>%]\}\}"
)
_OUTPUT = re.compile(r"(?<![\w\\}{^_])\{\{-?\s*(?P<value>[^{}<%][^{}]*?)\s*-?\}\}")
_CALL = re.compile(r"(?P<name>\w+)\s*\((?P<given>.*)\)", re.DOTALL)
_TEXTUAL = re.compile(r"""["']([^"']*)["']((?:\s*\|\s*[\w-]+(?:\s*:\s*[^|]*)?)*)""")
_SITE_VALUES = {"site.url", "site.baseurl", "site.base_url", "baseurl", "base_url", "site.production_url",
                "site.github.url", "config.base_url", "root_url", "url_root"}  # fmt: skip
_REFERENCES = {"post_url", "link", "ref", "relref"}
_SILENT = {"toc", "more", "assign", "capture", "comment", "cut", "clear", "nomarkdown", "excerpt", "ref_list",
           "pagebreak", "break", "adsense", "toc_here", "bibliography"}  # fmt: skip
_STEERING = {"if", "unless", "else", "elsif", "elseif", "elif", "case", "when"}
_LOOPS = {"for", "tablerow"}
_PELICAN = re.compile(r"(?<=[(<\"' ])(?:\{(?:filename|static|attach)\}|\|(?:filename|static|attach)\|)")
_KRAMDOWN_TOC = re.compile(r"^[*\-1.]+ .*\n\{:\s*\.?[^}\n]*toc[^}\n]*\}[ \t]*$", re.MULTILINE | re.IGNORECASE)
_COMPONENT = re.compile(
    r"<(?P<end>/)?(?P<name>[A-Z][\w.]*)(?P<given>(?:\{[^{}]*\}|\"[^\"]*\"|'[^']*'|[^<>{}])*?)/?>"
)
_MARKED = re.compile(r"(?<![A-Za-z0-9_=!<>])==(?=[^\s=])([^\n=]{1,500}?)(?<=[^\s=])==(?![A-Za-z0-9_=])")
"""Words that are marked as with a pen: `==so==`."""
_TAG = re.compile(r"\{%|\{\{[<%]|\[gallery\b")
_UNSEEN = re.compile(r"<!-- (?P<tag>(?:\{%|\{\{)(?:(?!-->).)*?(?:[%>]\}+|\}\})) -->", re.DOTALL)
"""A tag as a comment; in an attribute, an address or a word, no comment can stand."""
_COVER = "\ufdd0{}\ufdd1"
_COVERED = re.compile("\ufdd0([0-9]+)\ufdd1")
_ANY = re.compile(
    r"[{|]|:::|\^\[|(?:side|margin)-?note|\^[A-Za-z0-9-]+[ \t]*$|\[[!\[]|==|^@\[|^::"
    r"|\[/?(?:caption|wp_|youtube|vimeo|daily|sound|audio|video|embed|gallery)",
    re.MULTILINE,
)


@dataclass(slots=True)
class Settled:
    """A text without a generator's tags; `unknown` are those that could not be understood, as written."""

    text: str
    unknown: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Text:
    """A text while its tags are settled: what is covered comes back untouched at the end."""

    page: Mapping[str, Any]
    covered: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    captured: dict[str, str] = field(default_factory=dict)
    is_template: bool = False
    """Whether tags stand in it that a template has: then what is in double braces is one too."""

    def cover(self, text: str) -> str:
        self.covered.append(text)
        return _COVER.format(len(self.covered) - 1)

    def uncovered(self, text: str) -> str:
        for _ in range(8):
            if not _COVERED.search(text):
                break
            text = _COVERED.sub(self._found_again, text)
        return text

    def _found_again(self, match: re.Match[str]) -> str:
        """Return what was covered; a listing goes as far in as what encloses it by now."""
        found = self.covered[int(match[1])]
        before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not before or before.strip(" \t>") or not found.startswith(("```", "~~~")):
            return found
        first, *rest = found.split("\n")
        return "\n".join([first, *(f"{before}{line}" if line.strip() else before.rstrip() for line in rest)])

    def miss(self, tag: str) -> str:
        """Remember a tag that is not understood; it stays for its author to see, and no reader does."""
        self.unknown.append(tag)
        return "" if tag.startswith("<") else self.cover(self.unseen(tag))

    def hide(self, tag: str) -> str:
        """Remember what is surely a tag and not understood, and let no reader see it."""
        self.unknown.append(tag)
        return self.cover(f"<!-- {tag} -->" if "-->" not in tag else tag)

    def unseen(self, tag: str) -> str:
        """Write a tag as a comment; what only looks like one, as `{{ a }}` in a sentence may, stays."""
        is_tag = self.is_template or _TAG.match(tag)
        return f"<!-- {tag} -->" if is_tag and "-->" not in tag else tag


def settle(
    body: str, *, page: Mapping[str, Any], mdx: bool = False, wiki: Callable[[str], str] = str
) -> Settled:
    """Settle the tags of one post; `page` is what its header says, `wiki` settles double brackets."""
    if not mdx and not _ANY.search(body):
        return Settled(body)
    text = _Text(page)
    made = body.replace("\ufdd0", "\ufffd").replace("\ufdd1", "\ufffd")
    made = _FENCE.sub(lambda match: _fenced(match, text), made)
    if "endraw" in made:
        made = _RAW.sub(lambda match: text.cover(match["raw"]), made)
    made = _LISTING.sub(lambda match: "\n" + text.cover(_listing(match, text)) + "\n", made)
    made = _SPAN.sub(lambda match: text.cover(match[0]), made)
    made = wiki(made)
    if mdx:
        made = _settle_components(made, text)
    made = _PELICAN.sub("", _KRAMDOWN_TOC.sub("", made))
    made = _settle_tags(made, _HUGO, text)
    if page.get("render_with_liquid") is not False:  # else Jekyll shows such tags as they are
        text.is_template = _LIQUID.search(made) is not None
        made = _settle_tags(made, _LIQUID, text)
        made = _OUTPUT.sub(lambda match: _output(match, text), made)
    made = settle_asides(settle_embeds(settle_shortcodes(made, text.miss)), text.unknown)
    made = settle_lists(settle_besides(made))
    made = _MARKED.sub(r"<mark>\1</mark>", made)
    made = _UNSEEN.sub(_where_it_may_stand, text.uncovered(made))
    return Settled(made, [(max(made.find(tag), 0), tag) for tag in text.unknown])


def _where_it_may_stand(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    inside = (before and before in "\"'(=/") or (after and after in "\"'/")
    return match["tag"] if inside else match[0]


def _fenced(match: re.Match[str], text: _Text) -> str:
    """Cover a listing; what stands before each of its lines stays, where it is the same for all."""
    listing, before = match[0], match["before"]
    lines = listing.split("\n")
    bare = before.rstrip()
    if all(line.startswith(before) or (line.rstrip() == bare) for line in lines):
        inside = "\n".join(line.removeprefix(before) if line.rstrip() != bare else "" for line in lines)
        return before + text.cover(_listing_as_meant(inside))
    return text.cover(_listing_as_meant(listing))


def _listing_as_meant(listing: str) -> str:
    """Undo the ways of writing a tag that is only shown."""
    listing = _RAW.sub(lambda match: match["raw"], listing)
    return re.sub(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", r"{{\1\2\3}}", listing)


def _listing(match: re.Match[str], text: _Text) -> str:
    given = match["given"] if match["name"] else match["hgiven"]
    within = match["within"] if match["name"] else match["hwithin"]
    return MEANINGS["highlight"](arguments(given or ""), text.uncovered(within)) or match[0]


def _settle_tags(made: str, pattern: re.Pattern[str], text: _Text) -> str:
    """Settle tags from the innermost out: each that closes, with the nearest before it that opens it."""
    pieces: list[str] = []
    opened: list[tuple[str, int, str, Arguments]] = []
    end = 0
    for match in pattern.finditer(made):
        pieces.append(made[end : match.start()])
        end = match.end()
        name = (match["name"] or "").rsplit("/", 1)[-1].lower()
        if match["end"]:
            _close(name, match[0], pieces, opened, text)
            continue
        call = _CALL.fullmatch(f"{name}{match['given']}".strip())
        given = arguments(call["given"] if call else match["given"])
        opened.append((name, len(pieces), match[0], given))
        pieces.append("")
    pieces.append(made[end:])
    for name, place, tag, given in opened:
        made, known = _alone(name, tag, given, text), tag not in text.unknown[-1:]
        pieces[place] = parted(made if known else made + spoken(given, pieces, place), pieces, place)
    return "".join(pieces)


def _close(
    name: str, tag: str, pieces: list[str], opened: list[tuple[str, int, str, Arguments]], text: _Text
) -> None:
    back = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == name or not name), None)
    if back is None:
        pieces.append("" if name in _SILENT else text.miss(tag))
        return
    for inner, place, written, given in opened[back + 1 :]:
        pieces[place] = _alone(inner, written, given, text)
    opening, place, written, given = opened[back]
    del opened[back:]
    within = "".join(pieces[place:])
    if tag.startswith("<") and "\n" in within:
        within = dedent(within)  # in MDX what stands further in is no listing
    del pieces[place:]
    if opening == "capture" and given.words:
        text.captured[given.words[0]] = within
    if opening in ("comment", "capture") or opening in _LOOPS:
        text.unknown += [written] if opening in _LOOPS else []
        pieces.append("")
        return
    if opening in _STEERING:
        text.unknown.append(written)
        pieces.append(within)
        return
    meaning = MEANINGS.get(opening)
    made = meaning(given, within) if meaning else None
    if made is None:
        made = text.miss(written) + within + ("" if tag.startswith("<") else text.cover(text.unseen(tag)))
    elif opening in BLOCKS:
        made = f"\n\n{made}\n\n"
    pieces.append(made)


def _alone(name: str, tag: str, given: Arguments, text: _Text) -> str:
    """Return what a tag means that encloses nothing."""
    if name in _SILENT or name in _STEERING or (name in _SITE_VALUES and not given.words):
        return ""
    if name in _REFERENCES and (target := _target(given, "{%" in tag)):
        return target
    if name.startswith("include") or name == "render":
        return _included(given) or text.miss(tag)
    meaning = MEANINGS.get(name)
    made = meaning(given, "") if meaning else None
    return made if made is not None else text.miss(tag)


def _target(given: Arguments, liquid: bool) -> str | None:
    """Return the address of the post that a reference names: a file, as Octavo resolves it."""
    named = given.first("path", at=0)
    if not named or (liquid and len(given.words) != 1):
        return None
    named, _, fragment = named.partition("#")
    path = PurePosixPath(named.strip("/"))
    stem = re.sub(r"\.(?:md|markdown|html?|mdx)$", "", path.name)
    stem = re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", stem)
    if stem in ("index", "_index"):
        stem = path.parent.name
    if not stem:
        return f"#{fragment}" if fragment else None
    if path.suffix.lower() not in ("", ".md", ".markdown", ".html", ".htm", ".mdx"):
        return named
    return f"{stem}.md" + (f"#{fragment}" if fragment else "")


def _included(given: Arguments) -> str | None:
    """An included piece that shows a picture or plays something, told by its name and what it is given."""
    name = PurePosixPath(given.words[0] if given.words else "").stem.lower()
    rest = Arguments(given.words[1:], given.values)
    meaning = next((MEANINGS[known] for known in MEANINGS if known == name.replace("-", "_")), None)
    if meaning is None and re.search(r"figure|image|img|photo|picture", name):
        meaning = picture
    within = given.first("content", "text")
    return meaning(rest, within) if meaning else None


def _output(match: re.Match[str], text: _Text) -> str:
    value = match["value"].strip()
    if call := _CALL.fullmatch(value):
        return _alone(call["name"].lower(), match[0], arguments(call["given"]), text)
    name = value.partition("|")[0].strip()
    if quoted := _TEXTUAL.fullmatch(value):
        return quoted[1]
    if name in _SITE_VALUES:
        return ""
    if name in text.captured:
        return f"\n\n{text.captured[name].strip()}\n\n"
    owner, _, key = name.partition(".")
    known = {"page": text.page, "frontmatter": text.page}.get(owner, {}).get(key)
    if isinstance(known, str | int | float) and not isinstance(known, bool):
        return str(known)
    return text.miss(match[0])


def _settle_components(made: str, text: _Text) -> str:
    """Settle what MDX adds: imports go, and components and values that are known are shown."""
    made, values = without_modules(made)
    made = _settle_tags(made, _COMPONENT, text)
    return settle_expressions(made, values, text.page, text.hide)
