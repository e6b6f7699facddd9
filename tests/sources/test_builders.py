"""What page builders keep in shortcodes of their own, and in blocks, comes in without their layout."""

from __future__ import annotations

import pytest

from book.sources._html_to_markdown import parse_html, to_markdown
from book.sources._newlines import with_breaks
from book.sources._wordpress.blocks import Blocks
from book.sources._wordpress.pictures import Attachment, Attachments, Gallery
from book.sources._wordpress.shortcodes import Shortcodes

LAYOUT = "the layout of a page builder was left out; what stands in it is kept"


def read(body: str) -> tuple[str, list[str]]:
    """Return a body as Markdown, and what was said of it."""
    pictures = Attachments()
    for number, caption in (("9", "Nine"), ("7", "")):
        pictures.by_ident[number] = Attachment(number, f"https://a.example/{number}.jpg", "", "", "", caption)
    said: list[str] = []
    shortcodes = Shortcodes(Gallery("1", pictures), said.append)
    if "<!-- wp:" in body:
        html = Blocks({}, "", shortcodes, said.append).html(body)
    else:
        html = with_breaks(shortcodes.expanded(body))
    return to_markdown(parse_html(html)[0]).markdown, said


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ('[et_pb_text a="1"]<p>One</p>[/et_pb_text][et_pb_text]two[/et_pb_text]', "One\n\ntwo"),
        ('[et_pb_heading title="Say %22hi%22" title_level="h2"][/et_pb_heading]', '## Say "hi"'),
        (
            '[et_pb_image src="https://a.example/x.jpg" alt="Sea" url="https://b.example/"][/et_pb_image]',
            "[![Sea](https://a.example/x.jpg)](https://b.example/)",
        ),
        (
            '[et_pb_blurb title="Tea" image="https://a.example/t.jpg"]Hot[/et_pb_blurb]',
            "### Tea\n\n![](https://a.example/t.jpg)\n\nHot",
        ),
        (
            '[et_pb_button button_text="Go" button_url="https://c.example/?a=1&amp;b=2"][/et_pb_button]',
            "[Go](https://c.example/?a=1&b=2)",
        ),
        ('[et_pb_testimonial author="Ann" job_title="Cook"]Good[/et_pb_testimonial]', "Good\n\nAnn, Cook"),
        ("[vc_column_text]\n\nOne\n\ntwo[/vc_column_text][vc_separator][vc_column_text]three[/vc_column_text]",
         "One\n\ntwo\n\nthree"),
        ('[vc_single_image image="7" img_size="full"]', "![](https://a.example/7.jpg)"),
        ('[vc_gallery images="9,7"]', '![](https://a.example/9.jpg "Nine")\n\n![](https://a.example/7.jpg)'),
        ('[vc_custom_heading text="Say ``hi``" font_container="tag:h4|font_size:2px"]', '#### Say "hi"'),
        ('[vc_btn title="Press" link="url:https%3A%2F%2Fd.example%2Fa|title:T"]', "[Press](https://d.example/a)"),
        ("[vc_raw_html]JTNDcCUzRVJhdyUzQyUyRnAlM0U=[/vc_raw_html]", "Raw"),
        ("[fusion_text]A [fusion_highlight]word[/fusion_highlight] here[/fusion_text]", "A word here"),
        ('[fusion_title size="3"]T[/fusion_title]', "### T"),
        (
            '[fusion_imageframe image_id="9|full" alt="x"]https://a.example/9.jpg[/fusion_imageframe]',
            "![x](https://a.example/9.jpg)",
        ),
        (
            '[fusion_imageframe image_id="9"]<img src="https://a.example/n.jpg" alt="x">[/fusion_imageframe]',
            "![x](https://a.example/n.jpg)",
        ),
        ('[fusion_youtube id="abc" /]', "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ("[vc_column_text]one[/vc_column_text][/vc_column]", "one"),
    ],
)  # fmt: skip
def test_what_a_builder_keeps_is_in_the_post(within: str, expected: str) -> None:
    made, said = read(f'[vc_row css=".a{{margin: 1px}}"]{within}[/vc_row]')
    assert made == expected
    assert said == [LAYOUT]


def test_what_a_site_fills_in_and_pictures_that_are_not_there_are_told() -> None:
    made, said = read(
        '[vc_row]a[et_pb_contact_form title="Write"][/et_pb_contact_form][vc_single_image image="5"][/vc_row]'
    )
    assert made == "a"
    assert "the shortcode `[et_pb_contact_form]` was left out" in said
    assert "1 of 1 pictures were left out: the export does not name them" in said


def test_columns_that_are_nobodys_stand_apart_and_words_about_builders_stay() -> None:
    made, said = read("[one_half]Left[/one_half][one_half_last]right[/one_half_last] the [vc_row] and [sic]")
    assert made == "Left\n\nright\n\nthe [vc_row] and [sic]"
    assert LAYOUT not in said


def test_blocks_of_divi_hold_their_words_in_their_values() -> None:
    text = r'{"content":{"innerContent":{"desktop":{"value":"\u003cp\u003eDay \u0026amp; night"}}}}'
    image = '{"image":{"innerContent":{"desktop":{"value":{"src":"https://a.example/q.jpg","alt":"Q"}}}}}'
    button = '{"button":{"innerContent":{"desktop":{"value":{"text":"Go","linkUrl":"https://z.example"}}}}}'
    heading = '{"title":{"innerContent":{"desktop":{"value":"Burst"}}}}'
    blocks = [("heading", heading), ("text", text), ("image", image), ("button", button), ("blog", "{}")]
    within = "".join(f"<!-- wp:divi/{name} {values} /-->" for name, values in blocks)
    made, said = read(
        f"<!-- wp:divi/placeholder --><!-- wp:divi/section {{}} -->{within}"
        "<!-- /wp:divi/section --><!-- /wp:divi/placeholder -->"
    )
    assert made == "### Burst\n\nDay & night\n\n![Q](https://a.example/q.jpg)\n\n[Go](https://z.example)"
    assert said == [LAYOUT, "what WordPress fills in as it shows the page was left out: `divi/blog`"]


def test_shortcodes_within_and_across_blocks_are_read_but_not_in_code() -> None:
    made, said = read(
        "<!-- wp:divi/layout -->[et_pb_row][et_pb_text]In[/et_pb_text][/et_pb_row]<!-- /wp:divi/layout -->"
        '<!-- wp:paragraph --><p>a [contact-form-7 id="5"] b [1]</p><!-- /wp:paragraph -->'
        '<!-- wp:code --><pre><code>[gallery ids="7"]</code></pre><!-- /wp:code -->'
        "<!-- wp:freeform -->c [[gallery]] d[ref]one[/ref]<!-- /wp:freeform -->"
        '<!-- wp:paragraph --><p>[toggle title="x"]</p><!-- /wp:paragraph -->'
        "<!-- wp:paragraph --><p>e[ref]two[/ref]</p><!-- /wp:paragraph -->"
        "<!-- wp:paragraph --><p>[/toggle]</p><!-- /wp:paragraph -->"
    )
    assert made.split("\n\n") == [
        "In", "a b [1]", '```\n[gallery ids="7"]\n```', "c [gallery] d[^1]", "e[^2]",
        "[^1]: one", "[^2]: two",
    ]  # fmt: skip
    assert LAYOUT in said


def test_shortcodes_within_each_other_have_an_end() -> None:
    names = [f"a{number}" for number in range(3000)]
    body = "".join(f'[{name} b="1"]' for name in names) + "x" + "".join(f"[/{name}]" for name in names[::-1])
    made, said = read(body)
    assert made == "x"
    assert "shortcodes that stand too deep within others were left out; what they hold is kept" in said
