"""Each call to the disk fails once, for ever, or is the last: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from disks import FailingDisk, ShortDisk, Stop
from trials import FORMAT_1, QuickDisk, Trial, tables_of

from library.errors import StoreUnwritable
from library.store.files import CATALOG_NAME, JOURNAL_NAME
from library.store.storage import CatalogStorage

FAILURES = (errno.EIO, errno.ENOSPC, errno.EROFS, Stop)
NAMES = {errno.EIO: "EIO", errno.ENOSPC: "ENOSPC", errno.EROFS: "EROFS", Stop: "stop"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory if possible: some thousand libraries are written."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as root:
        yield Path(root) / "library"


def empty(folder: Path) -> Trial:
    return Trial()


def with_journal(folder: Path) -> Trial:
    trial = Trial()
    with contextlib.closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert all(trial.change(storage) for _ in range(3))
        assert storage.fold()
        assert trial.change(storage)
    return trial


def with_torn_tail(folder: Path) -> Trial:
    trial = with_journal(folder)
    with (folder / JOURNAL_NAME).open("ab") as file:
        file.write(b'0000005c 1a2b3c4d {"n":5,"t":{"articles":')
    return trial


def of_format_1(folder: Path) -> Trial:
    folder.mkdir()
    (folder / CATALOG_NAME).write_text(json.dumps(FORMAT_1))
    return Trial([{"articles": FORMAT_1["articles"]}])


BEGINNINGS = (empty, with_journal, with_torn_tail, of_format_1)


def work(disk: FailingDisk, folder: Path, trial: Trial) -> None:
    """Two changes, a fold during which one is made, and two changes; what fails goes on as a person would."""
    storage = CatalogStorage(folder, disk)
    try:
        if storage.damage is not None:  # a file could not be read when it was opened
            assert not trial.change(storage)
            return
        assert tables_of(storage) == trial.states[-1]
        for step in range(6):
            if step == 2:
                with contextlib.suppress(StoreUnwritable):
                    fold_with_a_change(storage, trial)
            trial.change(storage)
            assert tables_of(storage) == trial.states[-1], "memory is not what was told"
            storage.refresh()
            assert tables_of(storage) == trial.states[-1], "a refused change came in again"
    finally:
        storage.close()


def fold_with_a_change(storage: CatalogStorage, trial: Trial) -> None:
    write = storage._files.write_fold

    def write_while_changed(fold: object) -> Path:
        written: Path = write(fold)  # type: ignore[arg-type]
        trial.change(storage)
        return written

    storage._files.write_fold = write_while_changed  # type: ignore[method-assign, assignment]
    try:
        storage.fold()
    finally:
        storage._files.write_fold = write  # type: ignore[method-assign]


def each_call(
    begin: Callable[[Path], Trial], disk_at: Callable[[int], FailingDisk], folder: Path
) -> Iterator[tuple[FailingDisk, Trial]]:
    """A disk that fails at its first call, at its second, and so on until all calls succeed."""
    at = 1
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        trial, disk = begin(folder), disk_at(at)
        yield disk, trial
        if not (disk.failed or (isinstance(disk, ShortDisk) and disk.writes > disk.short_at)):
            return
        at += 1


def assert_sound(folder: Path, trial: Trial) -> None:
    """What the next program finds, and that it can go on."""
    with contextlib.closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert storage.damage is None, storage.damage
        trial.begin_with(storage)
        assert trial.change(storage)
    with contextlib.closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert tables_of(storage) == trial.states[-1]
        assert not storage.notices
    assert not list(folder.glob(".catalog*.tmp")) or trial.acknowledged


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda begin: begin.__name__)
@pytest.mark.parametrize("for_ever", [False, True], ids=["once", "for_ever"])
@pytest.mark.parametrize("failure", FAILURES, ids=NAMES.get)
def test_a_call_that_fails_loses_nothing(
    folder: Path, begin: Callable[[Path], Trial], failure: int, for_ever: bool
):
    calls = 0
    for disk, trial in each_call(begin, lambda at: FailingDisk(at, failure, for_ever=for_ever), folder):
        calls += 1
        with contextlib.suppress(Stop):
            work(disk, folder, trial)
        if isinstance(failure, int) and (not for_ever) and trial.acknowledged:
            with contextlib.closing(CatalogStorage(folder, QuickDisk())) as storage:
                assert tables_of(storage) == trial.states[-1], (
                    f"call {disk.at}: a refused change is on the disk"
                )
        assert_possible_with_one_more(folder, trial)
    assert calls >= 60


def assert_possible_with_one_more(folder: Path, trial: Trial) -> None:
    """As ``assert_sound``; a change that was refused for good may be on the disk if it could not be taken back."""
    with contextlib.closing(CatalogStorage(folder, QuickDisk())) as storage:
        found = tables_of(storage)
        if found not in trial.states[trial.acknowledged :]:
            with contextlib.closing(CatalogStorage(folder.with_name("other"), QuickDisk())) as other:
                refused = Trial(list(trial.states), trial.acknowledged)
                assert refused.change(other)
            shutil.rmtree(folder.with_name("other"))
            assert found == refused.states[-1]
            trial.states.append(found)
    assert_sound(folder, trial)


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda begin: begin.__name__)
def test_a_write_that_is_cut_short_loses_nothing(folder: Path, begin: Callable[[Path], Trial]):
    for disk, trial in each_call(begin, ShortDisk, folder):
        work(disk, folder, trial)
        assert_sound(folder, trial)


@pytest.mark.parametrize("second", [1, 2, 3, 5, 8, 13, 21])
def test_a_failure_while_recovering_from_one_loses_nothing(folder: Path, second: int):
    """The second call to fail comes a few calls after the first, when a fresh file is being written."""

    class FailingTwice(FailingDisk):
        def before(self, name: str, arguments: tuple[object, ...]) -> None:
            if self.failed and self.calls == self.at + second:
                raise OSError(errno.EIO, "Input/output error")
            super().before(name, arguments)

    for disk, trial in each_call(with_journal, lambda at: FailingTwice(at, errno.EIO), folder):
        work(disk, folder, trial)
        assert_possible_with_one_more(folder, trial)


def test_a_failed_sync_is_not_tried_again_on_the_same_file(folder: Path):
    trial = with_journal(folder)
    synced: list[tuple[int, bool]] = []

    class NoSync(QuickDisk):
        broken = False

        def sync(self, descriptor: int) -> None:
            synced.append((os.fstat(descriptor).st_ino, self.broken))
            if self.broken:
                self.broken = False
                raise OSError(errno.EIO, "Input/output error")

    disk = NoSync()
    with contextlib.closing(CatalogStorage(folder, disk)) as storage:
        assert trial.change(storage)
        disk.broken = True
        with (
            pytest.raises(StoreUnwritable, match=r"Input/output error.*Nothing was changed"),
            storage.transaction(),
        ):
            storage.change("articles", {"refused": {}})
        failed = next(inode for inode, broken in synced if broken)
        count = len(synced)
        assert storage.refresh() is False
        assert trial.change(storage)
        assert failed not in [inode for inode, _ in synced[count:]]
        assert tables_of(storage) == trial.states[-1]


def test_a_change_refused_here_is_not_seen_by_another_program(folder: Path):
    trial = with_journal(folder)
    disk = FailingDisk(0, errno.EIO)
    with (
        contextlib.closing(CatalogStorage(folder, disk)) as ours,
        contextlib.closing(CatalogStorage(folder, QuickDisk())) as theirs,
    ):
        assert trial.change(ours)
        seen = {}

        def before(name: str, arguments: tuple[object, ...]) -> None:
            if name == "sync":  # they look just when the record is written and not yet durable
                theirs.refresh()
                seen.update(theirs.table("articles"))
                raise OSError(errno.EIO, "Input/output error")

        disk.before = before  # type: ignore[method-assign]
        with pytest.raises(StoreUnwritable):
            ours.change("articles", {"refused": {}})
        del disk.before
        assert "refused" in seen
        assert theirs.refresh() is True
        assert tables_of(theirs) == tables_of(ours) == trial.states[-1]
        assert trial.change(theirs)
        assert trial.change(ours)
        theirs.refresh()
        assert tables_of(theirs) == tables_of(ours) == trial.states[-1]


def test_the_same_change_made_by_another_after_ours_was_refused_is_kept(folder: Path):
    with_journal(folder)
    disk = FailingDisk(0, errno.EIO)
    with (
        contextlib.closing(CatalogStorage(folder, disk)) as ours,
        contextlib.closing(CatalogStorage(folder, QuickDisk())) as theirs,
    ):
        ours.change("articles", {"first": {}})

        def before(name: str, arguments: tuple[object, ...]) -> None:
            if name == "sync":
                raise OSError(errno.EIO, "Input/output error")

        disk.before = before  # type: ignore[method-assign]
        with pytest.raises(StoreUnwritable):
            ours.change("articles", {"same": {}})
        del disk.before
        theirs.change("articles", {"same": {}})
        ours.change("articles", {"last": {}})
        theirs.refresh()
        assert {"same", "last"} <= ours.table("articles").keys()
        assert tables_of(theirs) == tables_of(ours)
