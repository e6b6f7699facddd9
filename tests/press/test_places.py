"""Words whose pages an index wants: taken out of the text, and found again on the pages."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402

from book.press.engine.places import Places, styled, take  # noqa: E402

TEXT = """<p>The <span class="ix" id="a">ﬁrst</span> <em>grey<span class="note"> aside</span> \
<span class="ix" id="b">fisher</span>,</em> an <span class="ix" id="c">Étang</span>\
<span class="ix" id="d">s</span> and more.</p>"""


def taken(markup: str = TEXT, *listed: str) -> tuple[str, dict[str, int]]:
    """Return the text without its places, and the letters before each in its element."""
    root = ElementTree.fromstring(f"<body>{markup}</body>")
    before = "".join(root.itertext())
    places = take(root, listed)
    assert "".join(root.itertext()) == before
    found = {name: letters for held in places.wanted.values() for letters, name in held}
    return ElementTree.tostring(root, encoding="unicode"), found


def test_places_become_plain_text_and_their_letters_are_counted() -> None:
    markup, found = taken()
    assert 'class="ix"' not in markup
    assert found == {"a": 3, "b": 4, "c": 10, "d": 15}


@pytest.mark.parametrize(
    "markup",
    [
        TEXT + '<p><a href="#a">1</a><a href="#b">2</a><a href="#c">3</a><a href="#d">4</a></p>',
        TEXT.replace('"ix"', '"ix mine"'),
        f'<div lang="hu">{TEXT}</div>',
    ],
)
def test_anchors_stay_where_the_document_needs_them(markup: str) -> None:
    stays, found = taken(markup)
    assert stays.count("<span") == markup.count("<span")
    assert not found


def test_anchors_stay_that_are_listed_in_their_own_document() -> None:
    assert set(taken(TEXT, "b")[1]) == {"a", "c", "d"}


@pytest.mark.parametrize(
    ("sheet", "may"),
    [
        (".ix { color: red }", True),
        ("p .ix::after { content: '*' }", True),
        ("[id] { color: red }", True),
        (".ixia { color: red }", False),
        ("p { margin: 0 }", False),
    ],
)
def test_a_sheet_that_dresses_places_is_known(sheet: str, may: bool) -> None:
    assert styled(sheet) is may


def found(markup: str, style: str = "") -> dict[str, tuple[int, str]]:
    """Return, for each place, the number of its page and the text of its line."""
    sheet = "@page { size: 60mm 40mm; margin: 5mm } body { margin: 0; font: 10pt/14pt serif }"
    root = ElementTree.fromstring(f"<html><head><style>{sheet}{style}</style></head>{markup}</html>")
    places = take(root, ())
    whole = ElementTree.tostring(root, encoding="unicode")
    document = HTML(string=whole).render()
    bodies = [page._page_box for page in document.pages]
    boxes = [box for page in bodies for box in page.descendants()]
    elements = {box.element.get("id"): box.element for box in boxes if box.element is not None}
    own = Places({elements[held.get("id")]: wanted for held, wanted in places.wanted.items()})
    lines = {}
    for name, (page, x, y) in own.found(bodies).items():
        texts = [
            box.text
            for box in bodies[page].descendants()
            if hasattr(box, "text") and abs(box.position_y - y) < 1 and box.position_x >= x
        ]
        lines[name] = (page, " ".join(texts))
    return lines


FILLER = "Rain had stopped by then and nobody said a word about it until the evening came. "


@pytest.mark.parametrize(
    "style",
    [
        "",
        "p { text-transform: uppercase; hyphens: auto; text-align: justify }",
        "p::first-letter { font-size: 20pt } p::before { content: 'Heron heron ' }",
        "p { columns: 2 }",
    ],
)
def test_each_place_is_found_on_the_line_of_its_word(style: str) -> None:
    words = {"one": "Heron", "two": "straße", "three": "bittern", "four": "étang"}
    anchors = {name: f'<span class="ix" id="{name}">{word}</span>' for name, word in words.items()}
    text = "".join(f"{FILLER * 3}{anchors[name]} {FILLER * 2}" for name in ("one", "two", "three"))
    note = f'<b id="b">bold {anchors["four"]}</b>'
    lines = found(f'<body lang="en"><p id="p">{text}{note} {FILLER}</p></body>', style)
    assert set(lines) == set(words)
    assert lines["one"][0] < lines["three"][0]
    for name, word in words.items():
        written = lines[name][1].casefold().replace("\u00ad", "")
        assert word.casefold()[:3] in written, (name, lines[name])
