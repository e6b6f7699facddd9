"""What the tags of websites' generators mean in Markdown; what means nothing by itself is named."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest

from book.markup import to_html
from book.sources._sitetags.settling import settle
from book.sources.markdown import gather
from book.triage.plainwords import plain


def settled(text: str, *, mdx: bool = False) -> str:
    made = settle(text, page={"title": "A title"}, mdx=mdx)
    assert not made.unknown
    return made.text.strip()


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("{% highlight ruby linenos %}\nx = {{ 1 }}\n{% endhighlight %}", "```ruby\nx = {{ 1 }}\n```"),
        (
            "{% codeblock lang:python %}\nf = '```'\n{% endcodeblock %}",
            "````python\nf = '```'\n````",
        ),
        ('{{< highlight go "linenos=table" >}}\nx\n{{< /highlight >}}', "```go\nx\n```"),
        ("{% raw %}{{ kept }} {% so %}{% endraw %}", "{{ kept }} {% so %}"),
        ("[x]({% post_url 2011-02-23-a-post %})", "[x](a-post.md)"),
        ("[x]({% post_url travel/2011-02-23-a-post %})", "[x](a-post.md)"),
        ("[x]({% link _posts/2011-02-23-a-post.md %})", "[x](a-post.md)"),
        ('[x]({{< ref "posts/a-post.md#end" >}})', "[x](a-post.md#end)"),
        ('[x]({{< relref "/posts/a-post/index.md" >}})', "[x](a-post.md)"),
        ("{% post_link a-post Its title %}", "[Its title](a-post.md)"),
        ("[x]({filename}../a-post.md)", "[x](../a-post.md)"),
        ("![x]({{ site.baseurl }}/assets/x.png)", "![x](/assets/x.png)"),
        ("![x]({{< baseurl >}}assets/x.png)", "![x](assets/x.png)"),
        ('![x]({{ "/assets/x.png" | relative_url }})', "![x](/assets/x.png)"),
        ("{{ page.title }}", "A title"),
        (
            '{{< figure src="/a.jpg" alt="Sea" caption="The \\"sea\\"" >}}',
            '![Sea](/a.jpg "The &quot;sea&quot;")',
        ),
        ("{% include photo.html photo='a.jpg' alt='Salt' class='.wide' %}", "![Salt](a.jpg)"),
        ('{{< figure class="x" large="a.jpg" caption="Cap" >}}', '![](a.jpg "Cap")'),
        ('{% include figure.html src="/a b.png" caption="Cap" %}', '![](</a b.png> "Cap")'),
        ("{% img left /images/a.png 300 200 My title %}", '![My title](/images/a.png "My title")'),
        ('{% asset_img b.jpg "A caption" %}', '![A caption](b.jpg "A caption")'),
        ("{% gist 1234 %}", "[GitHub Gist](https://gist.github.com/1234)"),
        ("{{< gist user 12 >}}", "[GitHub Gist](https://gist.github.com/user/12)"),
        ("{{< youtube abc >}}", "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ('{{ youtube(id="abc") }}', "[YouTube](https://www.youtube.com/watch?v=abc)"),
        ('{{< tweet user="a" id="12" >}}', "[Twitter](https://twitter.com/a/status/12)"),
        ("{{% notice tip %}}\nText\n\nMore\n{{% /notice %}}", "!!! tip\n    Text\n\n    More"),
        ("{% blockquote A. Writer %}\nWords\n{% endblockquote %}", "> Words\n>\n> — A. Writer"),
        ('{% quote(author="Me") %}\nWords\n{% end %}', "> Words\n>\n> — Me"),
        ("{% comment %}not shown{% endcomment %}Shown", "Shown"),
        ("* TOC\n{:toc}\n\nText\n{: .lead}", "Text\n{: .lead}"),
    ],
)
def test_a_tag_becomes_what_it_means(tag: str, meant: str) -> None:
    assert settled(tag) == meant


@pytest.mark.parametrize(
    "text",
    [
        "```\n{% post_url x %} {{ y }}\n```",
        "So `{{ value }}` is written, and `{% tag %}`.",
        "$\\frac{{a}}{{b}}$",
        "| a | b |\n|---|---|\n| {x} | y |",
        "A } stray { pair of braces",
    ],
)
def test_listings_and_formulas_are_left_alone(text: str) -> None:
    assert settled(text) == text


def test_a_tag_that_is_only_shown_is_shown_as_readers_saw_it() -> None:
    assert settled("```\n{{</* ref x */>}}\n```") == "```\n{{< ref x >}}\n```"


def test_what_has_no_meaning_is_named_and_left() -> None:
    text = 'One\n\n{% include poll.html id="3" %}\n\n{{< chart >}}1,2{{< /chart >}}'
    made = settle(text, page={}, mdx=False)
    assert '{% include poll.html id="3" %}' in made.text
    assert "<!-- {{< chart >}} -->1,2<!-- {{< /chart >}} -->" in made.text
    assert [tag for _, tag in made.unknown] == ["{{< chart >}}", '{% include poll.html id="3" %}']


def test_a_loop_over_the_website_goes_and_is_named() -> None:
    made = settle("Text.\n{% for tag in page.tags %}[{{ tag }}]{% endfor %}", page={}, mdx=False)
    assert made.text.strip() == "Text."
    assert [tag for _, tag in made.unknown] == ["{% for tag in page.tags %}"]


def test_components_of_mdx() -> None:
    text = (
        'import X from "./x"\n\nHi <YouTube id="a" /> there {/* cut */}\n\n<Callout type="tip">Word</Callout>'
    )
    assert settled(text, mdx=True) == (
        "Hi [YouTube](https://www.youtube.com/watch?v=a) there \n\n\n\n!!! tip\n    Word"
    )
    made = settle("<Chart data={x}>kept</Chart>", page={}, mdx=True)
    assert made.text == "kept"
    assert made.unknown[0][1] == "<Chart data={x}>"


def test_names_in_the_braces_of_mdx() -> None:
    text = (
        "import hero from '../assets/hero.jpg';\nimport { Image } from 'astro:assets';\n"
        "export const year = 2024\nexport const name: string = 'Ann';\n\n"
        '<Image src={hero} alt="H" />\n\n<img src={hero.src}/>\n\n'
        "In {year},{' '}{name} wrote {frontmatter.title}: \\{so\\}, $x_{i}^{2}$ and `{code}`.{ }\n\n"
        "## Head {#own-name}\n\nAlas {tags.map(String)}.\n"
    )
    made = settle(text, page={"title": "A title"}, mdx=True)
    assert made.text.strip() == (
        '![H](../assets/hero.jpg)\n\n\n<img src="../assets/hero.jpg"/>\n\n'
        "In 2024, Ann wrote A title: \\{so\\}, $x_{i}^{2}$ and `{code}`.\n\n"
        "## Head {#own-name}\n\nAlas <!-- {tags.map(String)} -->."
    )
    assert [tag for _, tag in made.unknown] == ["{tags.map(String)}"]


def test_what_a_component_holds_is_no_listing_for_standing_further_in() -> None:
    text = "<Box>\n    <Inner>\n        Words *here*.\n\n        - one\n    </Inner>\n</Box>"
    made = to_html(settle(text, page={}, mdx=True).text)
    assert "<pre" not in made
    assert "<em>here</em>" in made and "<li>" in made


def test_blocks_stand_apart_from_the_text_around_them() -> None:
    html = to_html(
        settled("Before\n{% highlight c %}\nx;\n{% endhighlight %}\nAfter\n{{< youtube a >}}\nEnd")
    )
    assert html.count("<p>") == 4
    assert "x;" in html


def test_posts_are_gathered_with_their_tags_settled(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    body = "---\ntitle: A\n---\n\nSee [b]({% post_url 2020-01-02-b %}).\n\n{% poll 3 %}\n"
    (tmp_path / "_posts" / "2020-01-01-a.md").write_text(body, encoding="utf-8")
    (tmp_path / "README.md").write_text("# How this website is made\n", encoding="utf-8")
    found = gather(tmp_path)
    assert [draft.body.strip() for draft in found.drafts] == ["See [b](b.md).\n\n\n<!-- {% poll 3 %} -->"]
    assert [(one.message, one.line) for one in found.warnings] == [
        ("the tag `{% poll 3 %}` has no meaning in a book", 7)
    ]
    assert [one.path.name for one in found.skipped if one.path] == ["README.md"]


def test_many_tags_and_unclosed_ones_take_no_time() -> None:
    text = "{% if x %}" * 3000 + "{{< a " * 3000 + "{{ " * 3000 + "{% raw %}" * 2000 + "`" * 5000
    assert settle(text, page={}, mdx=True).text


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("{% poll 3 %} and {{< chart >}}", "<!-- {% poll 3 %} --> and <!-- {{< chart >}} -->"),
        ("{% box %}words{% endbox %}", "<!-- {% box %} -->words<!-- {% endbox %} -->"),
        ("{{ a }} in a sentence", "{{ a }} in a sentence"),
        (
            "{% poll 3 %} {{ a.length }} of [b]({{ b }})",
            "<!-- {% poll 3 %} --> <!-- {{ a.length }} --> of [b]({{ b }})",
        ),
        ("`{% poll 3 %}` and {{ a }}", "`{% poll 3 %}` and {{ a }}"),
        ('<a href="{% place 1 %}/x">y</a>', '<a href="{% place 1 %}/x">y</a>'),
        ("`{% poll 3 %}`", "`{% poll 3 %}`"),
    ],
)
def test_what_has_no_meaning_stays_for_the_author_alone(written: str, kept: str) -> None:
    assert settle(written, page={}).text == kept


def test_a_figure_may_hold_pictures_in_markdown() -> None:
    made = settle('{% figure caption:"Two cats" %}\n![a](a.png)\n![b](b.png)\n{% endfigure %}', page={})
    assert made.text.strip() == "![a](a.png)\n![b](b.png)\n*Two cats*"
    assert not made.unknown


def test_a_header_can_say_that_tags_are_text() -> None:
    made = settle("Write {{ name }} and {% raw_ish %}.", page={"render_with_liquid": False})
    assert (made.text, made.unknown) == ("Write {{ name }} and {% raw_ish %}.", [])


def test_a_line_of_nothing_but_backticks_takes_no_time() -> None:
    text = "`" * 100_000 + " {"
    begun = process_time()
    assert settle(text, page={}).text == text
    assert plain(text).strip() == text
    assert process_time() - begun < 5


def test_a_tag_that_a_theme_has_in_many_posts_is_told_once(tmp_path: Path) -> None:
    text = "---\ntitle: T\ndate: 2020-01-02\n---\n\nA {% share_bar %} b.\n\n{% share_bar %}\n"
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(text + "{% poll 3 %}\n" * (number < 2), encoding="utf-8")
    told = [(one.message, one.path and one.path.name, one.line) for one in gather(tmp_path).warnings]
    assert told == [
        ("the tag `{% share_bar %}` has no meaning in a book; it stands in 5 posts", "0.md", 6),
        ("the tag `{% poll 3 %}` has no meaning in a book", "0.md", 9),
        ("the tag `{% poll 3 %}` has no meaning in a book", "1.md", 9),
    ]


def test_a_tag_in_the_address_of_a_picture_that_was_found_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "salt.jpg").write_bytes(b"\xff\xd8\xff")
    text = "---\ntitle: T\ndate: 2020-01-02\n---\n\n![]({{ site.pictures }}/salt.jpg)\n"
    for name, more in (
        ("a", ""),
        ("b", "\nSee {{ site.pictures }}.\n"),
        ("c", "![]({{ site.cdn }}/gone.jpg)"),
    ):
        (tmp_path / f"{name}.md").write_text(text + more, encoding="utf-8")
    found = gather(tmp_path)
    assert found.media["salt.jpg"] == tmp_path / "salt.jpg"
    told = [(one.message, one.path and one.path.name) for one in found.warnings if "tag" in one.message]
    assert told == [
        ("the tag `{{ site.pictures }}` has no meaning in a book", "b.md"),
        ("the tag `{{ site.cdn }}` has no meaning in a book", "c.md"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        'Word<span class="margin-note">Some *words*\nof it.</span>, end.',
        'Word <label for="sn-1" class="margin-toggle">⊕</label><input type="checkbox" id="sn-1"/>'
        '<small class="x sidenote">Some *words* of it.</small>, end.',
        "Word^[Some *words* of it.], end.",
        'Word{% sidenote "id" "Some *words* of it." %}, end.',
        "Word{{< marginnote >}}Some *words* of it.{{< /marginnote >}}, end.",
    ],
)
def test_notes_beside_the_text_become_footnotes(written: str) -> None:
    assert settled(written) == "Word[^beside-1], end.\n\n[^beside-1]: Some *words* of it."


@pytest.mark.parametrize(
    "written",
    ["`a^[some words]`", "x^[2] and y^[a-z]+", "a^[b c](d)", '<div>a <span class="sidenote">b</span></div>'],
)
def test_what_only_looks_like_a_note_stays(written: str) -> None:
    assert settled(written) == written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('We saw{{< shy "an old town, and" >}} nothing.', "We saw an old town, and nothing."),
        ("It is{{< shy 'שלום' >}}here.", "It is שלום here."),
        ('A {% tint "red" "word or two" %}.', "A word or two."),
        ('A {{< icon "github" >}} here.', "A  here."),
        ('One\n\n{{< button "Show the text" >}}\n\nTwo', "One Two"),
    ],
)
def test_words_that_an_unknown_tag_puts_into_a_line_are_kept(text: str, shown: str) -> None:
    made = settle(text, page={})
    bare = re.sub(r"<!--.*?-->", "", made.text)
    assert (" ".join(bare.split()) if "\n" in text else bare) == shown
    assert len(made.unknown) == 1


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One.\n{:.wide}\nTwo.\n{:.wide}", ['<p class="wide">One.</p>', '<p class="wide">Two.</p>']),
        ("One.\n\n{: .note }\nTwo.", ["<p>One.</p>", "<p>Two.</p>"]),
        (
            "One.\n\n{% include photo.html photo='a.jpg' alt='' %}\n{:.wide}\n\nTwo.",
            ["<p>One.</p>", '<p><img alt="" src="a.jpg" /></p>', "<p>Two.</p>"],
        ),
        ("~~~\n{:.wide}\n\n{:.wide}\n~~~", ["{:.wide}\n\n{:.wide}"]),
    ],
)
def test_attributes_in_braces_are_never_words(text: str, blocks: list[str]) -> None:
    html = to_html(settle(text, page={}).text)
    assert [block in html for block in blocks] == [True] * len(blocks)
    assert html.count("{:") == sum(block.count("{:") for block in blocks)
