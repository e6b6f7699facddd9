"""The web edition in a browser, opened from the disk: found, searched, read by anybody, and silent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from binding import drawn
from chromium import browsing, needed

from book.build import build

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = needed
TOML = 'title = "Small & Plain"\nsubtitle = "Notes"\nauthor = "Ann"\nlanguage = "en"\n'
TOML += 'description = "What was."\n[editions.site]\nformat = "web"\n'
WIDE = "| " + " | ".join(f"Heading{n}" for n in range(30)) + " |\n" + "|---" * 30 + "|\n"
WIDE += "| " + " | ".join(f"cell-{n}-is-long" for n in range(30)) + " |\n"
POSTS = {
    "2020-01-01-one": "---\ntitle: One\n---\nFirst, [the second](2020-02-01-two.md).[^1]\n\n[^1]: A note.\n\n"
    "![A grey wall](wall.png)\n\n> Quoted.\n\n- [x] done\n- [ ] open\n\n!!! warning\n    Mind the step.\n",
    "2020-02-01-two": "---\ntitle: Two\n---\n```python\ndef f(x):  # "
    + "long " * 60
    + "\n    return 'x' + 1\n```\n\n"
    f"{WIDE}\n\n$$\\frac{{a}}{{b}} = c$$\n\n## Below\n\nThe [world](https://example.org/) and `code`.\n",
    "2020-03-01-three": "---\ntitle: Three\nlanguage: fr\n---\nÉtude, *last* of all. H<sub>2</sub>O.\n",
}
ACCENT = '[style.settings]\naccent = "#8c2f1b"\n'
LEFT = "net::ERR_ABORTED"  # what a page asked for that was left before it came
BY_SIGHT = {"preload": False}  # axe would fetch style sheets, which no page from a disk may
PAGES = ("index.html", *(f"text/{name}.html" for name in POSTS), "text/colophon.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site") / "book"
    (root / "chapters").mkdir(parents=True)
    (root / "book.toml").write_text(TOML + ACCENT, encoding="utf-8")
    for name, text in POSTS.items():
        (root / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    (root / "chapters" / "wall.png").write_bytes(drawn((900, 300)))
    (edition,) = build(root).editions
    return edition.path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing(sync_api) as started:
        yield started


@pytest.fixture
def page(browser: Any, site: Path) -> Iterator[Any]:
    """The site's first page; the console stays silent, and nothing but the site's files is asked for."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    opened = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("requestfailed", lambda request: said.append(request.url) if request.failure != LEFT else None)
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((site / "index.html").as_uri())
    yield opened
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anybody(page: Any, site: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page.emulate_media(color_scheme=scheme)
    for name in PAGES:
        page.goto((site / name).as_uri())
        found = axe.run(page, options=BY_SIGHT).response["violations"]
        assert not found, [(name, one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


def test_the_results_of_a_search_bar_nobody(page: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page.fill("input[type=search]", "the")
    page.wait_for_selector(".found a")
    found = axe.run(page, options=BY_SIGHT).response["violations"]
    assert not found, [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


def test_one_reads_from_the_contents_to_the_end_and_back(page: Any) -> None:
    page.click("nav.toc >> text=One")
    seen = []
    while True:
        seen.append(page.title())
        if not page.query_selector("nav.neighbours a[rel=next]"):
            break
        page.click("nav.neighbours a[rel=next]")
    assert seen[:3] == ["One", "Two", "Three"] and len(seen) >= 4
    page.click("nav.neighbours a[rel=prev]")
    assert page.title() == seen[-2]
    page.click("header.bar a.home")
    assert page.url.endswith("/index.html")
    assert page.text_content("h1") == "Small & Plain"


def test_a_word_is_found_without_its_accents_and_by_the_keyboard_alone(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("etude LAST")
    page.wait_for_selector(".found a")
    assert page.eval_on_selector_all(".found a", "all => all.map((one) => one.textContent)") == ["Three"]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("2020-03-01-three"))
    assert "Étude" in page.text_content("main")


def test_what_is_not_there_is_said(page: Any) -> None:
    page.fill("input[type=search]", "hippogriff")
    page.wait_for_selector(".found p")
    assert page.text_content(".found p") == page.get_attribute("form", "data-none")
    page.keyboard.press("Escape")
    assert page.text_content(".found") == ""


def test_links_lead_within_the_site_and_notes_there_and_back(page: Any, site: Path) -> None:
    page.goto((site / "text/2020-01-01-one.html").as_uri())
    page.click("a.noteref")
    assert page.evaluate("document.querySelector(':target').textContent").startswith("1.\u2002A note.")
    page.click("a.backlink")
    assert page.evaluate("document.querySelector(':target').className") == "noteref"
    page.click("main >> text=the second")
    assert page.title() == "Two"


@pytest.mark.parametrize("width", [320, 1000])
def test_nothing_makes_the_page_wider_than_the_screen(page: Any, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for name in PAGES:
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_dark_is_dark(page: Any) -> None:
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 700
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 100
