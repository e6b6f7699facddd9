"""Fonts: found by family, cut to a weight and to the characters used, the same bytes wherever."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from fontTools.varLib.instancer import instantiateVariableFont

from book import fonts
from book.errors import BookError
from book.fonts import cutting
from book.fonts.facts import remembered
from book.fonts.families import _east_asian
from book.model import Face
from book.press.faces import figures

THEME = ("EB Garamond", "Source Code Pro", "Source Serif 4", "Noto Serif", "Noto Sans Arabic", "Inter")


@pytest.fixture(scope="session")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that all tests here share, so that each instance is cut once."""
    return tmp_path_factory.mktemp("store")


def face(family: str, style: str = "normal") -> Face:
    return next(f for f in fonts.faces([family]) if f.style == style)


def test_every_family_of_the_theme_is_found_with_a_licence() -> None:
    found = fonts.faces(THEME)
    assert tuple(dict.fromkeys(f.family for f in found)) == THEME
    assert all(f.path.is_file() and f.licence and f.licence.is_file() for f in found)
    assert {f.style for f in found if f.family == "EB Garamond"} == {"normal", "italic"}
    assert face("EB Garamond").weights == (400, 800)


def test_a_misspelt_family_is_an_error_that_says_which_was_meant() -> None:
    with pytest.raises(BookError, match="no font family `EB Garamon`") as raised:
        fonts.faces(["EB Garamon"])
    assert "did you mean `EB Garamond`?" in str(raised.value)
    assert "pip install fontpkg-eb-garamon" in str(raised.value)


@pytest.mark.parametrize(
    ("weight", "style"), [(400, "normal"), (700, "normal"), (600, "italic"), (700, "italic")]
)
def test_an_instance_says_what_it_is(cut: Path, weight: int, style: str) -> None:
    font = TTFont(fonts.instance(face("EB Garamond", style), weight, cut))
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == weight
    assert bool(font["head"].macStyle & 2) == bool(font["OS/2"].fsSelection & 1) == (style == "italic")
    assert bool(font["head"].macStyle & 1) == bool(font["OS/2"].fsSelection & 32) == (weight == 700)
    names = font["name"]
    assert names.getBestFamilyName() == "EB Garamond"
    assert "Italic" in names.getBestSubFamilyName() if style == "italic" else True
    assert " " not in names.getDebugName(6)
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert features >= {"smcp", "c2sc", "onum", "liga", "sups"}


def test_figures_of_notes_are_raised_where_a_font_has_not_all_superiors() -> None:
    """Atkinson Hyperlegible has four: its fifth note would be an ordinary five in the text."""
    assert fonts.superior_figures(face("EB Garamond").path)
    assert not fonts.superior_figures(face("Atkinson Hyperlegible").path)
    assert not fonts.superior_figures(face("Noto Sans Arabic").path)
    assert figures(fonts.faces(["EB Garamond", "Atkinson Hyperlegible"])) == ""
    assert "font-size" in figures(fonts.faces(["Atkinson Hyperlegible", "EB Garamond"]))


def test_weights_of_one_family_have_different_outlines_and_names(cut: Path) -> None:
    paths = {fonts.instance(face("EB Garamond"), weight, cut) for weight in (400, 600, 700)}
    fonts_of = [TTFont(path) for path in sorted(paths)]
    assert len({font["name"].getDebugName(6) for font in fonts_of}) == 3
    assert len({font["hmtx"]["n"] for font in fonts_of}) == 3


def test_a_weight_out_of_range_is_the_nearest_there_is(cut: Path) -> None:
    assert fonts.instance(face("EB Garamond"), 100, cut) == fonts.instance(face("EB Garamond"), 400, cut)


def test_optical_size_is_that_of_text(cut: Path, tmp_path: Path) -> None:
    """At 11 points the strokes are sturdier than at the file's own 20."""
    cutting._cropped(face("Source Serif 4", "italic").path, "n").save(tmp_path / "n.ttf")
    serif = Face("Source Serif 4", tmp_path / "n.ttf", "italic", (200, 900))
    resting = instantiateVariableFont(TTFont(serif.path), {"wght": 400, "opsz": 20})
    assert TTFont(fonts.instance(serif, 400, cut))["hmtx"]["n"] != resting["hmtx"]["n"]


def test_cutting_again_gives_the_same_bytes_and_remembers(cut: Path, tmp_path: Path) -> None:
    code = face("Source Code Pro")
    first = fonts.instance(code, 400, cut)
    stamp = first.stat().st_mtime_ns
    assert fonts.instance(code, 400, cut).stat().st_mtime_ns == stamp
    script = (
        "import sys; from pathlib import Path; from book import fonts;"
        "f = fonts.faces(['Source Code Pro'])[0]; p = fonts.instance(f, 400, Path(sys.argv[1]));"
        "print(p.name, fonts.subset(p, 'böok fi', Path(sys.argv[1])).name)"
    )
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    instance, subset = done.stdout.split()
    assert (tmp_path / instance).read_bytes() == first.read_bytes()
    assert (tmp_path / subset).read_bytes() == fonts.subset(first, "fi böok", cut).read_bytes()


def test_many_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    code = face("Source Code Pro", "italic")
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda _: fonts.instance(code, 400, tmp_path), range(4)))
    assert len(paths) == 1
    assert [path.name for path in tmp_path.iterdir()] == [paths.pop().name]


def test_a_subset_has_the_characters_used_and_their_small_capitals(cut: Path) -> None:
    whole = fonts.instance(face("EB Garamond"), 400, cut)
    small = fonts.subset(whole, "Affe 17", cut)
    font = TTFont(small)
    cmap = font.getBestCmap()
    assert set("Affe 17") <= set(map(chr, cmap)) and ord("Q") not in cmap
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert features >= {"smcp", "c2sc", "onum", "liga"}
    assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert small.stat().st_size < whole.stat().st_size / 10


def test_the_space_of_a_font_of_signs_is_as_wide_as_others(cut: Path) -> None:
    for family in ("Noto Emoji", "EB Garamond"):
        font = TTFont(fonts.instance(face(family), 400, cut))
        assert 0.2 <= font["hmtx"]["space"][0] / font["head"].unitsPerEm <= 0.3


def drawn(font: TTFont) -> dict[str, Any]:
    """Return the outlines and widths of all glyphs."""
    glyphs = font.getGlyphSet()
    pens = {name: DecomposingRecordingPen(glyphs) for name in font.getGlyphOrder()}
    for name, pen in pens.items():
        glyphs[name].draw(pen)
    return {name: (pen.value, font["hmtx"][name]) for name, pen in pens.items()}


def test_what_harfbuzz_cuts_is_what_fonttools_cuts(cut: Path, tmp_path: Path) -> None:
    """The other way is for files that HarfBuzz does not read."""
    code = face("Source Code Pro", "italic")
    whole = fonts.instance(code, 500, cut)
    ours = cutting._cropped(whole, "Affe 17")
    with cutting.opened(whole) as font:
        theirs = cutting._pared(font, "Affe 17")
        assert len(drawn(theirs)) < 40
        assert list(drawn(ours).values()) == list(drawn(theirs).values())
    cutting._cropped(code.path, "Affe 17").save(tmp_path / "varies.ttf")
    varies = Face("Test", tmp_path / "varies.ttf", "italic", code.weights)
    with cutting.opened(varies.path) as font:
        places = cutting._pins(font, 500)
        ours = drawn(cutting._still(varies, places))
        instantiateVariableFont(font, places, inplace=True).save(tmp_path / "theirs.ttf")
    assert ours == drawn(TTFont(tmp_path / "theirs.ttf"))
    assert ours != drawn(TTFont(varies.path))


def test_a_table_of_a_font_editor_goes_without_a_word(cut: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = fonts.subset(fonts.instance(face("Source Code Pro"), 400, cut), "ab", cut)
    with cutting.opened(whole) as font:
        font["FFTM"] = DefaultTable("FFTM")
        font["FFTM"].data = b"\0" * 28
        assert "FFTM" not in cutting._pared(font, "a")
    assert not caplog.records


def test_a_packed_font_is_cut_too(cut: Path, tmp_path: Path) -> None:
    """HarfBuzz reads no such file."""
    packed = tmp_path / "packed.woff"
    with cutting.opened(fonts.subset(fonts.instance(face("Source Code Pro"), 400, cut), "abc", cut)) as font:
        font.flavor = "woff"
        font.save(packed)
    small = TTFont(fonts.subset(packed, "ab", tmp_path))
    assert {"a", "b"} <= set(map(chr, small.getBestCmap())) and ord("c") not in small.getBestCmap()


def test_the_store_is_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert fonts.store() == tmp_path / "octavo" / "fonts"


def test_a_store_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BookError, match="cannot be written") as raised:
        fonts.instance(face("Source Code Pro"), 400, tmp_path / "file" / "fonts")
    assert "XDG_CACHE_HOME" in str(raised.value)


def test_fonts_of_the_project_come_first(cut: Path, tmp_path: Path) -> None:
    shutil.copy(fonts.instance(face("EB Garamond"), 400, cut), tmp_path / "mine.ttf")
    (tmp_path / "OFL.txt").write_text("licence")
    found = fonts.faces(["EB Garamond"], tmp_path)
    assert [f.path for f in found] == [tmp_path / "mine.ttf"]
    assert found[0].licence == tmp_path / "OFL.txt"
    assert fonts.instance(found[0], 700, cut) == tmp_path / "mine.ttf"


def _with_rights(source: Path, bits: int, to: Path) -> Path:
    font = TTFont(source)
    font["OS/2"].fsType = bits
    font.save(to)
    return to


def test_a_font_that_may_not_be_embedded_is_an_error(cut: Path, tmp_path: Path) -> None:
    _with_rights(fonts.instance(face("Source Code Pro"), 400, cut), 0x0002, tmp_path / "theirs.ttf")
    with pytest.raises(BookError, match="may not be embedded"):
        fonts.faces(["Source Code Pro"], tmp_path)


def test_a_font_that_may_not_be_cut_is_embedded_whole(cut: Path, tmp_path: Path) -> None:
    path = _with_rights(fonts.instance(face("Source Code Pro"), 400, cut), 0x0108, tmp_path / "whole.ttf")
    assert fonts.subset(path, "ab", tmp_path / "store") == path


def test_a_file_that_is_no_font_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(BookError, match=r"broken\.ttf: this is not a font"):
        fonts.faces(["EB Garamond"], tmp_path)


def test_a_link_out_of_the_fonts_folder_is_not_followed(cut: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.ttf"
    shutil.copy(fonts.instance(face("EB Garamond"), 400, cut), outside)
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "inside.ttf").symlink_to(outside)
    assert all(f.path != folder / "inside.ttf" for f in fonts.faces(["EB Garamond"], folder))


def test_other_scripts_bring_their_fonts_with_them() -> None:
    found = fonts.faces(THEME, text="word שלום नमस्ते 😀")
    assert {f.family for f in found} - set(THEME) == {
        "Noto Sans Hebrew",
        "Noto Sans Devanagari",
        "Noto Emoji",
    }
    assert fonts.missing_glyphs("word שלום नमस्ते 😀", found) == ()
    assert fonts.faces(THEME, text="nothing but Latin, café and Ελλάδα") == fonts.faces(THEME)


def test_each_character_goes_to_the_first_family_that_has_it() -> None:
    parts = fonts.chosen("ab❦ عربي", fonts.faces(THEME))
    assert set(parts["EB Garamond"]) >= set("ab❦")
    assert set(parts["Noto Sans Arabic"]) == set("عربي")


def test_scripts_without_a_font_are_counted_and_named() -> None:
    missing = fonts.missing_glyphs("𐎀𐎁𐎀 a𓀀", fonts.faces(THEME))
    assert [(m.script, m.count) for m in missing] == [("Ugaritic", 3), ("Egyptian Hieroglyphs", 1)]
    notices = fonts.warnings("漢字漢", fonts.faces(THEME))
    assert notices[0].message == "no font for 字漢 (Han, 3 characters)"
    assert "octavo[cjk]" in (notices[0].hint or "")
    assert fonts.warnings("plain \u200d\ufe0f \u034ftext\n", fonts.faces(THEME)) == ()


@pytest.mark.parametrize(
    ("tag", "chain"),
    [
        ("ja", "ja"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("ko-KR", "ko"),
        ("en-GB", "en"),
    ],
)
def test_east_asian_languages_are_told_apart(tag: str, chain: str) -> None:
    assert _east_asian(tag) == chain


def test_the_east_asian_extra_is_found_where_it_is_installed() -> None:
    pytest.importorskip("pylopdf_fonts_jp", reason="the extra `cjk` is not installed")
    found = fonts.faces(THEME, text="日本語", languages=["ja"])
    assert found[-1].family == "Noto Serif JP"
    assert found[-1].licence is not None


def test_what_a_font_says_is_remembered_until_the_file_changes(
    cut: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    own = tmp_path / "own.ttf"
    shutil.copy(fonts.subset(fonts.instance(face("EB Garamond"), 400, cut), "abc", cut), own)
    asked: list[str] = []

    def find() -> str:
        asked.append("asked")
        with TTFont(own) as font:
            return "".join(map(chr, sorted(font.getBestCmap())))

    first = remembered(own, "characters", find)
    assert "b" in first and "z" not in first
    assert remembered(own, "characters", find) == first
    assert len(asked) == 1
    shutil.copy(fonts.subset(fonts.instance(face("EB Garamond"), 400, cut), "xyz", cut), own)
    assert "z" in remembered(own, "characters", find)
    for entry in (tmp_path / "cache").rglob("*-characters"):
        entry.write_bytes(entry.read_bytes()[:-1])
    assert "z" in remembered(own, "characters", find)
    assert len(asked) == 3


def test_a_pipe_among_the_fonts_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    os.mkfifo(tmp_path / "fonts" / "Own.ttf")
    assert fonts.faces(("EB Garamond",), tmp_path / "fonts")
