from __future__ import annotations

from pathlib import Path

from book.press.ledger import Ledger
from book.press.store import Store


def found(ledger: Ledger, *names: str) -> list[str]:
    """Ask for the length of names; return those that had to be measured."""
    measured: list[str] = []

    def measure(name: str) -> int:
        measured.append(name)
        return len(name)

    assert [ledger.found(lambda name=name: measure(name), name) for name in names] == list(map(len, names))
    return measured


def test_what_was_found_is_not_found_again(tmp_path: Path) -> None:
    first = Ledger(Store(tmp_path), "lengths", 1)
    assert found(first, "one", "three") == ["one", "three"]
    first.save()
    second = Ledger(Store(tmp_path), "lengths", 1)
    assert found(second, "three", "four") == ["four"]
    second.save()
    assert found(Ledger(Store(tmp_path), "lengths", 1), "one", "three", "four") == []


def test_other_shapers_and_harmed_entries_find_anew(tmp_path: Path) -> None:
    first = Ledger(Store(tmp_path), "lengths", 1)
    found(first, "one")
    first.save()
    assert found(Ledger(Store(tmp_path), "lengths", 2), "one") == ["one"]
    for path in tmp_path.glob("??/*"):
        path.write_bytes(path.read_bytes()[:-1] + b"]")
    assert found(Ledger(Store(tmp_path), "lengths", 1), "one") == ["one"]


def test_a_ledger_does_not_grow_without_end(tmp_path: Path, monkeypatch: object) -> None:
    from book.press import ledger as module

    monkeypatch.setattr(module, "MOST", 2)  # type: ignore[attr-defined]
    for name in ("a", "bb", "ccc"):
        one = Ledger(Store(tmp_path), "lengths")
        found(one, name)
        one.save()
    assert found(Ledger(Store(tmp_path), "lengths"), "bb", "ccc", "a") == ["a"]
