from __future__ import annotations

import pytest

from book.body import set_body


def made(markdown: str, language: str = "ar") -> str:
    return set_body(markdown, "post-x", language, ()).xhtml


def test_code_runs_from_the_left_whatever_stands_around_it() -> None:
    html = made("انظر `f(x)` و `متغير`.\n\n```python\nx = [1]  # عدد\n```\n")
    assert '<code dir="ltr">f(x)</code>' in html
    assert "<code>متغير</code>" in html
    assert '<pre class="code" data-language="python" dir="ltr"><code>' in html


@pytest.mark.parametrize(
    ("source", "there"),
    [
        ("شركة *GmbH (Berlin)* هنا", '<em dir="ltr">GmbH (Berlin)</em>'),
        ("انظر [Wikipedia!](https://a.example/)", '<a href="https://a.example/" dir="ltr">Wikipedia!</a>'),
        ("هنا https://a.example/b/c/. ثم", '<bdi dir="ltr">https://a.example/b/c/</bdi>. ثم'),
        ("رقمي +963 11 555 0142.", '<bdi dir="ltr">+963 11 555 0142</bdi>.'),
        ("*قال* a@b.example، ثم", '<em>قال</em> <bdi dir="ltr">a@b.example</bdi>، ثم'),
        ("[A film!](https://a.example/)", '<p><a href="https://a.example/" dir="ltr">A film!</a></p>'),
        ("Hello, world (again).", '<p dir="ltr">Hello, world (again).</p>'),
    ],
)
def test_words_of_another_direction_are_told(source: str, there: str) -> None:
    assert there in made(source)


@pytest.mark.parametrize(
    "source", ["نص *مائل* و **12** فقط", "- Hello.\n- مرحبا.", "| Hello. | ب |\n|---|---|\n| x | ج |"]
)
def test_what_runs_with_its_neighbours_stays_as_it_is(source: str) -> None:
    assert " dir=" not in made(source)


def test_a_paragraph_from_the_right_in_a_post_from_the_left_is_told() -> None:
    html = made("Before.\n\nمرحبا بالعالم، يا `f(x)`.\n\nA `f(x)` *here*: https://a.example/.", "en")
    assert '<p>Before.</p>\n<p dir="rtl">مرحبا بالعالم، يا <code dir="ltr">f(x)</code>.</p>' not in html
    assert "<p>A <code>f(x)</code> <em>here</em>: https://a.example/.</p>" in html
    assert '<p dir="rtl">مرحبا بالعالم.</p>' in made("Before.\n\nمرحبا بالعالم.", "en")


def test_what_the_author_says_of_language_and_direction_goes_first() -> None:
    html = made('<p lang="en">Hello, <code>f(x)</code>.</p>\n\n<p dir="rtl">Hello.</p>')
    assert '<p lang="en">Hello, <code>f(x)</code>.</p>' in html
    assert '<p dir="rtl">Hello.</p>' in html
