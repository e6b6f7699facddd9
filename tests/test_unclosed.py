"""HTML that nothing closes: the paragraph ends it, and the rest of the post stays what it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.body import set_body
from book.dialect.unclosed import closed


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<div><b>one <i>two\nthree\n\nfour\n", "<div><b>one <i>two\nthree</i></b></div>\n\nfour\n"),
        ("a <b>b</b> <b>c\n\nd", "a <b>b</b> <b>c</b>\n\nd"),
        ("<b>one\n\ntwo</b>\n", "<b>one\n\ntwo</b>\n"),
        ("<a name='x'/>word", "<a name='x'/></a>word"),
        ("<b>text\n```\ncode\n```\n", "<b>text</b>\n```\ncode\n```\n"),
        ("<b>text `and\ncode`\n", "<b>text `and\ncode`</b>\n"),
        ("`<b>` \\<b> <!-- <b> --> a<b c d<e", "`<b>` \\<b> <!-- <b> --> a<b c d<e"),
        ("<p>one\n\n<li>two", "<p>one\n\n<li>two"),
        ("<b", "<b"),
    ],
)
def test_tags_are_closed_where_their_paragraph_ends(text: str, made: str) -> None:
    assert closed(text, lambda _: None) == made


def test_what_comes_after_is_markdown_still() -> None:
    body = set_body("<div>never\n\nA *word*[^1] and `<b>`.\n\n[^1]: One.\n", "post-x", "en", ())
    assert "<em>word</em>" in body.xhtml
    assert "<code>&lt;b&gt;</code>" in body.xhtml
    assert len(body.notes) == 1


def test_bold_type_does_not_run_on() -> None:
    body = set_body("a <b>bold\n\nplain\n", "post-x", "en", ())
    assert body.xhtml == "<p>a <b>bold</b></p>\n<p>plain</p>"


def test_thousands_of_them_are_all_closed() -> None:
    text = "<b>a " * 50_000 + "\n\n" + "<i \"'" * 20_000 + "\\" * 100_000 + "x"
    assert closed(text, lambda _: None).count("</b>") == 50_000


@given(
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", "<div class='x'>", "</div>", "<a name=y/>", "word", "\n", "\n\n", "`", "```\n",
             "    ", "<!--", "-->", "\\", "> ", "- ", "<p>", "<i\n>", '"']
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_whatever_is_closed_is_closed_for_good(text: str) -> None:
    """What is closed once has nothing left to close, and has lost nothing."""
    once = closed(text, lambda _: None)
    assert closed(once, lambda _: None) == once
    place = 0
    for sign in text:
        place = once.index(sign, place) + 1
