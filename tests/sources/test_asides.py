"""Blocks between colons, and quotations that are notes: as asides and as the text that they enclose."""

from __future__ import annotations

import pytest

from book.markup import to_html
from book.sources._sitetags.settling import settle


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('::: {.callout-note title="A \\"b\\""}\nText\n:::', '!!! note "A &quot;b&quot;"\n    Text'),
        ("::: {.callout-tip}\n## Head\nText\n:::", '!!! tip "Head"\n    Text'),
        (":::note Your title\nText\n:::", '!!! note "Your title"\n    Text'),
        (":::tip[Your title]{.wide}\nText\n:::", '!!! tip "Your title"\n    Text'),
        ("::: Warning ::::::\nText\n::::::", "!!! warning\n    Text"),
        (":::message alert\nだめ\n:::", "!!! warning\n    だめ"),
        ("::: details 点我\n内容\n:::", '!!! note "点我"\n    内容'),
        (":::{admonition} Title\n:class: tip\nText\n:::", '!!! note "Title"\n    Text'),
        (":::{figure} a.png\n:name: x\nWords\n:::", '![Words](a.png "Words")'),
        ("> [!NOTE]\n> Text\n>\n> More", "!!! note\n    Text\n\n    More"),
        ("> [!tip]- A title\n> Text", '!!! tip "A title"\n    Text'),
        ("::: {#fig-x layout-ncol=2}\n![a](a.png)\n\nWords\n:::", "![a](a.png)\n\nWords"),
        ("- item\n\n  :::tip\n  in\n  :::", "- item\n\n\n  !!! tip\n      in"),
        ("@[youtube](abc)", "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ('::github{repo="a/b"}', "[a/b](https://github.com/a/b)"),
        ("这是==重点==内容", "这是<mark>重点</mark>内容"),
    ],
)
def test_a_block_becomes_what_it_means(written: str, meant: str) -> None:
    made = settle(written, page={})
    assert made.text.strip() == meant
    assert not made.unknown


@pytest.mark.parametrize(
    "text",
    [
        "```\n:::note\nx\n:::\n> [!NOTE]\n```",
        "a ::: b",
        ":::note\nwithout an end",
        "an end alone\n:::",
        "`==x==` and a==b==c",
    ],
)
def test_what_is_no_block_stays(text: str) -> None:
    assert settle(text, page={}).text == text


def test_blocks_stand_within_blocks() -> None:
    written = ":::: {.columns}\n::: {.column}\n:::note\nleft\n:::\n:::\n::: {.column}\nright\n:::\n::::"
    html = to_html(settle(written, page={}).text)
    assert ":::" not in html
    assert html.index('class="admonition note"') < html.index("left") < html.index("</div>")
    assert html.index("</div>") < html.index("right")


@pytest.mark.parametrize(
    "written",
    [
        ":::note\n\n```python\na = 1\n\n    b = 2\n```\n\n:::",
        "{{< notice >}}\n```python\na = 1\n\n    b = 2\n```\n{{< /notice >}}",
        "> [!NOTE]\n> ```python\n> a = 1\n>\n>     b = 2\n> ```",
    ],
)
def test_a_listing_in_an_aside_keeps_every_space(written: str) -> None:
    html = to_html(settle(written, page={}).text)
    assert '<code class="language-python">a = 1\n\n    b = 2</code>' in html
    assert html.index("admonition") < html.index("<code") < html.index("</div>")


def test_what_is_for_slides_alone_is_left_out_and_named() -> None:
    made = settle('::: {.content-visible when-format="pdf"}\nin PDF\n:::\n\nText', page={})
    assert made.text.strip() == "Text"
    assert [tag for _, tag in made.unknown] == ['::: {.content-visible when-format="pdf"}']
    assert "here" in settle('::: {.content-visible when-format="html"}\nhere\n:::', page={}).text


def test_many_blocks_without_an_end_take_no_time() -> None:
    assert settle(":::note\n" * 5000 + "> [!a]\n" * 5000 + "==a " * 5000, page={}).text
