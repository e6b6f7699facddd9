"""Posts of static websites in other markups than Markdown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from book.model import Draft, Gathered
from book.placement import place
from book.sources.markdown import gather, recognises

POST = "---\ntitle: A\n---\nText.\n"
PELICAN = """\
A walk
######

:date: 2012-12-03
:tags: walking, hills
:authors: Ann Day, Ben Lee

First ``code``, a note [1]_, :abbr:`LIFE (long)`, `broken`_ and :math:`a^2`.

.. code-block:: python
   :linenos:

   print(1)

.. youtube:: abc123

.. image:: {static}/hill.png
   :alt: A hill
   :scale: 50 %
   :loading: embed

Heading
=======

.. include:: /etc/hostname

.. raw:: html

   <b>bold</b><script>alert(1)</script>

.. [1] The note.
"""
NIKOLA = """\
.. title: By Nikola
.. slug: by-nikola
.. date: 2015-04-01 10:00:00 UTC+01:00
.. tags: one, two

Words.
"""
ABLOG = """\
By ABlog
========

.. post:: Jan 5, 2014
   :tags: one
   :author: Ann Day

Words.
"""
LIQUID = """\
---
layout: post
title: Old times
---
<p>One <b>bold</b> word at <a href="{{ site.url }}/about/">home</a>.</p>

    <p>Indented, and no listing.</p>
{% highlight ruby %}
puts "<b>"
{% endhighlight %}
"""


def made(folder: Path, **files: str) -> Gathered:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return gather(folder)


def only(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def test_restructured_text_as_pelican_has_it(tmp_path: Path) -> None:
    found = made(tmp_path, walk_dot_rst=PELICAN)
    draft = only(found)
    assert (draft.title, draft.date, draft.slug) == ("A walk", date(2012, 12, 3), "walk")
    assert draft.authors == ("Ann Day", "Ben Lee")
    assert draft.tags == ("walking", "hills")
    assert "First `code`, a note [^1], LIFE (long), broken and $a^2$." in draft.body
    assert "```python\nprint(1)\n```" in draft.body
    assert "[YouTube](https://www.youtube.com/watch?v=abc123)" in draft.body
    assert "![A hill](" in draft.body
    assert "## Heading" in draft.body
    assert "**bold**" in draft.body
    assert "[^1]: The note." in draft.body


def test_nothing_that_it_includes_is_read_and_what_is_not_understood_is_told(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    include = f".. include:: {secret}\n\n.. csv-table::\n   :file: {secret}\n"
    found = made(tmp_path / "blog", a_dot_rst=PELICAN + "\n" + include)
    assert "canary" not in only(found).body
    assert "script" not in only(found).body
    told = [notice.message for notice in found.warnings]
    assert "the role `abbr` has no meaning in a book" in told
    assert "`include` directive disabled" in told
    assert "unknown target name: `broken`" in told


def test_headers_as_nikola_and_ablog_write_them(tmp_path: Path) -> None:
    found = made(tmp_path, one_dot_rst=NIKOLA, two_dot_rst=ABLOG)
    one, two = found.drafts
    assert (one.title, one.slug, one.tags) == ("By Nikola", "by-nikola", ("one", "two"))
    assert one.date
    assert one.date.isoformat() == "2015-04-01T10:00:00+01:00"
    assert (two.title, two.date, two.tags, two.authors) == (
        "By ABlog", date(2014, 1, 5), ("one",), ("Ann Day",),
    )  # fmt: skip
    assert one.body.strip() == two.body.strip() == "Words."


@pytest.mark.parametrize("text", [PELICAN, NIKOLA, ABLOG])
def test_a_folder_of_it_is_known_for_a_blog(tmp_path: Path, text: str) -> None:
    (tmp_path / "post.rst").write_text(text, encoding="utf-8")
    assert recognises(tmp_path)
    (tmp_path / "post.rst").write_text("Manual\n======\n\nHow to.\n", encoding="utf-8")
    assert not recognises(tmp_path)


def test_html_below_a_header_with_the_tags_of_its_templates(tmp_path: Path) -> None:
    draft = only(made(tmp_path, **{"_posts__2011-01-02-old-times_dot_html": LIQUID}))
    assert (draft.title, draft.date) == ("Old times", date(2011, 1, 2))
    assert "One **bold** word at [home](/about/)." in draft.body
    assert "\nIndented, and no listing." in draft.body
    assert '```ruby\nputs "<b>"\n```' in draft.body


def test_templates_of_pages_are_no_posts(tmp_path: Path) -> None:
    page = "---\nlayout: default\n---\n{% for post in site.posts %}<p>{{ post.title }}</p>{% endfor %}\n"
    about = page.replace("layout", "title: About\nlayout")
    found = made(
        tmp_path, index_dot_html=page, about_dot_html=about, **{"_posts__2011-01-02-old_dot_html": LIQUID}
    )
    assert only(found).slug == "old"
    assert [one.reason for one in found.skipped] == [
        "it is a page; `--pages` brings it in",
        "it is a page without a title, as templates of a website are",
    ]


def test_what_is_written_in_a_markup_that_is_not_read_is_named(tmp_path: Path) -> None:
    found = made(tmp_path, a_dot_md=POST, b_dot_adoc="= B\n", c_dot_textile="h1. C\n")
    assert [(one.path and one.path.name, one.reason.split(",")[0]) for one in found.skipped] == [
        ("b.adoc", "it is written in AsciiDoc"),
        ("c.textile", "it is written in Textile"),
    ]


def test_r_markdown_is_a_post_unless_what_it_became_lies_beside_it(tmp_path: Path) -> None:
    header = "---\ntitle: A\ndate: 2020-01-01\n---\nText.\n"
    found = made(tmp_path, a_dot_Rmd=header, b_dot_Rmd=header, b_dot_md=header.replace("A", "B"))
    assert sorted(draft.title for draft in found.drafts) == ["A", "B"]


def test_the_path_of_a_post_is_its_address_and_tells_its_day(tmp_path: Path) -> None:
    zola = '+++\ntitle = "Cargo"\npath = "{}2014/11/{:02}/Cargo"\n+++\nText.\n'
    posts = {f"cargo-{day}_dot_md": zola.format("inside/" if day % 2 else "", day) for day in range(1, 11)}
    found = made(tmp_path / "blog", **posts)
    assert found.drafts[1].url == "2014/11/10/Cargo"
    report = place([found], tmp_path / "chapters")
    assert report.triage.years == {"2014": 10}
    told = [notice.message for notice in report.warnings if "address" in notice.message]
    assert len(told) == 6
    assert "so it is with 4 posts more" in [notice.message for notice in report.warnings]


CONFIGURATIONS = {
    "_config_dot_yml": "title: Hills\nlang: de\nurl: https://a.example\nauthor:\n  name: Ann Day\n",
    "_quarto_dot_yml": "lang: de\nauthor: Ann Day\nwebsite:\n  title: Hills\n  site-url: https://a.example\n",
    "pelicanconf_dot_py": 'AUTHOR = "Ann Day"\nSITENAME = "Hills"\nSITEURL = "https://a.example"\n'
    'DEFAULT_LANG = "de"\n',
    "_data__site_dot_json": '{"title": "Hills", "lang": "de", "url": "https://a.example", '
    '"author": {"name": "Ann Day"}}',
    "config___default__hugo_dot_toml": 'title = "Hills"\nlanguageCode = "de"\n'
    'baseURL = "https://a.example"\n[params]\nauthor = "Ann Day"\n',
}


@pytest.mark.parametrize(("name", "text"), CONFIGURATIONS.items())
def test_what_a_generator_is_told_of_the_blog(tmp_path: Path, name: str, text: str) -> None:
    found = made(tmp_path, a_dot_md=POST, **{name: text})
    assert (found.title, found.language, found.url, found.author) == (
        "Hills", "de", "https://a.example", "Ann Day",
    )  # fmt: skip


def test_a_configuration_is_never_run_and_a_handle_is_no_author(tmp_path: Path) -> None:
    config = f'open({str(tmp_path / "ran")!r}, "w")\nSITENAME = "Hills"\nAUTHOR = "ann_d"\n'
    found = made(tmp_path, a_dot_md=POST, pelicanconf_dot_py=config)
    assert (found.title, found.author) == ("Hills", None)
    assert not (tmp_path / "ran").exists()
