"""Whatever is called an EPUB is checked, or refused with a reason: never with a traceback."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from book import registry
from book.errors import BookError

CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
NAV = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
ODD = (
    '<!--x--><?p x?><nav epub:type="toc"><!-- --></nav><nav epub:type="page-list"/><img/>'
    "<table><!-- --></table>"
    '<table><tr><td colspan="x" rowspan="-1">a</td></tr></table><a/><a href=""/><a href="#"/><a href="::::"/>'
    '<a href="http://[bad"/><svg xmlns="http://www.w3.org/2000/svg"/><h7/><h1/><style>}}{{@</style>'
    '<math xmlns="http://www.w3.org/1998/Math/MathML"/><link rel="stylesheet" href="zz.css"/>'
    '<span role="doc-pagebreak"/><aside id="n" role="doc-footnote"><a href="#n" role="doc-noteref"/></aside>'
    '<p style="color:#12;width:99999999999999999999px;margin:-1e400em">x</p><img src="j.jpg"/>'
)


def package(metadata: str = "", manifest: str = NAV, spine: str = '<itemref idref="a"/>') -> str:
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' version="3.0" unique-identifier="i"><metadata>{metadata}</metadata>'
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    )


def document(body: str) -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title/></head><body>{body}</body></html>"
    )


PLAIN: dict[str, str | bytes] = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER.format("o.opf"),
    "o.opf": package(),
    "a.xhtml": document("<p>x</p>"),
}
FILES = "".join(
    f'<item id="{name[0]}" href="{name}" media-type="{kind}"{more}/>'
    for name, kind, more in (
        ("c.css", "text/css", ""),
        ("f.ttf", "font/ttf", ""),
        ("j.jpg", "image/jpeg", ' properties="cover-image"'),
        ("s.svg", "image/svg+xml", ""),
        ("t.ncx", "application/x-dtbncx+xml", ""),
    )
)
CHECKED: dict[str, dict[str, str | bytes]] = {
    "bare": PLAIN,
    "no mimetype": {name: data for name, data in PLAIN.items() if name != "mimetype"},
    "another kind of package": {**PLAIN, "o.opf": "<html/>"},
    "not UTF-8": {**PLAIN, "a.xhtml": document("é").encode("latin-1")},
    "no namespace": {**PLAIN, "a.xhtml": "<html><body><p>x</p></body></html>"},
    "addresses that are none": {
        **PLAIN,
        "o.opf": package(
            manifest='<item id="a" href="http://[bad" properties="nav"/><item/><item href="%ff%00"/>',
            spine='<itemref/><itemref idref="zz"/>',
        ),
    },
    "nothing where something is due": {
        **PLAIN,
        "o.opf": package(
            "<!-- c --><?pi x?><dc:title><!--x--></dc:title><dc:language/><dc:creator/><dc:date/>"
            '<dc:identifier id="i"/><meta/><meta property=""/><meta name="cover"/>'
        ),
        "a.xhtml": document(ODD),
    },
    "files of junk": {
        **PLAIN,
        "o.opf": package(manifest=NAV + FILES),
        "a.xhtml": document(ODD),
        "c.css": b"\xff\xfe\x00a{color:var(;width:1e999px}@font-face{src:url(",
        "f.ttf": b"junk",
        "j.jpg": b"\xff\xd8\xff",
        "s.svg": b"<svg",
        "t.ncx": b'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint/></navMap></ncx>',
    },
    "entities": {**PLAIN, "a.xhtml": '<!DOCTYPE html [<!ENTITY a "b">]>' + document("&a;&nbsp;")},
    "deep": {**PLAIN, "a.xhtml": document("<div>" * 3000 + "x" + "</div>" * 3000)},
    "an SVG in the spine": {
        **PLAIN,
        "o.opf": package(
            manifest='<item id="a" href="s.svg" media-type="image/svg+xml"/>',
        ),
        "s.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>t</title></svg>',
    },
}
REFUSED: dict[str, dict[str, str | bytes]] = {
    "empty": {},
    "no path": {**PLAIN, "META-INF/container.xml": CONTAINER.replace('full-path="{}"', "")},
    "a path out": {**PLAIN, "META-INF/container.xml": CONTAINER.format("../o.opf")},
    "container cut": {**PLAIN, "META-INF/container.xml": "<a"},
    "package cut": {**PLAIN, "o.opf": "<a"},
    "package empty": {**PLAIN, "o.opf": ""},
}


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def rules(path: Path) -> set[str]:
    """Run Octavo's own checks of EPUBs and return the rules that found something."""
    own = [registry.find("checks", name) for name in registry.names("checks") if name != "epubcheck"]
    return {found.rule for one in own if ".epub" in one.SUFFIXES for found in one.check(path)}


@pytest.mark.parametrize("name", CHECKED)
def test_a_strange_book_is_checked(name: str, tmp_path: Path) -> None:
    assert "title" in rules(zipped(tmp_path / "b.epub", CHECKED[name]))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_book_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BookError):
        rules(zipped(tmp_path / "b.epub", REFUSED[name]))


@pytest.mark.parametrize("harm", ["junk", "empty", "cut", "changed"])
def test_a_harmed_file_is_refused(harm: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.epub", PLAIN)
    whole = path.read_bytes()
    harmed = {
        "junk": b"junk",
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "changed": whole.replace(b"<p>x</p>", b"<p>y</p>"),
    }
    path.write_bytes(harmed[harm])
    with pytest.raises(BookError, match="this is not an EPUB"):
        rules(path)


def test_no_file_outside_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush")
    outside = f'<!DOCTYPE package [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    files = {**PLAIN, "o.opf": outside + package("<dc:title>&x;</dc:title>")}
    path = zipped(tmp_path / "b.epub", files)
    own = [registry.find("checks", name) for name in registry.names("checks") if name != "epubcheck"]
    said = [f.message for one in own if ".epub" in one.SUFFIXES for f in one.check(path)]
    assert said
    assert not any("hush" in message for message in said)


def test_an_old_book_is_not_asked_for_what_it_cannot_say(tmp_path: Path) -> None:
    said = "".join(
        f'<meta name="schema:{name}" content="x"/>'
        for name in (
            *("accessMode", "accessibilityFeature", "accessibilityHazard"),
            *("accessModeSufficient", "accessibilitySummary"),
        )
    )
    old = package(f"<dc:title>T</dc:title>{said}").replace('version="3.0"', 'version="2.0"')
    new = package("<dc:title>T</dc:title>")
    missing = {"package-language", "title-refined", "accessibility-metadata"}
    assert missing <= rules(zipped(tmp_path / "new.epub", {**PLAIN, "o.opf": new}))
    assert not missing & rules(zipped(tmp_path / "old.epub", {**PLAIN, "o.opf": old}))
