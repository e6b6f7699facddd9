"""Blogs in several languages: each post once, in the language that is chosen, and the others told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.gather import find
from book.gather import gather as into_chapters
from book.languages import settled
from book.model import Draft, Gathered, Origin
from book.sources.markdown import gather

Folder = Callable[[dict[str, str]], Path]
FRENCH = "Le sel de la mer est blanc, et nous en avons trouvé un grand tas près du port, hier au soir. " * 4
ENGLISH = "The salt of the sea is white, and we have found a heap of it near the harbour, last night. " * 4


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def make(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "blog" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "blog"

    return make


def post(title: str, body: str = "Text.", more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2020-01-02\n{more}---\n\n{body}\n"


def told(found: Gathered) -> set[tuple[str, str | None]]:
    return {(draft.title, draft.language) for draft in found.drafts}


@pytest.mark.parametrize(
    "paths",
    [
        ("posts/salt.md", "posts/salt.fr.md"),
        ("posts/salt/index.en.md", "posts/salt/index.fr.md"),
        ("content/en/post/salt.md", "content/fr/post/salt.md"),
        ("_posts/2020-01-02-salt.md", "fr/_posts/2020-01-02-salt.md"),
        ("_posts/en/2020-01-02-salt.md", "_posts/fr/2020-01-02-salt.markdown"),
        ("blog/salt.md", "i18n/fr/docusaurus-plugin-content-blog/salt.md"),
        ("src/english/salt.md", "src/français/salt.md"),
    ],
)
def test_one_version_of_a_post_comes_in_and_the_others_are_named(
    folder: Folder, paths: tuple[str, str]
) -> None:
    english, french = paths
    source = folder({english: post("Salt"), french: post("Sel"), "hugo.toml": "languageCode = 'en'"})
    found = gather(source)
    assert [draft.title for draft in found.drafts] == ["Salt"]
    [skipped] = found.skipped
    assert skipped.path == source / french
    option = "`--option in-language=fr` brings it in instead"
    assert skipped.reason == f"it is `{english}` in `fr`; {option}"
    assert found.warnings[-1].message == "posts that stand here in several languages: 1 (`en` 1, `fr` 1)"
    assert "`--option in-language=fr`" in (found.warnings[-1].hint or "")
    for asked in ({"in_language": "français"}, {"best_language": "fr-CA"}):
        other = gather(source, **asked)
        assert (told(other), other.language) == ({("Sel", "fr")}, "fr" if "in_language" in asked else "fr-CA")
        assert other.drafts[0].slug == "salt"
    both = gather(source, in_language="all")
    assert {language for _, language in told(both)} in ({"en", "fr"}, {None, "fr"})
    assert {draft.slug for draft in both.drafts} == {"salt", "salt-fr"}
    assert not both.skipped


def test_translations_with_names_of_their_own_are_known_by_their_headers(folder: Folder) -> None:
    files = {
        "a/salt.md": post("Salt", more="lang: en\nref: salt\n"),
        "b/sel.md": post("Sel", more="lang: fr\nref: salt\n"),
        "b/port.md": post("Port", more="lang: French\nref: port\n"),
    }
    assert told(gather(folder(files), best_language="en")) == {("Salt", "en"), ("Port", "fr")}
    only = gather(folder(files), in_language="en")
    assert told(only) == {("Salt", "en")}
    assert "it is in `fr`, and only posts in `en` are asked for" in [one.reason for one in only.skipped]


@pytest.mark.parametrize(
    "name", ["about.cs.md", "notes.it.md", "posts/is/salt.md", "v2.md", "_posts/it/2020-01-02-salt.md"]
)
def test_a_word_that_looks_like_a_language_is_none_without_a_sign_of_it(folder: Folder, name: str) -> None:
    [draft] = gather(folder({name: post("Salt", ENGLISH)})).drafts
    assert draft.language is None


def test_a_post_alone_in_its_language_is_known_by_its_words_or_by_the_site(folder: Folder) -> None:
    blog = folder({"salt.md": post("Salt", ENGLISH), "port.fr.md": post("Port", FRENCH)})
    assert told(gather(blog)) == {("Salt", None), ("Port", "fr")}
    more = {"hafen.de.md": post("Hafen"), "_config.yml": "languages: [en, de]\ntitle: Salt\n"}
    found = gather(folder(more))
    assert told(found) == {("Salt", None), ("Port", "fr"), ("Hafen", "de")}
    assert found.language == "en"
    assert {draft.slug for draft in found.drafts} == {"salt", "port", "hafen"}


def test_the_book_has_the_title_of_its_language(folder: Folder) -> None:
    config = "[languages.en]\ntitle = 'Salt'\n[languages.fr]\ntitle = 'Sel'\n"
    blog = folder({"a.md": post("Salt"), "a.fr.md": post("Sel"), "hugo.toml": config})
    assert [(found.title, found.language) for found in (gather(blog), gather(blog, in_language="fr"))] == [
        ("Salt", "en"),
        ("Sel", "fr"),
    ]


def test_a_language_that_is_none_is_an_error(folder: Folder) -> None:
    with pytest.raises(BookError, match="`klingonisch` is no language"):
        gather(folder({"a.md": post("A")}), in_language="klingonisch")


def test_links_to_versions_lead_to_the_one_that_is_there(folder: Folder) -> None:
    blog = folder({"salt.md": post("Salt"), "salt.fr.md": post("Sel"), "b.md": post("B", "[x](salt.fr.md)")})
    assert next(one.body.strip() for one in gather(blog).drafts if one.title == "B") == "[x](salt.md)"
    both = gather(blog, in_language="all")
    assert next(one.body.strip() for one in both.drafts if one.title == "B") == "[x](salt-fr.md)"


def test_a_project_goes_on_in_its_own_language(folder: Folder, tmp_path: Path) -> None:
    blog = folder({"salt.md": post("Salt", more="lang: en\n"), "salt.fr.md": post("Sel")})
    into_chapters([blog], tmp_path / "book" / "chapters", language="fr")
    assert [path.name for path in (tmp_path / "book" / "chapters").glob("*.md")] == ["2020-01-02-salt.md"]
    assert "title: Sel" in (tmp_path / "book" / "chapters" / "2020-01-02-salt.md").read_text()


def draft(language: str) -> Draft:
    return Draft("T", None, "x", Origin(), language=language)


@pytest.mark.parametrize(
    ("said", "tag", "warned"),
    [("zh_CN.UTF-8", "zh-CN", False), ("français", "fr", False), ("klingonisch", None, True)],
)
def test_languages_become_tags_whatever_the_source(said: str, tag: Any, warned: bool) -> None:
    found = settled(Gathered((draft(said),), language=said))
    assert (found.drafts[0].language, found.language) == (tag, tag)
    assert [one.message for one in found.warnings] == (
        ["`klingonisch` is no known language: 2"] if warned else []
    )


def test_a_folder_in_one_language_says_nothing_of_this(folder: Folder) -> None:
    [found] = find([folder({"a.md": post("A", ENGLISH), "b.md": post("B", ENGLISH)})])
    assert not [one for one in found.warnings if "several" in one.message]


def test_that_posts_in_one_language_alone_were_asked_for_is_remembered(
    folder: Folder, tmp_path: Path
) -> None:
    blog, into = folder({"salt.md": post("Salt"), "salt.fr.md": post("Sel")}), tmp_path / "chapters"
    into_chapters([blog], into, options={"in_language": "fr"})
    again = into_chapters([folder({"bread.fr.md": post("Pain"), "bread.md": post("Bread")})], into)
    (added,) = again.added
    assert "title: Pain" in added.read_text(encoding="utf-8")
    assert len(again.skipped) == 2
    assert len(into_chapters([blog], into, options={"in-language": "all"}).added) == 2
    assert into_chapters([blog], into).unchanged == 4
