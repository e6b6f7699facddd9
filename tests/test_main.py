"""The command line: what it prints where, and how it exits."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

COMMANDS = {"new", "gather", "build", "check", "preview", "themes", "styles", "index", "plan", "eject"}


def test_help_names_every_command_and_shows_examples(octavo: Any) -> None:
    ran = octavo("--help")
    assert ran.code == 0
    listed = ran.stdout.partition("Commands:")[2].partition("Examples:")
    assert {line.split()[0] for line in listed[0].splitlines() if line.strip()} == COMMANDS
    assert "book build my-book" in listed[2]


@pytest.mark.parametrize("name", sorted(COMMANDS - {"themes"}))
def test_help_of_a_command_shows_examples(octavo: Any, name: str) -> None:
    ran = octavo(name, "--help")
    assert ran.code == 0
    assert f"  book {name}" in ran.stdout


def test_examples_in_help_are_command_lines_that_parse(octavo: Any) -> None:
    from book.__main__ import main

    helps = "".join(octavo(*name, "--help").stdout for name in [[], *([n] for n in sorted(COMMANDS))])
    examples = re.findall(
        r"^ +book ((?:new|gather|build|check|preview|themes|eject)\b.*?)(?:  .*)?$", helps, re.M
    )
    assert len(examples) > 10
    for example in examples:
        name, *arguments = shlex.split(example)
        main.commands[name].make_context(name, arguments)


def test_version(octavo: Any) -> None:
    assert octavo("--version").stdout.startswith("octavo 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "x"],
        ["build", "a", "b"],
        ["new"],
        ["gather"],
        ["gather", "x", "--option", "novalue"],
        ["eject"],
    ],
)
def test_a_command_line_at_fault_exits_with_2(octavo: Any, arguments: list[str]) -> None:
    ran = octavo(*arguments)
    assert ran.code == 2
    assert ran.stdout == ""
    assert "Usage: " in ran.stderr


def test_an_error_is_plain_text_on_stderr(octavo: Any, tmp_path: Path) -> None:
    ran = octavo("build", tmp_path / "nowhere")
    assert (ran.code, ran.stdout) == (1, "")
    assert (
        ran.stderr == f"{tmp_path}/nowhere: there is no such folder\n\nhint: `book new DIR` makes a project\n"
    )


def test_an_error_is_json_on_stdout_when_asked(octavo: Any, manuscript: Any) -> None:
    root = manuscript(toml='titel = "x"\n\n[style]\nopenings = "left"\n')
    ran = octavo("build", root, "--json")
    assert ran.code == 1
    assert ran.json == {
        "errors": [
            {
                "path": str(root / "book.toml"),
                "line": 1,
                "message": "unknown key `titel` at the top",
                "hint": "did you mean `title`?",
            },
            {
                "path": str(root / "book.toml"),
                "line": 4,
                "message": "`openings` cannot be `left`",
                "hint": "one of `page`, `recto`, `any`",
            },
        ]
    }
    assert "book.toml:1: unknown key `titel` at the top" in ran.stderr


def test_paths_are_told_from_the_current_folder(
    octavo: Any, manuscript: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = manuscript(toml="x = 1\n")
    monkeypatch.chdir(root.parent)
    assert octavo("build", root).stderr.startswith("manuscript/book.toml:1: unknown key `x` at the top\n")


def test_a_name_cannot_steer_the_terminal(octavo: Any, manuscript: Any) -> None:
    ran = octavo("build", manuscript(toml='"\\u001b[31m\\u202ex" = 1\n'))
    assert "\x1b" not in ran.stderr
    assert "unknown key `\\u001b[31m\\u202ex`" in ran.stderr


def test_no_locale_stops_a_message(command: Any, manuscript: Any) -> None:
    root = manuscript(toml='"é…" = 1\n', name="été")
    ran = command("build", root, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.code == 1
    assert "unknown key" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_themes_are_listed_with_their_settings(octavo: Any, manuscript: Any) -> None:
    ran = octavo("themes", manuscript())
    assert ran.code == 0
    assert "octavo: A paperback from a careful small press  (the project's)\n" in ran.stdout
    assert "  leading " in ran.stdout


def test_themes_are_described_for_programs_with_their_pictures(octavo: Any, manuscript: Any) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(40)
    root = manuscript(files={"styles/mine.toml": 'like = "album"\ntitle = "Ours"\n', "styles/mine.css": ""})
    ran = octavo("themes", root, "--json")
    assert ran.code == 0 and not ran.stderr
    described = {one["name"]: one for one in json.loads(ran.stdout)["themes"]}
    assert set(described) >= {
        "octavo",
        "album",
        "diary",
        "essays",
        "large-print",
        "notebook",
        "novel",
        "mine",
    }
    assert described["octavo"]["used"] and not described["album"]["used"]
    assert described["mine"]["title"] == "Ours" and described["mine"]["picture"] is None
    heights = [one for one in described["mine"]["settings"] if one["name"] == "picture-height"]
    assert heights[0]["least"] == "0.2" and heights[0]["range"] == "0.2 to 1" and heights[0]["help"]
    for name in set(described) - {"mine"}:
        path = Path(described[name]["picture"])
        assert path.read_bytes().startswith(b"\x89PNG") and path.name == f"{name}.png"
        assert described[name]["about"] and described[name]["families"]
    (root / "styles" / "mine.png").write_bytes(picture)
    assert f"  picture: {root}/styles/mine.png\n" in octavo("themes", root).stdout


def test_a_theme_of_the_project_is_listed_too(octavo: Any, manuscript: Any) -> None:
    theme = 'families = ["Inter"]\n[settings.size]\ntype = "length"\ndefault = "9pt"\nhelp = "how large"\n'
    ran = octavo("themes", manuscript(files={"styles/mine.toml": theme}))
    assert "\nmine\n" in f"\n{ran.stdout}"
    assert "how large" in ran.stdout


def test_a_theme_is_ejected_once(octavo: Any, manuscript: Any) -> None:
    root = manuscript()
    ran = octavo("eject", "octavo", "--into", root)
    assert ran.code == 0
    for name in ("octavo.css", "octavo.toml"):
        assert f"copied {root}/styles/{name}" in ran.stdout
    (root / "styles" / "octavo.css").write_text("mine")
    again = octavo("eject", "octavo", "--into", root)
    assert again.code == 1
    assert "the project has this file already" in again.stderr
    assert (root / "styles" / "octavo.css").read_text() == "mine"


@pytest.mark.parametrize("name", ["chapter", "chapter.xhtml"])
def test_a_template_is_ejected(octavo: Any, manuscript: Any, name: str) -> None:
    root = manuscript()
    assert octavo("eject", name, "--into", root).code == 0
    assert "<" in (root / "templates" / "chapter.xhtml").read_text()


def test_what_cannot_be_ejected_is_told_the_nearest(octavo: Any, manuscript: Any) -> None:
    ran = octavo("eject", "chapter.xhtm", "--into", manuscript())
    assert ran.code == 1
    assert "did you mean `chapter.xhtml`?" in ran.stderr
    assert octavo("eject", "../book/model.py", "--into", manuscript(name="b")).code == 1


def test_a_project_at_fault_is_checked_without_building(octavo: Any, manuscript: Any) -> None:
    root = manuscript({"a": "---\ntitle: A\n---\n\nText.\n"}, toml='title = "T"\n')
    ran = octavo("check", root, "--json")
    assert ran.code == 1
    [finding] = ran.json["findings"]
    assert finding["severity"] == "error"
    assert (finding["path"], finding["line"]) == (str(root / "chapters" / "a.md"), 1)
    assert finding["rule"] and finding["message"] and finding["hint"]
    assert not (root / "out").exists()
    plain = octavo("check", root)
    assert plain.code == 1
    assert plain.stdout.startswith(
        f"{root}/chapters/a.md:1: error: {finding['message']} [{finding['rule']}]\n"
    )
    assert plain.stderr == "findings: 1, errors: 1\n"


def test_a_project_without_fault_is_said_to_be_so(octavo: Any, manuscript: Any) -> None:
    ran = octavo("check", manuscript(toml='title = "T"\n'))
    assert (ran.code, ran.stdout, ran.stderr) == (0, "", "nothing to mend was found\n")


def test_finished_editions_are_checked(octavo: Any, manuscript: Any) -> None:
    root = manuscript(toml='title = "T"\nauthor = "A"\n')
    assert octavo("build", root).code == 0
    ran = octavo("check", *(root / "out").iterdir(), "--json")
    assert ran.code == 0
    assert not [one for one in ran.json["findings"] if one["severity"] != "note"]


@pytest.mark.parametrize("name", ["gone.epub", "book.toml"])
def test_what_cannot_be_checked(octavo: Any, manuscript: Any, name: str) -> None:
    root = manuscript(toml='title = "T"\n')
    ran = octavo("check", root / name, "--json")
    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == str(root / name)


def test_gathering_reports_as_json_and_knows_its_own_again(
    octavo: Any, manuscript: Any, tmp_path: Path
) -> None:
    source = tmp_path / "posts"
    source.mkdir()
    (source / "2017-08-29-one.md").write_text("---\ntitle: One\n---\n\nText.\n")
    root = manuscript({}, toml='title = "T"\n')
    ran = octavo("gather", source, "--into", root, "--json")
    assert ran.code == 0, ran.stderr
    assert ran.json.keys() == {
        "files",
        "added",
        "updated",
        "unchanged",
        "kept",
        "gone",
        "skipped",
        "media",
        "comments",
        "triage",
        "warnings",
    }
    [added] = ran.json["added"]
    assert Path(added).parent == root / "chapters"
    assert octavo("gather", source, "--into", root / "chapters", "--json").json["unchanged"] == 1
    (Path(added)).write_text(Path(added).read_text() + "Mine.\n")
    assert octavo("gather", source, "--into", root, "--json").json["kept"] == [added]


def test_an_option_that_a_source_does_not_have(octavo: Any, tmp_path: Path) -> None:
    (tmp_path / "blog.txt").write_text("30 August 2017\n\nTitle\n\nText.\n")
    ran = octavo("gather", tmp_path / "blog.txt", "--option", "nonsense=1", "--into", tmp_path)
    assert ran.code == 1
    assert "unknown key `nonsense` in the options of `text`" in ran.stderr


def test_progress_is_shown_on_a_terminal_and_nowhere_else(manuscript: Any) -> None:
    root = manuscript(toml='title = "T"\n')
    try:
        main, other = pty.openpty()
    except OSError:
        pytest.skip("this machine gives no terminal")
    one = [sys.executable, "-m", "book", "build", str(root), "--edition", "ebook"]
    with subprocess.Popen(one, stderr=other, stdout=subprocess.PIPE, text=True) as process:
        os.close(other)
        shown = b""
        while True:
            try:
                part = os.read(main, 1000)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
        said, _ = process.communicate()
    os.close(main)
    assert process.returncode == 0
    assert b"setting ebook" in shown
    assert "setting" not in said
    quiet = subprocess.run(one, capture_output=True, text=True, check=True)
    assert quiet.stderr == ""
