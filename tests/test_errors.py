"""What bad input gets: a message with its place and a hint, exit code 1, and outputs as they were."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError, render
from book.model import Notice

OLD = {"out/t.epub": "yesterday's", "out/t-paperback.pdf": "yesterday's"}
TOML = 'title = "t"\n'
GOOD = "---\ntitle: Good\ndate: 2017-08-29\n---\n\nText.\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)


def post(body: str = "Text.", **header: str) -> str:
    values = {"title": "A post", "date": "2017-08-30", **header}
    lines = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
    return f"---\n{lines}---\n\n{body}\n"


def outputs(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted((root / "out").iterdir())}


@pytest.fixture
def refused(manuscript: Any, octavo: Any) -> Any:
    """Give a function that builds a project over old outputs, and returns the one error it ends with."""

    def build(posts: Any, files: Any = None, toml: str = TOML) -> dict[str, Any]:
        root = manuscript(posts, toml=toml, files={**OLD, **(files or {})})
        ran = octavo("build", root, "--json")
        assert ran.code == 1, ran.stderr
        assert outputs(root) == {name: text.encode() for name, text in OLD.items()}
        errors = ran.json["errors"]
        for error in errors:
            assert (error["message"] and error["message"][0] == error["message"][0].lower()) or "`" in error[
                "message"
            ]
            assert not error["message"].endswith(".")
            if error["path"] is not None:
                error["path"] = Path(error["path"]).relative_to(root).as_posix()
        assert errors[0]["message"] in ran.stderr
        first: dict[str, Any] = errors[0]
        return first

    return build


@pytest.mark.parametrize(
    ("bad", "line", "message"),
    [
        ("---\ntitle: [x\ndate: 2017-08-30\n---\n\nText.\n", 3, "the header is not YAML"),
        ("---\ntitle: x\n\ttab: y\n---\nText.\n", 3, "the header is not YAML"),
        ("---\ntitle: x\ndate: 2017-08-30\n\nText.\n", 1, "the header is not closed"),
        ("+++\ntitle = x\n+++\nText.\n", 2, "the header is not TOML"),
        ("---\ntitle: No date\n---\n\nText.\n", 1, "no date"),
        (post(date="2017-02-30"), 3, "`date`: `2017-02-30` is not a date that exists"),
        (post(date="soon"), 3, "`date`: `soon` is not a date"),
        (post(draft="perhaps"), 4, "`draft` is not `true` or `false`"),
        (b"---\ntitle: x\ndate: 2017-08-30\n---\n\nCaf\xe9.\n", 6, "this file is not UTF-8 text"),
        (b"---\ntitle: x\ndate: 2017-08-30\n---\n\n\x00\n", 6, "this is not a text file: it holds NUL bytes"),
        (PNG, 3, "this is not a text file: it holds NUL bytes"),
    ],
    ids=[
        "yaml", "tab", "unclosed", "toml", "undated", "impossible date", "no date", "draft", "latin-1", "nul",
        "picture",
    ],
)  # fmt: skip
def test_a_bad_post(refused: Any, bad: Any, line: int, message: str | None) -> None:
    error = refused({"2017-08-29-good": GOOD}, {"chapters/bad.md": bad})
    assert error["path"] == "chapters/bad.md"
    assert error["line"] == line
    assert message is None or message in error["message"]
    assert error["hint"]


def test_all_bad_posts_are_told_at_once(manuscript: Any, octavo: Any) -> None:
    root = manuscript({"a": "---\ntitle: A\n---\nText.\n", "b": "---\ntitle: [\n---\n", "c": GOOD}, toml=TOML)
    ran = octavo("build", root, "--json")
    assert ran.code == 1
    assert {Path(error["path"]).name for error in ran.json["errors"]} == {"a.md", "b.md"}


def test_an_impossible_date_in_a_file_name(refused: Any) -> None:
    error = refused({"2017-02-30-bad": "Text.\n"})
    assert error["path"] == "chapters/2017-02-30-bad.md"
    assert error["hint"]


def test_two_posts_with_one_slug(refused: Any) -> None:
    error = refused({"a": post(slug="same"), "b": post(slug="same")})
    assert error["path"] == "chapters/b.md"
    assert "`same`" in error["message"]
    assert error["line"] is not None
    assert "a.md" in error["message"]


def test_a_folder_without_posts(refused: Any) -> None:
    error = refused({})
    assert error["message"] == "there are no posts to make a book of"
    assert "book gather" in error["hint"]


def test_a_file_named_chapters(manuscript: Any, octavo: Any) -> None:
    root = manuscript({}, toml=TOML)
    (root / "chapters").rmdir()
    (root / "chapters").write_text("x")
    ran = octavo("build", root, "--json")
    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == str(root / "chapters")


def test_a_folder_named_like_a_post(refused: Any) -> None:
    error = refused({"good": post()}, {"chapters/bad.md/x": ""})
    assert error["path"] == "chapters/bad.md"
    assert error["message"] == "this is a folder, and a file belongs here"


def test_a_folder_of_posts_that_is_a_link_is_named(manuscript: Any, octavo: Any) -> None:
    root = manuscript({"a": post()}, toml=TOML, files={"more/b.md": post(slug="b")})
    (root / "chapters" / "more").symlink_to("../more")
    ran = octavo("build", root, "--edition", "ebook", "--json")
    assert ran.code == 0
    assert ran.json["skipped"] == [{"path": str(root / "chapters" / "more"), "reason": "a link to a folder"}]


def test_a_post_that_may_not_be_read(manuscript: Any, octavo: Any) -> None:
    root = manuscript({"good": post(), "bad": post(slug="b")}, toml=TOML)
    (root / "chapters" / "bad.md").chmod(0)
    if os.access(root / "chapters" / "bad.md", os.R_OK):
        pytest.skip("this user may read every file")
    ran = octavo("build", root, "--json")
    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == str(root / "chapters" / "bad.md")


def test_a_post_that_is_a_pipe_does_not_hang(manuscript: Any, octavo: Any) -> None:
    root = manuscript({"good": post()}, toml=TOML)
    os.mkfifo(root / "chapters" / "bad.md")
    ran = octavo("build", root, "--json")
    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == str(root / "chapters" / "bad.md")


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("<section>\n{{ chapter.title }\n</section>", 2, None),
        ("<section>\n\n{{ chapter.nonsense.more }}\n</section>", 3, None),
        ("<section>\n<p>\n</section>", None, None),
        ("<section>\n{% include 'gone.xhtml' %}\n</section>", None, "gone.xhtml"),
        (b"<section>\n\xe9</section>", 2, "this file is not UTF-8 text"),
    ],
    ids=["syntax", "undefined", "not well-formed", "missing", "latin-1"],
)
def test_a_template_with_an_error(refused: Any, template: Any, line: int | None, message: str | None) -> None:
    error = refused({"good": post()}, {"templates/chapter.xhtml": template})
    assert error["path"] == "templates/chapter.xhtml"
    assert line is None or error["line"] == line
    assert message is None or message in error["message"]
    assert error["hint"]


@pytest.mark.parametrize(
    ("css", "line"), [("p { color: red;\n\n} }\n", 3), ("p {\n  margin 0;\n}\n", 2)], ids=["brace", "colon"]
)
def test_css_with_an_error(refused: Any, css: str, line: int) -> None:
    toml = TOML + '[style]\nstylesheets = ["styles/mine.css"]\n'
    error = refused({"good": post()}, {"styles/mine.css": css}, toml)
    assert (error["path"], error["line"]) == ("styles/mine.css", line)
    assert error["hint"]


def test_a_setting_that_the_theme_does_not_know(refused: Any) -> None:
    error = refused({"good": post()}, toml=TOML + '[style.settings]\nsise = "9pt"\n')
    assert (error["path"], error["line"]) == ("book.toml", 3)
    assert "size" in error["hint"]


def test_a_profile_that_there_is_not(refused: Any) -> None:
    toml = TOML + '[editions.paperback]\nprofile = "a55"\n'
    error = refused({"good": post()}, toml=toml)
    assert (error["path"], error["line"]) == ("book.toml", 3)
    assert "a5" in error["hint"]


@pytest.mark.parametrize(
    "content", [None, PNG[:40], b"", b"not a picture"], ids=["missing", "cut", "empty", "text"]
)
def test_a_picture_that_cannot_be_shown_leaves_its_place(
    manuscript: Any, octavo: Any, content: bytes | None
) -> None:
    """Going on is right here: the edition says so where it stands, and the report counts it."""
    files = {} if content is None else {"chapters/media/lost.png": content}
    text = post("Before.\n\n![A lost picture](media/lost.png)\n\nAfter.")
    root = manuscript({"a": text}, toml=TOML, files=files)
    ran = octavo("build", root, "--edition", "ebook", "--json")
    assert ran.code == 0
    [warning] = ran.json["editions"][0]["warnings"]
    assert Path(warning["path"]).name == "a.md"
    assert warning["line"] == 8
    assert "lost.png" in warning["message"]
    assert "a.md:8: warning: " in ran.stderr
    chapter = epub_text(Path(ran.json["editions"][0]["path"]))
    assert "missing-picture" in chapter
    assert "Before." in chapter and "After." in chapter
    assert octavo("build", root, "--edition", "ebook", "--strict", "--json").code == 1


def epub_text(path: Path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))


def test_a_post_without_a_title_is_named_by_its_date(manuscript: Any, octavo: Any) -> None:
    root = manuscript({"2017-08-30": "Text without a title.\n"}, toml=TOML + 'language = "en-GB"\n')
    ran = octavo("build", root, "--edition", "ebook", "--json")
    assert ran.code == 0, ran.stderr
    assert "30 August 2017" in epub_text(Path(ran.json["editions"][0]["path"]))
    assert "title" in ran.json["editions"][0]["warnings"][0]["message"]


def test_strict_takes_warnings_for_errors_and_touches_nothing(manuscript: Any, octavo: Any) -> None:
    root = manuscript({"a": post("![x](gone.png)")}, toml=TOML, files=OLD)
    ran = octavo("build", root, "--strict", "--json", "--edition", "ebook")
    assert ran.code == 1
    assert "gone.png" in ran.json["errors"][0]["message"]
    assert outputs(root) == {name: text.encode() for name, text in OLD.items()}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file or folder"),
        (b"", "this file is empty"),
        (b" \n\n", "this file is empty"),
        (PNG, None),
        (b"30 August 2017\n\nTitle\n\nText\x00.\n", "this is not a text file: it holds NUL bytes"),
        (b"No day is named here, so nothing can be a post.\n", None),
    ],
    ids=["missing", "empty", "blank", "picture", "nul", "no days"],
)
def test_a_source_at_fault(octavo: Any, tmp_path: Path, content: bytes | None, message: str | None) -> None:
    source = tmp_path / "blog.txt"
    if content is not None:
        source.write_bytes(content)
    ran = octavo("new", tmp_path / "project", "--from", source)
    assert (ran.code, ran.stdout) == (1, "")
    assert ran.stderr.startswith(str(source))
    assert "\n\nhint: " in ran.stderr or content in (b"", b" \n\n")
    assert message is None or message in ran.stderr
    assert not (tmp_path / "project").exists()
    again = octavo("gather", source, "--into", tmp_path, "--json")
    assert again.code == 1
    assert again.json["errors"][0]["path"] == str(source)
    assert not (tmp_path / "chapters").exists()


def test_an_empty_folder_to_gather_from(octavo: Any, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    ran = octavo("gather", tmp_path / "posts", "--into", tmp_path / "p", "--json")
    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == str(tmp_path / "posts")


def test_an_output_folder_that_cannot_be_written(manuscript: Any, octavo: Any) -> None:
    root = manuscript({"a": post()}, toml=TOML, files={"out": "a file"})
    ran = octavo("build", root, "--json")
    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == str(root / "out")
    assert (root / "out").read_text() == "a file"


def test_a_full_disk_leaves_the_old_edition(manuscript: Any) -> None:
    root = manuscript({"a": post("Words. " * 5000)}, toml=TOML, files=OLD)
    done = subprocess.run(
        [sys.executable, "-m", "book", "build", root, "--edition", "ebook"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert str(root) in done.stderr and "hint: " in done.stderr
    assert outputs(root) == {name: text.encode() for name, text in OLD.items()}


@pytest.mark.parametrize(
    "delay", [pytest.param(0, marks=pytest.mark.slow), 0.5, pytest.param(2, marks=pytest.mark.slow)]
)
def test_ctrl_c_leaves_nothing_half_written(manuscript: Any, delay: float) -> None:
    root = manuscript({"a": post("Words. " * 20000)}, toml=TOML, files=OLD)
    with subprocess.Popen(
        [sys.executable, "-m", "book", "build", root],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        while not (root / ".book").exists():
            time.sleep(0.01)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=240)
    assert set(outputs(root)) == set(OLD)
    if process.returncode == 0:  # it was quicker
        return
    assert process.returncode in (130, -signal.SIGINT)
    assert outputs(root) == {name: text.encode() for name, text in OLD.items()}
    assert "Traceback" not in said
    if process.returncode == 130:
        assert said == "stopped; what was made before is as it was\n"


def test_what_is_unknown_is_left_out_of_a_message() -> None:
    assert render(Notice("no")) == "no"
    assert render(Notice("no", Path("a.md"))) == "a.md: no"
    assert render(Notice("no", Path("a.md"), 3)) == "a.md:3: no"
    assert render(Notice("no", Path("a.md"), 3, "say yes")) == "a.md:3: no\n\nhint: say yes"
    assert str(BookError.of((Notice("one"), Notice("two", hint="h")))) == "one\n\ntwo\n\nhint: h"


def test_an_error_crosses_processes_whole() -> None:
    import pickle

    error = BookError.of((Notice("one", Path("a"), 1, "h"), Notice("two")))
    assert pickle.loads(pickle.dumps(error)).notices == error.notices


def test_what_goes_on_for_pages_is_shortened_and_the_rest_is_not() -> None:
    error = BookError(f"`{'word ' * 900}` of `a.md`, {'x' * 900} and more", hint=f"write `{'y' * 900}`")
    said = str(error)
    assert len(said) < 600
    assert said.endswith("…`") and "…` of `a.md`, xxx" in said and "… and more" in said
