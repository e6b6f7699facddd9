"""Notebooks as posts, and as what posts include."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from binding import drawn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book.errors import BookError
from book.sources._markups.notebook import read
from book.sources.markdown import gather

PICTURE = base64.b64encode(drawn((40, 30))).decode()
KEYS = st.sampled_from(
    [
        *("cells", "cell_type", "source", "input", "outputs", "output_type", "data", "text", "metadata"),
        *("tags", "level", "attachments", "image/png", "text/html", "html", "traceback", "nikola", "title"),
        *("language_info", "name", "code", "markdown", "heading"),
    ]
)
HEADER = {"cell_type": "raw", "source": "---\ntitle: Salt\ndate: 2020-01-02\n---\n"}


def notebook(*cells: dict[str, Any], **about: Any) -> str:
    return json.dumps({"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5})


def text(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source.splitlines(keepends=True), **more}


def code(source: str, *outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": outputs, "metadata": {"tags": tags}}


def result(**data: Any) -> dict[str, Any]:
    return {
        "output_type": "execute_result",
        "data": {name.replace("_", "/"): value for name, value in data.items()},
    }


def body(folder: Path, *cells: dict[str, Any]) -> str:
    (folder / "salt.ipynb").write_text(notebook(HEADER, *cells))
    (draft,) = gather(folder).drafts
    assert (draft.title, str(draft.date)) == ("Salt", "2020-01-02")
    return draft.body.strip()


def test_text_code_and_results_follow_each_other(tmp_path: Path) -> None:
    said = {"output_type": "stream", "text": ["one\n", "two\n"]}
    made = body(
        tmp_path, text("# Heaps\nSome *salt*."), code("print(1)", said), code("1 + 1", result(text_plain="2"))
    )
    assert made == (
        "# Heaps\nSome *salt*.\n\n```python\nprint(1)\n```\n\n```\none\ntwo\n```\n\n"
        "```python\n1 + 1\n```\n\n```\n2\n```"
    )


def test_pictures_become_files(tmp_path: Path) -> None:
    cells = (
        code("plot()", result(image_png=PICTURE, text_plain="<Figure>")),
        text("![Heap](attachment:a.png)", attachments={"a.png": {"image/png": PICTURE}}),
    )
    (tmp_path / "salt.ipynb").write_text(notebook(HEADER, *cells))
    found = gather(tmp_path)
    ((name, data),) = found.media.items()
    assert data == drawn((40, 30)) and name.startswith("inline-") and name.endswith(".png")
    made = found.drafts[0].body
    assert f"![]({name})" in made and f"![Heap]({name})" in made and "Figure" not in made


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (code("#hide\nx = 1", result(text_plain="2")), ""),
        (code("#| include: false\nx = 1", result(text_plain="2")), ""),
        (code("x = 1", result(text_plain="2"), tags=("remove-cell",)), ""),
        (code("#| echo: false\nx = 1", result(text_plain="2")), "```\n2\n```"),
        (code("x = 1", result(text_plain="2"), tags=("remove-input",)), "```\n2\n```"),
        (code("#| label: a\n#| output: false\nx = 1", result(text_plain="2")), "```python\nx = 1\n```"),
        (
            code("x", {"output_type": "error", "traceback": ["\x1b[31mNo\x1b[0m"]}),
            "```python\nx\n```\n\n```\nNo\n```",
        ),
        (code("x", result(text_html="<b>2</b>", text_plain="2")), "```python\nx\n```\n\n**2**"),
        ({"cell_type": "heading", "level": 2, "source": "Heaps"}, "## Heaps"),
        ({"cell_type": "none"}, ""),
        ("not a cell", ""),
    ],
)
def test_cells_are_shown_as_their_author_wants(tmp_path: Path, cell: Any, kept: str) -> None:
    assert body(tmp_path, cell) == kept


def test_scripts_in_results_are_left_out_and_told(tmp_path: Path) -> None:
    html = f"<script>\nvar a;\n\n  b = 1;\n</script><p>Drawn</p><img src='data:image/png;base64,{PICTURE}'>"
    only = "<script>\n\nx()\n\n</script>"
    cells = (code("x", result(text_html=html)), code("y", result(text_html=only, text_plain="<Plot>")))
    (tmp_path / "salt.ipynb").write_text(notebook(HEADER, *cells))
    found = gather(tmp_path)
    made = found.drafts[0].body
    assert "var a" not in made and "x()" not in made
    assert "Drawn" in made and "![](inline-" in made and "<Plot>" in made and len(found.media) == 1
    assert [one.message for one in found.warnings if "script" in one.message] == [
        "results that a script would draw are shown without it: 2"
    ]


def test_code_of_the_third_format_is_read(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "input": ["x\n"], "outputs": [{"output_type": "pyout", "text": ["2"]}]}
    sheets = {"worksheets": [{"cells": [HEADER, cell]}], "metadata": {}, "nbformat": 3}
    (tmp_path / "salt.ipynb").write_text(json.dumps(sheets))
    assert gather(tmp_path).drafts[0].body.strip() == "```python\nx\n```\n\n```\n2\n```"


def test_metadata_may_be_the_header(tmp_path: Path) -> None:
    about = {
        "nikola": {"title": "Salt", "date": "2020-01-02", "tags": "a, b"},
        "language_info": {"name": "julia"},
    }
    (tmp_path / "salt.ipynb").write_text(notebook(code("1"), **about))
    (draft,) = gather(tmp_path).drafts
    assert (draft.title, draft.tags) == ("Salt", ("a", "b")) and draft.body.strip() == "```julia\n1\n```"


def test_a_notebook_that_says_nothing_of_itself_is_named(tmp_path: Path) -> None:
    (tmp_path / "2020-01-01-a.md").write_text("---\ntitle: A\n---\nText.\n")
    (tmp_path / "lab.ipynb").write_text(notebook(text("Notes")))
    (tmp_path / "cut.ipynb").write_text('{"cells": [')
    (tmp_path / "none.ipynb").write_text("[]")
    reasons = {one.path.name: one.reason for one in gather(tmp_path).skipped if one.path}
    assert "without a title or a date" in reasons["lab.ipynb"]
    assert "not JSON" in reasons["cut.ipynb"] and "no cells" in reasons["none.ipynb"]


def test_a_post_that_a_notebook_was_made_into_is_the_post(tmp_path: Path) -> None:
    (tmp_path / "salt.md").write_text("---\ntitle: A\ndate: 2020-01-01\n---\nText.\n")
    (tmp_path / "salt.ipynb").write_text(notebook(HEADER))
    assert [draft.title for draft in gather(tmp_path).drafts] == ["A"]


def test_notebooks_and_listings_stand_where_posts_name_them(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "downloads" / "code"
    folder.mkdir(parents=True)
    (folder / "demo.py").write_text("print('````')\n")
    (folder.parent / "lab.ipynb").write_text(notebook(text("Zero"), text("One"), text("Two")))
    (tmp_path / "2020-01-01-a.md").write_text(
        "---\ntitle: A\n---\n{% include_code demo.py lang:python A demo %}\n"
        "{% notebook downloads/lab.ipynb cells[1:] %}\n{% include_code ../../../../etc/passwd.conf %}\n"
    )
    found = gather(tmp_path)
    made = found.drafts[0].body
    assert "`````python\nprint('````')\n`````" in made
    assert "Zero" not in made and "One\n\nTwo" in made
    assert [notice.message for notice in found.warnings if "has no meaning" in notice.message] == [
        "the tag `{% include_code ../../../../etc/passwd.conf %}` has no meaning in a book"
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(VALUES)
def test_anything_else_that_is_json_is_read_or_refused(value: Any) -> None:
    code = {"cell_type": "code", "outputs": [value], "metadata": value}
    heading = {"cell_type": "heading", "level": value, "source": value}
    for cells in (value, [value], [code], [heading]):
        with suppress(BookError):
            read(json.dumps({"cells": cells, "worksheets": value, "metadata": value}), Path("a.ipynb"))
