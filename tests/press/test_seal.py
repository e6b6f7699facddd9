"""What is remembered is believed only where this user's own programs wrote it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from book import userstore
from book.press import seal
from book.press.store import Store


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    seal._secret.cache_clear()


def as_user(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    seal._secret.cache_clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))


def test_an_entry_of_another_user_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, tmp_path / "ann")
    Store(tmp_path / "store").put("ab12", b"mine")
    as_user(monkeypatch, tmp_path / "ben")
    assert Store(tmp_path / "store").get("ab12") is None
    as_user(monkeypatch, tmp_path / "ann")
    assert Store(tmp_path / "store").get("ab12") == b"mine"


def test_the_secret_is_for_its_owner_alone_and_made_anew_where_it_was_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(monkeypatch, tmp_path)
    first = seal.seal(b"words")
    secret = tmp_path / "octavo" / "seal" / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert [one.name for one in secret.parent.iterdir()] == ["secret"]
    secret.write_bytes(b"short")
    seal._secret.cache_clear()
    assert seal.seal(b"words") != first
    assert len(secret.read_bytes()) == 32


def test_where_no_secret_can_be_kept_nothing_is_believed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    as_user(monkeypatch, tmp_path / "file")
    store = Store(tmp_path / "store")
    store.put("ab12", b"mine")
    assert store.get("ab12") == b"mine"
    seal._secret.cache_clear()
    assert Store(tmp_path / "store").get("ab12") is None


def test_a_disk_that_knows_no_links_keeps_the_secret_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", link)
    as_user(monkeypatch, tmp_path)
    first = seal.seal(b"words")
    seal._secret.cache_clear()
    assert seal.seal(b"words") == first
    assert [one.name for one in (tmp_path / "octavo" / "seal").iterdir()] == ["secret"]


def test_a_user_without_a_home_has_one_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", home)
    first = seal.seal(b"words")
    assert seal.seal(b"words") == first
    assert userstore.folder("fonts") == userstore.folder("fonts")
    assert userstore.folder("seal").is_dir()
