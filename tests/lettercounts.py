"""The letters that a reader sees of a text in HTML, counted by other means than the program's own."""

from __future__ import annotations

import re
from collections import Counter

from lxml import html as lxml_html

_SILENT = (
    "//script | //style | //iframe | //object | //embed | //noscript | //svg | //button"
    " | //*[contains(@class, 'linenos')]"  # the numbers of lines beside a listing are a theme's
)


def letters(html: str, *, captions: bool = False) -> Counter[str]:
    """Count the letters that a reader sees; in our own Markdown, a picture's title is its caption."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    if not html.strip():
        return Counter()
    root = lxml_html.fromstring(f"<div>{html}</div>")
    for silent in root.xpath(_SILENT):
        if silent.getparent() is not None:
            silent.drop_tree()
    titles = "".join(image.get("title", "") for image in root.iter("img")) if captions else ""
    return Counter("".join(("".join(root.itertext()) + titles).split()))
