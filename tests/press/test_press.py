"""Whole books through the press: the pages are right, whatever was remembered and however many set them."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from press.compositions import FAMILY, chapter, composition, pages, press, printed, text

from book import fonts
from book.errors import BookError
from book.model import Composition, Media, Sheet
from book.omissions import without

LINKED = '<p>See <a href="#post-c7">seven</a> and <a href="#post-c1">one</a>.</p>'
NOTE = (
    '<p>A note<a class="noteref" id="post-c2.noteref-1" href="#post-c2.note-1">1</a> here.</p>'
    '<section class="footnotes"><ol><li class="footnote" id="post-c2.note-1">'
    "<p>At the foot.</p></li></ol></section>"
)


def chapters(count: int = 9, more: int = 3) -> list[Any]:
    """Make chapters of one page and of several: each has `more` paragraphs more than the one before."""
    extra = {2: NOTE, 4: LINKED}
    return [
        chapter(f"c{n}", f"Chapter {n}", text(1 + n % 4 * more) + extra.get(n, ""))
        for n in range(1, count + 1)
    ]


BOOK = composition(chapters())


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("cold")
    return folder, printed(BOOK, folder)


def test_lines_of_a_note_s_source_are_no_lines_of_the_note(tmp_path: Path) -> None:
    wrapped = NOTE.replace("At the foot.", "At \n    the \n<em>foot</em>\n it stands.")
    data = printed(composition([chapter("c2", "Chapter 2", wrapped)]), tmp_path).pdf
    assert any("At the foot it stands." in page for page in pages(data))


def body_pages(pdf: bytes) -> dict[str, int]:
    """Return, for each chapter, the first page that it stands on, from 1 for the body's first."""
    found: dict[str, int] = {}
    all_pages = pages(pdf)
    start = next(n for n, page in enumerate(all_pages) if page.startswith("Chapter 1\n"))
    for number, page in enumerate(all_pages):
        if match := re.match(r"(Chapter \d+)\n", page):
            found.setdefault(match[1], number - start + 1)
    return found


def words(pdf: bytes) -> list[str]:
    """Return the text of each page, leaders and line ends taken as spaces."""
    return [" ".join(re.split(r"[\s.]+", page)).strip() for page in pages(pdf)]


def contents_of(pdf: bytes) -> dict[str, int]:
    lines = next(page for page in pages(pdf) if page.startswith("Contents"))
    return {name: int(folio) for name, folio in re.findall(r"(Chapter \d+)[\s.]+(\d+)", lines)}


def test_contents_name_the_pages_on_which_chapters_open(cold: Any) -> None:
    _, made = cold
    assert contents_of(made.pdf) == body_pages(made.pdf)
    assert len(contents_of(made.pdf)) == 9


def test_the_count_of_pages_is_right(cold: Any) -> None:
    _, made = cold
    assert made.pages == len(pages(made.pdf))
    assert made.notices == ()


def test_heads_and_folios(cold: Any) -> None:
    _, made = cold
    opening = next(n for n, page in enumerate(pages(made.pdf)) if page.startswith("Chapter 3\n"))
    third, verso_or_recto = pages(made.pdf)[opening], pages(made.pdf)[opening + 1]
    folio = body_pages(made.pdf)["Chapter 3"]
    assert third.rstrip().endswith(str(folio))
    last = verso_or_recto.rstrip().rpartition("\n")[2]
    assert last in (f"{folio + 1} The Book", f"Chapter 3 {folio + 1}")
    assert last == (f"{folio + 1} The Book" if folio % 2 else f"Chapter 3 {folio + 1}")


def test_a_note_stands_on_the_page_that_calls_it(cold: Any) -> None:
    _, made = cold
    (page,) = [page for page in pages(made.pdf) if "At the foot." in page]
    assert "A note1 here." in page


def test_a_remembered_book_is_the_same(cold: Any) -> None:
    folder, made = cold
    assert printed(BOOK, folder).pdf == made.pdf


def test_two_workers_in_another_folder_make_the_same_bytes(cold: Any, tmp_path: Path) -> None:
    assert printed(BOOK, tmp_path / "elsewhere", jobs=2).pdf == cold[1].pdf


def test_a_fresh_build_ignores_what_is_remembered_and_makes_the_same(cold: Any) -> None:
    folder, made = cold
    assert printed(BOOK, folder, fresh=True).pdf == made.pdf


def edited() -> Composition:
    """An edit near the beginning that adds pages."""
    longer = chapter("c1", "Chapter 1", text(12))
    return replace(BOOK, galleys=tuple(longer if one.name == "c1" else one for one in BOOK.galleys))


def test_an_edit_comes_out_as_if_nothing_were_remembered(cold: Any, tmp_path: Path) -> None:
    folder, _ = cold
    warm = tmp_path / "warm"
    shutil.copytree(folder, warm)
    assert printed(edited(), warm).pdf == printed(edited(), tmp_path / "cold", jobs=2).pdf


def test_an_edit_sets_only_what_it_changes(
    cold: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = cold
    shutil.copytree(folder, tmp_path / "warm")
    asked: list[str] = []
    from book.press import workers

    real = workers.Worker.ask

    def ask(self: Any, name: str, *arguments: Any, size: int = 0) -> None:
        if name == "body":
            asked.append(arguments[0].name)
        real(self, name, *arguments, size=size)

    monkeypatch.setattr(workers.Worker, "ask", ask)
    printed(edited(), tmp_path / "warm")
    assert sorted(set(asked)) == ["c1", "toc"]
    asked.clear()
    printed(edited(), tmp_path / "warm")
    assert asked == []


@pytest.mark.parametrize("harm", ["truncate", "empty", "garble", "remove"])
def test_harmed_entries_are_made_again(cold: Any, tmp_path: Path, harm: str) -> None:
    folder, made = cold
    shutil.copytree(folder, tmp_path / "harmed")
    entries = sorted(path for path in (tmp_path / "harmed/store/press").rglob("*") if path.is_file())
    for number, path in enumerate(entries):
        data = path.read_bytes()
        if harm == "remove" and number % 2:
            path.unlink()
        elif harm != "remove":
            path.write_bytes({"truncate": data[: len(data) // 2], "empty": b"", "garble": data[::-1]}[harm])
    assert printed(BOOK, tmp_path / "harmed").pdf == made.pdf


def test_zone_seed_and_locale_change_nothing(cold: Any, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom press.test_press import BOOK, printed\n"
        "Path(sys.argv[1]).write_bytes(printed(BOOK, Path(sys.argv[2])).pdf)\n"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "123",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1000000000",
    }
    arguments = [sys.executable, "-c", program, str(tmp_path / "out.pdf"), str(tmp_path / "store")]
    subprocess.run(arguments, env=environment, check=True, timeout=300)
    assert (tmp_path / "out.pdf").read_bytes() == cold[1].pdf


def test_the_pages_are_those_of_one_document(cold: Any, tmp_path: Path) -> None:
    assert words(press(BOOK, tmp_path).print_whole().pdf) == words(cold[1].pdf)


@pytest.mark.parametrize("openings", ["recto", "any"])
def test_other_openings_are_those_of_one_document(tmp_path: Path, openings: str) -> None:
    made = composition(chapters(6), openings=openings)
    gathered, whole = printed(made, tmp_path), press(made, tmp_path).print_whole()
    assert words(gathered.pdf) == words(whole.pdf)
    if openings == "recto":
        assert all(folio % 2 for folio in body_pages(gathered.pdf).values())
        assert contents_of(gathered.pdf) == body_pages(gathered.pdf)
    else:
        assert gathered.pages < printed(composition(chapters(6)), tmp_path / "page").pages


@pytest.mark.parametrize(
    "css",
    [
        "figure { counter-increment: figure; } figure::before { content: 'Figure ' counter(figure); }"
        " body { counter-reset: figure; }",
        "section.chapter { counter-increment: chapter; } h1::before { content: counter(chapter) '. '; }",
        pytest.param(
            "section.chapter + section.chapter h1::after { content: ' follows'; }", marks=pytest.mark.slow
        ),
        "section.chapter:nth-of-type(n+2) p:last-of-type { break-before: recto; }",
        "@page :nth(3n) { @bottom-left { content: 'third'; } }",
        pytest.param("@page :first { @bottom-left { content: 'first'; } }", marks=pytest.mark.slow),
        "@page chapter { @bottom-right { content: counter(page) ' of ' counter(pages); } }",
        pytest.param(
            "@page chapter { @bottom-left { content: string(chapter, start); } }", marks=pytest.mark.slow
        ),
        pytest.param(
            "@page chapter { @bottom-left { content: string(chapter, last); } }", marks=pytest.mark.slow
        ),
        "@page chapter { @bottom-left { content: string(chapter, first-except); } }",
        "a::after { content: ' (page ' target-counter(attr(href), page) ')'; }",
        pytest.param("@page :left { margin-top: 30mm; }", marks=pytest.mark.slow),
        pytest.param(
            "@page chapter { background: #eee; } @page :right { border-top: 1pt solid; padding-top: 2mm; }",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "@page chapter:nth(2 of chapter) { counter-increment: page 5; }", marks=pytest.mark.slow
        ),
        "section.chapter h1 { position: running(head); }"
        " @page { @top-left-corner { content: element(head); } }",
        "html { background: #fee; } p { float: left; } p:nth-of-type(3) { position: absolute; top: 0; }",
    ],
)
def test_what_a_gathering_cannot_see_is_still_right(tmp_path: Path, css: str) -> None:
    """Counters, strings, neighbours, sides and numbers come out as in one document."""
    pictured = [
        replace(one, body=one.body.replace("</section>", "<figure><p>Picture</p></figure></section>"))
        if one.name in ("c2", "c5", "c6")
        else one
        for one in chapters(7, more=1)
    ]
    made = composition(pictured, css=css)
    gathered, whole = printed(made, tmp_path, jobs=2), press(made, tmp_path).print_whole()
    assert gathered.notices == whole.notices == ()
    assert words(gathered.pdf) == words(whole.pdf)


def test_folios_in_the_text_are_those_at_the_foot(tmp_path: Path) -> None:
    made = composition(chapters(4), css="h1::after { content: ' (' counter(page) ')'; }")
    found = [re.match(r"(Chapter \d+) \((\d+)\)", page) for page in pages(printed(made, tmp_path).pdf)]
    shown = {match[1]: int(match[2]) for match in found if match}
    assert shown == contents_of(printed(made, tmp_path).pdf)
    assert len(shown) == 4


@pytest.mark.parametrize("much", [1, 5, 9])
def test_numbers_settle_even_where_they_move_the_pages_they_count(tmp_path: Path, much: int) -> None:
    """References as long as their numbers are high: each pass moves what the others refer to."""
    style = f"@counter-style much {{ system: symbolic; symbols: '{'word ' * much}'; }}"
    css = style + "a.see::after { content: ' ' target-counter(attr(href), page, much); }"
    many = [
        chapter(f"c{n}", f"Chapter {n}", text(2) + f'<p><a class="see" href="#post-c{7 - n}">See</a></p>')
        for n in range(1, 7)
    ]
    made = composition(many, css=css)
    one = printed(made, tmp_path / "one")
    assert one.pdf == printed(made, tmp_path / "two", jobs=2).pdf == printed(made, tmp_path / "one").pdf
    folios = body_pages(one.pdf)
    assert folios == contents_of(one.pdf)
    texts = re.split(r"(?m)^Chapter (?=\d\n)", "\n".join(pages(one.pdf)))[-6:]
    assert [one.count("word") for one in texts] == [much * folios[f"Chapter {7 - n}"] for n in range(1, 7)]


def test_a_faulty_style_sheet_is_told_with_its_line(tmp_path: Path) -> None:
    made = composition(chapters(1), css="p { color: red; }\np { colour: red; }")
    (notice,) = printed(made, tmp_path).notices
    assert (notice.path, notice.line) == (Path("styles/mine.css"), 2)
    assert "colour" in notice.message
    assert printed(made, tmp_path).notices == (notice,)


def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    made = composition([chapter("c1", "Chapter 1", '<p><a href="#gone">there</a></p>')])
    (notice,) = printed(made, tmp_path).notices
    assert "`#gone`" in notice.message


def test_nothing_but_the_books_own_files_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    body = f'<p><img src="file://{secret}" alt="a"/><img src="http://127.0.0.1:9/x.png" alt="b"/></p>'
    css = f"p {{ background: url('file://{secret}'); }} @import url('http://127.0.0.1:9/x.css');"
    made = printed(composition([chapter("c1", "Chapter 1", body)], css=css), tmp_path)
    assert b"canary" not in made.pdf
    assert any("secret.txt" in notice.message for notice in made.notices)


def test_a_missing_colour_profile_costs_only_its_rule(tmp_path: Path) -> None:
    css = "@color-profile device-cmyk { src: url('nowhere.icc'); components: c, m, y, k; }\np { color: red; }"
    made = printed(composition(chapters(1), css=css), tmp_path)
    assert made.pages == printed(composition(chapters(1)), tmp_path / "without").pages
    assert made.notices[0].path == Path("styles/mine.css")


def test_characters_that_no_font_has_are_told(tmp_path: Path) -> None:
    made = printed(composition([chapter("c1", "Chapter 1", "<p>\U0001d400\U00010280</p>")]), tmp_path)
    assert made.notices
    assert all(notice.hint for notice in made.notices)


def test_the_words_of_a_drawing_find_their_font_or_are_told(tmp_path: Path) -> None:
    drawing = tmp_path / "d.svg"
    words = "<text y='20'>\u0633\u0644\u0627\u0645 \U00010280</text>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">{words}</svg>'
    drawing.write_text(svg, encoding="utf-8")
    media = Media("d.svg", drawing, "image/svg+xml", 90, 40, "digest")
    made = composition([chapter("c1", "One", '<p><img src="media/d.svg" alt=""/></p>')], media=[media])
    done = printed(replace(made, faces=fonts.faces([FAMILY, "Noto Sans Arabic"])), tmp_path)
    assert [one.message for one in done.notices] == ["no font for \U00010280 (Lycian, 1 character)"]
    with pikepdf.open(io.BytesIO(done.pdf)) as pdf:
        named = {
            str(one.FontName)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/FontName" in one
        }
    assert any("Noto-Sans-Arabic" in name for name in named)


HUGE = "<table><colgroup><col span='99999999'/></colgroup><tr><td>wide</td></tr></table>"


def test_a_block_that_cannot_be_set_is_named_and_can_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from book.press.workers import Limits

    body = f"<p>before</p><div><p>inside</p><blockquote>{HUGE}</blockquote></div><p>after</p>"
    made = composition([*chapters(2), chapter("bad", "Bad", body)])
    innocent = Sheet("mine.css", "em { color: #333 }", tmp_path / "mine.css")
    made = replace(made, sheets=(*made.sheets, innocent))
    limits = Limits(seconds=4, memory=400 << 20)
    monkeypatch.setattr("book.press.printing.PROBE", limits)
    with pytest.raises(BookError) as caught:
        printed(made, tmp_path, limits=limits)
    (notice,) = caught.value.notices
    assert notice.message.startswith("the `<table>` that begins “wide” cannot be set in pages")
    name = re.search(r'omit = \["(post-bad#[0-9a-f]+)"\]', notice.hint or "")
    assert name
    less, told = without(made, [name[1]])
    assert [notice.message.partition(", “")[0] for notice in told] == [f"the block `{name[1]}`"]
    whole = printed(less, tmp_path, limits=limits)
    (page,) = [page for page in pages(whole.pdf) if "before" in page]
    assert page.startswith("Bad\nbefore\ninside\n[…]\nafter\n")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 1500 + "<p>deep</p>" + "</div>" * 1500,
        "<ul><li>" * 120 + "deep" + "</li></ul>" * 120,
    ],
)
def test_deep_nesting_is_set(tmp_path: Path, body: str) -> None:
    made = printed(composition([chapter("c1", "Chapter 1", body)]), tmp_path)
    assert any("deep" in page for page in pages(made.pdf))


def test_a_galley_that_is_not_well_formed_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="the galley `c1` is not well-formed"):
        printed(composition([chapter("c1", "Chapter 1", "<p>open")]), tmp_path)


def test_a_store_that_cannot_be_written_stops_nothing(tmp_path: Path, cold: Any) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "press").mkdir()
    (tmp_path / "store" / "press").chmod(0o500)
    if os.access(tmp_path / "store" / "press", os.W_OK):
        pytest.skip("this user may write everywhere")
    assert printed(BOOK, tmp_path).pdf == cold[1].pdf


KILLED = """\
import sys
from pathlib import Path
from press.test_press import BOOK, printed
print("ready", flush=True)
printed(BOOK, Path(sys.argv[1]), jobs=2)
"""


@pytest.mark.parametrize(
    "delay", [0.6, 1.8, *(pytest.param(delay, marks=pytest.mark.slow) for delay in (0.15, 1.1))]
)
def test_after_a_kill_the_next_build_makes_the_right_book(tmp_path: Path, cold: Any, delay: float) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    arguments = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            process.wait(timeout=delay)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    assert printed(BOOK, tmp_path).pdf == cold[1].pdf


def test_words_that_no_page_would_have_stop_the_build_and_their_block_is_named(tmp_path: Path) -> None:
    body = "<p>before</p><div class='cut'><p>first</p><p>second, and lost</p></div><p>after</p>"
    made = composition([*chapters(2), chapter("cut", "Cut", body)])
    css = Sheet("cut.css", "div.cut { max-lines: 1; continue: discard }")
    made = replace(made, sheets=(*made.sheets, css))
    with pytest.raises(BookError) as caught:
        printed(made, tmp_path)
    (notice,) = caught.value.notices
    assert notice.message.startswith("the `<p>` that begins “second, and lost” cannot be set in pages: ")
    assert "of its words would be on no page" in notice.message
    name = re.search(r"--omit (post-cut#[0-9a-f]+)", notice.hint or "")
    assert name
    whole = printed(without(made, [name[1]])[0], tmp_path)
    assert any("first" in page and "after" in page for page in pages(whole.pdf))


def test_words_that_a_style_sheet_hides_are_told_each_time(tmp_path: Path) -> None:
    made = composition([chapter("one", "One", "<p>shown</p><p class='aside'>hidden words</p>")])
    made = replace(made, sheets=(*made.sheets, Sheet("hide.css", "p.aside { display: none }")))
    first, again = printed(made, tmp_path), printed(made, tmp_path)
    assert [notice.message for notice in first.notices] == [
        "2 words of `One` are hidden by a style sheet: “hidden words”"
    ]
    assert first.notices == again.notices
    assert first.notices[0].hint
