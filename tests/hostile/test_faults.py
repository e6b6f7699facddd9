"""The machine's faults: whatever it does to a build, old editions stay whole and the next build is right."""

from __future__ import annotations

import ctypes
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

TOML = """\
format-version = 1
title = "Faults"
language = "en"
author = "A. Machine"
identifier = "urn:uuid:3b6a27bc-6c3a-4d6e-9d7e-6d6b1f0c7a10"
"""
POST = """\
---
title: Post {n}
date: 2017-08-{n:02}
---

Été *quiet* {n}. ![seen](C:\\x.png) ![seen](..\\..\\y.png)
"""
Build = Callable[..., subprocess.CompletedProcess[str]]


def command(*editions: str) -> list[str]:
    named = [word for name in editions for word in ("--edition", name)]
    return [sys.executable, "-m", "book", "build", "--jobs", "1", *named]


def build(root: Path, *editions: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*editions), cwd=root, env={**os.environ, **environment}, capture_output=True, text=True,
        timeout=240,
    )  # fmt: skip


def outputs(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "out").glob("*"))}


def project(root: Path, posts: int = 3) -> Path:
    (root / "chapters").mkdir(parents=True)
    (root / "book.toml").write_text(TOML, "utf-8")
    for number in range(1, posts + 1):
        (root / "chapters" / f"post-{number}.md").write_text(POST.format(n=number), "utf-8")
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with both editions made, and all that was remembered; tests copy it."""
    root = project(tmp_path_factory.mktemp("faults") / "book")
    done = build(root)
    assert done.returncode == 0, done.stderr
    assert len(outputs(root)) == 2
    return root


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "copy")
    return tmp_path / "copy"


def test_a_build_of_elsewhere_and_anytime_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "other folder, é")
    for path in root.rglob("*"):
        os.utime(path, (4_070_908_800, 4_070_908_800))  # 2099
    done = build(root, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONUTF8="0", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert outputs(root) == outputs(built)


def test_files_of_1970_are_as_good_as_others(copied: Path, built: Path) -> None:
    for path in copied.rglob("*"):
        os.utime(path, (0, 0))
    done = build(copied, TZ="America/Anchorage")
    assert done.returncode == 0, done.stderr
    assert outputs(copied) == outputs(built)


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :] if data else b"x"


SPOILERS = (_flipped, lambda data: data[: len(data) // 2], lambda _: b"")


@pytest.mark.parametrize("first", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
def test_what_is_remembered_wrongly_is_made_again(copied: Path, built: Path, first: int) -> None:
    """Each file is changed, cut or emptied in turn."""
    remembered = [path for path in (copied / ".book").rglob("*") if path.is_file() and path.name != "lock"]
    assert remembered
    for number, path in enumerate(sorted(remembered), first):
        path.write_bytes(SPOILERS[number % 3](path.read_bytes()))
    done = build(copied)
    assert done.returncode == 0, done.stderr
    assert outputs(copied) == outputs(built)


def killed(root: Path, after: float, *editions: str) -> bool:
    """Kill a build some seconds after its start; tell whether it was still at work."""
    process = subprocess.Popen(
        command(*editions), cwd=root, stdout=-3, stderr=-3, start_new_session=True
    )  # fmt: skip
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _moments(root: Path, count: int, *editions: str) -> Iterator[float]:
    begun = time.monotonic()
    assert build(root, *editions).returncode == 0
    whole = time.monotonic() - begun
    chance = random.Random(9)
    return (chance.uniform(0.05, 1) * whole for _ in range(count))


def _survive(root: Path, expected: dict[str, bytes], count: int, *editions: str) -> None:
    before = outputs(root)
    shutil.rmtree(root / ".book")
    hit = 0
    for moment in _moments(root, count, *editions):
        shutil.rmtree(root / ".book", ignore_errors=True)
        hit += killed(root, moment, *editions)
        left = outputs(root)
        assert {name: left[name] for name in before} == before
        assert build(root, *editions).returncode == 0
        assert outputs(root) == expected
    assert hit


def test_a_killed_build_leaves_what_was_and_the_next_one_is_right(copied: Path, built: Path) -> None:
    _survive(copied, outputs(built), 3, "ebook")


@pytest.mark.slow
def test_twenty_killed_builds_leave_what_was_and_the_next_ones_are_right(copied: Path, built: Path) -> None:
    _survive(copied, outputs(built), 20)


@pytest.mark.parametrize(
    "room", [4_096, *(pytest.param(room, marks=pytest.mark.slow) for room in (0, 60_000))]
)
def test_a_full_disk_is_told_and_changes_nothing(copied: Path, built: Path, room: int) -> None:
    shutil.rmtree(copied / ".book")
    done = subprocess.run(
        command(), cwd=copied, capture_output=True, text=True, timeout=240,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "hint:" in done.stderr
    assert outputs(copied) == outputs(built)


def test_a_place_that_cannot_be_written_is_told_before_any_work(copied: Path) -> None:
    shutil.rmtree(copied / "out")
    (copied / "out").write_text("a file")
    done = build(copied)
    assert done.returncode == 1
    assert "out" in done.stderr and "hint:" in done.stderr and "Traceback" not in done.stderr
    assert (copied / "out").read_text() == "a file"


def without_powers() -> None:
    """Have what is run now heed the rights of files, though it be the system's owner who runs it."""
    if os.geteuid() == 0:
        for power in (1, 2, 3):  # to write, to search and to own whatever there is
            ctypes.CDLL(None).prctl(24, power, 0, 0, 0)


@pytest.mark.parametrize("closed", ["out", "."])
@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away as Linux has them")
def test_a_folder_that_may_only_be_read_is_told_before_any_work(
    copied: Path, built: Path, closed: str
) -> None:
    shutil.rmtree(copied / ".book")
    (copied / closed).chmod(0o555)
    done = subprocess.run(
        command(), cwd=copied, capture_output=True, text=True, timeout=240, preexec_fn=without_powers
    )  # fmt: skip
    (copied / closed).chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "cannot be written" in done.stderr and "hint:" in done.stderr and "Traceback" not in done.stderr
    assert not [*copied.glob(".book/posts/*"), *copied.glob("out/.*")]
    assert outputs(copied) == outputs(built)


ON_A_SMALL_DISK = """\
set -e
mount -t tmpfs -o size="$3" none "$1"
cp -r "$2/." "$1"
cd "$1"
shift 3
"$@" || echo "code $?"
sha256sum out/*
"""


@pytest.mark.parametrize(
    "room", [40_000, *(pytest.param(n, marks=pytest.mark.slow) for n in (200_000, 500_000))]
)
def test_a_disk_that_fills_up_is_told_and_changes_nothing(built: Path, tmp_path: Path, room: int) -> None:
    source, disk = tmp_path / "source", tmp_path / "disk"
    shutil.copytree(built, source, ignore=shutil.ignore_patterns(".book"))
    disk.mkdir()
    size = sum(-(-path.stat().st_size // 4096) * 4096 + 4096 for path in source.rglob("*"))
    words = [
        "unshare",
        "--mount",
        "sh",
        "-c",
        ON_A_SMALL_DISK,
        "sh",
        str(disk),
        str(source),
        str(size + room),
    ]
    done = subprocess.run([*words, *command()], capture_output=True, text=True, timeout=240)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()[:80]}")
    code, *sums = done.stdout.strip().splitlines()[-3:]
    assert code == "code 1", done.stdout + done.stderr
    assert "hint:" in done.stderr and "Traceback" not in done.stderr
    assert [line.split()[0] for line in sums] == [
        hashlib.sha256(data).hexdigest() for data in outputs(built).values()
    ]


@pytest.mark.slow
def test_twenty_times_two_builds_at_once_leave_whole_editions(copied: Path, built: Path) -> None:
    for _ in range(20):
        shutil.rmtree(copied / ".book")
        both = [subprocess.Popen(command("ebook"), cwd=copied, stdout=-3, stderr=-3) for _ in range(2)]
        assert [one.wait(240) for one in both] == [0, 0]
        assert outputs(copied) == outputs(built)


def test_two_builds_at_once_wait_for_each_other(copied: Path, built: Path) -> None:
    shutil.rmtree(copied / ".book")
    both = [subprocess.Popen(command("ebook"), cwd=copied, stdout=-3, stderr=-3) for _ in range(2)]
    assert [one.wait(240) for one in both] == [0, 0]
    assert outputs(copied) == outputs(built)


def test_without_pango_the_epub_is_made_and_the_pdf_says_what_to_install(copied: Path, built: Path) -> None:
    shutil.rmtree(copied / ".book")
    fake = copied.parent / "fake" / "weasyprint"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n")
    done = build(copied, "ebook", PYTHONPATH=str(fake.parent))
    assert done.returncode == 0, done.stderr
    done = build(copied, "paperback", PYTHONPATH=str(fake.parent))
    assert done.returncode == 1
    assert "install Pango" in done.stderr and "Traceback" not in done.stderr
    assert outputs(copied) == outputs(built)


def test_fonts_and_java_of_the_machine_are_not_needed(copied: Path, built: Path) -> None:
    shutil.rmtree(copied / ".book")
    empty = copied.parent / "empty"
    empty.mkdir()
    done = build(copied, FONTCONFIG_PATH=str(empty), FONTCONFIG_FILE=str(empty / "no"), PATH=str(empty))
    assert done.returncode == 0, done.stderr
    assert outputs(copied) == outputs(built)


FONTLESS = """\
import importlib.util
_find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name.startswith("fontpkg") else _find(name, *more)
"""


@pytest.mark.parametrize("edition", ["ebook", "paperback"])
def test_without_fonts_a_build_says_what_to_install(copied: Path, built: Path, edition: str) -> None:
    shutil.rmtree(copied / ".book")
    done = build(copied, edition, **as_if(copied.parent / "bare", FONTLESS))
    assert done.returncode == 1, done.stderr
    assert "pip install fontpkg-" in done.stderr and "Traceback" not in done.stderr
    assert outputs(copied) == outputs(built)


def test_without_java_a_check_goes_on_and_says_so_once(built: Path, tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "book", "check", str(built / "out" / "faults.epub")]
    done = subprocess.run(asked, env={**os.environ, "PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert said.count("EPUBCheck is not installed") == 1 and "install Java" in said


CLOCK = """\
import datetime, time
class _Then(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp({moment}, tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp({moment}, datetime.timezone.utc).replace(tzinfo=None)
    today = now
class _Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp({moment})
datetime.datetime, datetime.date = _Then, _Day
time.time, time.time_ns = lambda: float({moment}), lambda: {moment} * 10**9
"""
DEAF = """\
import socket
def _refuse(*_, **__):
    raise socket.gaierror(-3, "Temporary failure in name resolution")
socket.getaddrinfo = socket.create_connection = _refuse
_connect = socket.socket.connect
def connect(self, address):
    return _refuse() if self.family in (socket.AF_INET, socket.AF_INET6) else _connect(self, address)
socket.socket.connect = connect
"""


def as_if(folder: Path, code: str) -> dict[str, str]:
    """Return the environment of processes that begin with some code."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(code, "utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


@pytest.mark.parametrize(
    "moment", [0, pytest.param(4_070_908_800, marks=pytest.mark.slow)], ids=["1970", "2099"]
)
def test_a_clock_that_is_wrong_changes_no_byte(built: Path, tmp_path: Path, moment: int) -> None:
    root = project(tmp_path / "book")
    done = build(root, **as_if(tmp_path / "clock", CLOCK.format(moment=moment)))
    assert done.returncode == 0, done.stderr
    assert outputs(root) == outputs(built)


def test_without_a_network_a_build_is_the_same_and_gathering_says_so(built: Path, tmp_path: Path) -> None:
    root, deaf = project(tmp_path / "book"), as_if(tmp_path / "deaf", DEAF)
    done = build(root, **deaf)
    assert done.returncode == 0, done.stderr
    assert outputs(root) == outputs(built)
    asked = [sys.executable, "-m", "book", "gather", "https://blog.example/feed", "--fetch"]
    gathered = subprocess.run(asked, cwd=root, env={**os.environ, **deaf}, capture_output=True, text=True)
    assert gathered.returncode == 1
    assert "https://blog.example/feed" in gathered.stderr
    assert "Traceback" not in gathered.stderr


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """Return the press processes that a build has started."""
    found = subprocess.run(["pgrep", "-P", str(process.pid), "-f", "book.press.worker"], capture_output=True)
    return [int(line) for line in found.stdout.split()]


@pytest.mark.parametrize("always", [False, True], ids=["once", "always"])
def test_a_worker_that_is_killed_is_replaced_or_its_post_is_named(
    copied: Path, built: Path, always: bool
) -> None:
    shutil.rmtree(copied / ".book")
    process = subprocess.Popen(
        command("paperback"), cwd=copied, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    killed = 0
    while process.poll() is None:
        for worker in workers_of(process) if always or not killed else ():
            time.sleep(0 if always else 0.05)
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                killed += 1
    _, said = process.communicate()
    assert killed
    assert "Traceback" not in said
    if process.returncode:
        assert always, said
        assert "its process was killed" in said
        assert "chapters/post-" in said or "the press cannot work" in said
    assert outputs(copied) == outputs(built)
