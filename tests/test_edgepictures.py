"""Large pictures at the edges of paragraphs stand apart from the words, small ones among them."""

from __future__ import annotations

import pytest

from book.edgepictures import set_apart

BIG = '<img src="media/a.png" alt="" width="300" height="200"/>'
LINKED = f'<a href="https://e.example/">{BIG}</a>'
SMALL = '<img src="media/b.png" alt="" width="300" height="20"/>'


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (f'<p id="x">{BIG} Words.</p>', f'<figure>{BIG}</figure><p id="x">Words.</p>'),
        (f"<p>{LINKED}<br/><em>Words</em>.</p>", f"<figure>{LINKED}</figure><p><em>Words</em>.</p>"),
        (f"<li><p>Words {BIG}</p></li>", f"<li><p>Words</p><figure>{BIG}</figure></li>"),
        (f"<p>A <em>word</em><br/>{LINKED}</p>", f"<p>A <em>word</em></p><figure>{LINKED}</figure>"),
        (
            f"<p>{BIG}Words{BIG}</p>",
            f"<figure>{BIG}</figure><p>Words</p><figure>{BIG}</figure>",
        ),
    ],
)
def test_large_pictures_stand_apart(given: str, made: str) -> None:
    assert set_apart(given) == made


@pytest.mark.parametrize(
    "given",
    [
        f"<p>{SMALL} Words {SMALL}</p>",
        f"<p>Words {BIG} and words.</p>",
        f"<p>{BIG} {BIG}</p>",
        f"<p>{LINKED}{LINKED}</p>",
        f"<p>{BIG}</p>",
        f'<p>Words <a href="#x">and {BIG}</a></p>',
        f'<p><a href="#x">{BIG} and words</a></p>',
        f"<figure>{BIG}</figure><p>Words.</p>",
        f"<td>Words {BIG}</td>",
        f"<p>Words {BIG.replace(' alt', ' class=' + chr(34) + 'latex' + chr(34) + ' alt')}</p>",
        "<p>Words.</p>",
    ],
)
def test_others_stay_where_they_are(given: str) -> None:
    assert set_apart(given) == given
