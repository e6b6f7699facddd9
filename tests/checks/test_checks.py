"""Each rule finds the fault that it is for, at its place, and nothing in a clean book."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from binding import drawn
from planting import planted

from book import checks, registry
from book.check import check, check_file
from book.errors import BookError
from book.model import Finding

OPF, NAV, NCX = "content.opf", "text/nav.xhtml", "toc.ncx"
ONE, TWO = "2017-08-29-closing-gaps.xhtml", "2017-08-30-salt.xhtml"
OTHERS = ("ace", "epubcheck", "nu")
OWN = [n for n in registry.names("checks") if not getattr(registry.find("checks", n), "OUTSIDE", False)]

FAULTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "faults.toml").read_text())["fault"]


def plant(clean: Path, to: Path, fault: Mapping[str, Any]) -> Path:
    """Plant one fault of `faults.toml` in a copy of a book."""
    changes: dict[str, Any] = {name: (old, new) for name, old, new in fault.get("change", ())}
    changes |= dict.fromkeys(fault.get("without", ()))
    changes |= {
        name: drawn((wide, high), kind, mode) for name, wide, high, kind, mode in fault.get("picture", ())
    }
    changes |= {name: bytes.fromhex(data) for name, data in fault.get("bytes", ())}
    return planted(clean, to, changes, added={name: text.encode() for name, text in fault.get("add", ())})


def findings(path: Path) -> list[Finding]:
    every = (registry.find("checks", name) for name in OWN)
    return [finding for one in every if ".epub" in one.SUFFIXES for finding in one.check(path)]


def test_a_clean_book_has_no_findings(clean: Path) -> None:
    assert [found for found in check_file(clean) if found.severity != "note"] == []
    assert findings(clean) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"].replace(" ", "-"))
def test_a_planted_fault_is_found_at_its_place(clean: Path, tmp_path: Path, fault: dict[str, Any]) -> None:
    found = findings(plant(clean, tmp_path / "book.epub", fault))
    places = [(f.rule, str(f.path)) for f in found]
    assert any(rule == fault["rule"] and path.endswith(fault["at"]) for rule, path in places), places


def test_a_compressed_mimetype_is_found(clean: Path, tmp_path: Path) -> None:
    assert "mimetype-stored" in {f.rule for f in findings(_repacked(clean, tmp_path / "book.epub"))}


def test_every_rule_has_a_fault_that_it_is_shown_to_find() -> None:
    """The rules that a check can give, read from its source, are those that tests plant faults for."""
    folder = Path(checks.__file__).parent
    said = {
        rule
        for path in map(folder.joinpath, (f"{name}.py" for name in OWN))
        if '".epub"' in path.read_text(encoding="utf-8")
        for rule in re.findall(r'(?:finding\(|yield )\s*"([a-z0-9-]+)",', path.read_text(encoding="utf-8"))
    }
    elsewhere = {"zip-times", "mimetype-first", "mimetype-stored", "mimetype-extra"}  # in the tests below
    assert said == {fault["rule"] for fault in FAULTS} | elsewhere


def _repacked(clean: Path, to: Path, **more: Any) -> Path:
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(to, "w") as target:
        for entry in source.infolist():
            fresh = zipfile.ZipInfo(entry.filename, more.get("time", entry.date_time))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fresh, source.read(entry))
    return to


def test_the_time_of_packing_is_found(clean: Path, tmp_path: Path) -> None:
    path = _repacked(clean, tmp_path / "book.epub", time=(2024, 1, 2, 3, 4, 6))
    assert "zip-times" in {f.rule for f in findings(path)}
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo("META-INF/later.xml", (2024, 1, 3, 0, 0, 0)), b"<x/>")
    assert "the files carry 2 different times" in {f.message for f in findings(path)}


def test_a_mimetype_that_is_not_first_is_found(clean: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(tmp_path / "b.epub", "w") as target:
        for entry in reversed(source.infolist()):
            target.writestr(entry, source.read(entry))
    assert "mimetype-first" in {f.rule for f in findings(tmp_path / "b.epub")}


def test_an_extra_field_on_the_mimetype_is_found(clean: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(tmp_path / "b.epub", "w") as target:
        for entry in source.infolist():
            entry.extra = b"\x55\x54\x05\x00\x01\x00\x00\x00\x00" if entry.filename == "mimetype" else b""
            target.writestr(entry, source.read(entry))
    assert "mimetype-extra" in {f.rule for f in findings(tmp_path / "b.epub")}


def test_a_finding_leads_to_the_line(clean: Path, tmp_path: Path) -> None:
    path = planted(clean, tmp_path / "book.epub", {ONE: ("<p>Because", "\n\n<p>Because {{ x }}")})
    found = next(f for f in findings(path) if f.rule == "left-over")
    assert found.path == path / "EPUB/text" / ONE
    text = zipfile.ZipFile(path).read(f"EPUB/text/{ONE}").decode().splitlines()
    assert found.line is not None and "{{ x }}" in text[found.line - 1]


def test_code_may_show_what_prose_may_not(clean: Path, tmp_path: Path) -> None:
    path = planted(clean, tmp_path / "book.epub", {ONE: ("two  spaces", "{{ x }} &amp;amp; [gallery]")})
    assert findings(path) == []


def test_what_other_careful_books_do_is_no_fault(clean: Path, tmp_path: Path) -> None:
    """One title needs no type, a set no order, an item in a list of notes no role, lettering no words."""
    titled = (
        '<section epub:type="titlepage"><h1>One</h1><img alt="" src="../media/salt.png"/></section></body>'
    )
    package = '<meta property="belongs-to-collection" id="s">Cornerstones</meta>'
    package += '<meta refines="#s" property="collection-type">set</meta>'
    path = planted(clean, tmp_path / "book.epub", {OPF: ("<dc:language>", f"{package}<dc:language>")})
    assert findings(path) == []
    path = planted(
        path, tmp_path / "b.epub", {OPF: ('<meta refines="#title" property="title-type">main</meta>', "")}
    )
    assert findings(path) == []
    path = planted(path, tmp_path / "c.epub", {"text/titlepage.xhtml": ("</body>", titled)})
    assert not {"alt-text", "feature-untrue"} & {one.rule for one in findings(path)}


def test_what_other_tools_write_is_no_fault(clean: Path, tmp_path: Path) -> None:
    """A title page in the NCX alone; files packed without a time; a picture called by what it shows."""
    point = (
        '<navPoint id="t"><navLabel><text>T</text></navLabel><content src="text/titlepage.xhtml"/></navPoint>'
    )
    path = planted(clean, tmp_path / "book.epub", {NCX: ("<navMap>", f"<navMap>{point}")})
    assert findings(path) == []
    titled = {TWO: (">Salt</h1>", ">More</h1>"), NAV: (">Salt</a>", ">More</a>"), NCX: (">Salt<", ">More<")}
    assert findings(planted(clean, tmp_path / "d.epub", titled)) == []
    path = planted(clean, tmp_path / "b.epub", {TWO: ('alt="A heap of salt"', 'alt="salt"')})
    assert findings(path) == []
    assert findings(_repacked(clean, tmp_path / "c.epub", time=(1980, 1, 1, 0, 0, 0)))[1:] == []


def test_marks_of_epub_alone_are_a_lesser_lack_than_none(clean: Path, tmp_path: Path) -> None:
    """Reading systems of EPUB know `epub:type`; only what reads the role alone lacks it."""
    path = planted(clean, tmp_path / "book.epub", {ONE: (' role="doc-noteref"', "")})
    assert {one.severity for one in findings(path) if one.rule == "note-reference"} == {"note"}
    path = planted(path, tmp_path / "b.epub", {ONE: (' epub:type="noteref"', "")})
    assert {one.severity for one in findings(path) if one.rule == "note-reference"} == {"warning"}


def test_what_nobody_hears_needs_no_words(clean: Path, tmp_path: Path) -> None:
    anchor = '<p>Because.<a href="#here" id="here" aria-hidden="true" tabindex="-1"></a>'
    path = planted(clean, tmp_path / "book.epub", {ONE: ("<p>Because.", anchor)})
    assert findings(path) == []


def test_a_heading_cell_on_top_heads_its_column_said_or_not(clean: Path, tmp_path: Path) -> None:
    path = planted(clean, tmp_path / "book.epub", {TWO: (' scope="col"', "")})
    assert {one.severity for one in findings(path) if one.rule == "table-scope"} == {"note"}
    cells = ("<tbody><tr><td>1</td>", "<tbody><tr><th>1</th>")
    path = planted(clean, tmp_path / "b.epub", {TWO: cells})
    assert {one.severity for one in findings(path) if one.rule == "table-scope"} == {"warning"}


def test_an_epub_2_has_no_roles_to_lack(clean: Path, tmp_path: Path) -> None:
    bare = zipfile.ZipFile(clean).read(f"EPUB/text/{ONE}").decode()
    bare = re.sub(r' (role|epub:type)="[^"]*"', "", bare)
    changes = {OPF: ('version="3.0"', 'version="2.0"'), ONE: bare.encode()}
    rules = {one.rule for one in findings(planted(clean, tmp_path / "book.epub", changes))}
    assert not [rule for rule in rules if rule.startswith("note-") and rule != "note-referred"]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_a_file_that_is_no_epub_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "book.epub").write_bytes(content)
    with pytest.raises(BookError, match="this is not an EPUB"):
        check_file(tmp_path / "book.epub")


def test_a_zip_without_a_package_is_an_error(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    with pytest.raises(BookError, match=r"it has no META-INF/container\.xml"):
        check_file(tmp_path / "book.epub")


def test_a_file_of_another_kind_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "book.odt").write_bytes(b"x")
    with pytest.raises(BookError, match=r"there is no check for `book\.odt`"):
        check_file(tmp_path / "book.odt")
    with pytest.raises(BookError, match="there is no such file"):
        check_file(tmp_path / "none.epub")


def test_entities_from_outside_are_not_read(clean: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("TOP SECRET")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    with zipfile.ZipFile(clean) as source:
        text = source.read(f"EPUB/text/{ONE}").decode()
    evil = text.replace("<!DOCTYPE html>", doctype).replace("Because.", "&x;")
    path = planted(clean, tmp_path / "book.epub", {ONE: evil.encode()})
    assert all("SECRET" not in f.message for f in findings(path))


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = zipfile.ZipFile(tmp_path / "bomb.epub", "w", zipfile.ZIP_DEFLATED)
    with bomb, bomb.open("x", "w") as inside:
        for _ in range(520):
            inside.write(bytes(1024 * 1024))
    with pytest.raises(BookError, match="more than 512 MB"):
        check_file(tmp_path / "bomb.epub")


def test_the_report_is_json_in_order(clean: Path, tmp_path: Path) -> None:
    path = planted(
        clean, tmp_path / "book.epub", {ONE: ("Because", "{{ x }}"), TWO: (' alt="A heap of salt"', "")}
    )
    report = check([path])
    data = json.loads(json.dumps(report.json()))["findings"]
    own = [f for f in data if not f["rule"].startswith(OTHERS)]
    assert [f["path"] for f in own] == sorted(f["path"] for f in own) and len(own) == 3
    assert {"rule", "severity", "path", "line", "message", "hint"} <= set(own[0])
    assert Path(own[0]["path"]).is_absolute()
    assert [e.rule for e in report.errors if not e.rule.startswith(OTHERS)] == ["alt-text"]


def test_every_check_keeps_the_contract() -> None:
    for name in registry.names("checks"):
        module = registry.find("checks", name)
        assert module.SUFFIXES and all(suffix.startswith(".") for suffix in module.SUFFIXES)
        assert callable(module.check) and module.check.__doc__
    program = "import sys, book.check; print([m for m in sys.modules if m.split('.')[0] in ('lxml', 'PIL')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
