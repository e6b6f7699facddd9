# ruff: noqa: E501 - lists of odd things are read best as they stand
"""Random documents as strangers write them: HTML, Markdown, CSS and SVG, by strategies of Hypothesis.

What is made of every kind is seldom valid: tags are left open, values are absurd, marks nest without end.
Words in them are known (`word` and a number), so that a lost one can be named.
"""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.integers(0, 999).map(lambda number: f"word{number}")
_TAGS = st.sampled_from(
    """p div span em b i a ul ol li dl dt dd table tr td th thead caption blockquote pre code h1 h2 h3 h6 sup sub
    ruby rt figure figcaption details summary section article aside mark q br hr img svg math mi mrow g path text
    use button input select option textarea form label center font marquee noscript template object embed iframe
    video audio source picture map area wbr bdo dir o:p x-y nobr""".split()  # noqa: SIM905
)
_ODD = st.sampled_from(
    ["", "0", "-1", "1e9", "1e400", "nan", "99999999", "x", "&#0;", "&#xD800;", "javascript:alert(1)", "#", "//e",
     "data:text/html,<b>", "file:///etc/passwd", "http://127.0.0.1:38917/x", "a\u202eb", "\ufdd0", "é\u0301", "%"]
)  # fmt: skip
_NAMES = st.sampled_from(
    ["id", "class", "href", "src", "alt", "title", "style", "colspan", "rowspan", "span", "width", "height",
     "viewBox", "d", "start", "value", "lang", "dir", "xml:lang", "xlink:href", "onclick", "srcset", "x y", "1a",
     "a\"b", ":", "@k", "points", "transform", "fill", "align"]
)  # fmt: skip
_CHARACTERS = st.sampled_from(
    ["&", "<", ">", "&amp;", "&nbsp;", "&#8232;", "\u00ad", "\u200b", "\u2028", "\x0c", "\ufffe", "א", "ם", "漢字",
     "😀", "🏳️‍🌈", "ไทย", "ß", "ﬁ", "İ", "\u0300" * 5, "]]>", "<!--", "-->", "<!", "<?x", "<![CDATA[", "\\", "`"]
)  # fmt: skip
_ATTRIBUTES = st.lists(st.tuples(_NAMES, _ODD | WORDS).map(lambda a: f' {a[0]}="{a[1]}"'), max_size=3).map(
    "".join
)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    ending = st.sampled_from(["</{0}>", "</{0}>", "</{0}>", "", "</p>", "</div></div>"])
    return st.tuples(_TAGS, _ATTRIBUTES, inside, ending).map(
        lambda made: f"<{made[0]}{made[1]}>{made[2]}{made[3].format(made[0])}"
    )


_LEAVES = WORDS.map(lambda word: f" {word} ") | _CHARACTERS
HTML = st.recursive(
    _LEAVES, lambda inside: _element(st.lists(inside, max_size=4).map("".join)), max_leaves=25
)

_MARKS = st.sampled_from(
    ["*", "**", "_", "__", "~~", "~", "^", "`", "```\n", "[", "](", ")", "![", "[^1]", "\n[^1]: ", "> ", "- ", "1. ",
     "    ", "\n\n", "\n", "# ", "###### ", "| ", "|-|-|\n", "\n---\n", "\n===\n", "$", "$$", "\\(", "\\]", "!!! note\n",
     "*[W]: ", "{: #a .b }", "<div markdown=1>", "</div>", "<b>", "&lt;", "\\", "\t", ": ", "- [ ] ", "[a]: /x 'y'\n",
     "~~~ {.python}\n", "\\\n", "  \n", "<!--", "-->", "--", "...", "'", '"', "http://e.example/", "<a@b.example>"]
)  # fmt: skip
_RUNS = st.tuples(_MARKS, st.integers(1, 60)).map(lambda made: made[0] * made[1])
MARKDOWN = st.lists(_MARKS | _RUNS | _LEAVES | HTML, min_size=1, max_size=30).map("".join)

_PROPERTIES = st.sampled_from(
    """width height margin padding font-size font line-height letter-spacing word-spacing text-indent columns float
    position display content color background border transform opacity overflow page-break-before break-inside
    orphans widows hyphens tab-size white-space text-transform list-style counter-increment string-set quotes
    vertical-align z-index clip mask filter grid-template-columns flex min-height max-width text-align
    border-collapse table-layout box-decoration-break bookmark-level footnote-display top bleed size --x
    """.split()  # noqa: SIM905
)
_VALUES = st.sampled_from(
    ["0", "auto", "none", "-1px", "1e9px", "1e-9px", "1e400em", "nan", "calc(1px/0)", "calc((((1px))))", "100%",
     "-100%", "block", "flex", "grid", "table-cell", "inline-block", "absolute", "fixed", "running(x)", "left",
     "footnote", "attr(title)", "counter(page)", "url(http://127.0.0.1:38917/x)", "url(data:,x)", "var(--x)",
     "repeat(9999,1px)", "rotate(1e9deg)", "expression(1)", "red", "linear-gradient(red,blue)", "'x'", "\"\\a\"",
     "leader('.')", "target-counter(attr(href), page)", "content(text)", "element(x)", "1 / 2", "#12345", "!important",
     "space-between", "always", "recto", "100000", "justify", "nowrap", "uppercase", "1px solid", "9999em"]
)  # fmt: skip
_SELECTORS = st.sampled_from(
    ["p", "*", "h1", "section", "p::before", "p::first-letter", "p::first-line", "li::marker", "body", "a[href]",
     ":nth-child(2n+1)", "p:not(em)", "@page", "@page :first", "td, th", "::footnote-call", "html", "p > em", "img",
     "@media print", ":root", "@font-face", "@import 'x';p", "figure", "nav ol li"]
)  # fmt: skip
_DECLARATIONS = st.lists(
    st.tuples(_PROPERTIES, st.lists(_VALUES, min_size=1, max_size=3).map(" ".join)).map(": ".join), max_size=4
).map("; ".join)
CSS = st.lists(
    st.tuples(_SELECTORS, _DECLARATIONS).map(lambda made: f"{made[0]} {{ {made[1]} }}"),
    min_size=1,
    max_size=4,
).map("\n".join)

_SHAPES = st.sampled_from(
    [
        "g",
        "path",
        "rect",
        "circle",
        "use",
        "text",
        "tspan",
        "image",
        "linearGradient",
        "pattern",
        "clipPath",
        "mask",
    ]
)
_DRAWN = st.recursive(
    WORDS, lambda inside: st.tuples(_SHAPES, _ATTRIBUTES, st.lists(inside, max_size=3).map("".join)).map(
        lambda made: f"<{made[0]}{made[1]}>{made[2]}</{made[0]}>"
    ), max_leaves=10,
)  # fmt: skip
SVG = st.tuples(_ATTRIBUTES, _DRAWN).map(lambda made: f"<svg{made[0]}>{made[1]}</svg>")

POSTS = st.one_of(HTML, MARKDOWN, SVG, st.tuples(MARKDOWN, HTML, SVG).map("\n\n".join))
