"""A restore killed at any moment leaves a library at the path, and no permanent hidden copy."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import NOW, FakeClock

from library import Library
from library.maintenance import restoring as replacing
from library.maintenance.backup import restore
from library.maintenance.restoring import MARK, exchange, finish_restore, staging


def restore_until(stop: int, file: Path, folder: Path, can_exchange: bool) -> int:
    """Restore in a process that is killed before the call ``stop``; return its exit code."""
    child = os.fork()
    if child == 0:
        try:
            die_before(stop, can_exchange)
            restore(file, folder, now=NOW, force=True)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_before(stop: int, can_exchange: bool) -> None:
    calls = 0

    def dying(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == stop:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)

        return wrapped

    if not can_exchange:
        replacing.exchange = lambda one, other: False
    for owner, name in (
        (Path, "rename"),
        (Path, "unlink"),
        (os, "write"),
        (replacing, "exchange"),
        (replacing, "sync_folder"),
    ):
        setattr(owner, name, dying(getattr(owner, name)))


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if "restor" in path.name)


@pytest.mark.parametrize("can_exchange", [True, False], ids=["exchange", "two renames"])
def test_a_restore_killed_at_any_call_leaves_an_intact_library(
    seeded: Library, tmp_path: Path, can_exchange: bool
):
    file = seeded.maintenance.back_up(tmp_path / "backup.zip").file
    seeded.note(seeded.search.ids("oil")[0], "since the backup")
    seeded.close()
    folder = seeded.path
    done = False
    stop = 0
    while not done:
        stop += 1
        ended = restore_until(stop, file, folder, can_exchange)
        assert ended in (0, -signal.SIGKILL)
        done = ended == 0
        if can_exchange:
            assert (folder / "catalog.json").exists(), "there is a library at every moment"
        finish_restore(folder)
        assert not (folder / MARK).exists()
        assert not [name for name in beside(folder) if name.startswith(".")]
        with Library.open(folder, clock=FakeClock()) as library:
            assert library.articles.count() == 5
            previous = [path for path in folder.parent.iterdir() if ".before-restore-" in path.name]
            if not library.annotations.select():  # the restored library: the previous one is not lost
                (moved,) = previous
                with Library.open(moved) as other:
                    assert [note.body for note in other.annotations.select()] == ["since the backup"]
                folder.rename(tmp_path / f"restored-{stop}")
                moved.rename(folder)
            else:
                assert not previous
    assert stop > 5


def test_a_restore_in_progress_is_not_disturbed(tmp_path: Path):
    folder = tmp_path / "library"
    with staging(folder) as new:
        assert finish_restore(folder) == () and new.path.exists()
    assert new.path.exists()
    finish_restore(folder)
    assert not new.path.exists(), "nobody holds it any more, and it was not whole"
    assert not folder.exists(), "what is not whole is no library"


def test_two_folders_exchange_their_names(tmp_path: Path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "file").write_text("one")
    if not exchange(one, other):
        pytest.skip("this system cannot exchange names")
    assert (other / "file").read_text() == "one" and not (one / "file").exists()
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "none")


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP])
def test_a_system_that_cannot_exchange_names_is_detected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    class Without:
        def __init__(self, *_: object, **__: object) -> None: ...

        def renameat2(self, *_: object) -> int:
            return -1

    monkeypatch.setattr(ctypes, "CDLL", Without)
    monkeypatch.setattr(ctypes, "get_errno", lambda: number)
    assert not exchange(tmp_path / "one", tmp_path / "other")


def test_opening_a_library_completes_a_killed_restore(
    seeded: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = seeded.maintenance.back_up(tmp_path / "backup.zip").file
    monkeypatch.setattr(replacing, "exchange", lambda one, other: False)
    rename = Path.rename

    def renamed(path: Path, target: Path) -> Path:
        if path.name.startswith("."):
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(replacing.shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(KeyboardInterrupt):
        restore(file, seeded.path, now=NOW, force=True)
    monkeypatch.undo()
    assert seeded.path.exists() is True, "what was moved away is back after an error"
    seeded.path.rename(seeded.path.with_name("library.before-restore-1"))  # as if killed in between
    with Library.open(seeded.path) as library:
        assert library.articles.count() == 5
        assert (
            "interrupted" in library.maintenance.notices[0]
            and "before-restore-1" in library.maintenance.notices[0]
        )
