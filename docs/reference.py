"""Write the reference of `book.toml`: `python docs/reference.py [FILE]`."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from book import config, registry, resources

FILE = Path(__file__).resolve().parent / "book-toml.md"

OPENING = """\
# `book.toml`

Every key is optional. A key that is misspelt is an error, with the one that was meant in the hint.
Paths begin at the project's folder, and lengths carry a unit: `"12mm"`, `"0.5in"`, `"11pt"`.
(This page is written by `python docs/reference.py`.)

```toml
format-version = 1

title = "Plot 14"
author = "Wilf Ackroyd"
language = "en-GB"

[chapters]
by = "month"
parts = "year"

[style.settings]
size = "12pt"
leading = "15pt"

[editions.ebook]
format = "epub"

[editions.paperback]
format = "pdf"
```

A text of several lines (`\"\"\"…\"\"\"`) may hold Markdown: dedication, epigraph, about the author.
"""

EDITIONS = """\
An edition is a table `[editions.NAME]` with a name of your choice; without any, there are `ebook` and
`paperback`. Besides the keys here it may hold any key of `[style]`, for itself alone, and the options of
its format, below.
"""

COPYEDIT = """\
Each pass is on unless it is set to `false`.
"""

COPYEDITS = {
    "quotes": "quotation marks and apostrophes, as the language has them",
    "dashes": "` - ` and `--` to dashes",
    "ellipses": "`...` to an ellipsis",
    "spaces": "spaces that may not break: before units, between initials, and French ones",
    "wraps": "lines that a mail program or an editor broke at its own width run on",
}

OPTIONS = {
    "conforms-to": "the accessibility standard that somebody has judged the book to meet: `wcag-2.2-aa`",
    "certified-by": "who judged it",
    "cover": "the cover edition whose front is the cover; else the book's `cover`, or one that is made",
    "page-list": "the PDF edition whose pages are marked and listed, so that one can cite them",
    "profile": "the rules of a printer or a shop, or another use: [Printing](printing.md) and "
    "[The EPUB](epub.md) name them, and yours may be one",
    "trim": 'the page: `"140mm x 216mm"`, or a name such as `a5`, `a6`, `digest`, `trade`, `royal`, `pocket`',
    "margin-top": "above the text; else the theme's",
    "margin-bottom": "below the text; else the theme's",
    "margin-inside": "at the spine, where it is wider than the gutter; else the theme's",
    "margin-outside": "at the fore-edge; else the theme's",
    "gutter": "the least margin at the spine; else the profile's for the count of pages",
    "bleed": 'how far the sheet reaches past the trim: a length, or `"none"`; else the profile\'s',
    "paper": "the paper, by its name in the profile: it limits the pages, and makes the spine",
    "marks": "whether crop marks are printed; else as the profile says",
    "even-pages": "whether a blank leaf makes the count even; else as the profile says",
    "links": "what is printed of links out of the book: `none`, `footnotes`, `endnotes`, `chapternotes`, "
    "`backnotes` or `qr`; or, with `true` or `false`, whether links can be followed; else as the profile "
    "says",
    "bookmarks": "whether there is an outline; else as the profile says",
    "linebreaks": "`greedy`, one line after the other, or `fit`, to suit the whole paragraph",
    "of": "the edition that the cover is for: its trim, pages and ISBN are the cover's",
    "pages": "the count of pages, where there is no such edition",
    "design": "`label`, `plain`, `picture` or `whole`: [Covers](covers.md) shows them",
    "blurb": "the words on the back; else the book's description",
    "omit": "blocks to leave out, as an error message named them",
    "colour": "`srgb`, `grey` or `cmyk`: what all colours are made into; else as the profile says",
    "standard": "`none`, `x-1a`, `x-4`, `a-2a` or `a-3a`; else as the profile says",
    "intent": "the printing condition by its registered name, or an ICC file of the project",
    "ink-limit": "the most ink on one spot, in per cent",
    "opaque": "whether pictures that can be seen through are laid on white; else as the profile says",
    "attachments": "whether the posts are attached as they were written; else as the profile says",
    "tagged": "whether the PDF is tagged for screen readers; else as the profile says",
}


def reference() -> str:
    """Return the page."""
    parts = [
        OPENING,
        config.reference().replace("**`[editions.NAME]`**", "**`[editions.NAME]`**\n\n" + EDITIONS),
    ]
    parts += [_options(name) for name in registry.names("editions")]
    parts += [_passes(), _settings("octavo")]
    return "\n".join(part.rstrip() + "\n" for part in parts if part)


def _options(name: str) -> str:
    bind = registry.find("editions", name).bind
    rows = [f"| `{key}` | {OPTIONS[key]} |" for key in registry.option_names(bind)]
    if not rows:
        return ""
    return "\n".join([f'**Options of `format = "{name}"`**', "", "| key | |", "|---|---|", *rows])


def _passes() -> str:
    from book.copyedit import NAMES

    rows = [f"- `{name}`: {COPYEDITS[name]}" for name in NAMES]
    return "\n".join(["**`[copyedit]`**", "", COPYEDIT, *rows])


def _settings(theme: str) -> str:
    path = resources.builtin("styles") / f"{theme}.toml"
    settings = tomllib.loads(path.read_text(encoding="utf-8"))["settings"]
    rows = [f"| `{name}` | `{one['default']}` | {one['help']} |" for name, one in settings.items()]
    return "\n".join(
        [
            f"## Settings of the theme `{theme}`",
            "",
            "In `[style.settings]`.",
            "",
            "| key | default | |",
            "|---|---|---|",
            *rows,
        ]
    )


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else FILE).write_text(reference(), encoding="utf-8")
