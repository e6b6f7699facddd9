"""Elements whose inside is no markup take no words with them, and tags that never end are words."""

from __future__ import annotations

import pytest

from book.body import set_body
from book.rawtext import finished
from book.sources._html_to_markdown import to_markdown

NAMES = ("iframe", "noembed", "noframes", "script", "style", "template", "textarea", "title", "xmp")


@pytest.mark.parametrize("form", ["<{} src='x'/>", "<{} src='x'>", "<{}/>", "<{}>"])
@pytest.mark.parametrize("name", [*NAMES, "plaintext"])
def test_what_follows_an_element_that_does_not_end_is_there(name: str, form: str) -> None:
    text = f"Before {form.format(name)}\n\nand *after*.\n"
    made = set_body(text, "post-x", "en", ())
    assert "Before" in made.xhtml and "<p>and <em>after</em>.</p>" in made.xhtml
    if not form.endswith("/>"):
        assert any(getattr(said, "kind", "") == "unclosed" for said in made.said)
    assert to_markdown(f"<p>Before {form.format(name)}</p>\n\n<p>and after.</p>").markdown.endswith(
        "and after."
    )


def test_what_ends_is_as_it_was() -> None:
    text = "<style>p { }</style>One <script>var a = '</p>'</script>two <template>x</template>three"
    shown = set_body(text, "post-x", "en", ()).xhtml
    assert all(word in shown for word in ("One", "two", "three")) and "var" not in shown and "{" not in shown
    code = "```\n<script>\n```\n\n`<iframe>` <!-- <style> --> words\n"
    made = set_body(code, "post-x", "en", ())
    assert "&lt;script&gt;" in made.xhtml and "&lt;iframe&gt;" in made.xhtml and "words" in made.xhtml


@pytest.mark.parametrize(
    "html",
    [
        '<p>One <a href="http://x.example>two</a> three</p>', "<p>One two three <b", "One two <!-- three",
        "One <iframe src='x> two three", '<p>One <a title=it\'s href="x">two</a> three</p>',
    ],
)  # fmt: skip
def test_a_tag_without_an_end_is_words_when_html_is_gathered(html: str) -> None:
    made = to_markdown(html).markdown
    assert all(word in made for word in ("One", "two", "three"))


def test_thousands_that_do_not_end_take_no_time() -> None:
    for text in ("<iframe>" * 20_000, '<a href="x>' * 20_000, "<a " * 20_000):
        assert "after" in to_markdown(f"{text} after").markdown


def test_a_page_that_is_cut_off_within_its_frame_holds_no_words() -> None:
    assert finished("<html", lambda _: None) == "<html"
    assert finished("<p>One</p></body", lambda _: None) == "<p>One</p></body"
