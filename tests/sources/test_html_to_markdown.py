"""HTML becomes Markdown that an author can edit, and that reads exactly as the HTML did."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.clean import clean
from book.markup import to_html
from book.sources._html_to_markdown import Converted, parse_html, to_markdown

WORD = re.compile(r"\w+")


def markdown(html: str) -> str:
    return to_markdown(html).markdown


def rendered_words(text: str) -> Counter[str]:
    return Counter(WORD.findall(shown(text, " ")))


def shown(text: str, between: str = "") -> str:
    """Return what a reader sees of some Markdown."""
    return between.join(map(str, clean(to_html(text), lambda _: None).itertext())) if text else ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>A title</h2><p>One <b>two</b> <i>three</i>.</p>", "## A title\n\nOne **two** *three*."),
        ("<b><i>both</i></b> <i><b>ways</b></i>", "***both*** ***ways***"),
        ("a<b> spaced </b>b", "a **spaced** b"),
        ("x <del>old</del> <s>older</s>", "x ~~old~~ ~~older~~"),
        ("Use <code>x = `1`</code>", "Use `` x = `1` ``"),
        ('<a href="https://x.org/a" title="T">text</a>', '[text](https://x.org/a "T")'),
        ('<a href="https://x.org/a">https://x.org/a</a>', "<https://x.org/a>"),
        ('<a href="http://x.org/a_(b)">x</a>', "[x](<http://x.org/a_(b)>)"),
        ('<a href="x?a=1&amp;amp;b=2">x</a>', "[x](x?a=1&amp;amp;b=2)"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<hr>", "* * *"),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\n:   b\n\nc\n:   d"),
        (
            "<table><tr><th>a<th>b</tr><tr><td>1|2<td>x<br>y</tr></table>",
            "| a | b |\n| --- | --- |\n| 1\\|2 | x<br>y |",
        ),
        (
            "<ul><li><input type=checkbox checked> done<li><input type=checkbox> not</ul>",
            "- [x] done\n- [ ] not",
        ),
        ("H<sub>2</sub>O, <kbd>Ctrl</kbd>", "H<sub>2</sub>O, <kbd>Ctrl</kbd>"),
    ],
)
def test_what_markdown_expresses_becomes_markdown(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p><p>&nbsp;</p><p></p><p>b</p>", "a\n\nb"),
        ("a<br><br>b<br>c<br/>&nbsp;<br/>d", "a\n\nb  \nc\n\nd"),
        ("<b>a<br><br>b</b>", "**a**\n\n**b**"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<a href=x><div>a</div><p>b</p></a>", "[a](x)\n\n[b](x)"),
        ("one<!--more-->two", "onetwo"),
        ("One.&nbsp; Two. &nbsp;Three, 5&nbsp;km.", "One. Two. Three, 5\u00a0km."),
        ("a&nbsp;&nbsp; b<br>&nbsp; c", "a\u00a0\u00a0 b  \n&#160; c"),
        ("a <span style='font-weight: bold'>b</span> <font face=x>c</font>", "a **b** c"),
        ("<b style='font-weight:normal'>a <span style='font-style:italic'>b</span></b>", "a *b*"),
        ("<p class=MsoNormal style='margin:0'>a<o:p></o:p></p>", "a"),
    ],
)
def test_what_editors_and_old_blogs_write_is_understood(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# no heading", "1. no list", "- no list", "+ x", "* x", "> no quote", "a * b * c",
        "*a* _b_ __c__", "`code`", "[a](b)", "[a]: b", "[^1]", "![a](b)", "a\\*b", "&amp;", "<b>",
        "~~a~~ ~b~ ^c^", "$a$ $$b$$", "$30-$40 each", "| a | b |", "!!! note", "::: x", "*[HTML]: x",
        "===", "---", "x\n===", "{: .a}", "\\(x\\)", ": b", "```", "~~~", "(c) ... -- 'a' \"b\"",
        "snake_case_word", "[sic] [x] [1]", "http://a.org/b_c_d*e*", "a  b",
    ],
)  # fmt: skip
def test_text_reads_as_it_was_written(text: str) -> None:
    from html import escape

    escaped = escape(text, quote=False).replace("\n", "<br>")
    for html in (f"<p>{escaped}</p>", f"<ul><li>{escaped}</li></ul>", f"<p><b>{escaped}</b></p>"):
        assert " ".join(shown(markdown(html)).split()) == " ".join(text.split())


def test_code_keeps_its_lines_its_tabs_and_its_language() -> None:
    html = '<pre class="brush: python">def f():\n\tx = "&lt;b&gt;"\n\n    return `x`\n</pre>'
    assert markdown(html) == '```python\ndef f():\n\tx = "<b>"\n\n    return `x`\n```'
    assert markdown("<pre>```\n</pre>") == "````\n```\n````"
    assert (
        markdown('<div class="highlight"><pre><code class="language-js">a<br>b</code></pre></div>')
        == "```js\na\nb\n```"
    )


@pytest.mark.parametrize(
    ("html", "within"),
    [
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<tr><td>a</td><td>b</td></tr>"),
        ("<table><tr><th>a<th>b<tr><td colspan=2>c</table>", '<td colspan="2">c</td>'),
        ('<ol type="a"><li>x</ol>', '<ol type="a">\n<li>x</li>\n</ol>'),
        ("<pre>a <b>b</b>\n\n  c</pre>", "<pre>a <strong>b</strong>\n\n  c</pre>"),
        (
            "<figure><img src=a.jpg alt=A><figcaption>By <a href=x>me</a></figcaption></figure>",
            '<figcaption>By <a href="x">me</a></figcaption>',
        ),
    ],
)
def test_what_markdown_cannot_express_stays_clean_html(html: str, within: str) -> None:
    assert within in markdown(f"<p>before</p>{html}<p>after</p>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="a b.jpg" alt="A [1]">', "![A \\[1\\]](<a b.jpg>)"),
        ("<figure><img src=a.jpg alt=A><figcaption>Words</figcaption></figure>", '![A](a.jpg "Words")'),
        (
            '<div class="wp-caption"><img src=a.jpg title=a><p class="wp-caption-text">Say "x"</p></div>',
            '![](a.jpg "Say &quot;x&quot;")',
        ),
        (
            '<table class="tr-caption-container"><tr><td><img src=a.jpg></td></tr>'
            '<tr><td class="tr-caption">Words</td></tr></table>',
            '![](a.jpg "Words")',
        ),
        (
            '<a href="http://4.bp.blogspot.com/-x/A/s1600-h/p.jpg"><img src="http://4.bp.blogspot.com/-x/A/s320/p.jpg"></a>',
            "![](http://4.bp.blogspot.com/-x/A/s1600/p.jpg)",
        ),
        (
            '<a href="http://x.org/p.jpg"><img src="http://x.org/p-300x200.jpg"></a>',
            "![](http://x.org/p.jpg)",
        ),
        ('<a href="http://x.org/page"><img src="p.jpg"></a>', "[![](p.jpg)](http://x.org/page)"),
        ('<img src="data:image/gif;base64,R0l" data-src="real.jpg">', "![](real.jpg)"),
        ('<p><img class="alignleft" src="a.jpg"> Words beside it.</p>', "![](a.jpg)\n\nWords beside it."),
        ('<p>A <img src="i.png" alt="sign"> within</p>', "A ![sign](i.png) within"),
        ('x <img class="wp-smiley" src="s.png" alt=":)">', "x :)"),
        ('<img class="latex" src="l.png" alt="x^2"> y', "$x^2$ y"),
    ],
)
def test_pictures_are_shown_at_their_best(html: str, expected: str) -> None:
    assert markdown(html) == expected


def test_pictures_are_listed_and_those_inside_the_html_get_a_name() -> None:
    pixel = "R0lGODlhAQABAAAAACw="
    made = to_markdown(f'<img src="a.jpg"><img src="a.jpg"><img src="data:image/gif;base64,{pixel}" alt="x">')
    (name,) = made.inlined
    assert made.media == ("a.jpg", name)
    assert f"![x]({name})" in made.markdown
    assert made.inlined[name].startswith(b"GIF89a")


def test_addresses_are_taken_from_where_the_text_was() -> None:
    made = to_markdown(
        '<a href="../b#c">x</a> <a href="#d">y</a> <img src="/p.jpg">', base="https://x.org/a/post"
    )
    assert made.markdown == "[x](https://x.org/b#c) [y](#d) ![](https://x.org/p.jpg)"
    assert made.media == ("https://x.org/p.jpg",)


@pytest.mark.parametrize(
    ("html", "kept", "loss"),
    [
        ("a<script>x</script>", "a", "a script was left out"),
        ("a<style>x</style>", "a", "a style sheet was left out"),
        ("a<noscript>Turn JavaScript on.</noscript>", "a", "a request to turn scripts on was left out"),
        ('a<img src="http://pixel.wp.com/b.gif">', "a", "a tracking pixel was left out"),
        ('a<img src="x.gif" width=1 height=1>', "a", "a tracking pixel was left out"),
        ("a<form><button>Join us</button></form>", "a", "a form was left out: “Join us”"),
        (
            '<iframe src="https://www.youtube.com/embed/abc" title="A film"></iframe>',
            "[A film — YouTube](https://www.youtube.com/watch?v=abc)",
            "a player became a link: https://www.youtube.com/embed/abc",
        ),
    ],
)
def test_what_is_left_out_is_named(html: str, kept: str, loss: str) -> None:
    made = to_markdown(html)
    assert made.markdown == kept
    assert loss in made.losses


NOTES = {
    "kramdown": (
        'Text<sup id="fnref:1"><a href="#fn:1" class="footnote">1</a></sup>.',
        '<div class="footnotes"><ol><li id="fn:1"><p>The note. <a href="#fnref:1">↩</a></p></li></ol></div>',
    ),
    "wordpress": (
        'Text<sup data-fn="u" class="fn"><a href="#u" id="u-link">1</a></sup>.',
        '<ol class="wp-block-footnotes"><li id="u">The note. <a href="#u-link">↩︎</a></li></ol>',
    ),
    "ghost": (
        'Text<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>.',
        '<hr class="footnotes-sep"><section class="footnotes"><ol><li id="fn1"><p>The note. '
        '<a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>',
    ),
    "substack": (
        'Text<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>.',
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>The note.</p></div></div>',
    ),
    "word": (
        'Text<a name="_ftnref1" href="#_ftn1"><sup>[1]</sup></a>.',
        '<p><a name="_ftn1" href="#_ftnref1">[1]</a> The note.</p>',
    ),
}


@pytest.mark.parametrize("kind", NOTES)
def test_footnotes_are_known_by_their_links(kind: str) -> None:
    text, note = NOTES[kind]
    assert markdown(f"<p>{text}</p>{note}") == "Text[^1].\n\n[^1]: The note."


def test_a_link_within_the_text_finds_its_target() -> None:
    html = '<a href="#s">go</a><h2 id="s">There</h2><p id="unused">x</p>'
    assert markdown(html) == "[go](#s)\n\n## There {#s}\n\nx"


def test_a_tree_may_be_changed_before_it_is_converted() -> None:
    tree, losses = parse_html("<p>a<script>x</script></p>")
    for paragraph in tree.iter("p"):
        paragraph.text = "changed"
    assert to_markdown(tree) == Converted("changed")
    assert losses == ["a script was left out"]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + "deep words" + "</div>" * 5000,
        "".join(f"<p>w{n}<div>" for n in range(300)),
        "<ul><li>x" * 200 + " end",
        "<blockquote>a " * 300,
        "<b>" * 3000 + "bold" + "</b>" * 3000,
        "word " * 200_000,
        "[" * 20_000 + " end",
        "<" * 10_000 + "& end",
        "*_`" * 10_000,
        "a\ufdd0b \ud800 c \x00 d",
    ],
    ids=range(10),
)  # fmt: skip
def test_no_shape_of_html_loses_words_or_time(html: str) -> None:
    source = Counter(WORD.findall(re.sub(r"</?\w+>", " ", html)))
    assert not source - rendered_words(markdown(html))


INLINE = ("b", "i", "em", "strong", "code", "a href='http://x.org'", "span", "u", "sup", "del")
BLOCK = (
    "p", "div", "blockquote", "ul", "ol", "li", "h2", "h4", "pre", "td", "table", "tr", "dl", "dt", "dd",
    "figure",
)  # fmt: skip
SIGNS = "ab1 \n\t*_`[]()#>+-.!|~^$\\{}:&<=\"'é漢\u00a0"
TEXT = st.text(st.sampled_from(SIGNS), min_size=1, max_size=12)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """Make HTML of any nesting, closed or not, with text full of Markdown's own signs."""
    parts = draw(
        st.lists(
            st.one_of(
                TEXT.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
                st.sampled_from(
                    [*(f"<{tag}>" for tag in (*INLINE, *BLOCK)), "<br>", "<hr>", "<img src=a.jpg alt=q>"]
                ),
                st.sampled_from([f"</{tag.split()[0]}>" for tag in (*INLINE, *BLOCK)]),
            ),
            max_size=25,
        )
    )
    return "".join(parts)


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.replace("\u00a0", "").split()))


@settings(max_examples=250, deadline=None)
@given(fragments())
def test_no_word_is_lost_and_none_is_added(html: str) -> None:
    tree, _ = parse_html(html)
    assert letters(shown(markdown(html))) == letters("".join(map(str, tree.itertext())))


@settings(max_examples=100, deadline=None)
@given(fragments())
def test_converting_again_changes_nothing(html: str) -> None:
    once = markdown(html)
    again = markdown(to_html(once)) if once else ""
    assert rendered_words(again) == rendered_words(once)


def test_notes_that_stand_in_one_block_are_notes_of_their_own() -> None:
    def call(number: int) -> str:
        return f'<a href="#n{number}" name="r{number}">[{number}]</a>'

    def back(number: int) -> str:
        return f'<a href="#r{number}" name="n{number}">[{number}]</a>'

    text = f"<p>One{call(1)} two{call(2)}.</p>"
    noted = "One[^1] two[^2].\n\n{}[^1]: First.\n\n[^2]: *Second*, of A."
    notes = f"{back(1)} First.<br>{back(2)} <i>Second</i>, of A."
    assert markdown(f"{text}<p>{notes}</p>") == noted.format("")
    assert markdown(f"{text}<ol><li>Kept.</li><li>{notes}</li></ol>") == noted.format("1. Kept.\n\n")
    assert markdown(f"{text}<p>Notes: {notes}</p>") == noted.format("Notes:\n\n")
    assert "[^1]" not in markdown(f"{text}<p><span>{notes}</span></p>")


def test_a_line_without_anything_between_code_is_the_end_of_a_paragraph() -> None:
    assert markdown("<p><code>a</code><br><br><code>b</code></p>") == "`a`\n\n`b`"


def test_notes_beside_the_text_become_footnotes_among_the_others() -> None:
    html = (
        '<p>One<label for="sn-1" class="margin-toggle">⊕</label><input type="checkbox" id="sn-1">'
        '<span class="sidenote">A <i>note</i>.</span> two<sup><a href="#fn1" id="r1">1</a></sup>, '
        'three<span class="margin-note">At the margin.</span>.</p>'
        '<ol><li id="fn1">Foot. <a href="#r1">↩</a></li></ol>'
    )
    assert markdown(html) == (
        "One[^1] two[^2], three[^3].\n\n[^1]: A *note*.\n\n[^2]: Foot.\n\n[^3]: At the margin."
    )
    assert markdown('<p>a <span class="sidenote-number">1</span></p>') == "a 1"
