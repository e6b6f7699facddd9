"""Read the XML of exports: safely, piece by piece, and with what is commonly wrong in it mended.

Nothing is ever fetched or expanded: a file that declares entities is refused. Elements are known by
names such as `title` or `wp:post_id`, whatever prefix the file uses; where an export forgot to declare
one, the usual meaning is taken.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from book.errors import BookError
from book.model import Notice
from book.sources._decoding import Decoder
from book.sources._xmlmending import Mender, without_junk

CHUNK = 2**18
DEEPEST = 1000
RECOVER = "`--recover` brings in what can be had of it"

_SPACES = (
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/1.0/modules/slash", "slash"),
    ("purl.org/rss/1.0/", ""),
    ("purl.org/dc/elements", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/syndication/thread", "thr"),
    ("purl.org/atom/app", "app"),
    ("www.w3.org/2007/app", "app"),
    ("www.w3.org/2005/Atom", "atom"),
    ("purl.org/atom/ns", "atom"),
    ("schemas.google.com/blogger", "blogger"),
    ("search.yahoo.com/mrss", "media"),
    ("www.w3.org/1999/xhtml", "xhtml"),
    ("wellformedweb.org", "wfw"),
    ("itunes.com/dtds", "itunes"),
)
_USUAL = frozenset({"wp", "excerpt", "xml"} | {prefix for _, prefix in _SPACES})


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name, its attributes as written, what it holds, and the line it begins on."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str | Element] = field(default_factory=list)

    @property
    def own_text(self) -> str:
        """The text directly in it."""
        return "".join(part for part in self.parts if isinstance(part, str))

    def all(self, name: str | None = None) -> list[Element]:
        """Return the elements directly in it, of one name or of any."""
        return [part for part in self.parts if not isinstance(part, str) and name in (None, part.name)]

    def first(self, name: str) -> Element | None:
        """Return the first element of a name that is directly in it."""
        return next((part for part in self.parts if not isinstance(part, str) and part.name == name), None)

    def text(self, name: str) -> str:
        """Return the text of the first element of a name; empty where there is none."""
        found = self.first(name)
        return found.own_text if found else ""

    def markup(self) -> str:
        """Return what it holds as HTML, names without prefixes."""
        return "".join(escape(part) if isinstance(part, str) else part._written() for part in self.parts)

    def _written(self) -> str:
        name = self.name.rpartition(":")[2]
        plain = {key: value for key, value in self.attributes.items() if not key.startswith("xmlns")}
        attributes = "".join(f" {key}={quoteattr(value)}" for key, value in plain.items())
        return f"<{name}{attributes}>{self.markup()}</{name}>" if self.parts else f"<{name}{attributes}/>"


class TooDeep(Exception):
    """Why XML was refused that is nested as no blog's is."""


def canonical(space: str, prefix: str) -> str:
    """Return the prefix that a namespace is known by here; the file's own where it is a strange one."""
    if "wordpress.org/export/" in space:
        return "excerpt" if space.rstrip("/").endswith("excerpt") else "wp"
    return next((known for part, known in _SPACES if part in space), prefix)


class XmlReader:
    """Reads a file's elements: iterating gives each of `items` as it is complete, and forgets it.

    After that, `root` holds all the rest, and `warnings` what was mended. An item inside an item is a
    part of it. With `recover`, broken XML gives what can be had; without, it is a BookError with its place.
    """

    def __init__(
        self, source: BinaryIO | bytes, path: Path, *, items: Collection[str], recover: bool = False
    ) -> None:
        self.path = path
        self.items = frozenset(items)
        self.recover = recover
        self.root = Element("", {}, 1)
        self.mends: Counter[str] = Counter()
        self._stream = BytesIO(source) if isinstance(source, bytes) else source
        self._open: list[Element] = [self.root]
        self._spaces: list[dict[str, str]] = [{"": ""}]
        self._root_space = ""
        self._ready: deque[Element] = deque()
        self._within_item = 0
        self.line = 1
        self.notices: list[Notice] = []
        self._mender = Mender(recover)

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """What was mended, counted."""
        told = sorted((self.mends + self._mender.mends).items())
        return (*self.notices, *(Notice(f"{what}: {count}", self.path) for what, count in told))

    def __iter__(self) -> Iterator[Element]:
        if self.recover:
            from book.sources._xmlrecovery import recovered

            yield from recovered(self)
        else:
            yield from self._read(self.texts())

    def _read(self, texts: Iterable[str]) -> Iterator[Element]:
        parser = self._parser()
        for text in texts:
            self._feed(parser, text)
            while self._ready:
                yield self._ready.popleft()
        self._feed(parser, "", final=True)
        yield from self._ready
        self._ready.clear()
        self.root = next(iter(self.root.all()), self.root)

    def reread(self, text: str, line: int) -> list[Element]:
        """Read one piece of this file, which begins on `line`, by itself; `root` becomes its root."""
        self.root = Element("", {}, 1)
        self._open, self._spaces, self._within_item, self.line = [self.root], [{"": ""}], 0, line
        self._ready.clear()
        return list(self._read([text]))

    def texts(self) -> Iterator[str]:
        """Give the file's text in pieces, fit for a parser."""
        head = self._stream.read(CHUNK)
        decoder = Decoder(head)
        text, junk = without_junk(decoder.decode(head))
        if junk.strip():
            self.mends["lines before the XML were skipped"] += len(junk.strip().splitlines())
        self.line += junk.count("\n")
        yield self._mender.mend(text)
        while data := self._stream.read(CHUNK):
            yield self._mender.mend(decoder.decode(data))
        yield self._mender.mend(decoder.decode(b"", final=True), final=True)
        self.mends += decoder.mends

    def _parser(self) -> expat.XMLParserType:
        """Return a parser that hands what it reads to this reader."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 2**16
        parser.StartElementHandler = lambda name, attributes: self._start(parser, name, attributes)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = lambda text: self._open[-1].parts.append(text)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = lambda name, *_: self._refuse_entity(parser, name)
        return parser

    def _feed(self, parser: expat.XMLParserType, text: str, final: bool = False) -> None:
        """Have some text parsed; what stands after the end is skipped."""
        try:
            if not self._ended:
                parser.Parse(text, final)
            elif text.strip():
                self.mends["pieces of text after the end of the XML were skipped"] += 1
        except expat.ExpatError as error:
            if not self._ended:
                raise self._broken(error) from error
            self.mends["pieces of text after the end of the XML were skipped"] += 1

    @property
    def _ended(self) -> bool:
        """Whether the outermost element is complete."""
        return len(self._open) == 1 and bool(self.root.parts)

    def _broken(self, error: expat.ExpatError) -> BookError:
        """Say where the XML is broken, in the file's own lines and columns."""
        column = self._mender.column(error.lineno, error.offset) + 1
        words = expat.ErrorString(error.code)
        message = f"this XML is broken at column {column}: {words}"
        return BookError(message, path=self.path, line=error.lineno + self.line - 1, hint=RECOVER)

    def _start(self, parser: expat.XMLParserType, name: str, attributes: dict[str, str]) -> None:
        spaces = self._spaces[-1]
        declared = {
            key[6:]: value for key, value in attributes.items() if key[:5] == "xmlns" and key[5:6] in ":"
        }
        if declared:
            spaces = {**spaces, **declared}
        element = Element(self._name(name, spaces), attributes, parser.CurrentLineNumber + self.line - 1)
        if len(self._open) > DEEPEST:
            message = f"this XML is nested more than {DEEPEST} levels deep"
            raise BookError(message, path=self.path, line=element.line, hint=RECOVER) from TooDeep()
        self._within_item += element.name in self.items
        if self._within_item != 1 or element.name not in self.items:
            self._open[-1].parts.append(element)
        self._open.append(element)
        self._spaces.append(spaces)

    def _name(self, name: str, spaces: dict[str, str]) -> str:
        prefix, colon, local = name.rpartition(":")
        space = spaces.get(prefix)
        if len(self._open) == 1:
            self._root_space = space or ""
        if space is None:
            if prefix != "xml":
                self.mends[f"names use the prefix `{prefix}` that the file does not declare"] += 1
            return name if prefix in _USUAL else f"{prefix}:{local}"
        if (not colon and not space) or space == self._root_space:
            return local
        known = canonical(space, prefix)
        return f"{known}:{local}" if known else local

    def _end(self, _: str) -> None:
        element = self._open.pop()
        self._spaces.pop()
        if element.name in self.items:
            self._within_item -= 1
            if not self._within_item:
                self._ready.append(element)

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if system or public:
            self.mends["document type of another file was ignored"] += 1

    def _refuse_entity(self, parser: expat.XMLParserType, name: str) -> None:
        message = f"this file declares an entity, `{name}`; that is refused, since it can stand for anything"
        line = parser.CurrentLineNumber + self.line - 1
        hint = "no blog's export declares one: take its `<!DOCTYPE …>` out if you trust it"
        raise BookError(message, path=self.path, line=line, hint=hint)


def read_xml(
    source: BinaryIO | bytes, path: Path, *, recover: bool = False
) -> tuple[Element, tuple[Notice, ...]]:
    """Return the root element of a small file, and what was mended in it."""
    reader = XmlReader(source, path, items=(), recover=recover)
    for _ in reader:
        pass
    return reader.root, reader.warnings
