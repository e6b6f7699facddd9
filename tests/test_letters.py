from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import Manuscript

from book import build
from book.errors import BookError
from book.letters import initials

COMMENTS = """\
- id: "1"
  name: Ann Other
  date: 2017-09-01
  text: |
    # Loud

    I liked *that*. <script>alert(1)</script> ![A heap](salt.png)
- id: "2"
  name: The Author
  by-author: true
  in-reply-to: "1"
  text: Thank you.
- id: "3"
  name: Ben
  in-reply-to: "2"
  text: Me too.
- id: "4"
  name: cem d'arc
  text: A long one, of more words than any of the others has, which is why it is kept.
"""


def page(
    manuscript: Manuscript, rules: str, *, comments: str = COMMENTS, leaf: str = "2017-08-29-first"
) -> str:
    toml = f'title = "L"\n[letters]\n{rules}\n[editions.ebook]\nformat = "epub"\n'
    root = manuscript(toml=toml, files={"chapters/comments/2017-08-29-first.yaml": comments})
    report = build(root, out=root / "out")
    assert report.skipped == ()
    with zipfile.ZipFile(report.editions[0].path) as archive:
        return archive.read(f"EPUB/text/{leaf}.xhtml").decode()


def told(text: str) -> list[str]:
    """Return the names in the order of the letters, `>` before each for every answer that it is."""
    found, depth = [], 0
    for match in re.finditer(r'<section class="letter[ "]|</section>|<span class="name">([^<]*)', text):
        if match[0].startswith("<section"):
            depth += 1
        elif match[0].startswith("</"):
            depth -= 1
        else:
            found.append(">" * (depth - 1) + match[1])
    return found


@pytest.mark.parametrize(
    ("rules", "names"),
    [
        ('of = "all"', ["Ann Other", ">The Author", ">>Ben", "cem d'arc"]),
        ('of = "answered"', ["Ann Other", ">The Author"]),
        ('of = "long"\nleast = 12', ["cem d'arc"]),
        ('of = "chosen"\nchosen = ["2017-08-29-first/3", "2017-08-29-first/1"]', ["Ann Other", ">Ben"]),
        ('of = "all"\nsigned = "initials"', ["A. O.", ">The Author", ">>B.", "C. D."]),
        ("", []),
    ],
)
def test_a_rule_chooses_letters_and_answers_stand_under_them(
    rules: str, names: list[str], manuscript: Manuscript
) -> None:
    assert told(page(manuscript, rules)) == names


def test_a_letter_is_as_clean_as_a_post(manuscript: Manuscript) -> None:
    text = page(manuscript, 'of = "all"')
    assert "I liked <em>that</em>." in text
    assert "script" not in text.partition("<body")[2]
    assert "<p>Loud</p>" in text
    assert "[A heap]" in text
    assert "September 1, 2017" in text


def test_letters_stand_in_an_appendix_where_that_is_asked_for(manuscript: Manuscript) -> None:
    text = page(manuscript, 'of = "all"\nplace = "appendix"', leaf="letters")
    assert "Letters on ‘A first post’" in text
    assert len(told(text)) == 4


def test_a_choice_of_what_is_not_there_is_an_error(manuscript: Manuscript) -> None:
    with pytest.raises(BookError, match="there is no comment `2017-08-29-first/9`"):
        page(manuscript, 'of = "chosen"\nchosen = ["2017-08-29-first/9"]')


def test_many_letters_in_a_long_thread_are_all_there(manuscript: Manuscript) -> None:
    chain = "".join(
        f'- id: "{n}"\n  name: N{n}\n  text: Yes {n}.\n' + (f'  in-reply-to: "{n - 1}"\n' if n else "")
        for n in range(500)
    )
    names = told(page(manuscript, 'of = "all"', comments=chain))
    assert len(names) == 500
    assert names[:4] == ["N0", ">N1", ">>N2", ">>N3"]


def test_names_are_reduced() -> None:
    assert [initials(name) for name in ("Ann B. Other", "ben", "", "王 伟")] == [
        "A. B. O.",
        "B.",
        "",
        "王. 伟.",
    ]


def test_comments_that_are_not_asked_for_are_not_read(manuscript: Manuscript, octavo: Any) -> None:
    root: Path = manuscript(files={"chapters/comments/2017-08-29-first.yaml": "- nonsense"})
    assert octavo("build", root, "--edition", "ebook").code == 0


def test_letters_on_a_post_with_a_long_name_have_names_of_their_own(manuscript: Manuscript) -> None:
    name = "2017-08-29-" + "-".join(["long"] * 11)
    toml = 'title = "L"\n[letters]\nof = "all"\n[editions.ebook]\nformat = "epub"\n'
    files = {
        f"chapters/{name}.md": "---\ntitle: Long\ndate: 2017-08-29\n---\n\nA post.\n",
        f"chapters/{name}er.md": "---\ntitle: Longer\ndate: 2017-08-30\n---\n\nA post.\n",
        f"chapters/comments/{name}.yaml": COMMENTS,
        f"chapters/comments/{name}er.yaml": COMMENTS,
    }
    root = manuscript(toml=toml, files=files)
    report = build(root, out=root / "out")
    with zipfile.ZipFile(report.editions[0].path) as archive:
        pages = "".join(archive.read(one).decode() for one in archive.namelist() if one.endswith(".xhtml"))
    found = re.findall(r'<section class="letter[^"]*" id="([^"]*)"', pages)
    assert len(found) == len(set(found)) == 8
