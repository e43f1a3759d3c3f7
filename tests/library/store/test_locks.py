"""The lock for writing: held by another program, left by a killed one, or not supported at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from trials import QuickDisk, Trial, tables_of

from library import Library
from library.errors import LibraryLocked, StoreUnwritable
from library.maintenance.doctor import examine
from library.store.disk import Disk
from library.store.layout import CATALOG_NAME, LOCK_NAME
from library.store.storage import CatalogStorage

HOLD = """
import fcntl, os, sys, time
descriptor = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(descriptor, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


class ImpatientDisk(QuickDisk):
    """A disk that waits for a lock only briefly."""

    patience = 0.02


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def begun(folder: Path) -> Trial:
    trial = Trial()
    with closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert trial.change(storage)
    return trial


def test_waiting_for_a_lock_of_another_program_ends(folder: Path):
    trial = begun(folder)
    with closing(CatalogStorage(folder, ImpatientDisk())) as storage:
        with Disk().locked(folder / LOCK_NAME):
            with pytest.raises(LibraryLocked, match=r"held this lock for 0\.02 seconds.*Try again"):
                storage.change("articles", {"a": {}})
            with pytest.raises(LibraryLocked):
                storage.fold()
            assert tables_of(storage) == trial.states[-1]
        assert trial.change(storage), "it is free again"
        assert tables_of(storage) == trial.states[-1]


def test_a_lock_that_becomes_free_in_time_is_taken(folder: Path):
    trial, waiting = begun(folder), Event()

    class WaitingDisk(QuickDisk):
        def lock(self, descriptor: int) -> None:
            try:
                super().lock(descriptor)
            except BlockingIOError:
                waiting.set()
                raise

    with closing(CatalogStorage(folder, WaitingDisk())) as storage:
        with Disk().locked(folder / LOCK_NAME):
            changing = Thread(target=trial.change, args=(storage,))
            changing.start()
            assert waiting.wait(20)
        changing.join(20)
        assert trial.acknowledged == 2
        assert tables_of(storage) == trial.states[-1]


def test_the_lock_of_a_killed_program_is_free(folder: Path):
    trial = begun(folder)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, folder / LOCK_NAME], stdout=subprocess.PIPE)
    with holder, closing(CatalogStorage(folder, ImpatientDisk())) as storage:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        assert trial.change(storage) is False
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert trial.change(storage)


def test_a_program_started_during_a_change_does_not_keep_the_lock(folder: Path):
    begun(folder)
    with closing(CatalogStorage(folder, ImpatientDisk())) as storage:
        with storage.transaction():
            child = subprocess.Popen(
                [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False
            )
        with child:
            with closing(CatalogStorage(folder, ImpatientDisk())) as other:
                other.change("articles", {"a": {}})
            child.communicate(b"\n")


class RelockedDisk(ImpatientDisk):
    """A disk on which another folder replaces the library while the lock is being acquired."""

    def __init__(self, folder: Path, other: Path) -> None:
        self.folder, self.other, self.done = folder, other, False

    def lock(self, descriptor: int) -> None:
        super().lock(descriptor)
        if not self.done:
            self.done = True
            self.folder.rename(self.folder.with_name("previous"))
            self.other.rename(self.folder)


def test_the_lock_of_a_replaced_library_is_not_enough(folder: Path, tmp_path: Path):
    begun(folder)
    other = tmp_path / "other"
    trial = begun(other)
    disk = RelockedDisk(folder, other)
    with closing(CatalogStorage(folder, disk)) as storage, storage.transaction():
        assert disk.done
        with pytest.raises(LibraryLocked), ImpatientDisk().locked(folder / LOCK_NAME):
            pass
        assert tables_of(storage) == trial.states[-1]


class NoLocksDisk(QuickDisk):
    """A disk without locks, like some network shares."""

    def __init__(self, number: int) -> None:
        self.number = number

    def lock(self, descriptor: int) -> None:
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP], ids=["ENOLCK", "EOPNOTSUPP"])
def test_without_locks_one_program_continues_and_this_is_reported_once(folder: Path, number: int):
    trial = Trial()
    with closing(CatalogStorage(folder, NoLocksDisk(number))) as storage:
        assert storage.notices == ()
        assert all(trial.change(storage) for _ in range(3))
        assert storage.fold() and trial.change(storage)
        (notice,) = storage.notices
        assert (
            str(folder) in notice and "does not support locks" in notice and "one program at a time" in notice
        )
    with closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert tables_of(storage) == trial.states[-1]


def test_a_lock_that_fails_otherwise_refuses_the_change(folder: Path):
    trial = begun(folder)
    with closing(CatalogStorage(folder, NoLocksDisk(errno.EIO))) as storage:
        with pytest.raises(StoreUnwritable, match="Input/output error"):
            storage.change("articles", {"a": {}})
        assert storage.notices == ()
    with closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert tables_of(storage) == trial.states[-1]


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM], ids=["EXDEV", "EPERM"])
def test_without_links_the_previous_snapshot_is_kept_as_a_copy(folder: Path, number: int):
    class NoLinksDisk(QuickDisk):
        def link(self, source: Path, target: Path) -> None:
            raise OSError(number, os.strerror(number))

    trial = Trial()
    with closing(CatalogStorage(folder, NoLinksDisk())) as storage:
        for _ in range(4):
            assert trial.change(storage) and storage.fold()
        assert trial.change(storage)
    (folder / CATALOG_NAME).write_bytes(b"damaged")
    with closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert storage.damage is not None
        assert tables_of(storage) == trial.states[-1]


# The whole library


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Disk, "patience", 0.02)


def test_while_the_library_is_locked_words_are_kept_as_a_draft(seeded: Library, impatient: None):
    (key,) = seeded.search.ids("oil")
    with Disk().locked(seeded.path / LOCK_NAME):
        with pytest.raises(LibraryLocked):
            seeded.note(key, "Half a thought")
        seeded.drafts.keep(key, "Half a thought")
        assert seeded.annotations.select() == []
        assert len(seeded.select()) == 5
        assert examine(seeded.path, now=seeded.workspace.clock()) == ()
    assert seeded.note(key, seeded.drafts.get(key)).body == "Half a thought"


def test_a_library_can_be_backed_up_and_closed_while_it_is_locked(
    seeded: Library, impatient: None, tmp_path: Path
):
    with Disk().locked(seeded.path / LOCK_NAME):
        assert seeded.maintenance.back_up(tmp_path / "backup.zip").articles == 5
        seeded.close()
