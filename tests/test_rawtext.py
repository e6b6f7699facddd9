"""Elements whose inside is no markup take no words with them, and tags that never end are words."""

from __future__ import annotations

import re

import pytest

from book.body import set_body
from book.rawtext import finished, with_ends
from book.remarks import line_of
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


@pytest.mark.parametrize(
    "text",
    ["<div>a <!-- b c</div>\n\nd e\n", "<div>a\n<!-- b c\n<!-- d</div>\n\ne <!-- f"],
)
def test_a_comment_that_never_ends_is_words(text: str) -> None:
    made = set_body(f"First.\n\n{text}", "post-x", "en", ())
    assert all(word in made.xhtml for word in re.findall(r"\b[a-f]\b", text))
    assert any(getattr(said, "kind", "") == "unclosed" for said in made.said)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>a <![CDATA[ b c ]]> d</p>", "2 words"),
        ("<p>a <!b\n\nc</p>\n\nd", "2 words"),
        ("a <![CDATA[b]]> d", "1 word"),
    ],
)
def test_words_that_a_browser_hides_are_counted_and_told_with_their_line(text: str, words: str) -> None:
    made = set_body(f"First.\n\n{text}\n", "post-x", "en", ())
    [said] = made.said
    assert (
        said.endswith(f"hides {words}: browsers take it for a comment")
        and line_of(said, f"First.\n\n{text}") == 2
    )
    assert "a" in made.xhtml and "d" in made.xhtml


@pytest.mark.parametrize("text", ["a <!-- b --> c", "<!DOCTYPE html><p>a c</p>", "a<![if !mso]>c"])
def test_comments_that_end_and_say_nothing_are_not_told(text: str) -> None:
    made = set_body(text, "post-x", "en", ())
    assert "a" in made.xhtml and "c" in made.xhtml and not made.said


def test_ten_thousand_comments_that_never_end_are_read_in_a_moment() -> None:
    heard: list[str] = []
    html = "<div>" + "<!-- a " * 10_000
    assert with_ends(html, heard.append).count("&lt;!--") == 10_000
    assert len(heard) == 1


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
