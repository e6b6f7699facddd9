"""Kinds of exports are told apart by what they hold: of all importers, exactly one knows each."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from book import registry
from book.errors import BookError
from book.gather import kind_of

NAMES = registry.names("sources")


def knowing(source: Path) -> list[str]:
    """Return the names of the importers that know a source."""
    return [name for name in NAMES if registry.find("sources", name).recognises(source)]


WXR = '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{}</channel></rss>'
KIND = "http://schemas.google.com/blogger/2008/kind#post"
STORY = (
    '<!DOCTYPE html><html><head><title>x</title></head><body><article class="h-entry">'
    '<h1 class="p-name">x</h1><section data-field="body" class="e-content"><p>y</p></section>'
    "</article></body></html>"
)
POST = (
    '<!DOCTYPE HTML><html><body><p>x</p><div id="footer"> <span id="timestamp"> May 1st, 2015 1:00am </span>'
    "</div></body></html>"
)
PAGE = "<!DOCTYPE html><html><head><title>x</title></head><body><article><p>y</p></article></body></html>"
ENTRY = "AUTHOR: Ann\nTITLE: x\nDATE: 01/02/2003 04:05:06 PM\n-----\nBODY:\n{}\n-----\n--------\n"
DATES = "Saturday, 7 October 2017\n\nA title\n\nText.\n\nSunday, 8 October 2017\n\nMore.\n"
JOURNAL = "<livejournal><entry><itemid>1</itemid><event>{}</event></entry></livejournal>"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><item><title>x</title></item></channel></rss>'
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title></entry></feed>'
JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "items": []}'
GHOST = '{"db": [{"meta": {"version": "5"}, "data": {"posts": [{"title": "x", "html": "y"}]}}]}'
TABLE = "post_id,post_date,is_published,title\n1.x,2020-01-01T00:00:00Z,true,x\n"
MARKDOWN = "---\ntitle: x\ndate: 2020-01-01\n---\ny\n"

EXPORTS: list[tuple[str, dict[str, str]]] = [
    ("wordpress", {"export.xml": WXR.format("<item><wp:post_type>post</wp:post_type></item>")}),
    ("wordpress", {"a.xml": WXR.format(""), "b.xml": WXR.format(""), "picture.jpg": "x"}),
    ("blogger", {"blog.xml": f'<feed><entry><category term="{KIND}"/></entry></feed>'}),
    ("blogger", {"theme.xml": '<html xmlns:b="http://www.google.com/2005/gml/b"><head/></html>'}),
    ("movabletype", {"export.txt": ENTRY.format("y")}),
    ("movabletype", {"export.txt": ENTRY.format(DATES)}),
    ("movabletype", {"export.txt": ENTRY.format("y"), "a.jpg": "x"}),
    ("ghost", {"blog.ghost.2020-01-01.json": GHOST}),
    ("ghost", {"blog.json": '{"meta": {"version": "0"}, "data": {"posts": [{"markdown": "x"}]}}'}),
    ("ghost", {"blog.json": GHOST, "content/images/a.jpg": "x"}),
    ("medium", {"posts/2020-01-01_x-0123456789ab.html": STORY, "profile/profile.html": PAGE}),
    ("medium", {"2020-01-01_x-0123456789ab.html": STORY, "medium.rss": RSS}),
    ("medium", {"draft_x.html": STORY}),
    ("substack", {"posts.csv": TABLE, "posts/1.x.html": "<p>y</p>", "email_list.csv": "email\n"}),
    ("substack", {"posts.csv": TABLE}),
    ("tumblr", {"posts/posts.xml": '<tumblr version="1.0"><posts><post id="1"/></posts></tumblr>',
                "posts/html/1.html": POST, "media/1.jpg": "x"}),
    ("tumblr", {"posts/html/1.html": POST}),
    ("livejournal", {"2004-01.xml": JOURNAL.format("x"), "2004-02.xml": JOURNAL.format("y")}),
    ("livejournal", {"ann/L-1": "<?xml version='1.0'?><event><itemid>1</itemid></event>",
                     "ann/C-1": "<comments/>", "ann/user.props": "x"}),
    ("feed", {"feed.xml": RSS}),
    ("feed", {"atom.xml": ATOM, "rss.xml": RSS, "feed.json": JSON_FEED}),
    ("feed", {"feed.json": JSON_FEED}),
    ("feed", {"saved": RSS}),
    ("html", {"page.html": PAGE}),
    ("html", {"page.html": PAGE, "page_files/a.jpg": "x", "page_files/frame.html": PAGE,
              "page_files/x.json": "{}"}),
    ("html", {"saved": PAGE}),
    ("markdown", {"_posts/2020-01-01-x.md": MARKDOWN, "index.html": PAGE, "feed.xml": RSS,
                  "_layouts/a.html": PAGE}),
    ("markdown", {"2020-01-01-x.md": MARKDOWN}),
    ("text", {"blog.txt": DATES}),
    ("json", {"a.json": '{"posts": [{"title": "x", "body": "y"}]}'}),
    ("json", {"1.json": '{"title": "x", "html": "y"}', "a.jpg": "x",
              "2.json": '{"date": "2020-01-01", "text": "y"}'}),
    ("journal", {"2017.txt": "---\nyear: 2017\nmonth: May\nday: 1\n---\nText.\n---\nday: 2\n---\nMore.\n"}),
]  # fmt: skip
NO_EXPORTS = [
    {"a.json": '{"posts": [{"title": "x", "n": 1}]}'},
    {"package.json": '{"name": "x", "version": "1"}'},
    {"posts.xml": "<posts><post><title>x</title></post></posts>"},
    {"sitemap.xml": "<urlset><url><loc>x</loc></url></urlset>"},
    {"list.opml": '<opml version="2.0"><body/></opml>'},
    {"emails.csv": "id,subject,publish_date\n1,x,2020-01-01\n"},
    {"fragment.txt": "<p>A piece of a page</p>"},
    {"notes.txt": "Words about <rss> and <livejournal><entry>, and nothing else.\n"},
    {"readme.txt": "A heading\n---------\n\nTITLE: no export\n-----\nBODY:\nx\n"},
    {"a.jpg": "\x00\x01"},
    {"empty.xml": ""},
]


def write(files: dict[str, str], folder: Path) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def zipped(folder: Path) -> Path:
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as made:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            made.write(path, path.relative_to(folder).as_posix())
    return archive


ONE_FILE_ONLY = {"text", "journal"}
NO_ZIP = {"markdown"}


@pytest.mark.parametrize(
    ("kind", "files"), EXPORTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_one_importer_knows_an_export_as_a_folder_a_zip_or_a_file(
    tmp_path: Path, kind: str, files: dict[str, str]
) -> None:
    folder = write(files, tmp_path / "export")
    if kind not in ONE_FILE_ONLY:
        assert knowing(folder) == [kind]
    if kind not in ONE_FILE_ONLY | NO_ZIP:
        assert knowing(zipped(folder)) == [kind]
    if len(files) == 1:
        assert knowing(folder / next(iter(files))) == [kind]


@pytest.mark.parametrize("files", NO_EXPORTS, ids=lambda files: next(iter(files)))
def test_no_importer_knows_what_is_no_export(tmp_path: Path, files: dict[str, str]) -> None:
    folder = write(files, tmp_path / "things")
    assert knowing(folder) == [] and knowing(folder / next(iter(files))) == []
    with pytest.raises(BookError):
        kind_of(folder)


def test_an_export_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    for kind, files in EXPORTS:
        if len(files) == 1:
            source = tmp_path / "download"
            source.write_text(next(iter(files.values())), "utf-8")
            assert knowing(source) == [kind]


@pytest.mark.parametrize(
    ("kind", "files"), EXPORTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_file_that_breaks_off_is_known_by_no_two(tmp_path: Path, kind: str, files: dict[str, str]) -> None:
    name, text = next(iter(files.items()))
    for part in (3, 2):
        source = tmp_path / Path(name).name
        source.write_text(text[: len(text) * (part - 1) // part], "utf-8")
        assert len(knowing(source)) <= 1


SHARED = Path(__file__).resolve().parents[3] / "shared"
FOLDERS = {
    "wxr": "wordpress", "blogger-classic": "blogger", "blogger-takeout": "blogger",
    "movabletype": "movabletype", "ghost": "ghost", "medium": "medium", "feeds": "feed",
    "markdown": "markdown",
}  # fmt: skip
OTHERS = {
    "substack/ghost-migrate-tests/packages/mg-substack/test/fixtures": ["substack"],
    "medium/ghost-migrate-test/packages/mg-medium-export/test/fixtures/export": ["medium"],
    "medium/pelican-test/pelican/tests/content/medium_posts": ["medium"],
    "feeds/pelican-output/pelican/tests/output/custom/feeds": ["feed"],
    "blogger-takeout/heisencoder/blog/Takeout/Blogger": ["blogger"],
    "plaintext/journaltxt/samples/Vienna.txt": ["journal"],
    "other/ghost-migrate-tests/packages/mg-libsyn/test/fixtures/feed.xml": ["feed"],
    "other/ghost-migrate-tests/packages/mg-squarespace-xml/test/fixtures/sample.xml": ["wordpress"],
    "other/ghost-migrate-tests/packages/mg-jekyll-export/test/fixtures": ["markdown"],
    "other/ghost-migrate-tests/packages/mg-letterdrop/test/fixtures/api-response.json": ["json"],
    "other/ghost-migrate-tests/packages/mg-blogger/test/fixtures/response.json": ["json"],
    "other/ghost-migrate-tests/packages/mg-libsyn/test/fixtures/feed.json": [],
    "other/ghost-migrate-tests/packages/mg-buttondown/src/test/fixtures/emails.csv": [],
    "other/dotclear/dotclear.txt": ["dotclear"],
}


def samples() -> Iterator[tuple[Path, list[str]]]:
    """Give the samples beside this checkout, each with the importers that should know it."""
    corpora = SHARED / "corpora"
    for file in sorted(corpora.rglob("*facts.json")):
        told = json.loads(file.read_text("utf-8"))
        for fact in told if isinstance(told, list) else [told]:
            source = corpora / fact["file"] if "file" in fact else file.parent
            yield source, [FOLDERS[file.relative_to(corpora).parts[0]]]
    yield from ((corpora / name, kinds) for name, kinds in OTHERS.items())


SAMPLES = [pytest.param(*sample, id=sample[0].name) for sample in samples() if sample[0].exists()]


@pytest.mark.parametrize(("source", "kinds"), SAMPLES or [(None, [])])
def test_one_importer_knows_each_sample(source: Path | None, kinds: list[str]) -> None:
    if source is None:
        pytest.skip("there is no ../shared/corpora beside this checkout")
    assert knowing(source) == kinds


def test_hostile_files_are_looked_at_safely(shared: Callable[[str], Path]) -> None:
    for source in sorted(one for one in shared("hostile").rglob("*") if one.is_file()):
        assert len(knowing(source)) <= 1, source
