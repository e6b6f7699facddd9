"""Findings are put beside the page that they are on."""

from __future__ import annotations

from pathlib import Path

from studio_running import WORDS, is_ready, running, write_book

LINK = "Look [here](https://example.org/).\n"


def test_a_finding_is_beside_the_page_with_its_line(tmp_path: Path) -> None:
    root = tmp_path / "book"
    write_book(root)
    post = root / "chapters" / "2020-01-03-chapter-3.md"
    gap = "\n\n![A gate](media/gate.png)\n\n"
    post.write_text(post.read_text() + gap + "\n\n".join([WORDS] * 9) + gap.replace("gate", "path") + LINK)
    with running(root) as studio:
        book = studio.until(is_ready)
    edition = next(one for one in book["editions"] if one["name"] == "paperback")
    found = [one for one in edition["findings"] if "is missing" in one["message"]]
    first, last = sorted(one["page"] for one in found)
    opening, after = edition["at"]["post-chapter-3"], edition["at"]["post-chapter-4"]
    assert opening < first < last < after
    assert {one["path"] for one in found} == {"chapters/2020-01-03-chapter-3.md"}
    assert all(one["line"] and one["hint"] for one in found)
    ebook = next(one for one in book["editions"] if one["name"] == "ebook")
    (kind,) = (one for one in ebook["marks"] if one["rule"] == "link-words")
    assert kind["said"] == "1 link that does not say where it leads" and kind["hints"]
    assert [(one["ident"], "here" in one["message"]) for one in kind["places"]] == [("post-chapter-3", True)]
