"""WordPress's shortcodes in the Markdown and the HTML of websites that were WordPress's once."""

from __future__ import annotations

from pathlib import Path

import pytest

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
        "[caption of a picture]",
    ],
)
def test_words_in_brackets_stay(tmp_path: Path, body: str) -> None:
    assert made(tmp_path, body) == (body, [])
