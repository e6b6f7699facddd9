"""A text dump gives up its posts, whatever its language and whoever printed it, and loses no word."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from dumps import FOOTERS, LANGUAGES, Post, Style, day_header, printed, sentences, titles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from book.body import set_body
from book.errors import BookError
from book.header import render
from book.model import Draft, Gathered
from book.posts import Manner, read_post
from book.sources._dump.days import find_days
from book.sources._dump.shape import lines_of
from book.sources.text import gather, recognises


def write(tmp_path: Path, text: str, name: str = "dump.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def found_in(tmp_path: Path, *rows: str, name: str = "dump.txt", **options: object) -> Gathered:
    return gather(write(tmp_path, "\n".join(rows), name), **options)  # type: ignore[arg-type]


def day_of(draft: Draft) -> date:
    assert draft.date is not None
    return draft.date.date() if isinstance(draft.date, datetime) else draft.date


def blog(language: str, seed: int, days: int = 7) -> list[Post]:
    """Write a blog, oldest post first: one to three posts a day, of one to seven paragraphs."""
    chance = random.Random(seed)
    names = chance.sample(titles(language), len(titles(language)))
    posts: list[Post] = []
    day = date(2016, 11, 20)
    while len(posts) < days and names:
        day += timedelta(days=chance.choice([1, 2, 9, 40]))
        count = min(chance.choice([1, 1, 2, 3]), len(names))
        posts += [Post(day, names.pop(), paragraphs(language, chance)) for _ in range(count)]
    return posts


def paragraphs(language: str, chance: random.Random) -> tuple[str, ...]:
    glue = "" if language in ("zh", "ja") else " "
    pool = sentences(language)
    return tuple(
        glue.join(chance.choice(pool) for _ in range(chance.choice([1, 3, 5, 12])))
        for _ in range(chance.choice([1, 2, 4, 7]))
    )


def compare(posts: list[Post], found: Gathered) -> None:
    """Check that what was found is what was written: days, titles, order, paragraphs and their words."""
    assert [(day_of(draft), draft.title) for draft in found.drafts] == [(p.day, p.title or "") for p in posts]
    for draft, post in zip(found.drafts, posts, strict=True):
        assert shown(draft.body) == [" ".join(paragraph.split()) for paragraph in post.paragraphs]
    shared = Counter(post.day for post in posts)
    orders = [draft.order for draft in found.drafts if shared[day_of(draft)] > 1]
    assert all(orders) and all(draft.order is None for draft in found.drafts if shared[day_of(draft)] == 1)


def shown(body: str) -> list[str]:
    """Return a body's paragraphs as the book shows them."""
    root = etree.fromstring(f"<body>{set_body(body, 'post-x', 'en', ()).xhtml}</body>")
    return [" ".join("".join(block.itertext()).split()) for block in root]


STYLES = {
    "newest first": Style(),
    "oldest first": Style(newest_first=False),
    "no blank after the title": Style(blank_after_title=0),
    "paragraphs by single newlines": Style(between_paragraphs=0, blank_after_title=0),
    "blank after the title, paragraphs by single newlines": Style(between_paragraphs=0),
    "nothing is parted": Style(
        blank_after_header=0, blank_after_title=0, between_paragraphs=0, between_posts=0, between_days=0
    ),
    "posts far apart": Style(between_posts=3, between_days=3),
    "hard-wrapped": Style(wrap=72),
    "hard-wrapped narrowly, title above the text": Style(wrap=60, blank_after_title=0),
    "long dates": Style(dates="long", native_digits=True),
    "short dates": Style(dates="medium", native_digits=True, newest_first=False),
    "ISO dates": Style(dates="%Y-%m-%d"),
    "dates with a time": Style(clock=True),
    "dotted numbers": Style(dates="%d.%m.%Y"),
    "American numbers": Style(dates="%m/%d/%Y"),
    "short years": Style(dates="%d/%m/%y"),
    "marked up": Style(dates="## %d.%m.%Y"),
    "a header for each post": Style(header_each_post=True),
    "footers": Style(footer=True),
    "bylines": Style(byline=True),
    "bylines and footers": Style(byline=True, footer=True, newest_first=False),
    "something before": Style(before="Home | About\nThis is a blog about nothing."),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_posts_are_found_in_any_language_and_style(tmp_path: Path, language: str, style: Style) -> None:
    style = replace(style, language=language)
    for seed in (1, 2):
        posts = blog(language, seed)
        dump = printed(posts, style)
        path = write(tmp_path, dump.text)
        assert recognises(path)
        found = gather(path, date_order="mdy" if style.dates == "%m/%d/%Y" else None)
        compare(posts, found)
        reported = "\n".join(one.reason for one in found.skipped)
        assert all(f"`{line}`" in reported for line in (*dump.furniture, *style.before.split("\n")) if line)
        if style.dates in ("full", "long") and language != "zh":
            assert found.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_day_and_one_post(tmp_path: Path, language: str) -> None:
    for count in (1, 2):
        posts = [replace(post, day=date(2017, 8, 30)) for post in blog(language, 3)[:count]]
        compare(posts, gather(write(tmp_path, printed(posts, Style(language=language)).text)))


def test_labels_become_tags(tmp_path: Path) -> None:
    posts = blog("fr", 5)
    found = gather(write(tmp_path, printed(posts, Style(language="fr", footer=True)).text))
    assert {draft.tags for draft in found.drafts} == {("pain", "sel")}


# What is hard


def test_what_was_guessed_is_said(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        *("7 October 2017", "", "The first title", "", "A text that is long enough to be one.", ""),
        *("Another title", "", "And one more text, which is as long.", "", "6 October 2017", ""),
        *("The third title", "", "Its text, at last.", ""),
    )
    assert [draft.title for draft in found.drafts] == ["The third title", "Another title", "The first title"]
    assert [draft.order for draft in found.drafts] == [None, 1, 2]
    assert [(w.line, "`Another title`" in w.message) for w in found.warnings] == [(7, True)]


def test_titles_above_their_days(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        *("My blog", "", "Closing Gaps", "7 October 2017", "", "A text that is long enough to be one.", ""),
        *(
            "A second paragraph.",
            "",
            "Good News",
            "6 October 2017",
            "",
            "Another text, of one paragraph.",
            "",
        ),
        *("Why not?", "5 October 2017", "", "Because.", ""),
    )
    assert [(draft.title, draft.date) for draft in found.drafts] == [
        ("Why not?", date(2017, 10, 5)),
        ("Good News", date(2017, 10, 6)),
        ("Closing Gaps", date(2017, 10, 7)),
    ]
    assert found.drafts[2].body == "A text that is long enough to be one.\n\nA second paragraph."
    assert [one.line for one in found.skipped] == [1]


@pytest.mark.parametrize(
    "rows",
    [
        ("Posted on May 3, 2016 by Ann", "Posted on May 2, 2016 by Ann"),
        ("Veröffentlicht am 3. Mai 2016 von Anna", "Veröffentlicht am 2. Mai 2016 von Anna"),
        ("Publié le 3 mai 2016 par Anne", "Publié le 2 mai 2016 par Anne"),
        ("Publicado el 3 mayo, 2016", "Publicado el 2 mayo, 2016"),
        ("投稿日：2016年5月3日", "投稿日：2016年5月2日"),
        ("发表于 2016-05-03", "发表于 2016-05-02"),
        ("نوشته شده در ۱۴ اردیبهشت ۱۳۹۵", "نوشته شده در ۱۳ اردیبهشت ۱۳۹۵"),
        ("نُشر في 3 مايو 2016", "نُشر في 2 مايو 2016"),
    ],
)
def test_days_may_stand_in_what_tells_who_posted_when(tmp_path: Path, rows: tuple[str, str]) -> None:
    text = ("The sea", rows[0], "", "A text of one post.", "", "The hill", rows[1], "", "A text of another.")
    found = found_in(tmp_path, *text)
    assert recognises(tmp_path / "dump.txt")
    assert [(draft.title, day_of(draft), draft.body) for draft in found.drafts] == [
        ("The hill", date(2016, 5, 2), "A text of another."),
        ("The sea", date(2016, 5, 3), "A text of one post."),
    ]


def test_headings_within_posts_are_no_titles(tmp_path: Path) -> None:
    def post(day: int, *headings: str) -> list[str]:
        sections = [row for head in headings for row in (head, "", f"All of what belongs to {head}.", "")]
        return [f"{day} October 2017", "", f"Title of {day}", "", "It begins like this.", "", *sections]

    rows = (
        post(9, "Setting out", "Arriving", "Conclusion") + post(8, "Arriving", "Luck") + post(7, "Conclusion")
    )
    rows += post(6, "Setting out", "Rain", "Conclusion")
    found = found_in(tmp_path, *rows)
    assert [draft.title for draft in found.drafts] == [f"Title of {day}" for day in (6, 7, 8, 9)]
    assert [("several-a-day=true" in (w.hint or ""), w.line) for w in found.warnings] == [(True, 29)]
    assert len(found_in(tmp_path, *rows, several_a_day=True).drafts) > 4
    assert len(found_in(tmp_path, *rows, several_a_day=False).drafts) == 4


def test_a_date_in_a_text_stays_text(tmp_path: Path) -> None:
    rows = [
        *("Saturday, 7 October 2017", "", "First things", "", "I found a letter. It begins:", ""),
        *(
            "Thursday, 14 March 1946",
            "",
            "Dear Ann, the rain has not let up.",
            "",
            "That is all it says.",
            "",
        ),
        *("Tuesday, 3 October 2017", "", "Second things", "", "Nothing of note happened this week.", ""),
        *("Sunday, 1 October 2017", "", "Third things", "", "It was written on this very day:", ""),
        *("2 May 1945", "", "And so it ends, as it has to.", ""),
    ]
    found = found_in(tmp_path, *rows)
    assert [draft.title for draft in found.drafts] == ["Third things", "Second things", "First things"]
    assert "Thursday, 14 March 1946" in found.drafts[2].body
    assert "2 May 1945" in found.drafts[0].body
    assert [notice.line for notice in found.warnings] == [7]


def test_a_date_far_off_in_the_last_text_stays_text(tmp_path: Path) -> None:
    days = [date(2017, 10, 30 - 2 * number) for number in range(5)]
    rows = [row for day in days for row in (f"{day:%Y-%m-%d}", "", f"Title of {day:%d}", "", "A text.", "")]
    found = found_in(tmp_path, *rows, "1945-05-08", "", "It was over on that day, at last.")
    assert len(found.drafts) == 5
    assert found.drafts[0].body.endswith("1945-05-08\n\nIt was over on that day, at last.")


def test_a_title_that_looks_like_markup_is_read_as_letters(tmp_path: Path) -> None:
    for title in ("On <b> and &amp; in *HTML*", "R&D at AT&T", "The &copy sign", "1 < 2"):
        found = found_in(tmp_path, "7 October 2017", "", title, "", "A text that is one.")
        file = tmp_path / "2017-10-07-x.md"
        written = render({"title": found.drafts[0].title}, "Text.").encode()
        assert read_post(written, file, Manner("en", ())).post.title == title


def test_a_header_without_title(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        *("7 October 2017", "", "A title", "", "A text that ends with a full stop.", ""),
        *(
            "6 October 2017",
            "",
            "It rained all day, and I did not go out. Nobody came.",
            "",
            "Then it stopped.",
            "",
        ),
        *("5 October 2017", "", "A third title", "", "And the text of it.", ""),
    )
    assert [draft.title for draft in found.drafts] == ["A third title", "", "A title"]
    assert found.drafts[1].body.startswith("It rained all day")
    assert [notice.line for notice in found.warnings] == [9]


def test_a_blog_without_titles(tmp_path: Path) -> None:
    rows = [
        row for day in (7, 6, 5) for row in (f"{day} octobre 2017", "", "Il pleut encore.", "", "Je lis.", "")
    ]
    found = found_in(tmp_path, *rows)
    assert [(draft.title, draft.body) for draft in found.drafts] == [("", "Il pleut encore.\n\nJe lis.")] * 3


def test_very_short_posts(tmp_path: Path) -> None:
    found = found_in(
        tmp_path,
        *("7 October 2017", "", "Gone fishing", "", "Back on Monday.", "", "Lost", "", "One hat.", ""),
        *("6 October 2017", "", "Found", "", "It.", ""),
    )
    assert [(d.title, d.body) for d in found.drafts] == [
        ("Found", "It."),
        ("Lost", "One hat."),
        ("Gone fishing", "Back on Monday."),
    ]


def test_lists_verse_and_subheadings_that_recur_are_no_titles(tmp_path: Path) -> None:
    recipe = ("Ingredients", "", "You need all of this, and some patience.", "")
    found = found_in(
        tmp_path,
        *(
            "7 October 2017",
            "",
            "Bread",
            "",
            "It is easy to make.",
            "",
            *recipe,
            "- flour",
            "- water",
            "- salt",
            "",
        ),
        *(
            "Then wait until it is done.",
            "",
            "5 October 2017",
            "",
            "Soup",
            "",
            "This is easier still.",
            "",
            *recipe,
        ),
        *("3 October 2017", "", "On the sea", "", "The sea is calm to-night", "", "The tide is full", ""),
        *("Upon the straits", "", "I have it from a book.", ""),
    )
    assert [draft.title for draft in found.drafts] == ["On the sea", "Soup", "Bread"]
    assert "\\- water" in found.drafts[2].body


def test_a_question_is_a_title_only_where_titles_are_questions(tmp_path: Path) -> None:
    asked = ("So what?", "", "I will tell you what, and at some length.", "")
    plain = (
        "7 May 2017",
        "",
        "One",
        "",
        "A text here.",
        "",
        *asked,
        "6 May 2017",
        "",
        "Two",
        "",
        "A text there.",
    )
    assert len(found_in(tmp_path, *plain).drafts) == 2
    asking = (
        "7 May 2017",
        "",
        "One?",
        "",
        "A text here.",
        "",
        *asked,
        "6 May 2017",
        "",
        "Two?",
        "",
        "A text there.",
    )
    assert len(found_in(tmp_path, *asking).drafts) == 3


def test_wrapped_text_keeps_verse_and_lists(tmp_path: Path) -> None:
    text = " ".join(sentences("en")[:4])
    rows = re.findall(r".{1,60}(?:\s|$)", text)
    found = found_in(
        tmp_path,
        *("7 October 2017", "", "A title", "", *rows, "", "- flour", "- salt", "", *rows, ""),
        *("6 October 2017", "", "Another one", "", *rows, "", "Roses are red", "Violets are blue.", ""),
    )
    paragraphs = [draft.body.split("\n\n") for draft in found.drafts]
    assert [len(one) for one in paragraphs] == [3, 4]
    assert paragraphs[0][1:] == ["Roses are red", "Violets are blue."]


def test_days_of_numbers_that_could_be_read_in_two_ways(tmp_path: Path) -> None:
    rows = ("03/04/2017", "", "One", "", "A text.", "", "05/04/2017", "", "Two", "", "A text.")
    found = found_in(tmp_path, *rows)
    assert [draft.date for draft in found.drafts] == [date(2017, 4, 3), date(2017, 4, 5)]
    assert found.warnings[0].line == 1
    assert "date-order=mdy" in (found.warnings[0].hint or "")
    told = found_in(tmp_path, *rows, date_order="mdy")
    assert [draft.date for draft in told.drafts] == [date(2017, 3, 4), date(2017, 5, 4)]
    assert not told.warnings


@pytest.mark.parametrize(
    "days",
    [
        ("04/13/2017", "05/04/2017"),
        ("Thursday 04/06/2017", "Thursday 05/04/2017"),
        ("06/04/2017", "13/04/2017"),
    ],
)
def test_other_days_tell_how_numbers_are_read(tmp_path: Path, days: tuple[str, str]) -> None:
    rows = [row for day in days for row in (day, "", f"On {day[-4:]}", "", "A text.", "")]
    found = found_in(tmp_path, *rows)
    assert not found.warnings
    assert all(day_of(draft).year == 2017 for draft in found.drafts)


def test_a_wrong_weekday_is_said(tmp_path: Path) -> None:
    found = found_in(tmp_path, "Monday, 7 October 2017", "", "A title", "", "A text.")
    assert [(w.line, w.message) for w in found.warnings] == [(1, "`Monday, 7 October 2017` was a Saturday")]


def test_a_day_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no such day as `31 September 2017`") as caught:
        found_in(
            tmp_path, "1 October 2017", "", "A", "", "Text.", "", "31 September 2017", "", "B", "", "Text."
        )
    assert caught.value.notices[0].line == 7


def test_days_without_a_year(tmp_path: Path) -> None:
    rows = [
        r
        for day in ("January 3", "December 30", "December 1")
        for r in (day, "", f"On {day}", "", "Text.", "")
    ]
    found = found_in(tmp_path, *rows, name="blog-2018.txt")
    assert [draft.date for draft in found.drafts] == [date(2017, 12, 1), date(2017, 12, 30), date(2018, 1, 3)]
    with pytest.raises(BookError, match="have no year"):
        found_in(tmp_path, *rows)
    assert found_in(tmp_path, *rows, year=2001).drafts[0].date == date(2000, 12, 1)


def test_what_stands_before_the_first_day_is_kept_apart(tmp_path: Path) -> None:
    found = found_in(tmp_path, "My blog", "About nothing.", "", "7 May 2017", "", "A title", "", "A text.")
    assert found.title == "My blog"
    assert [(s.line, s.reason) for s in found.skipped] == [
        (1, "it stands before the first day: `My blog` `About nothing.`")
    ]


def test_a_day_without_posts_is_named(tmp_path: Path) -> None:
    found = found_in(tmp_path, "7 May 2017", "", "A title", "", "A text.", "", "6 May 2017", "")
    assert [(one.line, "6 May 2017" in one.reason) for one in found.skipped] == [(7, True)]


def test_times_in_headers_are_kept_and_order_posts(tmp_path: Path) -> None:
    rows = [
        r
        for clock in ("9:30 am", "2:05 pm")
        for r in (f"May 7, 2017 {clock}", "", f"At {clock}", "", "Text.", "")
    ]
    found = found_in(tmp_path, *rows)
    assert [draft.date for draft in found.drafts] == [
        datetime(2017, 5, 7, 9, 30),
        datetime(2017, 5, 7, 14, 5),
    ]
    assert {draft.order for draft in found.drafts} == {None}


def test_an_unknown_direction_is_said_and_can_be_told(tmp_path: Path) -> None:
    rows = ("7 May 2017", "", "Early", "", "A text here.", "", "Late", "", "A text there.")
    found = found_in(tmp_path, *rows)
    assert [draft.title for draft in found.drafts] == ["Late", "Early"]
    assert "newest-first" in (found.warnings[-1].hint or "")
    assert [draft.title for draft in found_in(tmp_path, *rows, newest_first=False).drafts] == [
        "Early",
        "Late",
    ]


def test_gathering_again_knows_the_same_posts(tmp_path: Path) -> None:
    older = blog("en", 7)
    dump = gather(write(tmp_path, printed(older[:-2], Style()).text))
    newer = gather(write(tmp_path, printed(older, Style()).text))
    known = {draft.source for draft in dump.drafts}
    assert len(known) == len(older) - 2
    assert known < {draft.source for draft in newer.drafts}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No date here.\n",
        "<p>7 October 2017</p>",
        "<html>\n7 October 2017\n",
        "---\ntitle: x\n---\n7 May 2017\n",
        "\0",
    ],
)
def test_other_files_are_not_dumps(tmp_path: Path, text: str) -> None:
    assert not recognises(write(tmp_path, text))


@pytest.mark.parametrize(("text", "message"), [("", "empty"), ("Just text.\n", "no day header")])
def test_a_text_without_days_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BookError, match=message):
        gather(write(tmp_path, text))


def test_an_unknown_order_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="`dym` is no order"):
        found_in(tmp_path, "7 May 2017", "A", date_order="dym")


# Nothing is lost, whatever the text

lines = st.one_of(
    st.sampled_from([sentence for language in ("en", "fr", "ja") for sentence in sentences(language)]),
    st.sampled_from([title for language in ("en", "fr", "ja") for title in titles(language)]),
    st.sampled_from([line for footer in FOOTERS.values() for line in footer] + ["Share", "14:05", "Home"]),
    st.dates(date(2016, 1, 1), date(2018, 1, 1)).map(lambda day: day_header(day, Style())),
    st.dates(date(2016, 1, 1), date(2018, 1, 1)).map(lambda day: day_header(day, Style(dates="%d/%m/%Y"))),
    st.text(st.sampled_from("\\*_#>-+.[](){}<&$~^`|:=!1aA \t"), max_size=12),
    st.text(max_size=20),
    st.just(""),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines, max_size=40), st.booleans())
def test_no_word_is_lost(tmp_path: Path, rows: list[str], parted: bool) -> None:
    text = ("\n\n" if parted else "\n").join(["Saturday, 7 October 2017", *rows])
    path = tmp_path / "dump.txt"
    path.write_text(text, encoding="utf-8", errors="ignore", newline="")
    try:
        found = gather(path)
    except BookError as error:
        assert error.notices[0].line or "NUL" in str(error)
        return
    account_for(path, found)


def account_for(path: Path, found: Gathered) -> None:
    """Check that every line is a day header, named in the report, or in a post: in the order of the file."""
    from book.sources.text import _lines

    lines = _lines(path.read_text("utf-8"))
    headers = {header.line.number for header in find_days(lines, path).headers}
    reported = " ".join(one.reason for one in found.skipped)
    told = sorted(found.drafts, key=lambda draft: draft.origin.line or 0)
    rest = "".join(solid(unescape(draft.title) + "".join(shown(draft.body))) for draft in told)
    for line in lines:
        words = solid(line.text)
        if line.number in headers:
            continue
        if rest.startswith(words):
            rest = rest[len(words) :]
        else:
            assert f"`{line.text}`" in reported, line
    assert rest == ""


def solid(text: str) -> str:
    return "".join(text.split())


# The sample


def test_the_sample(shared: Callable[[str], Path]) -> None:
    path = shared("input/blog-2017.txt")
    found = gather(path)
    assert [(draft.date, draft.title, draft.order) for draft in found.drafts] == [
        (date(2017, 8, 29), "Will ye no come back again?", None),
        (date(2017, 8, 30), "Closing Gaps", 1),
        (date(2017, 8, 30), "Good news from Merton", 2),
        (date(2017, 9, 11), "Reflections on the Ayeeshia-Jayne Smith Serious Case Review", None),
        (date(2017, 10, 1), "Accreditation - take a bad idea and make it dafter", None),
        (date(2017, 10, 3), "Rushing to judgement", None),
        (date(2017, 10, 7), "Health and Care Professions Council - important research", None),
    ]
    assert (found.language, found.skipped) == ("en", ())
    assert [(notice.line, "`Closing Gaps`" in notice.message) for notice in found.warnings] == [(76, True)]
    account_for(path, found)
    rows = [row for row in path.read_text(encoding="utf-8").split("\n") if row.strip()]
    paragraphs = sum(len(shown(draft.body)) for draft in found.drafts)
    assert paragraphs == len(rows) - 6 - 7
    assert not [line for line in lines_of(path.read_text(encoding="utf-8")) if line.text.endswith("\\")]
