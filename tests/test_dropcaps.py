"""A chapter's first letter is marked where it can be made large, and nothing else of the text changes."""

from __future__ import annotations

import pytest

from book.accounting import words
from book.dropcaps import with_drop_cap

TEXT = "and so on, in a paragraph that is long enough for three lines beside a large letter. " * 2


@pytest.mark.parametrize(
    ("beginning", "marked"),
    [
        ("<p>It was ", '<p><span class="initial">I</span>t was '),
        ("\n<p>“Do not,” ", '<p><span class="initial">“D</span>o not,” '),
        ("<p>« Non » ", "<p>« Non » "),
        ("<p>¿Qué? ", '<p><span class="initial">¿Q</span>ué? '),
        ('<p id="top">At ', '<p id="top"><span class="initial">A</span>t '),
        ("<p><em>Oh</em> dear ", '<p><em><span class="initial">O</span>h</em> dear '),
        (
            '<p><a href="https://a.example/b">Apples</a> ',
            '<p><a href="https://a.example/b"><span class="initial">A</span>pples</a> ',
        ),
        ("<p>A\u0308pfel ", '<p><span class="initial">A\u0308</span>pfel '),
        ("<p>Всё это ", '<p><span class="initial">В</span>сё это '),
        ("<p>42 is ", '<p><span class="initial">4</span>2 is '),
    ],
)
def test_the_first_letter_is_marked_with_what_belongs_to_it(beginning: str, marked: str) -> None:
    body = f"{beginning}{TEXT}</p>\n<p>More.</p>"
    made = with_drop_cap(body)
    assert made.startswith(marked)
    assert made.endswith("</p>\n<p>More.</p>")
    assert words(made) == words(body), "a letter is no word by itself"


@pytest.mark.parametrize(
    "body",
    [
        "<p>A short one.</p><p>" + TEXT + "</p>",
        '<p class="embed">A link ' + TEXT + "</p>",
        "<h2>A heading</h2><p>" + TEXT + "</p>",
        "<figure></figure><p>" + TEXT + "</p>",
        '<p><img src="media/a.png" alt=""/>A picture ' + TEXT + "</p>",
        '<p><span class="mark" id="m"></span>A mark ' + TEXT + "</p>",
        "<p>…and then " + TEXT + "</p>",
        "<p>* star " + TEXT + "</p>",
        "<p>&amp; so " + TEXT + "</p>",
        "<p>كان يا ما كان " + TEXT + "</p>",
        "<p>むかしむかし " + TEXT + "</p>",
        "<p>אבא " + TEXT + "</p>",
        "<p>" + "”“" * 50_000 + "</p>",
        "<p>",
        "",
    ],
)
def test_what_has_no_letter_to_make_large_stays_as_it_is(body: str) -> None:
    assert with_drop_cap(body) == body
