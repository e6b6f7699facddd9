from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from book.copyedit import PASSES, chosen, copyedit, corrected
from book.copyedit.languages import MARKS
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
        ("he", 'צה"ל אמר "שלום" לג\'ורג\'', "צה״ל אמר ”שלום” לג׳ורג׳"),
        ("ko", "그 '꿈'과 'No Man'을, \"네\"라고", "그 ‘꿈’과 ‘No Man’을, “네”라고"),
        ("ko", "그는'꿈'을 말했다\"네\"라고. it's '90년", "그는‘꿈’을 말했다“네”라고. it’s ’90년"),
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
        ("zh", "好...... - x", "好...... - x"),
        ("en", "5' 10\" tall, 1990's", "5′ 10″ tall, 1990’s"),
        ("en", "'The dogs' dinner,' he said", "‘The dogs’ dinner,’ he said"),
        ("en", '" set apart "', "“ set apart ”"),
        ("fr", 'Il a dit " oui " ; 10 000', "Il a dit «\u202foui\u202f»\u202f; 10\u202f000"),
        ("fr-CA", 'Il dit "oui" : non !', "Il dit «\u00a0oui\u00a0»\u00a0: non !"),
        ("de-CH", "\"a 'b' c\"", "«a ‹b› c»"),
        ("it", 'l\'"amico"', "l’«amico»"),
        ("ru", 'слово - "да" в доме', "слово\u00a0— «да» в\u00a0доме"),
        ("en", "-- Jane Austen", "— Jane Austen"),
        ("en", '"But--"', "“But—”"),
        ("en", "5 - 3 = 2", "5\u00a0– 3 = 2"),
        ("en", "run --help -v or x --> y", "run --help -v or x --> y"),
        ("en", "../... and a/.../b", "../... and a/.../b"),
        ("en", "p. 57, No. 5, Mr. Smith, 5 p.m.", "p.\u00a057, No.\u00a05, Mr.\u00a0Smith, 5\u00a0p.m."),
        ("de", "z. B. so, d. h. so", "z.\u00a0B. so, d.\u00a0h. so"),
        ("en", "one – two", "one\u00a0– two"),
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


LANGUAGES = st.sampled_from(["en", "en-GB", "fr-CA", "fr-CH", "de-CH", "ja", "xx", *MARKS])
TEXTS = st.text(alphabet="abS1 \u00a0\u202f\"'-.…:;!?«»“”—–()[]/5kmв’′″\n\ufffc", max_size=60)


@given(TEXTS, LANGUAGES)
@settings(max_examples=400, deadline=None)
def test_correcting_twice_changes_nothing_more(text: str, language: str) -> None:
    once = corrected(text, language, ALL)
    assert corrected(once, language, ALL) == once


@given(TEXTS, LANGUAGES)
@settings(max_examples=400, deadline=None)
def test_words_never_change(text: str, language: str) -> None:
    assert re.findall(r"\w+", corrected(text, language, ALL)) == re.findall(r"\w+", text)


def test_a_quotation_goes_on_after_a_line_break() -> None:
    root = etree.fromstring("<div><p>'one<br/>two' and \"three<br/>four\"</p></div>")
    copyedit(root, "en", ALL)
    assert "".join(map(str, root.itertext())) == "‘onetwo’ and “threefour”"


INSIDE = ("code", "kbd", "samp", "pre", "var", "math")


@pytest.mark.parametrize("tag", INSIDE)
@given(st.text(alphabet="ab \"'-.5km:;!", max_size=30))
@settings(max_examples=40, deadline=None)
def test_what_is_no_prose_is_never_touched(tag: str, text: str) -> None:
    root = etree.fromstring("<div><p>a</p></div>")
    inner = etree.SubElement(root[0], tag, title="\"x\" - 'y'...", href='http://e.org/--"')
    inner.text = text
    inner.tail = '"b" - c'
    copyedit(root, "en", ALL)
    assert inner.text == text
    assert (inner.get("title"), inner.get("href")) == ("\"x\" - 'y'...", 'http://e.org/--"')
