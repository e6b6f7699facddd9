"""The language of a blog and of its posts, where nobody says which it is."""

from __future__ import annotations

import pytest

from book import languages
from book.model import Draft, Gathered, Origin

PROSE = {
    "de": "Gestern bin ich durch die Stadt gegangen und habe gemerkt, dass es nicht immer leicht ist, mit "
    "den Menschen zu reden, die man auf der Straße trifft. Es war kalt, aber die Sonne schien. ",
    "en": "Yesterday I walked through the city and saw that it is not always easy to talk with the people "
    "one meets in the street. It was cold, but the sun shone, and I had time for a cup of coffee. ",
    "fr": "Hier, je me suis promené dans la ville et j'ai remarqué qu'il n'est pas toujours facile de parler "
    "avec les gens que l'on rencontre dans la rue. Il faisait froid, mais le soleil brillait. ",
    "es": "Ayer caminé por la ciudad y me di cuenta de que no siempre es fácil hablar con la gente que uno "
    "encuentra en la calle. Hacía frío, pero brillaba el sol y tenía tiempo para un café. ",
    "fa": "دیروز در شهر قدم می‌زدم و متوجه شدم که صحبت کردن با مردمی که در خیابان می‌بینی همیشه آسان نیست. "
    "هوا سرد بود اما خورشید می‌تابید و وقت داشتم که یک فنجان قهوه بنوشم. ",
    "ar": "مشيت أمس في المدينة ولاحظت أنه ليس من السهل دائما التحدث مع الناس الذين تقابلهم في الشارع. "
    "كان الجو باردا لكن الشمس كانت مشرقة وكان لدي وقت لفنجان قهوة. ",
    "zh": "昨天我在城里散步，发现和街上遇到的人交谈并不总是那么容易。"
    "天气很冷，但是阳光明媚，我有足够的时间喝杯咖啡。",
    "ja": "昨日は町を歩いていて、道で出会う人と話すのはいつも簡単ではないと気づきました。"
    "寒かったですが、太陽が輝いていました。",
}


def draft(text: str, language: str | None = None) -> Draft:
    return Draft(title="A", date=None, body=text, origin=Origin(None, 1), slug="a", language=language)


def blog(*texts: str, language: str | None = None) -> Gathered:
    return languages.settled(Gathered(tuple(map(draft, texts)), language=language))


@pytest.mark.parametrize("language", PROSE)
def test_a_text_of_some_length_tells_its_language(language: str) -> None:
    assert languages.of(PROSE[language] * 2) == language


@pytest.mark.parametrize(
    "text", ["", "Kurz und gut.", f"```\n{PROSE['en'] * 3}\n```", "https://a.example/" * 40]
)
def test_a_short_text_and_one_that_is_no_prose_tell_nothing(text: str) -> None:
    assert languages.of(text) is None


def test_a_blog_that_does_not_say_is_read() -> None:
    found = blog(*[PROSE["de"] * 2] * 3, "Kurz.")
    assert found.language == "de"
    assert [notice.message for notice in found.warnings] == ["no language is stated; the posts read as `de`"]
    assert {one.language for one in found.drafts} == {None}


def test_posts_in_a_second_language_say_so() -> None:
    found = blog(*[PROSE["de"] * 2] * 4, *[PROSE["fr"] * 2] * 2, PROSE["es"] * 2, language="de-AT")
    assert found.language == "de-AT"
    assert [one.language for one in found.drafts] == [None] * 4 + ["fr"] * 2 + [None]
    assert not found.warnings


def test_what_is_stated_stays_unless_no_post_is_in_it() -> None:
    assert blog(PROSE["de"] * 2, language="en").language == "en"
    found = blog(*[PROSE["fa"] * 2] * 6, language="en-US")
    assert found.language == "fa"
    assert "the source says that its language is `en-US`" in found.warnings[0].message


def test_what_a_post_says_of_itself_stays() -> None:
    drafts = (*[draft(PROSE["en"] * 2)] * 4, *[draft(PROSE["fr"] * 2, "fr-CA")] * 2)
    assert [one.language for one in languages.settled(Gathered(drafts)).drafts][-2:] == ["fr-CA"] * 2


def test_what_a_page_says_to_machines_is_in_no_language() -> None:
    script = "// this is what we have to do when the page is loaded\n" * 40
    page = f"<!-- {script} --><script>{script}</script><noscript>{script}</noscript><style>{script}</style>"
    assert languages.of(page + PROSE["es"] * 2) == "es"


def test_no_prose_at_all_says_nothing() -> None:
    assert blog("x").language is None
    assert blog("x", language="nl").language == "nl"
