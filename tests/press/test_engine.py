"""What the press relies on in WeasyPrint, compared with the version that is installed.

When a test here fails after WeasyPrint was changed, it names what the press must
learn anew; the others tell what became of the book.
"""

from __future__ import annotations

import ast
import inspect
import re
import struct
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import book.press
from book.press.engine import CONTRACT, loading

loading.load()

import weasyprint.document as document  # noqa: E402
import weasyprint.draw as draw  # noqa: E402
import weasyprint.layout as layout  # noqa: E402
import weasyprint.pdf as pdf  # noqa: E402
import weasyprint.pdf.fonts as pdf_fonts  # noqa: E402
from weasyprint.css import StyleFor, get_all_computed_styles, targets, validation  # noqa: E402
from weasyprint.css.counters import CounterStyle  # noqa: E402
from weasyprint.draw import text as drawing  # noqa: E402
from weasyprint.formatting_structure import build  # noqa: E402
from weasyprint.formatting_structure.boxes import Box  # noqa: E402
from weasyprint.images import SVGImage  # noqa: E402
from weasyprint.layout import background, block, inline, page, percent  # noqa: E402
from weasyprint.pdf import stream, tags  # noqa: E402
from weasyprint.pdf.fonts import Font, build_fonts_dictionary  # noqa: E402
from weasyprint.text import line_break  # noqa: E402
from weasyprint.text.ffi import ffi  # noqa: E402
from weasyprint.urls import URLFetcher  # noqa: E402

from book.press.engine.footnotes import SENDS_AWAY  # noqa: E402
from book.press.engine.glyphs import RECORD  # noqa: E402
from book.press.engine.shaping import DESCRIBED, MODELLED  # noqa: E402

PRESS = Path(book.press.__file__).parent


def test_the_version_is_the_one_that_the_press_was_written_against() -> None:
    assert version("weasyprint").startswith(CONTRACT)


def test_only_the_engine_knows_weasyprint() -> None:
    for path in PRESS.parent.rglob("*.py"):
        names = {
            alias.name if isinstance(node, ast.Import) else str(node.module)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        if path.parent != PRESS / "engine":
            assert not {name for name in names if name.partition(".")[0] == "weasyprint"}, path


SIGNATURES: list[tuple[Callable[..., Any], list[str]]] = [
    (StyleFor.set_computed_styles, [
        "self", "element", "parent", "root", "pseudo_type", "base_url", "target_collector",
    ]),
    (block.table_wrapper_width, ["context", "wrapper", "containing_block"]),
    (draw.draw_stacking_context, ["stream", "stacking_context"]),
    (draw.draw_text, ["stream", "textbox", "offset_x", "text_overflow", "block_ellipsis"]),
    (stream.Stream.set_alpha, ["self", "alpha", "stroke", "fill"]),
    (SVGImage.draw, ["self", "stream", "concrete_width", "concrete_height", "_style"]),
    (layout.layout_document, ["html", "root_box", "context", "max_loops"]),
    (layout.initialize_page_maker, ["context", "root_box"]),
    (layout.LayoutContext.__init__, [
        "self", "style_for", "get_image_from_uri", "font_config", "counter_style", "target_collector",
    ]),
    (layout.LayoutContext.get_string_set_for, ["self", "page", "name", "keyword"]),
    (layout.LayoutContext._update_footnote_area, ["self"]),
    (page.make_page, ["context", "root_box", "page_type", "resume_at", "page_number", "page_state"]),
    (page.make_margin_boxes, ["context", "page", "state"]),
    (page.set_page_type_computed_styles, ["page_type", "html", "style_for"]),
    (page._standardize_page_based_counters, ["style", "pseudo_type"]),
    (layout.layout_backgrounds, ["page", "get_image_from_uri"]),
    (block.block_level_page_break, ["sibling_before", "sibling_after"]),
    (build.build_formatting_structure, [
        "element_tree", "style_for", "get_image_from_uri", "base_url", "target_collector", "counter_style",
        "footnotes",
    ]),
    (get_all_computed_styles, [
        "html", "user_stylesheets", "presentational_hints", "font_config", "counter_style", "color_profiles",
        "page_rules", "layers", "target_collector", "forms",
    ]),
    (StyleFor._page_type_match, ["page_selector_type", "page_type"]),
    (targets.TargetCollector.lookup_target, [
        "self", "anchor_token", "source_box", "css_token", "parse_again",
    ]),
    (targets.TargetCollector.collect_anchor, ["self", "anchor_name"]),
    (targets.TargetCollector.cache_target_page_counters, [
        "self", "anchor_name", "page_counter_values", "page_maker_index", "page_maker",
    ]),
    (document.draw_page, ["page", "stream"]),
    (drawing.draw_first_line, ["stream", "textbox", "text_overflow", "block_ellipsis", "matrix"]),
    (CounterStyle.render_value, ["self", "counter_value", "counter_name", "counter", "previous_types"]),
    (stream.Stream.add_font, ["self", "pango_font"]),
    (line_break.line_size, ["line", "style"]),
    (line_break.get_font_description, ["style"]),
    (line_break.strut, ["style"]),
    (line_break.Layout.setup, ["self", "style"]),
    (percent.resolve_percentages, ["box", "containing_block"]),
    (background.layout_box_backgrounds, ["page", "box", "get_image_from_uri", "layout_children", "style"]),
    (Box.is_in_normal_flow, ["self"]),
    (document.Document.__init__, [
        "self", "pages", "metadata", "url_fetcher", "font_config", "color_profiles", "output_intent",
    ]),
    (document.Document.make_bookmark_tree, ["self", "scale", "transform_pages"]),
    (pdf.resolve_links, ["pages"]),
    (build_fonts_dictionary, ["pdf", "fonts", "compress", "subset", "options"]),
    (Font.__init__, ["self", "pango_font", "description", "font_size"]),
    (Font.get_unused_glyph_id, ["self", "codepoint"]),
    (tags.add_tags, ["pdf", "document", "pdf_version", "page_streams"]),
    (URLFetcher.fetch, ["self", "url", "headers"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("function", "parameters"), SIGNATURES, ids=lambda value: getattr(value, "__qualname__", "")
)
def test_functions_take_what_they_took(function: Callable[..., Any], parameters: list[str]) -> None:
    assert list(inspect.signature(function).parameters) == parameters


@pytest.mark.parametrize(
    ("module", "names"),
    [
        (layout, ["initialize_page_maker", "make_margin_boxes", "layout_backgrounds", "block_level_layout"]),
        (page, ["PageType", "set_page_type_computed_styles"]),
        (block, ["_linebox_layout", "table_wrapper_width"]),
        (document, ["draw_page"]),
        (inline, ["strut"]),
        (drawing, ["draw_first_line"]),
        (line_break, ["get_font_description", "font_features", "line_size"]),
        (pdf, ["build_fonts_dictionary", "resolve_links"]),
        (stream, ["Font"]),
        (draw, ["draw_stacking_context"]),
        (validation, ["compile_selector_list"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_replaced_is_looked_up_in_the_module_where_it_is_replaced(
    module: Any, names: list[str]
) -> None:
    """A stand-in is only heard where the module itself calls the name."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    called = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    assert set(names) <= called
    assert all(hasattr(module, name) for name in names)


def test_a_font_description_is_made_of_what_it_is_remembered_by() -> None:
    looked_at = set(re.findall(r"style\['(\w+)'\]", inspect.getsource(line_break.get_font_description)))
    assert looked_at == set(DESCRIBED)


def test_a_layout_is_set_up_by_what_its_model_is_remembered_by() -> None:
    looked_at = set(re.findall(r"style\['(\w+)'\]", inspect.getsource(line_break.Layout.setup)))
    assert looked_at <= {*DESCRIBED, *MODELLED}


def test_a_strut_is_made_of_what_stays_as_it_is_in_a_style_besides_its_size() -> None:
    source = inspect.getsource(line_break.strut)
    assert set(re.findall(r"style\['(\w+)'\]", source)) == {"font_size", "line_height"}


def test_a_page_type_has_the_fields_that_selectors_look_at() -> None:
    assert page.PageType._fields == ("side", "blank", "name", "index", "groups")


def test_what_is_loaded_later_is_all_that_is_called() -> None:
    """Stand-ins are in the places of whole modules, and know only the names that are called."""
    source = ast.parse(Path(pdf_fonts.__file__).read_text(encoding="utf-8"))
    attributes = {
        node.attr
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "subset"
    }
    assert attributes == set(loading.LATER["fontTools.subset"])
    taken = {
        alias.name
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom) and node.module == "fontTools.varLib.instancer"
        for alias in node.names
    }
    assert taken == set(loading.LATER["fontTools.varLib.instancer"])
    assert pdf_fonts.subset.Options().glyph_names is False


def test_pango_keeps_glyphs_in_records_of_this_shape() -> None:
    assert ffi.sizeof("PangoGlyphInfo") == struct.calcsize(RECORD)
    fields = [name for name, _ in ffi.typeof("PangoGlyphInfo").fields]
    geometry = [name for name, _ in ffi.typeof("PangoGlyphGeometry").fields]
    assert (fields, geometry) == (["glyph", "geometry", "attr"], ["width", "x_offset", "y_offset"])


def test_the_line_that_sends_notes_away_stands_once() -> None:
    assert inspect.getsource(block._linebox_layout).count(SENDS_AWAY) == 1


def test_the_page_maker_keeps_what_it_kept() -> None:
    source = inspect.getsource(layout.initialize_page_maker)
    assert "resume_at, next_page, right_page, page_state, remake_state" in source
    assert "next_page = {'break': 'any', 'page':" in source


def test_a_target_has_what_the_press_gives_it() -> None:
    item = targets.TargetLookupItem("up-to-date")
    assert {"state", "target_box", "cached_page_counter_values"} <= set(vars(item))
