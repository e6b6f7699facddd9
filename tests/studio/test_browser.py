"""The studio from end to end, in a browser: what an author sees while they write and style."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from chromium import browsing, needed
from PIL import Image
from studio_running import Running, is_ready, running, write_book

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = needed
PATIENCE = 180_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsing(sync_api) as started:
        yield started


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A studio whose book these tests change."""
    root = tmp_path_factory.mktemp("browser") / "book"
    write_book(root)
    with running(root) as one:
        yield one


@pytest.fixture
def page(browser: Any, theirs: Running) -> Iterator[Any]:
    """The studio's page, opened by its address; nothing may be said on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    opened = context.new_page()
    said: list[str] = []
    opened.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.set_default_timeout(PATIENCE)
    opened.goto(theirs.address)
    opened.wait_for_selector("#pages .leaf img")
    theirs.until(is_ready)
    yield opened
    context.close()
    assert not [text for text in said if not re.search(r"status of (404|422)", text)], said


LEAVES_IN_VIEW = """[...document.querySelectorAll('#pages .leaf:not(.none)')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.bottom > 100 && box.top < innerHeight;
}).map((one) => one.querySelector('img'))"""
IN_VIEW = f"() => {LEAVES_IN_VIEW}.filter((one) => one?.complete).map((one) => one.getAttribute('src'))"
ALL_PAINTED = f"() => {LEAVES_IN_VIEW}.every((one) => one?.complete) && {LEAVES_IN_VIEW}.length > 1"


def digests(page: Any) -> list[str]:
    """The pages in view, by the addresses of their pictures, once all of them are painted."""
    page.wait_for_function(ALL_PAINTED)
    found: list[str] = page.evaluate(IN_VIEW)
    return found


def wait_for_other(page: Any, before: list[str]) -> list[str]:
    page.wait_for_function(f"(before) => ({IN_VIEW})().some((one) => !before.includes(one))", arg=before)
    return digests(page)


def go_to_chapter(page: Any, title: str) -> None:
    page.click(f"#entries button:has-text('{title}')")
    page.wait_for_function(
        "(title) => document.querySelector('#entries [aria-current=true]')?.textContent.includes(title)",
        arg=title,
    )
    page.wait_for_timeout(150)  # for what is still being scrolled
    page.wait_for_function(ALL_PAINTED)


def test_the_token_is_not_in_the_address_that_is_left(page: Any, theirs: Running) -> None:
    assert page.url == f"http://{theirs.host}/"
    assert page.title() == "Small Corrections · Octavo"


def test_spreads_are_browsed_by_keys_and_numbers(page: Any) -> None:
    number = page.locator("#folio")
    for keys, expected in [
        ("End", "15"),
        ("Home", "i"),
        ("ArrowRight", "ii"),
        ("ArrowRight", "iv"),
        ("ArrowLeft", "ii"),
    ]:
        page.keyboard.press(keys)
        page.wait_for_function("(n) => document.querySelector('#folio').value === n", arg=expected)
    page.keyboard.press("g")
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelector('#entries [aria-current=true]')?.textContent.includes('Chapter 3')"
    )
    assert number.input_value() == "6"
    found = "[...document.querySelectorAll('.leaf')].find((one) => one.dataset.page === '7')"
    sides = page.evaluate(f"[{found}.className, {found}.previousElementSibling.dataset.page]")
    assert "recto" in sides[0] and sides[1] == "6"


def test_help_lists_the_keys_and_is_had_without_them(page: Any) -> None:
    for ask in (lambda: page.keyboard.press("?"), lambda: page.click("#show-help")):
        ask()
        assert page.locator("#help").is_visible() and "Undo" in page.inner_text("#help")
        page.keyboard.press("Escape")
        assert not page.locator("#help").is_visible()


def test_a_larger_size_changes_the_pages_and_the_file_and_can_be_undone(page: Any, theirs: Running) -> None:
    file = theirs.root / "book.toml"
    text = file.read_text()
    go_to_chapter(page, "Chapter 2")
    before = digests(page)
    page.fill("#set-size", "14pt")
    page.keyboard.press("Tab")
    after = wait_for_other(page, before)
    assert after != before
    assert file.read_text() == text.replace('size = "11pt"   #', 'size = "14pt"   #')
    theirs.until(lambda book: is_ready(book) and len(edition(book)["pages"]) > 21)
    page.wait_for_function("() => !document.querySelector('#set-undo').disabled")
    page.click("#set-undo")
    page.wait_for_function("() => document.querySelector('#set-undo').disabled")
    assert file.read_text() == text


def edition(book: Any) -> Any:
    return next(one for one in book["editions"] if one["name"] == "paperback")


def test_a_value_that_cannot_be_is_said_beside_it(page: Any, theirs: Running) -> None:
    text = (theirs.root / "book.toml").read_text()
    page.fill("#set-size", "large")
    page.keyboard.press("Tab")
    page.wait_for_selector("#set-size-fault:visible")
    assert "is not a length" in page.inner_text("#set-size-fault")
    assert page.get_attribute("#set-size", "aria-invalid") == "true"
    assert (theirs.root / "book.toml").read_text() == text


def test_another_theme_is_chosen_by_its_picture_with_the_keyboard_and_undone(
    page: Any, theirs: Running
) -> None:
    file = theirs.root / "book.toml"
    text = file.read_text()
    go_to_chapter(page, "Chapter 2")
    before = digests(page)
    page.focus("#set-theme")
    page.keyboard.press("Enter")
    page.wait_for_selector("#set-theme-large-print:visible")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.themes img')].some((one) => one.naturalWidth > 400)"
    )
    assert "18 points" in page.inner_text("#set-theme-large-print")
    assert page.get_attribute("#set-theme-octavo", "aria-pressed") == "true"
    page.focus("#set-theme-essays")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "set-theme-large-print"
    page.keyboard.press("Enter")
    page.wait_for_selector("#theme .aside")
    told = page.inner_text("#theme .aside")
    assert "size = 11pt" in told and "16pt is the least" in told  # what `large-print` would refuse
    after = wait_for_other(page, before)
    book = theirs.until(lambda book: is_ready(book) and book["settings"]["theme"] == "large-print")
    assert not book["status"]["errors"] and len(edition(book)["pages"]) > 21
    assert '\n# set aside: size = "11pt"   # as the reader likes it\n' in file.read_text()
    assert page.get_attribute("#set-theme-large-print", "aria-pressed") == "true"
    findings = [one for one in edition(book)["findings"] if one["message"]]
    assert page.inner_text("#count") == str(len(findings) or "")  # what is wrong in the new theme is told
    page.keyboard.press("u")
    wait_for_other(page, after)
    page.wait_for_selector("#theme .aside", state="detached")
    assert file.read_text() == text
    book = theirs.until(lambda book: is_ready(book) and book["settings"]["theme"] == "octavo")
    page.wait_for_function(f"(before) => ({IN_VIEW})().some((one) => before.includes(one))", arg=before)


def test_a_post_edited_on_disk_is_shown_anew(page: Any, theirs: Running) -> None:
    go_to_chapter(page, "Chapter 3")
    before = digests(page)
    post = theirs.root / "chapters" / "2020-01-03-chapter-3.md"
    post.write_text(post.read_text().replace("A plain sentence", "A changed sentence", 1))
    after = wait_for_other(page, before)
    assert page.locator("#entries [aria-current=true]").inner_text().startswith("Chapter 3")
    assert len(set(after) - set(before)) >= 1
    book = theirs.until(is_ready)
    pdf = pypdfium2.PdfDocument(theirs.ask("/download/paperback")[2])
    opening = edition(book)["at"]["post-chapter-3"]
    assert "changed sentence" in " ".join(pdf[opening].get_textpage().get_text_range().lower().split())


def test_a_broken_style_sheet_is_said_in_words_while_the_pages_stay(page: Any, theirs: Running) -> None:
    go_to_chapter(page, "Chapter 2")
    before = digests(page)
    sheet = theirs.root / "styles" / "mine.css"
    text = sheet.read_text()
    try:
        sheet.write_text(text + "p { color: #333\n")
        page.wait_for_selector("#errors:visible")
        said = page.inner_text("#errors")
        assert "styles/mine.css:2" in said and "never closed" in said and "missing" in said
        assert digests(page) == before
        sheet.write_text(text + "p { text-indent: 3em; }\n")
        page.wait_for_selector("#errors", state="hidden")
        assert wait_for_other(page, before) != before
    finally:
        sheet.write_text(text)
    theirs.until(is_ready)


def test_overlays_lie_over_the_pages(page: Any) -> None:
    go_to_chapter(page, "Chapter 2")
    for name in ("trim", "margins", "grid"):
        page.check(f"[data-overlay={name}]")
        page.wait_for_selector(f"#pages .leaf .o-{name} >> nth=0", state="attached")
    page.uncheck("[data-overlay=grid]")
    assert not page.locator("#pages .leaf .o-grid").count()


def test_the_epub_is_read_on_devices(page: Any) -> None:
    go_to_chapter(page, "Chapter 2")
    page.keyboard.press("2")
    frame = page.frame_locator("#screen iframe")
    frame.locator("h1:has-text('Chapter 2')").wait_for()
    page.wait_for_function("() => /^Screen 1 of [2-9]/.test(document.querySelector('#of').textContent)")
    screens = page.inner_text("#of")
    page.fill("#type", "200")
    page.wait_for_function("(said) => document.querySelector('#of').textContent !== said", arg=screens)
    page.check("[value=phone]")
    page.check("#dark")
    body = "document.querySelector('#screen iframe').contentDocument.body"
    assert page.evaluate(f"getComputedStyle({body}).backgroundColor") == "rgb(17, 17, 17)"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => /^Screen 2/.test(document.querySelector('#of').textContent)")
    assert page.get_attribute("#screen iframe", "sandbox") == "allow-same-origin"


def test_links_in_the_epub_lead_on_and_none_leads_out(page: Any, theirs: Running) -> None:
    page.keyboard.press("2")
    page.click("#entries button:has-text('Contents')")
    frame = page.frame_locator("#screen iframe")
    frame.locator("a:has-text('Chapter 4')").wait_for()
    inside = "document.querySelector('#screen iframe').contentDocument"
    page.evaluate(f"[...{inside}.links].find((one) => one.textContent.includes('Chapter 4')).click()")
    page.wait_for_function(
        "() => document.querySelector('#entries [aria-current=true]')?.textContent.includes('Chapter 4')"
    )
    frame.locator("h1:has-text('Chapter 4')").wait_for()
    page.evaluate("document.querySelector('#screen iframe').focus()")
    page.wait_for_function("() => document.activeElement.id === 'screen'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => /^Screen 2/.test(document.querySelector('#of').textContent)")


def test_the_cover_is_shown(page: Any) -> None:
    page.keyboard.press("3")
    page.wait_for_function("() => document.querySelector('#cover img')?.naturalWidth > 100")


def test_the_book_before_a_change_stays_beside_it(page: Any, theirs: Running) -> None:
    go_to_chapter(page, "Chapter 2")
    page.keyboard.press("c")
    page.wait_for_selector("#before .leaf img")
    then = page.get_attribute("#before .leaf img >> nth=0", "src")
    before = digests(page)
    post = theirs.root / "chapters" / "2020-01-02-chapter-2.md"
    post.write_text(post.read_text().replace("A plain sentence", "Another sentence", 1))
    wait_for_other(page, before)
    assert page.get_attribute("#before .leaf img >> nth=0", "src") == then
    page.keyboard.press("c")
    assert not page.locator("#before").is_visible()


def test_an_export_is_dropped_and_its_posts_come_in(page: Any, theirs: Running) -> None:
    text = "---\ntitle: A dropped post\ndate: 2020-02-01\n---\n\nIt fell onto the page.\n"
    page.evaluate(
        """(text) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], 'dropped.md'));
            for (const type of ['dragenter', 'dragover', 'drop']) {
                const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
                document.body.dispatchEvent(event);
            }
        }""",
        text,
    )
    page.wait_for_selector("#entries button:has-text('A dropped post')")
    assert [one.name for one in (theirs.root / "chapters").glob("2020-02-01*")]


def make_folder(root: Path) -> Path:
    """Write a folder of posts as a blog has them: one in a folder of its own, with its picture."""
    (root / "posts" / "hedge").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / ".git" / "notes.md").write_text("---\ntitle: Kept by git\ndate: 2020-02-04\n---\n\nNo post.\n")
    (root / "posts" / "empty.md").write_text("")
    text = "---\ntitle: From a folder\ndate: 2020-02-02\n---\n\nWith a picture.\n\n![A hedge](hedge.png)\n"
    (root / "posts" / "hedge" / "index.md").write_text(text)
    Image.new("RGB", (40, 30), "green").save(root / "posts" / "hedge" / "hedge.png")
    (root / "posts" / "second.md").write_text("---\ntitle: Beside it\ndate: 2020-02-03\n---\n\nAnother.\n")
    return root


def drop(page: Any, *paths: Path) -> None:
    """Drop files or folders onto the page as a file manager does."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 600, "y": 400, "data": data})


def test_a_folder_is_dropped_and_its_posts_come_in_with_their_pictures(
    page: Any, theirs: Running, tmp_path: Path
) -> None:
    drop(page, make_folder(tmp_path / "blog"))
    for title in ("From a folder", "Beside it"):
        page.wait_for_selector(f"#entries button:has-text('{title}')")
    found = {one.name: one.read_text() for one in (theirs.root / "chapters").glob("2020-02-0*.md")}
    assert not [text for text in found.values() if "Kept by git" in text]
    pictures = [one for one in (theirs.root / "chapters" / "media").rglob("*") if one.is_file()]
    assert [Image.open(io.BytesIO(one.read_bytes())).size for one in pictures] == [(40, 30)]
    assert not page.locator("#drop").is_visible()


@pytest.mark.slow
def test_several_things_dropped_at_once_come_in_one_after_another(
    page: Any, theirs: Running, tmp_path: Path
) -> None:
    files = [tmp_path / f"post-{number}.md" for number in range(1, 6)]
    for number, file in enumerate(files, 1):
        file.write_text(f"---\ntitle: One of five, {number}\ndate: 2020-03-0{number}\n---\n\nText.\n")
    drop(page, *files)
    for number in range(1, 6):
        page.wait_for_selector(f"#entries button:has-text('One of five, {number}')")


@pytest.mark.slow
def test_a_folder_is_chosen_with_the_keyboard(page: Any, theirs: Running, tmp_path: Path) -> None:
    root = make_folder(tmp_path / "blog")
    (root / "posts" / "second.md").write_text("---\ntitle: Chosen\ndate: 2020-02-05\n---\n\nBy key.\n")
    page.focus("#gather")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert not page.locator("#gatherings").is_visible()
    assert page.evaluate("document.activeElement.id") == "gather"
    page.keyboard.press("Enter")
    page.focus("#choose-folder")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(root)
    page.wait_for_selector("#entries button:has-text('Chosen')")
    assert not [one for one in (theirs.root / "chapters").glob("*.md") if "Kept by git" in one.read_text()]


def test_both_editions_are_downloaded_and_whole(page: Any, theirs: Running) -> None:
    theirs.until(is_ready)
    found = {}
    for name in ("paperback", "ebook"):
        page.click("#download")
        with page.expect_download() as waiting:
            page.click(f"#editions a:has-text('{name}')")
        found[waiting.value.suggested_filename] = Path(waiting.value.path()).read_bytes()
    assert set(found) == {"small-corrections-paperback.pdf", "small-corrections.epub"}
    assert len(pypdfium2.PdfDocument(found["small-corrections-paperback.pdf"])) > 15
    archive = zipfile.ZipFile(io.BytesIO(found["small-corrections.epub"]))
    assert archive.testzip() is None and archive.read("mimetype") == b"application/epub+zip"
    from book.check import check

    for name, data in found.items():
        file = theirs.root.parent / name
        file.write_bytes(data)
        assert not check([file]).errors


def test_two_browsers_see_the_same(page: Any, browser: Any, theirs: Running) -> None:
    context = browser.new_context()
    other = context.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(theirs.address)
    other.wait_for_selector("#pages .leaf img")
    post = theirs.root / "chapters" / "2020-01-01-chapter-1.md"
    post.write_text(post.read_text().replace("title: Chapter 1", "title: Seen twice"))
    for one in (page, other):
        one.wait_for_selector("#entries button:has-text('Seen twice')")
    context.close()


BOXES = """() => [...document.querySelectorAll('#pages .leaf')].slice(0, 4)
    .map((one) => [one.className.includes('none'), one.getBoundingClientRect().left])"""


def test_spreads_of_a_book_read_from_the_right_open_the_other_way(browser: Any, tmp_path: Path) -> None:
    root = tmp_path / "book"
    write_book(root)
    toml = root / "book.toml"
    toml.write_text(toml.read_text().replace('"en-GB"', '"ar"'))
    with running(root) as one:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.goto(one.address)
        opened.wait_for_selector("#pages .leaf img")
        (_, nothing), (_, first), (_, second), (_, third) = opened.evaluate(BOXES)
        assert first < nothing and third < second
        book = one.until(is_ready)
        sixth = next(each for each in book["editions"] if each["name"] == "paperback")["pages"][5][0]
        for _ in range(3):
            opened.keyboard.press("ArrowLeft")
        opened.wait_for_function(f"(sixth) => ({IN_VIEW})().some((src) => src.includes(sixth))", arg=sixth)
        opened.click("input[data-overlay=margins]")
        opened.wait_for_function("() => document.querySelectorAll('#pages .leaf .o-margins').length > 1")
        edges = opened.evaluate(
            "[...document.querySelectorAll('#pages .leaf .o-margins')].slice(0, 2)"
            ".map((one) => Number(one.getAttribute('x')))"
        )
        assert len(set(edges)) == 2  # the gutter is wider than the outer margin, and on the other side
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["1", "2", "3"])
def test_nothing_bars_those_who_cannot_see_or_point(page: Any, view: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page.emulate_media(color_scheme=scheme)
    page.keyboard.press(view)
    if view == "1":
        page.click("#set-theme")
    page.wait_for_timeout(300)
    found = axe.Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not grave, [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in grave]


def test_what_a_typesetter_would_mark_is_listed_with_its_pages(page: Any) -> None:
    page.click("#tab-findings")
    kinds = page.locator("#findings .marks details")
    book = page.evaluate("import('/front/studio.js').then(({ state }) => state.book)")
    said = [kind["said"] for name in ("paperback", "ebook") for kind in _named(book, name)["marks"]]
    assert said and kinds.locator("summary").all_inner_texts() == said
    kinds.first.locator("summary").click()
    kinds.first.locator("button").first.click()
    place = _named(book, "paperback")["marks"][0]["places"][0]
    label = _named(book, "paperback")["labels"][place["page"]]
    page.wait_for_function("(label) => document.querySelector('#folio').value === label", arg=label)


def _named(book: Any, name: str) -> Any:
    return next(one for one in book["editions"] if one["name"] == name)


def test_on_a_narrow_screen_one_panel_at_most_lies_over_the_book(page: Any) -> None:
    page.set_viewport_size({"width": 768, "height": 1024})
    contents, side = page.locator("#contents"), page.locator("#side")
    contents.wait_for(state="hidden")
    assert not side.is_visible()
    page.keyboard.press("s")
    assert side.is_visible()
    page.keyboard.press("/")
    assert contents.is_visible() and not side.is_visible()
    page.keyboard.type("Chapter 2")
    page.keyboard.press("Enter")
    contents.wait_for(state="hidden")
    page.wait_for_function("() => document.activeElement.id === 'stage'")
    assert page.get_attribute("#toggle-contents", "aria-expanded") == "false"
    page.click("#toggle-settings")
    page.focus("#set-size")
    page.keyboard.press("Escape")
    assert not side.is_visible() and page.evaluate("document.activeElement.id") == "toggle-settings"
    page.set_viewport_size({"width": 1280, "height": 800})
    contents.wait_for(state="visible")
    assert side.is_visible()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768), (768, 1024)])
def test_nothing_is_cut_off_on_small_screens(page: Any, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(200)
    for view in "123":
        page.keyboard.press(view)
        assert not page.evaluate(
            """() => [...document.querySelectorAll('button, select, input, .tools, .foot')].filter((one) => {
                const scrolled = one.closest('#pages, #entries, .side [role=tabpanel]');
                if (scrolled || !one.checkVisibility()) return false;
                const { left, right, bottom, width } = one.getBoundingClientRect();
                return width > 2 && (right > innerWidth + 1 || bottom > innerHeight + 1 || left < -1);
            }).map((one) => one.id || one.textContent)"""
        )
