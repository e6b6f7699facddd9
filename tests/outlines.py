"""Bodies in short, for tests to tell what became of them."""

from __future__ import annotations

from lxml import etree


def outline_of(xhtml: str) -> list[str]:
    """Return the blocks of a body, each as its tag and words; a picture is its name in brackets."""
    root = etree.fromstring(f"<div>{xhtml}</div>")
    for picture in root.iter("img"):
        picture.text = f"[{picture.get('src')}]"
    return [f"{block.tag}: {' '.join(''.join(map(str, block.itertext())).split())}" for block in root]
