from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from book.copyedit import PASSES, chosen, copyedit, corrected
from book.errors import BookError

ALL = chosen({})


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", '"Yes," she said', "“Yes,” she said"),
        ("en", "it's the '90s, 'tis rock 'n' roll", "it’s the ’90s, ’tis rock ’n’ roll"),
        ("en-GB", "He said 'don't', twice", "He said ‘don’t’, twice"),
        ("en", "\"'Yes,' she said\"", "“‘Yes,’ she said”"),
        ("en", "6'2\" tall", "6′2″ tall"),
        ("en", "the dogs' dinner", "the dogs’ dinner"),
        ("de", '"Ja", sagte er', "„Ja“, sagte er"),
        ("fr", 'Il dit "oui" : non !', "Il dit «\u202foui\u202f»\u00a0: non\u202f!"),
        ("es", '"Sí"', "«Sí»"),
        ("pl", '"Tak"', "„Tak”"),
        ("en", "already “curled” text", "already “curled” text"),
        ("en", "one - two", "one—two"),
        ("en-GB", "one - two", "one\u00a0– two"),
        ("en", "one--two", "one—two"),
        ("en", "1914--1918", "1914–1918"),
        ("en", "well-known pre-1914", "well-known pre-1914"),
        ("en", "wait... what", "wait… what"),
        ("en", "wait.... what", "wait.... what"),
        ("en", "5 km and J. R. R. Tolkien", "5\u00a0km and J.\u00a0R.\u00a0R.\u00a0Tolkien"),
        ("cs", "v lese k domu", "v\u00a0lese k\u00a0domu"),
        ("en", 'see https://e.org/a--b/"x"... ok', 'see https://e.org/a--b/"x"... ok'),
        ("ja", '"はい"', '"はい"'),
    ],
)
def test_what_is_corrected(language: str, before: str, after: str) -> None:
    assert corrected(before, language, ALL) == after


def test_quotations_run_through_inline_elements_and_around_code() -> None:
    root = etree.fromstring('<div><p>"A <em>b</em>" <code>"x" - y</code> - "<a href="x--y">z</a>"</p></div>')
    copyedit(root, "en", ALL)
    assert etree.tostring(root, encoding="unicode") == (
        '<div><p>“A <em>b</em>” <code>"x" - y</code>—“<a href="x--y">z</a>”</p></div>'
    )


def test_a_passage_is_corrected_by_its_own_language() -> None:
    root = etree.fromstring('<div><p>"a" <i lang="fr">"b" !</i> "c"</p><pre>"d"</pre></div>')
    copyedit(root, "en", ALL)
    assert etree.tostring(root, encoding="unicode") == (
        '<div><p>“a” <i lang="fr">«\u202fb\u202f»\u202f!</i> “c”</p><pre>"d"</pre></div>'
    )


def test_quotations_end_with_their_block() -> None:
    root = etree.fromstring('<div><p>"open</p><p>"next" one</p></div>')
    copyedit(root, "en", ALL)
    assert etree.tostring(root, encoding="unicode") == "<div><p>“open</p><p>“next” one</p></div>"


@pytest.mark.parametrize("name", PASSES)
def test_each_pass_can_be_turned_off(name: str) -> None:
    text = '"it\'s" - 5 km...'
    assert corrected(text, "en", chosen({name: False})) != corrected(text, "en", ALL)
    assert corrected(text, "en", chosen(dict.fromkeys(PASSES, False))) == text


def test_a_misspelt_pass_is_an_error() -> None:
    with pytest.raises(BookError, match="no copy-editing pass `qoutes`") as caught:
        chosen({"qoutes": False})
    assert caught.value.notices[0].hint == "did you mean `quotes`?"


LANGUAGES = st.sampled_from(["en", "en-GB", "fr", "de", "es", "pl", "cs", "ja", "xx"])
TEXTS = st.text(alphabet="ab1 \u00a0\"'-.…:;!?«»“”—–()5km", max_size=60)


@given(TEXTS, LANGUAGES)
def test_correcting_twice_changes_nothing_more(text: str, language: str) -> None:
    once = corrected(text, language, ALL)
    assert corrected(once, language, ALL) == once


@given(TEXTS, LANGUAGES)
def test_words_never_change(text: str, language: str) -> None:
    assert re.findall(r"\w+", corrected(text, language, ALL)) == re.findall(r"\w+", text)
