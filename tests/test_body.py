from __future__ import annotations

import pytest
from lxml import etree

from book.body import count_words, set_body, set_plain
from book.copyedit import chosen
from book.markup import _converter, marked

ALL = chosen({})


def made(markdown: str, language: str = "en-GB") -> str:
    return set_body(markdown, "post-x", language, ALL).xhtml


def test_footnotes_are_taken_out_and_renumbered_in_the_order_of_their_calls() -> None:
    body = set_body(
        "One[^b] two[^a] one again[^b].\n\n[^a]: A.\n[^b]: B *b*.\n\n    More.\n", "post-x", "en", ALL
    )
    assert [(n.ident, n.number) for n in body.notes] == [("post-x.note-1", 1), ("post-x.note-2", 2)]
    assert body.notes[0].body == "<p>B <em>b</em>.</p>\n<p>More.</p>"
    assert 'One<a class="noteref" id="post-x.noteref-1" href="#post-x.note-1">1</a> two' in body.xhtml
    assert 'id="post-x.noteref-1-2"' in body.xhtml
    assert "footnote" not in body.xhtml
    assert [n.calls for n in body.notes] == [2, 1]


def test_a_note_nobody_refers_to_is_kept_and_said() -> None:
    body = set_body("Text.\n\n[^lost]: Words.\n", "post-x", "en", ALL)
    assert "Words." in body.notes[0].body
    assert body.notes[0].calls == 0
    assert "`lost` is not referred to" in body.said[0]


def test_a_reference_to_no_note_stays_as_it_is() -> None:
    assert "[^gone]" in made("Text[^gone].")


def test_a_post_without_a_word_may_be_the_first_that_is_read_and_explains_nothing() -> None:
    _converter.cache_clear()
    assert marked(" \n\t\n").abbreviations == {}
    assert marked("*[HTML]: Hypertext Markup Language\n\nHTML.").abbreviations
    assert marked(" \n").abbreviations == {}


def test_code_is_the_authors_to_the_byte() -> None:
    code = "def f(x):\n\tif x < 1 and \"a\"...:  # -- 'quoted'\n        return   x\n\n\nend"
    root = etree.fromstring(f"<div>{made(f'```python{chr(10)}{code}{chr(10)}```')}</div>")
    pre = root.find("pre")
    assert pre is not None
    assert "".join(pre.itertext()) == code  # type: ignore[arg-type]
    assert (pre.get("class"), pre.get("data-language")) == ("code", "python")
    assert pre.find(".//span[@class='k']") is not None


def test_math_becomes_mathml_and_money_stays() -> None:
    xhtml = made(r"So $a^2 + b_1$ costs $5 or $6.")
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline" alttext="a^2 + b_1">' in xhtml
    assert "costs $5 or $6." in xhtml
    assert '<p class="math"><math' in made("$$\n\\int_0^1 x\n$$")
    assert "<ns" not in xhtml


@pytest.mark.parametrize("text", ["$13-$15/hr", "US$5/US$10", "($5)–($10)", "$1M–$2M", "$2 or $3", "A$5…B$6"])
def test_sums_of_money_are_no_formula(text: str) -> None:
    assert "<math" not in made(text)
    assert text in made(f"{text}, for $k$th and $a_1$-$2$")
    assert made(f"{text}, for $k$th and $a_1$-$2$").count("<math") == 3


@pytest.mark.parametrize(
    ("tex", "within"),
    [
        (r"a \mathrel{+}= b", "<mo>+</mo><mo>=</mo>"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "<mtr>"),
        (r"\begin{equation}\begin{split}a&=b\end{split}\label{one}\end{equation}", "<mtr>"),
        (r"\left( a \middle| b \right)", "|</mo>"),
        (r"\color{#0599B0} x", 'mathcolor="#047f93"'),
    ],
)
def test_formulas_are_sound_and_their_colours_dark_enough(tex: str, within: str) -> None:
    root = etree.fromstring(f"<div>{made(f'$${tex}$$')}</div>")
    assert root.find(".//code") is None
    for token in root.iter(*(f"{{http://www.w3.org/1998/Math/MathML}}{name}" for name in ("mi", "mo", "mn"))):
        assert not len(token)
    assert within in etree.tostring(root, encoding="unicode")


def test_tasks_asides_tables_and_the_rest() -> None:
    lists = '- [x] done\n- [ ] open\n\n!!! note "Mind"\n    this\n\n'
    xhtml = made(lists + "| a | b |\n|---|--:|\n| 1 | 2 |\n\nH~2~O x^2^ ~~no~~\n")
    assert '<li class="task done"><span class="checkbox">☑</span> done</li>' in xhtml
    assert '<li class="task"><span class="checkbox">☐</span> open</li>' in xhtml
    assert '<aside class="admonition note">' in xhtml
    assert '<th scope="col">a</th>' in xhtml
    assert 'style="text-align:right"' in xhtml
    assert "H<sub>2</sub>O x<sup>2</sup> <del>no</del>" in xhtml


@pytest.mark.parametrize(
    ("markdown", "levels"),
    [
        ("# A\n\n##### B\n\n## C\n", ["h2", "h3", "h3"]),
        ("### A\n\n### B\n\n#### C\n", ["h2", "h2", "h3"]),
        ("###### A\n\n# B\n", ["h2", "h2"]),
    ],
)
def test_headings_are_fitted_without_jumps(markdown: str, levels: list[str]) -> None:
    root = etree.fromstring(f"<div>{made(markdown)}</div>")
    assert [child.tag for child in root] == levels


def test_frames_become_titled_links() -> None:
    xhtml = made('<iframe title="A talk" src="https://www.youtube.com/embed/abc?x=1"></iframe>\n')
    assert (
        '<p class="embed"><a href="https://www.youtube.com/watch?v=abc&amp;x=1">A talk — YouTube</a></p>'
        in xhtml
    )
    assert "iframe" not in made('<p>See <iframe src="//player.vimeo.com/video/7"></iframe></p>')


def test_ids_are_prefixed_unique_and_links_to_them_led() -> None:
    xhtml = made(
        '<h2 id="a b">A</h2>\n\n<p id="a b">x</p>\n\n[up](#a%20b) [gone](#nowhere) [far](https://e.org/#a)\n'
    )
    assert 'id="post-x.a-b"' in xhtml
    assert 'id="post-x.a-b-2"' in xhtml
    assert 'href="#post-x.a-b"' in xhtml
    assert " gone " in xhtml
    assert 'href="https://e.org/#a"' in xhtml


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    assert made('![A cat](cat.png "Felix")') == (
        '<figure><img alt="A cat" src="cat.png"/><figcaption>Felix</figcaption></figure>'
    )
    assert "<figure>" not in made("Look: ![A cat](cat.png)")


def test_classes_of_our_own_cannot_be_taken() -> None:
    assert made('<div class="chapter wide">x</div>') == '<div class="wide">x</div>'


def test_plain_text_keeps_every_word() -> None:
    body = set_plain("a [b](c) <d>\n\n*e* & f", "post-x", "it took too long")
    assert body.xhtml == "<p>a [b](c) &lt;d&gt;</p>\n<p>*e* &amp; f</p>"
    assert body.said[0].startswith("it took too long")


@pytest.mark.parametrize(("text", "count"), [("It’s well-known: 3 words", 4), ("今日は良い", 5), ("", 0)])
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count


def test_a_link_to_a_heading_by_its_words_leads_there() -> None:
    xhtml = made("# Self-build PCs!\n\nSee [above](#self-build-pcs) and [not](#new-pcs).\n")
    assert '<h2 id="post-x.self-build-pcs">' in xhtml
    assert 'href="#post-x.self-build-pcs"' in xhtml
    assert "and not." in xhtml


def test_the_colours_of_a_drawing_outlive_cleaning() -> None:
    svg = (
        "<svg viewBox='0 0 9 9'><rect width='5' height='5' fill='blue'"
        " style='fill: red !important; stroke:url(#a);stroke-width:2px;position:fixed;"
        "clip-path:url(https://example.org/x#a)'/><text y='2' style=\"font-family:'A B',serif\">w</text>"
        "<linearGradient id='a'><stop offset='0' style='stop-color:#f00'/></linearGradient></svg>"
    )
    root = etree.fromstring(f"<div>{made(svg)}</div>")
    (drawing,) = root.iter("{http://www.w3.org/2000/svg}svg")
    rect, text, gradient = drawing
    assert dict(rect.attrib) == {
        "width": "5", "height": "5", "fill": "red", "stroke": "url(#post-x.a)", "stroke-width": "2px",
    }  # fmt: skip
    assert text.get("font-family") == "'A B',serif"
    assert gradient[0].get("stop-color") == "#f00"


def test_parts_of_drawings_refer_to_their_own_however_often_a_name_stands_in_a_post() -> None:
    drawing = "<svg viewBox='0 0 9 9'><g id='a'><path d='M0 0'/></g><use href='#a'/></svg>"
    root = etree.fromstring(f"<div>{made(f'{drawing}{chr(10)}{chr(10)}{drawing}')}</div>")
    uses = [use.get("{http://www.w3.org/1999/xlink}href") for use in root.iter("{*}use")]
    assert uses == [f"#{group.get('id')}" for group in root.iter("{*}g")] == ["#post-x.a", "#post-x.a-2"]


def test_the_style_sheet_of_a_drawing_becomes_attributes() -> None:
    svg = (
        "<svg viewBox='0 0 9 9'><defs><style>/* exported */ .a, .b{fill:#fff;stroke:red} rect.a{fill:blue}"
        " #one { opacity: .5 }</style></defs><rect id='one' class='a' width='5' height='5' stroke='green'/>"
        "<circle class='b x' r='2' style='fill:none'/><path d='M0 0'/></svg>"
    )
    body = set_body(svg, "post-x", "en", ())
    root = etree.fromstring(f"<div>{body.xhtml}</div>")
    (drawing,) = root.iter("{http://www.w3.org/2000/svg}svg")
    rect, circle, path = drawing
    assert (rect.get("fill"), rect.get("stroke"), rect.get("opacity")) == ("blue", "red", ".5")
    assert (circle.get("fill"), circle.get("stroke")) == ("none", "red")
    assert dict(path.attrib) == {"d": "M0 0"}
    assert not body.said


def test_a_sheet_that_is_more_than_colours_of_classes_is_told() -> None:
    svg = "<svg viewBox='0 0 9 9'><style>g > .a:hover{fill:#fff}</style><path class='a' d='M0 0'/></svg>"
    body = set_body(svg, "post-x", "en", ())
    assert body.said == ("a `style` was left out",)


@pytest.mark.parametrize(
    ("link", "is_player"),
    [
        ("[YouTube](https://www.youtube.com/watch?v=abc)", True),
        ("[A talk — YouTube](https://youtu.be/abc)", True),
        ("[Vimeo](https://vimeo.com/123)", True),
        ("[Twitter](https://twitter.com/ann/status/12)", True),
        ("[YouTube](https://www.youtube.com/@ann)", False),
        ("[Facebook](https://facebook.com/groups/salt)", False),
        ("[Twitter](https://twitter.com/ann)", False),
        ("[A talk](https://youtu.be/abc)", False),
        ("[YouTube](https://www.youtube.com/watch?v=abc) has it", False),
        ("[example.com](https://example.com/a/b)", False),
    ],
)
def test_a_line_that_is_what_gathering_writes_for_a_player_stands_as_one(link: str, is_player: bool) -> None:
    assert ('<p class="embed">' in made(link)) is is_player
