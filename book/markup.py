"""Markdown as writers use it, to HTML. Math goes by as placeholders that Markdown cannot touch."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import markdown

EXTENSIONS = [
    "abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "admonition", "sane_lists",
    "pymdownx.superfences", "pymdownx.highlight", "pymdownx.tilde", "pymdownx.caret", "pymdownx.tasklist",
    "pymdownx.arithmatex",
]  # fmt: skip
_SETTINGS: dict[str, dict[str, Any]] = {
    "footnotes": {"UNIQUE_IDS": False, "BACKLINK_TEXT": ""},
    "pymdownx.highlight": {"use_pygments": True, "css_class": "code", "linenums": False, "guess_lang": False,
                           "pygments_lang_class": True, "stripnl": False},
    "pymdownx.tasklist": {"custom_checkbox": False},
    "pymdownx.arithmatex": {"generic": True, "smart_dollar": True, "tex_inline_wrap": ["", ""],
                            "tex_block_wrap": ["", ""]},
}  # fmt: skip


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    made = markdown.Markdown(extensions=EXTENSIONS, extension_configs=_SETTINGS, output_format="xhtml")
    made.block_level_elements.extend(["svg", "math"])
    return made


def to_html(text: str) -> str:
    """Convert one post's Markdown."""
    converter = _converter()
    converter.reset()
    return converter.convert(text)
