"""What is settled without detours comes out as WeasyPrint has it, to the byte."""

from __future__ import annotations

from contextlib import ExitStack
from types import ModuleType

import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402
from weasyprint.layout import background  # noqa: E402

from book.press.engine.resolving import RESOLVERS, bare, settled  # noqa: E402
from book.press.engine.shaping import remembered  # noqa: E402

TEXT = "When a page of type is finished it stands inside an iron frame. The gaps are filled with quoins. " * 3
SHEET = """
@page { size: 300pt 200pt; margin: 10% 20pt }
p { width: 90%; min-width: 10em; padding: 1% 0 }
.box { box-sizing: border-box; width: 50%; height: 40pt; border: 3pt solid; padding: 5pt; overflow: hidden }
.padded { box-sizing: padding-box; width: 60pt; padding: 4pt; max-height: 50% }
.round { background: #ccc; border-radius: 4pt 10% }
.shadow { box-shadow: 1pt 1pt red } .hidden { visibility: hidden; background: blue }
.float { float: right; width: 30%; margin: 2pt } .fixed { position: absolute; top: 5%; right: 0; width: 20% }
.moved { position: relative; left: 10% } table { border-collapse: collapse }
td { border: 1pt solid; padding: 2% }
.apart { border-collapse: separate; border-spacing: 2pt } .calc { margin-left: calc(10% + 5pt) }
.flex { display: flex } .grid { display: grid; grid-template-columns: 1fr 2fr } .cols { columns: 2 }
b { font-variant: small-caps; letter-spacing: 1pt } i { text-decoration: underline }
em { font-feature-settings: "onum" }
.note { float: footnote } p::first-line { font-variant: small-caps } p::first-letter { font-size: 2em }
.tall { line-height: 2 } .spaced { word-spacing: 3pt; text-align: justify; hyphens: auto }
"""
BODIES = {
    "text": f"<p lang=en class=spaced>{TEXT}<b>bold {TEXT}</b><i>slanted</i> <em>1234</em></p>" * 3,
    "boxes": f"<div class=box>{TEXT}</div><div class=padded>{TEXT}</div><p class=calc>{TEXT}</p>",
    "grounds": f"<p class=round>{TEXT}</p><p class=shadow>{TEXT}</p><p class=hidden>{TEXT}</p>",
    "places": f"<div class=float>{TEXT}</div><p class=moved>{TEXT}</p><div class=fixed>{TEXT}</div><p>{TEXT}",
    "tables": "<table><tr><td>one<td>two</table><table class=apart><tr><td class=round>one<td>two</table>",
    "ways": f"<div class=flex><p>{TEXT}</p><p>b</p></div><div class=grid><div>a</div><div>{TEXT}</div></div>"
    f"<div class=cols>{TEXT}{TEXT}</div>",
    "notes": f"<p>{TEXT}<span class=note>A note. {TEXT}</span></p><p class=tall dir=rtl>{TEXT}</p>",
}


def pdf(body: str, *, quickly: bool) -> bytes:
    document = HTML(string=f"<html lang=en><style>{SHEET}</style><body>{body}")
    with ExitStack() as stack:
        for way in (remembered, settled, bare) if quickly else ():
            stack.enter_context(way())
        made: bytes = document.write_pdf(pdf_identifier=b"-", uncompressed_pdf=True)
    return made


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_pages_are_the_same_to_the_byte(body: str) -> None:
    assert pdf(body, quickly=True) == pdf(body, quickly=False)


@pytest.mark.parametrize("module", RESOLVERS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_lengths_are_asked_for_where_they_are_settled(module: ModuleType) -> None:
    plain = module.resolve_percentages  # type: ignore[attr-defined]
    with settled():
        assert module.resolve_percentages is not plain  # type: ignore[attr-defined]
    assert module.resolve_percentages is plain  # type: ignore[attr-defined]


def test_backgrounds_are_asked_for_by_the_name_that_is_replaced() -> None:
    assert "layout_box_backgrounds" in background.layout_backgrounds.__code__.co_names
    assert "layout_box_backgrounds" in background.layout_box_backgrounds.__code__.co_names
