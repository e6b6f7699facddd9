"""Medium exports: stories with what their pages say, told apart from drafts and responses."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from book.gather import gather as gather_into
from book.model import Draft, Gathered
from book.sources.medium import gather, recognises

PAGE = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<style>* {{ color: red }}</style></head>
<body><article class="h-entry"><header><h1 class="p-name">{title}</h1></header>
<section data-field="subtitle" class="p-summary">{subtitle}</section>
<section data-field="body" class="e-content"><section name="1" class="section section--body section--first">
<div class="section-divider"><hr class="section-divider"></div><div class="section-content">
<div class="section-inner sectionLayout--insetColumn">{body}</div></div></section></section>
<footer>{footer}<p>Exported from <a href="https://medium.com">Medium</a> on June 3, 2024.</p></footer>
</article></body></html>
"""
FOOTER = """\
<p class="p-tags">Tagged in <a href="https://medium.com/tag/a" class="p-tag">Sea &amp; sand</a></p>
<p>By <a href="https://medium.com/@ann" class="p-author h-card">Ann Other</a> on
<a href="https://medium.com/p/{ident}"><time class="dt-published" datetime="{dated}">a day</time></a>.</p>
<p><a href="https://medium.com/@ann/a-story-{ident}" class="p-canonical">Canonical link</a></p>"""
TITLE = '<h3 class="graf graf--h3 graf--leading graf--title">{}</h3>'


def story(body: str = "<p>Text.</p>", **values: str) -> str:
    known = {"title": "A story", "subtitle": "", "ident": "0123456789ab", "dated": "2020-03-01T03:30:00.123Z"}
    known |= values
    footer = FOOTER.format(**known) if "footer" not in known else known["footer"]
    return PAGE.format(**known | {"footer": footer, "body": body})


Export = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    def make(*pages: str, **named: str) -> Path:
        folder = tmp_path / "medium-export"
        for number, page in enumerate(pages):
            named[f"posts/2020-03-0{number + 1}_A-story-0123456789ab.html"] = page
        for name, text in named.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        return folder

    return make


def one(found: Gathered) -> Draft:
    (draft,) = found.drafts
    return draft


def told(found: Gathered) -> list[str]:
    return [notice.message for notice in found.warnings]


def test_a_story_comes_in_with_all_that_is_said_of_it(export: Export) -> None:
    source = export(story(TITLE.format("A “story”") + "<p>Text.</p>", title='A "story"', subtitle="About it"))
    found = gather(source)
    draft = one(found)
    assert (draft.title, draft.body, draft.summary) == ('A "story"', "Text.", "About it")
    assert draft.date == datetime(2020, 3, 1, 3, 30, tzinfo=UTC)
    assert (draft.authors, draft.tags) == (("Ann Other",), ("Sea & sand",))
    assert (draft.slug, draft.url) == ("a-story", "https://medium.com/@ann/a-story-0123456789ab")
    assert draft.source == "medium:0123456789ab"
    assert told(found) == ["the export tells no time zone: days are those of Greenwich"]


def test_days_are_the_authors_own_where_the_zone_is_given(export: Export) -> None:
    found = gather(export(story()), zone="America/New_York")
    draft = one(found)
    assert isinstance(draft.date, datetime) and draft.date.isoformat() == "2020-02-29T22:30:00-05:00"
    assert told(found) == []


def test_a_summary_that_only_repeats_how_the_text_begins_is_none(export: Export) -> None:
    assert one(gather(export(story("<p>Text that goes on.</p>", subtitle="Text that goes…")))).summary is None


def test_a_subtitle_stays_where_it_stood(export: Export) -> None:
    body = TITLE.format("A story") + '<h4 class="graf graf--h4 graf--subtitle">About it</h4><p>Text.</p>'
    draft = one(gather(export(story(body, subtitle="About it"))))
    assert (draft.body, draft.summary) == ("*About it*\n\nText.", "About it")


def test_what_only_medium_knows_becomes_plain(export: Export) -> None:
    body = """<p>One.</p><div class="graf graf--mixtapeEmbed">
<a href="https://a.example" title="https://a.example"><strong>Title</strong><br><em>About</em>a.example</a>
<a href="https://a.example" class="js-mixtapeImage"></a></div>
<pre class="graf graf--pre" data-code-block-lang="python"><span>if a:<br>    b</span></pre>
<figure><iframe src="https://www.youtube.com/embed/x" width="7"></iframe></figure></div></div></section>
<section class="section"><div class="section-divider"><hr></div><div><div>
<blockquote class="graf--pullquote">Said</blockquote>"""
    assert one(gather(export(story(body)))).body.split("\n\n") == [
        "One.",
        "[Title](https://a.example)  \nAbout",
        "```python\nif a:\n    b\n```",
        "[YouTube](https://www.youtube.com/watch?v=x)",
        "* * *",
        "> Said",
    ]


def test_links_between_stories_lead_to_where_they_were_published(export: Export) -> None:
    link = '<p><a href="http://medium.com/@ann/an-old-name-0123456789ab#.x">Other</a></p>'
    found = gather(export(story(), story(link, title="Another", ident="ffff56789abc")))
    other = next(draft for draft in found.drafts if draft.title == "Another")
    assert other.body == "[Other](https://medium.com/@ann/a-story-0123456789ab)"


def test_drafts_and_responses_come_in_only_when_asked_for(export: Export) -> None:
    response = story("<p>Well said, and so on.</p>", title="Well said, and", ident="aaaabbbbcccc")
    begun = story("<p>Begun.</p>", title="Begun", footer="")
    source = export(story(), response, **{"posts/draft_Begun-ddddeeeeffff.html": begun})
    found = gather(source)
    assert one(found).title == "A story"
    assert sorted(skipped.reason.partition(";")[0] for skipped in found.skipped) == [
        "`Begun` is a draft",
        "`Well said, and` is a response to another story",
    ]
    asked = gather(source, drafts=True, responses=True)
    assert {draft.title: draft.draft for draft in asked.drafts} == {
        "A story": False,
        "Well said, and": False,
        "Begun": True,
    }


def test_a_story_without_a_title_is_no_response(export: Export) -> None:
    assert one(gather(export(story(title="")))).title == ""


def test_a_story_whose_page_has_no_date_has_that_of_its_file(export: Export) -> None:
    footer = '<p><a href="https://medium.com/@ann/x-0123456789ab" class="p-canonical">Canonical link</a></p>'
    assert one(gather(export(story(footer=footer)))).date == date(2020, 3, 1)


def test_old_zips_have_no_folder_and_name_no_address(tmp_path: Path) -> None:
    source = tmp_path / "medium.zip"
    footer = FOOTER.format(ident="0123456789ab", dated="2016-10-21T08:07:10.061Z").rpartition("<p>")[0]
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("2016-10-21_A-story-0123456789ab.html", story(footer=footer))
        archive.writestr("ips/ips-0001.html", "<html><body><ul><li>10.0.0.1</li></ul></body></html>")
    assert recognises(source)
    assert one(gather(source)).url == "https://medium.com/p/0123456789ab"


def test_nothing_but_stories_is_read(export: Export, tmp_path: Path) -> None:
    profile = '<html><body><section class="h-card"><b class="p-name">Ann</b>ann@mail.example</section></body>'
    source = export(story(), **{"profile/profile.html": profile, "ips/ips.html": "<html>10.0.0.1</html>"})
    gather_into([source], tmp_path / "chapters")
    files = [path.read_text("utf-8") for path in (tmp_path / "chapters").rglob("*") if path.is_file()]
    assert not any("@mail" in text or "10.0.0.1" in text for text in files)


def test_the_blog_is_called_by_the_name_of_its_account(export: Export) -> None:
    profile = '<html><body><section class="h-card"><h3 class="p-name">Ann &amp; Bo</h3></section></body>'
    found = gather(export(story(), **{"profile/profile.html": profile}))
    assert (found.title, found.author) == ("Ann & Bo", "Ann & Bo")


@pytest.mark.parametrize(
    ("card", "meant"),
    [
        ('<a href="https://a.example/b"><em>About &amp; so</em></a>', "[About & so](https://a.example/b)"),
        ('<a href="https://a.example/b">a.example</a><a href="https://a.example/b"></a>',
         "<https://a.example/b>"),
        ('<a href="https://a.example/b"></a>', ""),
    ],
)  # fmt: skip
def test_cards_that_say_less_are_links_too(export: Export, card: str, meant: str) -> None:
    source = export(story(f'<p>One.</p><div class="graf graf--mixtapeEmbed">{card}</div>'))
    assert one(gather(source)).body == f"One.\n\n{meant}".strip()


def test_a_single_story_is_enough_and_one_that_breaks_off_is_read(export: Export) -> None:
    source = export(story("<p>Text that breaks off here</p>"))
    page = next(source.rglob("*.html"))
    whole = page.read_text("utf-8")
    page.write_text(whole[: whole.index("off") + 3], "utf-8")
    assert recognises(page)
    assert one(gather(page, drafts=True)).body == "Text that breaks off"


@pytest.mark.parametrize(
    "content", ["", "<html><body><article class='h-entry'>A page</article></body></html>", "x"]
)
def test_other_pages_are_not_taken_for_stories(tmp_path: Path, content: str) -> None:
    source = tmp_path / "a.html"
    source.write_text(content)
    assert not recognises(source)


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FACTS = sorted(CORPUS.glob("medium/*/facts.json"))


@pytest.mark.parametrize("file", FACTS or [None], ids=lambda file: file.parent.name if file else "none")
def test_every_sample_gives_what_is_known_to_be_in_it(file: Path | None) -> None:
    if file is None:
        pytest.skip("there is no ../shared/corpora/medium beside this checkout")
    fact = json.loads(file.read_text("utf-8"))
    found = gather(CORPUS / fact["file"], drafts=True)
    kinds = Counter(f"post/{'draft' if draft.draft else 'published'}" for draft in found.drafts)
    assert kinds == fact["by_type_status"]
    posts = [draft for draft in found.drafts if not draft.draft]
    days = sorted(draft.date.isoformat()[:19] for draft in posts if draft.date)
    assert (days[0], days[-1]) == (fact["first_post"][:19], fact["last_post"][:19])
    assert Counter(name for draft in posts for name in draft.authors) == fact["authors"]
    assert sum(any(a in draft.body for a in found.media) for draft in posts) == fact["posts_with_images"]


def test_the_stories_of_another_tools_tests_are_told_apart(shared: Callable[[str], Path]) -> None:
    folder = "medium/ghost-migrate-test/packages/mg-medium-export/test/fixtures/export"
    found = gather(shared(f"corpora/{folder}"))
    assert len(found.drafts) == 7
    assert sorted(skipped.reason.split("`")[1] for skipped in found.skipped) == [
        "Draft Post Title",
        "This is a comment",
    ]
