"""WordPress's shortcodes in the Markdown and the HTML of websites that were WordPress's once."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.sources._sitetags.shortcodes import moved_along, settle_shortcodes
from book.sources.markdown import gather

IMAGE = '<img src="https://a.example/b.jpg" alt="B"/>'


def made(folder: Path, body: str, name: str = "2020-01-01-a.md") -> tuple[str, list[str]]:
    (folder / name).write_text(f"---\ntitle: A\n---\n{body}\n", "utf-8")
    found = gather(folder)
    return found.drafts[0].body.strip(), [one.message for one in found.warnings if "meaning" in one.message]


@pytest.mark.parametrize("name", ["2020-01-01-a.md", "2020-01-01-a.html"])
@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (
            f'[caption id="" width="512" caption="By the *mill*"]{IMAGE}[/caption]',
            "By the",
        ),
        (
            f'[caption id="a"]<a href="https://a.example/b.jpg">{IMAGE}</a> The mill[/caption]',
            "The mill",
        ),
        ("[youtube https://www.youtube.com/watch?v=abc]", "(https://www.youtube.com/watch?v=abc)"),
        ("[youtube=http://www.youtube.com/watch?v=abc&w=320]", "http://www.youtube.com/watch?v=abc"),
        ("[vimeo 14018659 w=400&h=300]", "(https://vimeo.com/14018659)"),
        ("[audio mp3='https://a.example/b.mp3'][/audio]", "(https://a.example/b.mp3)"),
        ("[embed]https://vimeo.com/14018659[/embed]", "(https://vimeo.com/14018659)"),
    ],
)
def test_they_become_what_they_stood_for(tmp_path: Path, name: str, body: str, kept: str) -> None:
    text, told = made(tmp_path, body, name)
    assert kept in text.replace("\\*", "*") and not told
    assert not any(
        sign in text for sign in ("[caption", "[/caption", "[youtube", "[vimeo", "[audio", "[embed")
    )
    assert "https://" in text or "http://" in text


@pytest.mark.parametrize(
    "body",
    [
        '[caption id="x"]![B](https://a.example/b.jpg) The mill[/caption]',
        '[caption id="x"][![B](https://a.example/b.jpg)](https://a.example/b.html) The mill[/caption]',
        '[caption caption="The mill"]![B](https://a.example/b.jpg)[/caption]',
    ],
)
def test_a_caption_around_a_picture_in_markdown(tmp_path: Path, body: str) -> None:
    assert made(tmp_path, f"Words.\n{body}\nMore.") == (
        'Words.\n\n\n![B](https://a.example/b.jpg "The mill")\n\n\nMore.',
        [],
    )


def test_a_gallery_is_told_and_not_shown(tmp_path: Path) -> None:
    text, told = made(tmp_path, 'One.\n\n[gallery link="file"]\n\nTwo.')
    assert text == 'One.\n\n<!-- [gallery link="file"] -->\n\nTwo.'
    assert told == ['the tag `[gallery link="file"]` has no meaning in a book']


@pytest.mark.parametrize(
    "body",
    [
        "[video here] and [audio recording]",
        "[youtube](https://youtube.com/x)",
        "[video 1][v]\n\n[v]: https://a.example/",
        "`[youtube https://a.example/1]`",
        "```\n[gallery ids=1]\n```",
        "[sic] [audio]",
        "See [video 2] and [audio 10].",
        "[caption of a picture]",
    ],
)
def test_words_in_brackets_stay(tmp_path: Path, body: str) -> None:
    assert made(tmp_path, body) == (body, [])


PICTURE = '<img src="https://a.example/b.jpg">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<p>[caption width="5" caption="By the sea"]{PICTURE}[/caption]</p>', "By the sea"),
        (f'<p>[caption caption=""Don\'t worry, Sir""]{PICTURE}[/caption]</p>', '"Don\'t worry, Sir"'),
        (
            f"<p>[caption id=&quot;&quot; caption=&quot;Don't, I'm here&quot;]{PICTURE}[/caption]</p>",
            "Don't, I'm here",
        ),
    ],
)
def test_captions_that_moved_along_to_another_service(html: str, expected: str) -> None:
    figure = f"<figure>{PICTURE}<figcaption>{expected}</figcaption></figure>"
    assert moved_along(html, pytest.fail) == f"<p>{figure}</p>"


def test_a_player_that_moved_along_plays() -> None:
    made = moved_along("<p>[youtube https://youtu.be/abc]</p>", pytest.fail)
    assert made == '<p><iframe src="https://youtu.be/abc" title=""></iframe></p>'


def test_a_gallery_of_pictures_that_only_had_numbers_is_told() -> None:
    said: list[str] = []
    assert moved_along('<p>a [gallery ids="1,2"] b</p>', said.append) == "<p>a  b</p>"
    assert said == ['the shortcode `[gallery ids="1,2"]` was left out: nothing says which pictures it showed']


@pytest.mark.parametrize(
    "html",
    [
        "<p>[caption]words[/caption]</p>",
        "<p>See [video 2], [gallery] and [sic].</p>",
        '<pre>[gallery ids="1"]</pre>',
        '<p><a title="[youtube https://youtu.be/abc]">here</a></p>',
    ],
)
def test_what_an_author_may_have_meant_so_stays(html: str) -> None:
    assert moved_along(html, pytest.fail) == html


def test_captions_without_end_take_no_time() -> None:
    assert moved_along('[caption =""a""' + ' =""a""' * 500, pytest.fail).startswith("[caption")
    endless = "[caption]" * 20_000
    assert settle_shortcodes(endless, pytest.fail) == endless
    assert moved_along(endless, pytest.fail) == endless
