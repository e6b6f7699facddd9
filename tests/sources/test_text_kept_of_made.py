"""Every word of exports made at random is in the posts gathered, where no export of others is at hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from random import Random

import pytest
from lettercounts import letters

from book.gather import find
from book.markup import to_html
from book.model import Draft, Gathered

PIECES = (
    "<p>Das Salz &amp; das <em>Meer</em>, wo <b>wir</b> “waren”.</p>",
    "<p>海の<a href='https://a.example/x?y=1&amp;z=2'>塩</a>は白い。</p>",
    "<ul><li>eins<ul><li>zwei</li></ul></li><li><p>drei</p><p>vier</p></li></ul>",
    "<ol start='3'><li>fünf</li><li>sechs *nicht* schräg</li></ol>",
    "<blockquote><p>Gesagt_getan_</p><blockquote>Noch 1. mal</blockquote></blockquote>",
    "<pre><code>if a &lt; b:\n    c()</code></pre>",
    "<table><tr><th>Art</th><th>Maß</th></tr><tr><td>grob</td><td>1 | 2</td></tr></table>",
    "<h2>Über # Rauten</h2><p>2 * 3 * 4 = 24; `so` [nicht] ![das]</p>",
    "<p>Zeile eins<br>Zeile zwei<br/>- drei</p><hr>",
    "<p><strong>fett</strong>mitten<i>im</i>Wort <u>unter</u><sup>hoch</sup><del>weg</del></p>",
    "<p>مرحبا بالعالم</p><div>lose<div>Worte</div>hier</div>",
    "nackter Text ohne Absatz &lt;kein Element&gt; ",
    "<dl><dt>Wort</dt><dd>Bedeutung</dd></dl><p>+ plus\n1) eins</p>",
)
MADE = 24


def bodies(seed: int) -> list[str]:
    chance = Random(seed)
    return ["".join(chance.choices(PIECES, k=chance.randint(1, 6))) for _ in range(MADE)]


def assert_kept(found: Gathered, before: dict[str, str], ident: Callable[[Draft], str]) -> None:
    assert len(found.drafts) == len(before)
    told = " ".join(notice.message for notice in found.warnings)
    for draft in found.drafts:
        lost = letters(before[ident(draft)]) - letters(to_html(draft.body), captions=True)
        assert not lost or f"`{draft.title}`: " in told, f"{draft.title}: {lost}"


def tag(name: str, html: str) -> str:
    return f"<{name}>{escape(html)}</{name}>"


def tumblr_post(number: int, html: str) -> tuple[str, str]:
    """Return a post of one of Tumblr's kinds as its export has it, and the text that its readers saw."""
    kinds = {
        "regular": (tag("regular-title", f"T{number}") + tag("regular-body", html), html),
        "photo": (tag("photo-url", "https://a.example/x.jpg") + tag("photo-caption", html), html),
        "quote": (tag("quote-text", "Gesagt") + tag("quote-source", html), f"Gesagt{html}"),
        "link": (tag("link-text", "Da") + tag("link-url", "https://a.ex/") + tag("link-description", html),
                 f"Da{html}"),
        "answer": (tag("question", "Warum?") + tag("answer", html), f"Warum?{html}"),
        "video": (tag("video-source", "https://youtu.be/x") + tag("video-caption", html), html),
        "audio": (tag("id3-title", "Lied") + tag("audio-caption", html), f"Lied{html}"),
        "conversation": ('<conversation><line name="a" label="A:">Hallo</line></conversation>', "A:Hallo"),
    }  # fmt: skip
    kind = list(kinds)[number % len(kinds)]
    inside, shown = kinds[kind]
    head = f'<post id="{number}" type="{kind}" state="published" date="Sun, 04 Jan 2015 05:00:00">'
    return f"{head}{inside}</post>", shown


def test_tumblr(tmp_path: Path) -> None:
    made = {f"tumblr:{number}": tumblr_post(number, html) for number, html in enumerate(bodies(1), start=1)}
    posts = "".join(post for post, _ in made.values())
    (tmp_path / "posts.xml").write_text(f'<tumblr version="1.0"><posts>{posts}</posts></tumblr>', "utf-8")
    [found] = find([tmp_path / "posts.xml"])
    assert_kept(found, {ident: shown for ident, (_, shown) in made.items()}, lambda draft: draft.source or "")


@pytest.mark.parametrize("preformatted", [True, False])
def test_livejournal(tmp_path: Path, preformatted: bool) -> None:
    texts = [html.replace("\n", " ") if preformatted else f"Erste\nzweite\n\n{html}" for html in bodies(2)]
    texts[0] += "<lj user='ben'> sagt <lj-cut text='mehr'>verdeckt</lj-cut>"
    entries = "".join(
        f"<entry><itemid>{number}</itemid><eventtime>2004-01-02 23:04</eventtime><subject>T{number}</subject>"
        f"<security>public</security>{'<opt_preformatted>1</opt_preformatted>' * preformatted}"
        f"{tag('event', text)}</entry>"
        for number, text in enumerate(texts)
    )
    (tmp_path / "2004-01.xml").write_text(f"<livejournal>{entries}</livejournal>", "utf-8")
    [found] = find([tmp_path / "2004-01.xml"])
    shown = {f"T{number}": text.replace("<lj user='ben'>", "ben") for number, text in enumerate(texts)}
    assert_kept(found, shown, lambda draft: draft.title)


WORDS = (
    "salt", "sea", "*star*", "_under_", "<b>tag</b>", "&", "1.", "first", "#", "hash", ">", "quoted",
    "[link](x)", "`code`", "100%", "C:\\dir", "~~no~~", "|a|",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_a_text_of_days(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    lines, headers = ["My own blog", ""], []
    for day in range(1, 11):
        headers.append(f"{day} October 2017")
        lines += [headers[-1], "", f"Title of number {day}", ""]
        for _ in range(chance.randint(1, 4)):
            words = chance.choices(WORDS, k=chance.randint(12, 60))
            lines += [" ".join(["So it was that", *words, "and so on."]), ""]
    path = tmp_path / "dump.txt"
    path.write_text("\n".join(lines), "utf-8")
    [found] = find([path])
    before = Counter("".join("".join(line.split()) for line in lines if line not in headers))
    shown = (f"<p>{draft.title}</p>{to_html(draft.body)}" for draft in found.drafts)
    after = sum(map(letters, shown), Counter[str]())
    named = Counter("".join("".join(re.findall(r"`([^`]*)`", one.reason)) for one in found.skipped))
    assert not before - after - named
    assert len(found.drafts) == len(headers)


def test_the_sample_of_a_journal(shared: Callable[[str], Path]) -> None:
    path = shared("corpora/plaintext/journaltxt/samples/Vienna.txt")
    [found] = find([path])
    text = re.sub(r"^---\n(?:[\w ]+: .*\n)*---\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    after = sum((letters(to_html(draft.body)) for draft in found.drafts), Counter[str]())
    assert found.drafts and not letters(to_html(text)) - after
