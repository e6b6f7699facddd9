"""Books bound as EPUB for tests: posts with every construct, arranged, typeset and bound for real."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lxml import etree
from making import config, post
from PIL import Image

from book.arrange import arrange
from book.config import Project, Style
from book.desk import Bound, Desk
from book.editions import epub
from book.model import Composition, Media, Note, Post, Reading
from book.typeset import typeset

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "m": "http://www.w3.org/1998/Math/MathML",
}

MATH = (
    '<p class="math"><math xmlns="http://www.w3.org/1998/Math/MathML" display="block" alttext="a = b / c">'
    "<mrow><mi>a</mi><mo>=</mo><mfrac><mi>b</mi><mi>c</mi></mfrac></mrow></math></p>"
)
CODE = (
    '<pre class="code" data-language="python"><code><span class="k">def</span> <span class="nf">f</span>():\n'
    '    <span class="k">return</span> <span class="s">"é &lt;b&gt;"</span>\n\n\t# two  spaces\n</code></pre>'
)
EVERYTHING = (
    post(
        "closing-gaps",
        date(2017, 8, 29),
        title="Closing Gaps & <Tags>",
        tags=("walking", "gaps"),
        body=(
            "<p>First, <em>one</em><strong>two</strong> and "
            '<a href="#post-salt">salt</a>, <a href="https://example.org/a?b=c&amp;d">out</a>.'
            '<a class="noteref" id="post-closing-gaps.noteref-1" href="#post-closing-gaps.note-1">1</a></p>'
            '<h2 id="post-closing-gaps.why">Why</h2><p>Because.<a class="noteref" '
            'id="post-closing-gaps.noteref-2" href="#post-closing-gaps.note-2">2</a></p>' + CODE + MATH
        ),
        notes=(
            Note("post-closing-gaps.note-1", 1, "<p>A note.</p>"),
            Note("post-closing-gaps.note-2", 2, "<p>Two.</p><ul><li>in a list</li></ul>"),
        ),
    ),
    post(
        "salt",
        datetime(2017, 8, 30, 9),
        title="Salt",
        tags=("walking",),
        body=(
            '<figure><img src="media/salt.png" alt="A heap of salt" width="40" height="30"/>'
            "<figcaption>Salt</figcaption></figure>"
            '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
            "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
            '<ul><li class="task done"><span class="checkbox">☑</span> done</li></ul>'
            '<aside class="admonition tip"><p class="admonition-title">Tip</p><p>Stir.</p></aside>'
            '<p>Back to <a href="#post-closing-gaps.why">why</a>.</p><hr/>'
            '<p><a id="post-salt.end"></a>End ↩ 😀</p>'
        ),
        media=("salt.png",),
    ),
    post(
        "la-belle-page",
        date(2018, 1, 2),
        title="La belle page",
        language="fr",
        body='<p>Été <span lang="ar">مرحبا</span>.</p>',
    ),
)


def picture(name: str, data: bytes, folder: Path, media_type: str = "image/png") -> Media:
    """Write a picture's bytes into `folder` and describe it."""
    path = folder / name
    path.write_bytes(data)
    with Image.open(io.BytesIO(data)) as opened:
        width, height = opened.size
    return Media(name, path, media_type, width, height, hashlib.sha256(data).hexdigest())


def drawn(size: tuple[int, int] = (40, 30), kind: str = "PNG", mode: str = "RGB") -> bytes:
    """Draw a plain picture."""
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else "#345").save(out, kind)
    return out.getvalue()


def composed(
    folder: Path, posts: Sequence[Post] = EVERYTHING, media: Sequence[Media] | None = None, **more: Any
) -> Composition:
    """Arrange and typeset posts for a screen."""
    own = [picture("salt.png", drawn(), folder)] if media is None else media
    settings = config(
        **{"title": "Small Corrections", "authors": ("Ann Author",), "language": "en-GB"}
        | {"url": "https://blog.example/", "publisher": "The Lean-to Press"}
        | more
    )
    book = arrange(
        Reading(tuple(posts), tuple(own)), settings, modified=datetime(2019, 5, 6, 7, 8, 9, tzinfo=UTC)
    )
    return typeset(book, Project(folder, settings), Style(), "screen")


def bind(composition: Composition, to: Path, **options: Any) -> Bound:
    """Bind a composition as EPUB."""
    return epub.bind(composition, Desk("ebook", to, to.parent / ".book"), **options)


class Opened:
    """A bound EPUB, its files read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}

    def xml(self, name: str) -> Any:
        return etree.fromstring(self.files[f"EPUB/{name}"])

    def text(self, name: str) -> str:
        return self.files[f"EPUB/{name}"].decode()

    @property
    def package(self) -> Any:
        return self.xml("content.opf")

    @property
    def documents(self) -> dict[str, Any]:
        return {
            name.removeprefix("EPUB/text/"): etree.fromstring(data)
            for name, data in self.files.items()
            if name.endswith(".xhtml")
        }

    def find(self, query: str, name: str = "content.opf") -> Any:
        return self.xml(name).xpath(query, namespaces=SPACES)


def made(folder: Path, posts: Sequence[Post] = EVERYTHING, **more: Any) -> Opened:
    """Make an EPUB of posts and open it."""
    composition = composed(folder, posts, **more)
    bind(composition, folder / "book.epub")
    return Opened(folder / "book.epub")


def retitled(composition: Composition, **metadata: Any) -> Composition:
    """Return a composition whose book has other metadata."""
    book = composition.book
    return replace(composition, book=replace(book, metadata=replace(book.metadata, **metadata)))
