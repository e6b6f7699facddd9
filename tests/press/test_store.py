from __future__ import annotations

import os
from pathlib import Path

import pytest

from book.press.store import Store, key


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_there_for_the_next_build(tmp_path: Path) -> None:
    Store(tmp_path).put("abcdef", b"work")
    assert Store(tmp_path).get("abcdef") == b"work"
    assert Store(tmp_path).has("abcdef")
    assert Store(tmp_path).get("abcdee") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: data[:40] + b"X" + data[41:],
        lambda data: b"something else",
        lambda data: data + b"x",
    ],
)
def test_a_harmed_entry_is_not_there(tmp_path: Path, damage: object) -> None:
    store = Store(tmp_path)
    store.put("abcdef", b"work that is long enough to be harmed in its middle")
    (path,) = files(tmp_path)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert Store(tmp_path).get("abcdef") is None


def test_an_entry_under_another_name_is_its_own(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("abcdef", b"one")
    store.put("abcdef", b"two")
    assert store.get("abcdef") == b"two"
    assert len(files(tmp_path)) == 1


def test_a_fresh_store_forgets_what_was_there_before(tmp_path: Path) -> None:
    Store(tmp_path).put("abcdef", b"old")
    store = Store(tmp_path, fresh=True)
    assert (store.get("abcdef"), store.has("abcdef")) == (None, False)
    store.put("abcdef", b"new")
    assert (store.get("abcdef"), Store(tmp_path).get("abcdef")) == (b"new", b"new")


def test_a_store_that_cannot_be_written_keeps_work_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file")
    store.put("abcdef", b"work")
    assert (store.get("abcdef"), store.has("abcdef")) == (b"work", True)


def test_what_was_used_longest_ago_is_dropped_first(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=250)
    for number, name in enumerate(["aa1", "bb1", "cc1"]):
        store.put(name, bytes(100))
        os.utime(tmp_path / name[:2] / name[2:], (number, number))
    store.touch(["aa1"])
    store.prune()
    assert [store.has(name) for name in ("aa1", "bb1", "cc1")] == [True, False, False]


def test_keys_tell_parts_apart() -> None:
    assert key("a", "bc") != key("ab", "c")
    assert key(b"1") != key(1)
    assert key("x", {"a": 1}) == key("x", {"a": 1})
