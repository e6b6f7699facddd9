"""`python -m benchmarks.gathering [POSTS]`: how long it takes to gather an export of WordPress, and anew.

The export is made here: posts of the classic editor, of blocks, pasted from Word, and with captions
and tables, a picture in each and comments on two of three. No network is touched.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.__main__ import run
from benchmarks.blog import sentence

_SITE = "https://measured.example"
_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Measured</title><link>{_SITE}</link>
<language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{_SITE}</wp:base_blog_url>
<wp:author><wp:author_login>a</wp:author_login>
<wp:author_display_name>A Blogger</wp:author_display_name></wp:author>
"""
_ITEM = """\
<item><title>{title}</title><link>{site}/{day:%Y/%m/%d}/post-{number}/</link><dc:creator>a</dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{day:%Y-%m-%d %H:%M:%S}</wp:post_date>
<wp:post_date_gmt>{day:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>
<wp:post_name>post-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
{comments}</item>
"""
_COMMENT = """\
<wp:comment><wp:comment_id>{ident}</wp:comment_id><wp:comment_author>Reader</wp:comment_author>
<wp:comment_date>{day:%Y-%m-%d %H:%M:%S}</wp:comment_date>
<wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
"""


def export(count: int) -> Iterator[str]:
    """Give an export of so many posts piece by piece: the same every time."""
    yield _HEAD
    for number in range(1, count + 1):
        chance = random.Random(number)
        day = datetime(2000, 1, 1, 9) + timedelta(hours=18 * number)
        idents = range(number * 10, number * 10 + number % 3)
        comments = (_COMMENT.format(ident=ident, day=day, text=sentence(chance)) for ident in idents)
        yield _ITEM.format(
            title=escape(f"{sentence(chance)[:40]} {number}"), site=_SITE, day=day, number=number,
            body=_body(chance, number), comments="".join(comments),
        )  # fmt: skip
    yield "</channel></rss>\n"


def _body(chance: random.Random, number: int) -> str:
    paragraphs = [" ".join(sentence(chance) for _ in range(4)) for _ in range(chance.randint(3, 8))]
    picture = f"{_SITE}/wp-content/{number}-300x200.jpg"
    back = f'<a href="{_SITE}/?p={max(1, number - 3)}">before</a>'
    match number % 4:
        case 0:
            shown = f'<a href="{_SITE}/{number}.jpg"><img src="{picture}" alt="" class="alignleft" /></a>'
            return "\n\n".join([*paragraphs, f"{shown} <em>{sentence(chance)}</em>"])
        case 1:
            paragraph = "<!-- wp:paragraph -->\n<p>{} {}</p>\n<!-- /wp:paragraph -->"
            blocks = [paragraph.format(one, back) for one in paragraphs]
            caption = f"<figcaption>{sentence(chance)}</figcaption>"
            figure = f'<figure><img src="{picture}" alt=""/>{caption}</figure>'
            return "\n".join([*blocks, f"<!-- wp:image -->{figure}<!-- /wp:image -->"])
        case 2:
            pasted = '<p class="MsoNormal" style="margin:0"><span style="font-family:Arial">{}</span></p>'
            return "".join(map(pasted.format, paragraphs)) + f"<ul><li>one<li>two</ul><img src='{picture}'>"
        case _:
            caption = f'[caption id="a" width="300"]<img src="{picture}"/> {sentence(chance)}[/caption]'
            table = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
            return "\n\n".join([caption, *paragraphs, table])


def main(count: int) -> None:
    """Measure an export of so many posts, and print a table in Markdown."""
    with TemporaryDirectory(prefix="octavo-bench-") as folder:
        root = Path(folder)
        with (root / "export.xml").open("w", encoding="utf-8") as file:
            file.writelines(export(count))
        size = (root / "export.xml").stat().st_size / 1e6
        print("| posts | export, MB | what | seconds | CPU, s | largest process, MB |")
        print("|--:|--:|---|--:|--:|--:|")
        for what in ("gathered", "gathered again"):
            taken = run((sys.executable, "-m", "book", "gather", "export.xml"), root)
            row = (f"{taken.seconds:.1f}", f"{taken.cpu:.1f}", str(taken.megabytes))
            print(f"| {count} | {size:.1f} | {what} | {' | '.join(row)} |", flush=True)
        assert len(list((root / "chapters").glob("*.md"))) == count


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
