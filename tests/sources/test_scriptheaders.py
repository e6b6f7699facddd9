"""Websites that are programs: what their scripts say of posts is taken for the posts' headers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from book.gather import kind_of
from book.sources.markdown import gather

Folder = Callable[[dict[str, str]], Path]
OTHER = "---\ntitle: Other\n---\n\nText."
META = "{\n  title: 'Salt & sea',\n  date: '2020-01-02',\n  tags: ['sea'],\n  author: {name: 'Ann'},\n}"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def make(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "site"

    return make


@pytest.mark.parametrize(
    "files",
    [
        {"app/blog/salt/page.mdx": f"import x from 'y'\n\nexport const metadata = {META}\n\nText."},
        {"src/routes/salt/+page.svx": f"<script module>\nexport const meta = {META};\n</script>\n\nText."},
        {
            "src/routes/salt/+page.md": "Text.",
            "src/routes/salt/+page.ts": f"export const metadata: Meta = {META}",
        },
        {"posts/salt/index.md": "Text.", "posts/salt/meta.js": f"module.exports = {META}"},
    ],
)
def test_a_post_says_what_it_is_in_a_script(folder: Folder, files: dict[str, str]) -> None:
    source = folder(files)
    assert kind_of(source) == "markdown"
    found = gather(source)
    [draft] = found.drafts
    assert (draft.title, draft.date, draft.tags) == ("Salt & sea", date(2020, 1, 2), ("sea",))
    assert (draft.authors, draft.slug) == (("Ann",), "salt")
    assert draft.body.strip().endswith("Text.") and "title:" not in draft.body
    assert not found.warnings


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("src/lib/posts.ts", "const x = [{ slug: 'salt', title: 'Salt', date: new Date(2020, 0, 2) }]"),
        ("data/posts.json", '{"posts": [{"href": "/blog/salt/", "title": "Salt", "date": "2020-01-02"}]}'),
        ("posts/index.js", "export default { salt: { title: 'Salt', date: '2020-01-02' } }"),
    ],
)  # fmt: skip
def test_posts_that_a_list_tells_of(folder: Folder, name: str, text: str) -> None:
    source = folder({"posts/salt.md": "Text.", "posts/other.md": OTHER, name: text})
    drafts = {draft.title: draft.date for draft in gather(source).drafts}
    assert drafts == {"Salt": date(2020, 1, 2), "Other": None}


def test_a_header_of_its_own_comes_first(folder: Folder) -> None:
    text = f"---\ntitle: Own\n---\n\nexport const meta = {META}\n\nText."
    [draft] = gather(folder({"salt.mdx": text})).drafts
    assert (draft.title, draft.date) == ("Own", date(2020, 1, 2))


def test_a_listing_of_a_script_stays_in_its_post(folder: Folder) -> None:
    text = "---\ntitle: Own\ndate: 2020-01-02\n---\n\n```js\nexport const meta = { title: 'T' }\n```\n"
    [draft] = gather(folder({"salt.md": text})).drafts
    assert (draft.title, "title: 'T'" in draft.body) == ("Own", True)
