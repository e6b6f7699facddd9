"""PDFs of other programs, where they are installed: preflight finds what a printer would turn down."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from chromium import CHROMIUM, needed
from PIL import Image

from book.inspection import preflight
from book.profile import load

POST = """\
# A post

Some words, [a link](https://example.org), and a picture:

![A picture](picture.png){width=100mm}

# Another

And it ends.
"""
PAGE = """\
<!doctype html><title>A post</title><style>@page { size: 6in 9in; margin: 2mm }
p { font-size: 5pt; color: #804000 } img { width: 100mm }</style>
<h1>A post</h1><p>Some words, <a href="https://example.org">a link</a>.</p>
<img src="picture.png" alt="A picture">
"""
TYPST = ["typst", "compile"] if shutil.which("typst") else [
    sys.executable, "-c", "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
]  # fmt: skip
COARSE = "has 51 dots to the inch"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.radial_gradient("L").resize((200, 150)).convert("RGB").save(tmp_path / "picture.png")
    return tmp_path


def found(path: Path, profile: str) -> dict[str, str]:
    """Return what preflight finds, by rule."""
    return {one.rule: one.message for one in preflight(path, load(profile, path.parent))}


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.skipif(not (shutil.which("typst") or find_spec("typst")), reason="Typst is not installed")
def test_pandoc_and_typst(folder: Path) -> None:
    (folder / "post.md").write_text(POST, encoding="utf-8")
    look = "#set page(width: 6in, height: 9in, margin: 0.2in)\n"
    (folder / "look.typ").write_text(look, encoding="utf-8")
    pandoc = ["pandoc", "-s", "-t", "typst", "post.md", "-H", "look.typ", "-o", "post.typ"]
    for command in (pandoc, [*TYPST, "post.typ", "post.pdf"]):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    told = found(folder / "post.pdf", "kdp-paperback")
    assert COARSE in told["preflight-resolution"]
    assert {"preflight-annotation", "preflight-bookmarks", "preflight-page-count"} <= told.keys()
    strict = found(folder / "post.pdf", "ingramspark")
    assert {"preflight-colour", "preflight-output-intent"} <= strict.keys()


@needed
def test_chromium(folder: Path) -> None:
    (folder / "post.html").write_text(PAGE, encoding="utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    printing = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        "--print-to-pdf=post.pdf",
    ]
    subprocess.run(
        [str(CHROMIUM), *printing, profile, "post.html"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=60,
    )
    told = found(folder / "post.pdf", "kdp-paperback")
    assert COARSE in told["preflight-resolution"]
    assert {
        "preflight-type",
        "preflight-annotation",
        "preflight-safe-area",
        "preflight-page-count",
    } <= told.keys()
    strict = found(folder / "post.pdf", "ingramspark")
    assert {"preflight-colour", "preflight-output-intent"} <= strict.keys()
