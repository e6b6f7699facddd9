from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from book.clean import DEEPEST, WIDEST, clean, fragment, legible
from book.remarks import line_of


def cleaned(html: str) -> tuple[str, list[str]]:
    said: list[str] = []
    return fragment(clean(html, said.append)), said


def words(html: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("<p>a<p>b<br>c", "<p>a</p><p>b<br/>c</p>"),
        ("<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"),
        ("a &nbsp; &lt;b&gt; &amp; &copy;", "a \u00a0 &lt;b&gt; &amp; ©"),
        ('<img src="a.png" alt="x > y">', '<img src="a.png" alt="x &gt; y"/>'),
        ("<script>alert(1)</script><style>p{}</style>t", "t"),
        ('<p onclick="x" style="color:red;text-align:left">t', '<p style="text-align:left">t</p>'),
        ('<a href="javascript:x">t</a>', "<a>t</a>"),
        ('<a href="&#106;avascript:x">t</a>', "<a>t</a>"),
        ("a<form><label>b</label><textarea>c</textarea><option>d</form>e", "a\nb\nc\n\nd\n\ne"),
        ("<noscript><p>without scripts</p></noscript>", "<p>without scripts</p>"),
        ("<noscript>JavaScript: <img src='a.png'></noscript>", 'JavaScript: <img src="a.png"/>'),
        ("<title>a</title> <text>b</text> <mi>c</mi>", "a\n b c"),
        ("<!-- c --><?php x ?>t", "t"),
        ("<o:p>w</o:p>", "w"),
    ],
)  # fmt: skip
def test_what_html_becomes(html: str, xhtml: str) -> None:
    assert cleaned(html)[0] == xhtml


def test_a_request_to_turn_scripts_on_goes_and_is_told() -> None:
    asked = '<noscript>Active <b>JavaScript</b> para ver <a href="/c">esto</a>.</noscript>'
    assert cleaned(f"<p>a</p>{asked}<p>b</p>") == (
        "<p>a</p> <p>b</p>",
        ["a request to turn scripts on was left out"],
    )


def test_drawings_and_math_keep_their_namespaces_and_their_case() -> None:
    xhtml, _ = cleaned(
        '<svg viewBox="0 0 1 1"><path d="M0 0" onload="x"/><script>x</script></svg><math><mi>x</mi></math>'
    )
    assert '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>' in xhtml
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>' in xhtml
    assert "script" not in xhtml


def test_what_nests_too_deep_is_unwrapped_and_its_text_kept() -> None:
    xhtml, said = cleaned("<div>" * 5000 + "<p>here</p>" + "</div>" * 5000 + "after")
    assert words(xhtml) == ["here", "after"]
    depth = deepest = 0
    for tag in re.findall(r"</?\w+", xhtml):
        depth += -1 if tag.startswith("</") else 1
        deepest = max(deepest, depth)
    assert deepest <= DEEPEST
    assert "unwrapped" in said[0]


def test_unclosed_tags_lose_nothing() -> None:
    xhtml, _ = cleaned("".join(f"<div>word{n}" for n in range(3000)))
    assert words(xhtml) == [f"word{n}" for n in range(3000)]


def test_spans_are_clamped() -> None:
    xhtml, _ = cleaned("<table><col span=99999999><tr><td colspan=1e8 rowspan=-3>x</table>")
    assert max(map(int, re.findall(r'span="(\d+)"', xhtml))) <= WIDEST


def test_what_no_file_can_hold_is_replaced_and_counted() -> None:
    xhtml, said = cleaned("a\ud800b\x00c\ufffed\u202ee")
    assert xhtml == "a\ufffdb\ufffdc\ufffdde"
    assert said[0].endswith("were replaced: 3")
    assert "direction" in said[1]


@given(st.text(alphabet="<>/=\"' abipdv&;!-\ud800\x00é", max_size=200))
def test_anything_gives_well_formed_xml(html: str) -> None:
    xhtml, _ = cleaned(html)
    etree.fromstring(f"<div>{xhtml}</div>")
    assert cleaned(xhtml)[0] == xhtml


def test_spaces_without_end_are_cut_and_said() -> None:
    said: list[str] = []
    assert len(legible(f"a{' ' * 100_000}b", said.append)) == 502
    assert said == ["spaces in a row were cut to 500"]
    assert legible(f"a{' ' * 400}b", said.append) == f"a{' ' * 400}b"


@pytest.mark.parametrize("name", ["list", "share", "max", "log", "mglyph", "SUM"])
@pytest.mark.parametrize("around", ["", "<math><mi>x</mi></math>", "<svg><rect/></svg>"])
def test_words_in_what_only_formulas_have_are_kept(name: str, around: str) -> None:
    root = clean(f"<p>before {around} <{name}>inner</{name}> after</p> <p>end</p>", lambda _: None)
    words = "".join(map(str, root.itertext())).split()
    assert [word for word in words if word != "x"] == ["before", "inner", "after", "end"]
    assert around.startswith("<svg") or bool(len(root.findall(".//{*}math"))) == bool(around)


def test_words_after_a_formula_that_harms_are_kept() -> None:
    html = '<math><mtext><form><mglyph><svg><mtext><style><path id="</style><img src>"></form> one <p>two</p>'
    root = clean(html, lambda _: None)
    assert "".join(map(str, root.itertext())).split()[-2:] == ["one", "two"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("two \u202e three", "marks that override the direction of text were dropped: 1"),
        ("two \x00\ufffe three", "characters that no file can hold were replaced: 2"),
        (f"two{' ' * 900}three", "spaces in a row were cut to 500"),
    ],
)
def test_what_is_changed_in_a_text_is_told_with_its_line(line: str, told: str) -> None:
    said: list[str] = []
    text = f"One.\n\n{line}\n"
    legible(text, said.append)
    assert said == [told]
    assert line_of(said[0], text) == 2
