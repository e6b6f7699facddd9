from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from book.body import Body, set_body
from book.copyedit import chosen
from book.nesting import BLOCKS, INLINE

NONE = chosen(dict.fromkeys(["quotes", "dashes", "ellipses", "spaces"], False))


def body(html: str) -> Body:
    return set_body(html, "post-x", "en", NONE)


def tree(made: Body) -> etree._Element:
    notes = "".join(f'<li id="{note.ident}">{note.body}</li>' for note in made.notes)
    return etree.fromstring(f"<div>{made.xhtml}<ol>{notes}</ol></div>", etree.XMLParser(huge_tree=True))


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("<b>a<p>b</p>c</b>", "<p><b>a</b></p>\n<p><b>b</b></p>\n<p><b>c</b></p>"),
        ("<p><span>a<div>b</div></span></p>", "<p><span>a</span></p>\n<div>b</div>"),
        ("<ul><ul><li>a</li></ul></ul>", "<ul>\n<li><ul>\n<li>a</li>\n</ul></li>\n</ul>"),
        (
            "<ul><li>a</li>loose<ul><li>b</li></ul></ul>",
            "<ul>\n<li>a</li>\n<li>loose<ul>\n<li>b</li>\n</ul></li>\n</ul>",
        ),
        ("<li>a</li>", "<ul><li>a</li></ul>"),
        ("<dl><dd>a</dd></dl>", "<div>\n<div>a</div>\n</div>"),
        ("<h2>a<div>b</div>c</h2>", '<h2 id="post-x.a-b-c">a b c</h2>'),
        ("<figcaption>a</figcaption>", "<p>a</p>"),
        ("bare <i>text</i>", "<p>bare <i>text</i></p>"),
        ("<blockquote>a<p>b</p></blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>"),
        ("<rt>a</rt>", "<p>a</p>"),
        ("<center>a</center>", '<div style="text-align:center">a</div>'),
        ('<a name="x">a</a>', '<p><a id="post-x.x">a</a></p>'),
        ("<ruby>a<rt>b</rt></ruby>", "<p><ruby>a<rt>b</rt></ruby></p>"),
        (
            "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>",
            "<p><ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby></p>",
        ),
        ("<ruby>a<rt>b</rt><rp>(</rp></ruby>c", "<p><ruby>a<rt>b</rt></ruby>c</p>"),
        ("<ruby>a<rt>b</rt>c<i>d</i>e</ruby>f", "<p><ruby>a<rt>b</rt></ruby>c<i>d</i>ef</p>"),
        ("<ruby>a<rp>w</rp></ruby>", "<p>aw</p>"),
        ("<time>a</time><bdo>b</bdo>", "<p><span>a</span><span>b</span></p>"),
    ],
)
def test_elements_are_put_where_they_may_stand(html: str, xhtml: str) -> None:
    assert body(html).xhtml == xhtml


TAGS = st.sampled_from(
    """
    p div span b i em a ul ol li dl dt dd table tr td th thead tbody tfoot caption h1 h3 h6 blockquote figure
    figcaption pre code br hr img sup section form label textarea option select button input iframe video
    svg math mi text title center font del ins ruby rt rp q time details summary noscript picture source
    """.split()  # noqa: SIM905
)
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ['<a href="#x">', '<p id="x">', '<div class="note">', '<img src="a.png">', '<a href="javascript:x">']
    ),
    st.integers(0, 999).map(lambda number: f" w{number} "),
)


SPELT = {"rt": "t", "rp": "p"}


def words(text: str) -> list[str]:
    return re.findall(r"w\d+", text)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_soup_becomes_what_xhtml_allows_and_loses_no_word(html: str) -> None:
    made = body("\n\n<div>\n" + html)
    root = tree(made)
    shown = "".join(map(str, root.itertext())) + " ".join(made.said)
    in_frames = words(" ".join(re.findall(r"<iframe>(.*?)(?:</iframe>|\Z)", html, re.DOTALL)))
    missing = set(words(html)) - set(words(shown)) - set(in_frames)
    assert not missing
    for element in root.iter():
        if str(element.tag).startswith("{"):
            continue
        inside = {str(child.tag) for child in element}
        if element.tag in INLINE - {"a", "del", "ins"} | {"p", "pre", "h2", "h3", "h4", "h5", "h6"}:
            assert not inside & BLOCKS, element.tag
        if element.tag in {"ul", "ol"}:
            assert inside <= {"li"}
        if element.tag == "a":
            assert not any(above.tag == "a" for above in element.iterancestors())
            assert not (element.get("href") or "").startswith("javascript")
        if element.tag == "dl":
            assert re.fullmatch(r"(?:(?:dt )+(?:dd )+)*", " ".join([*(str(c.tag) for c in element), ""]))
        if element.tag == "ruby":
            spelt = "".join(SPELT.get(str(c.tag), "b") + "b" * bool((c.tail or "").strip()) for c in element)
            assert re.fullmatch(r"(?:b*(?:t+|p(?:tp)+))+", spelt)
        if element.tag == "table":
            order = ["caption", "colgroup", "thead", "tbody", "tfoot"]
            assert [order.index(str(c.tag)) for c in element] == sorted(
                order.index(str(c.tag)) for c in element
            )
    assert not root.xpath("//li[not(parent::ul or parent::ol)]")
    assert not root.xpath("//script | //iframe | //form | //input | //@style[not(contains(., 'text-align'))]")


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_identifiers_are_unique_and_links_inside_lead_to_them(html: str) -> None:
    root = tree(body(html))
    idents = [str(ident) for ident in root.xpath("//@id")]
    assert len(idents) == len(set(idents))
    assert all(ident.startswith("post-x.") for ident in idents)
    assert {str(href)[1:] for href in root.xpath("//@href[starts-with(., '#')]")} <= set(idents)
