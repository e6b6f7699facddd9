"""Triage tells what an author may want to look at: years, words, links alone, posts much alike."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from book.body import count_words, set_body
from book.model import Draft, Gathered, Origin
from book.placement import place
from book.triage.likeness import alike
from book.triage.plainwords import plain
from book.triage.triage import Triage, closed, triage

LONG = " ".join(f"word{number} stands here" for number in range(60))


def draft(title: str, body: str, year: int | None = 2017) -> Draft:
    day = date(year, 1, 2) if year else None
    return Draft(title, day, body, Origin(Path("x"), 1), source=title, kind="post" if year else "page")


def test_what_is_told(tmp_path: Path) -> None:
    posts = [
        draft("One", LONG),
        draft("Again", LONG.replace("word7 ", "another "), 2018),
        draft("Other", " ".join(f"quite another{number} text" for number in range(60)), 2018),
        draft("See", "Worth reading: [a long essay about many things](https://a.example/essay)"),
        draft("Short", "Nothing today."),
        draft("About", "Me.", None),
    ]
    told = place([Gathered(tuple(posts))], tmp_path / "chapters").triage
    assert told.json() == {
        "years": {"2017": 3, "2018": 2},
        "words": 180 + 180 + 180 + 8 + 2,
        "link-only": ["2017-01-02-see.md"],
        "garbled": [],
        "alike": [["2017-01-02-one.md", "2018-01-02-again.md"]],
        "series": [],
        "dead": [],
        "linked": [],
        "pages": [["about.md", "about-the-author"]],
    }
    assert told.told() == [
        "by year: 2017: 3, 2018: 2; words: 550",
        "about.md: a page, which no book has by itself; `role: about-the-author` in its header makes it "
        "front or back matter",
        "2017-01-02-see.md: little more than a link",
        "2017-01-02-one.md: much like 2018-01-02-again.md",
    ]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("Itâ€™s a cafÃ©.", True),
        ("It’s a café, à la façon de Zoë; Größe, señor, Ærø, Łódź, İstanbul.", False),
        ("Úžasné „nové…“ seriály\xa0– a\xa0já\xa0– i\xa0ty máš\xa0…, říká áš“; það\xa0–\xa0já", False),
        ("AÅ¾ zÃ¡tra ðŸ˜€", True),
        ("æ—¥æœ¬ ÐŸÑ€Ð¸", True),
        ("Это просто текст, и больше ничего.", False),
        ("これは文章です。「括弧」も、〜も。", False),
        ("هذا نص عادي، لا أكثر.", False),
        ("x ≤ y ⇒ f(x) ≤ f(y) — 20 °C ± 2 µm", False),
    ],
)
def test_signs_of_a_wrong_encoding_are_told(tmp_path: Path, text: str, garbled: bool) -> None:
    told = place([Gathered((draft("Post", text),))], tmp_path / "chapters").triage
    assert told.garbled == (("2017-01-02-post.md",) if garbled else ())
    assert any("wrong encoding" in line for line in told.told()) is garbled


def test_a_picture_is_more_than_a_link(tmp_path: Path) -> None:
    posts = (
        draft("A", "![Salt](https://a.example/salt.png)"),
        draft("B", "<img src='https://a.example/b.png'>"),
    )
    assert place([Gathered(posts)], tmp_path / "chapters").triage.only_links == ()


def test_a_refrain_makes_no_posts_alike() -> None:
    refrain = " this blog is brought to you by nobody at all"
    posts = [
        (f"{number}.md", draft("T", " ".join(f"t{number}w{one}" for one in range(80)) + refrain))
        for number in range(100)
    ]
    assert triage(posts).alike == ()


def test_a_text_to_try_a_theme_with_makes_no_posts_alike_and_three_versions_are_one_group() -> None:
    tried = [(f"{number}.md", draft("T", LONG)) for number in range(8)]
    assert triage(tried).alike == ()
    assert triage(tried[:3]).alike == (("0.md", "1.md", "2.md"),)


def test_chinese_posts_are_compared_by_their_signs() -> None:
    text = "昨天我在城里散步发现和街上遇到的人交谈并不总是那么容易天气很冷但是阳光明媚我有足够的时间喝杯咖啡"
    posts = [
        ("a.md", draft("甲", text)),
        ("b.md", draft("乙", text[:-2] + "茶")),
        ("c.md", draft("丙", text[::-1])),
    ]
    assert triage(posts).alike == (("a.md", "b.md"),)


@pytest.mark.parametrize(
    ("titles", "groups"),
    [
        (["The Crossing, part 1", "The Crossing (Part 2): Rain"], 1),
        (["Reise, Teil I", "Reise, Teil II"], 1),
        (["旅行记（一）", "旅行记（二）"], 1),
        (["旅の話 第1回", "旅の話 第2回 雨"], 1),
        (["سفر، قسمت 1", "سفر، قسمت 2"], 1),
        (["Voyage 1/3", "Voyage 2/3"], 1),
        (["Holidays 2016", "Holidays 2017"], 0),
        (["Top 10", "Top 50"], 0),
        (["1", "2"], 0),
        (["Version 1.1", "Version 1.2"], 0),
        (["Alone, part 1", "Other, part 2"], 0),
    ],
)
def test_a_series_is_known_by_its_titles(titles: list[str], groups: int) -> None:
    posts = [(f"{number}.md", draft(title, "Text.")) for number, title in enumerate(titles)]
    assert len(triage(posts).series) == groups
    assert not groups or triage(posts).series == (("0.md", "1.md"),)


def test_a_series_that_headers_name_is_one() -> None:
    posts = [(f"{n}.md", replace(draft(f"T{n}", "Text."), extra={"series": ["Sea"]})) for n in (1, 2)]
    assert triage(posts).series == (("1.md", "2.md"),)


def test_services_that_are_gone_are_named() -> None:
    body = (
        "[a film — vine.co](https://vine.co/v/1/embed)\n\n[new](https://vine.company/1) and "
        "[a](http://www.geocities.com/x) [game](https://a.example/game.swf) `[b](https://blip.tv/x)` [c](https://[)"
    )
    assert triage([("a.md", draft("A", body))]).dead == (
        ("a.md", "https://vine.co/v/1/embed"),
        ("a.md", "http://www.geocities.com/x"),
        ("a.md", "https://a.example/game.swf"),
    )
    assert len(closed()) > 30


def test_posts_that_lead_to_others_are_told() -> None:
    one = replace(draft("One", "[two](/two) [out](https://b.example/two)"), url="https://a.example/one")
    two = replace(draft("Two", "[one](http://www.a.example/one/#x) [me](/two)"), url="https://a.example/two/")
    found = triage([("1.md", one), ("2.md", two)])
    assert found.linked == (("1.md", "2.md"), ("2.md", "1.md"))
    assert found.told()[-1] == "links from post to post: 2, among 2 posts"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ('# A *title* {#x}\n\nun**like**ly [two words](https://a.example/b_(c) "t") end', 8),
        ('![not counted](a.png "but this is")', 3),
        ('1. one\n2. two\n\n<!-- no --><p class="x y">three</p>', 3),
        ("A note[^1].\n\n[^1]: It is *here*.", 6),
        ("[a][b]\n\n[b]: https://a.example/x-y 'T'", 1),
        ('```python title="x"\na_b = [1](2)\n```\n\n    x <b> y\n', 7),
        ("AT&amp;T don\\'t `a_b`", 5),
        ("日本語 and 中文", 6),
    ],
)
def test_words_are_counted_as_a_build_counts_them(markdown: str, words: int) -> None:
    assert count_words(plain(markdown)) == words
    assert set_body(markdown, "post-x", "en", ()).words == words


def test_a_long_list_is_not_told_to_its_end() -> None:
    posts = [(f"{number:02}.md", draft("T", "[a](https://a.example/)")) for number in range(30)]
    told = triage(posts).told()
    assert (len(told), told[-1]) == (14, "… and 18 more; `--json` names them")


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("About me", "about-the-author"),
        ("Über mich", "about-the-author"),
        ("À propos", "about-the-author"),
        ("Sobre mí", "about-the-author"),
        ("درباره من", "about-the-author"),
        ("关于我", "about-the-author"),
        ("このブログについて", ""),
        ("はじめに", "preface"),
        ("Agradecimientos", "acknowledgments"),
        ("مقدمة", "introduction"),
        ("All I ever wanted to say about the sea", ""),
        ("Contact", ""),
    ],
)
def test_pages_are_offered_as_front_and_back_matter(title: str, role: str) -> None:
    assert triage([("p.md", draft(title, "Text.", None))]).pages == (("p.md", role),)
    assert f"`role: {role}`" in " ".join(triage([("p.md", draft(title, "T.", None))]).told()) or not role


def test_pairs_are_found_as_if_each_were_compared_with_each() -> None:
    rng = random.Random(9)
    sketches = {}
    for number in range(60):
        kept = sketches.get(f"{number - 1}", [])[: rng.choice([0, 20, 40, 50, 63])]
        sketches[f"{number}"] = sorted({*kept, *(rng.randrange(10**6) for _ in range(rng.randint(2, 64)))})[
            :64
        ]
    times = Counter(one for held in sketches.values() for one in held)
    own = {name: {one for one in held if times[one] <= 4} for name, held in sketches.items()}
    found = set()
    for one, other in itertools.combinations(sketches, 2):
        least = set(sorted(own[one] | own[other])[:64])
        both = own[one] & own[other]
        if (
            min(len(own[one]), len(own[other])) >= 8
            and len(both) >= 4
            and len(both & least) / len(least) >= 0.6
        ):
            found.add((one, other))
    assert len(found) > 5
    assert {pair for group in alike(sketches) for pair in itertools.combinations(group, 2)} >= found
    assert {name for group in alike(sketches) for name in group} == {name for pair in found for name in pair}


def test_a_line_names_a_few_files_and_counts_the_others() -> None:
    found = Triage(
        years={"2017": 9},
        alike=(tuple(f"{one}.md" for one in "abcdefg"),),
        series=(tuple(f"part-{one}.md" for one in range(1, 5)), tuple(f"day-{one}.md" for one in range(12))),
    )
    assert found.told()[1:] == [
        "a.md: much like b.md, c.md, d.md and 3 more",
        "part-1.md: goes on in part-2.md, part-3.md, part-4.md",
        "day-0.md: goes on in day-1.md, day-2.md, day-3.md and 8 more",
    ]
