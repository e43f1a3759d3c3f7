"""Each call to the disk fails once, always, or is the last: no acknowledged change is lost, none is partial."""

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
from library.store.layout import CATALOG_NAME, JOURNAL_NAME
from library.store.storage import CatalogStorage

FAILURES = (errno.EIO, errno.ENOSPC, errno.EROFS, Stop)
NAMES = {errno.EIO: "EIO", errno.ENOSPC: "ENOSPC", errno.EROFS: "EROFS", Stop: "stop"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder, in memory if possible, since thousands of libraries are written."""
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


Begin = Callable[[Path], Trial]
BEGINNINGS = (empty, with_journal, with_torn_tail, of_format_1)


def work(disk: FailingDisk, folder: Path, trial: Trial) -> None:
    """Make two changes, a fold with one change during it, and two more; continue after failures."""
    storage = CatalogStorage(folder, disk)
    try:
        if storage.damage is not None:  # a file could not be read on opening
            assert not trial.change(storage)
            return
        assert tables_of(storage) == trial.states[-1]
        for step in range(6):
            if step == 2:
                with contextlib.suppress(StoreUnwritable):
                    fold_with_a_change(storage, trial)
            trial.change(storage)
            assert tables_of(storage) == trial.states[-1], "memory differs from what was acknowledged"
            storage.refresh()
            assert tables_of(storage) == trial.states[-1], "a refused change came in again"
        if disk.failed and (not disk.for_ever or disk.at % 2):
            disk.repair()
            assert trial.change(storage), "the disk is sound again, the store is not"
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
    """Yield a disk that fails at its first call, one at its second, and so on until all succeed."""
    at = 1
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        trial, disk = begin(folder), disk_at(at)
        yield disk, trial
        if not (disk.failed or (isinstance(disk, ShortDisk) and disk.writes > disk.short_at)):
            return
        at += 1


def assert_sound(folder: Path, trial: Trial) -> None:
    """Assert that the next program finds a possible state, and can continue."""
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
    """Do ``assert_sound``; a refused change may be on the disk if it could not be withdrawn."""
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
    """The second failure comes a few calls after the first, while a new file is being written."""

    class FailingTwice(FailingDisk):
        def before(self, name: str, arguments: tuple[object, ...]) -> None:
            if self.failed and self.calls == self.at + second:
                raise OSError(errno.EIO, "Input/output error")
            super().before(name, arguments)

    for disk, trial in each_call(with_journal, lambda at: FailingTwice(at, errno.EIO), folder):
        work(disk, folder, trial)
        assert_possible_with_one_more(folder, trial)


class DoubtfulDisk(QuickDisk):
    """A disk on which the n-th sync of ``path`` fails, without ``cuts`` also its truncation; no sync may follow."""

    def __init__(self, path: Path, at: int, *, cuts: bool) -> None:
        self._at, self._cuts = at, cuts
        self._file, self._syncs = path.stat().st_ino, 0

    def sync(self, descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == self._file:
            self._syncs += 1
            assert self._syncs <= self._at, "a failed sync was tried again"
            if self._syncs == self._at:
                raise OSError(errno.EIO, "Input/output error")

    def truncate(self, descriptor: int, length: int) -> None:
        if not self._cuts and self._syncs == self._at:
            raise OSError(errno.EIO, "Input/output error")
        super().truncate(descriptor, length)


@pytest.mark.parametrize("cuts", [True, False], ids=["cut", "not cut"])
@pytest.mark.parametrize(
    ("begin", "at"),
    [(with_journal, 1), (with_journal, 2), (with_journal, 3), (with_torn_tail, 2)],
    ids=["what others left", "first", "second", "after the cut"],
)
def test_a_failed_sync_is_not_tried_again_on_the_same_file(folder: Path, begin: Begin, at: int, cuts: bool):
    trial = begin(folder)
    disk = DoubtfulDisk(folder / JOURNAL_NAME, at, cuts=cuts)
    with contextlib.closing(CatalogStorage(folder, disk)) as storage:
        refused = [trial.change(storage) for _ in range(4)].index(False)
        assert refused <= 1
        assert storage.refresh() is False
        assert tables_of(storage) == trial.states[-1]
    assert_sound(folder, trial)


def test_a_failed_sync_of_a_cut_leads_to_a_fresh_file(folder: Path):
    trial = with_torn_tail(folder)

    class OpeningDisk(DoubtfulDisk):
        """A disk that cannot write on opening, so that the torn tail is left for the first change."""

        opening = True

        def write(self, descriptor: int, data: bytes) -> int:
            if self.opening:
                raise OSError(errno.EROFS, "Read-only file system")
            return super().write(descriptor, data)

    disk = OpeningDisk(folder / JOURNAL_NAME, 1, cuts=True)
    with contextlib.closing(CatalogStorage(folder, disk)) as storage:
        disk.opening = False
        assert trial.change(storage) is False
        assert trial.change(storage)
    assert_sound(folder, trial)


@contextlib.contextmanager
def three_programs(folder: Path) -> Iterator[tuple[FailingDisk, list[CatalogStorage]]]:
    disk = FailingDisk(0, errno.EIO)
    with contextlib.ExitStack() as stack:
        disks = (disk, QuickDisk(), QuickDisk())
        yield disk, [stack.enter_context(contextlib.closing(CatalogStorage(folder, each))) for each in disks]


def refuse(
    disk: FailingDisk, ours: CatalogStorage, *onlookers: CatalogStorage, begun: list[object] | None = None
) -> None:
    """Make a change whose sync fails; the onlookers read it while it is not yet durable."""

    def before(name: str, arguments: tuple[object, ...]) -> None:
        if name == "sync":
            for onlooker in onlookers:
                onlooker.refresh()
                assert "refused" in onlooker.table("articles")
                if begun is not None:
                    begun.append(onlooker._files.begin_fold())
            raise OSError(errno.EIO, "Input/output error")

    disk.before = before  # type: ignore[method-assign]
    with pytest.raises(StoreUnwritable, match=r"Input/output error.*Nothing was changed"):
        ours.change("articles", {"refused": {}})
    del disk.before


@pytest.mark.parametrize("first", ["ours", "theirs", "third's"])
@pytest.mark.parametrize("looking", ["at once", "later"])
def test_a_change_refused_here_is_not_kept_by_another_program(folder: Path, first: str, looking: str):
    trial = with_journal(folder)
    with three_programs(folder) as (disk, programs):
        ours, theirs, thirds = programs
        assert trial.change(ours)
        thirds.refresh()
        refuse(disk, ours, theirs)
        if looking == "at once":
            assert theirs.refresh() is True
            assert tables_of(theirs) == trial.states[-1]
        storage = {"ours": ours, "theirs": theirs, "third's": thirds}[first]
        assert trial.change(storage) and trial.change(storage)
        for each in programs:
            each.refresh()
            assert tables_of(each) == trial.states[-1]
            assert each.damage is None
        assert all(trial.change(each) for each in programs)
    with contextlib.closing(CatalogStorage(folder, QuickDisk())) as storage:
        assert tables_of(storage) == trial.states[-1]


def test_a_fold_started_with_a_change_that_failed_is_cancelled(folder: Path):
    trial = with_journal(folder)
    with three_programs(folder) as (disk, (ours, theirs, _)):
        assert trial.change(ours)
        begun: list[object] = []
        refuse(disk, ours, theirs, begun=begun)
        files = theirs._files
        written = files.write_fold(begun[0])  # type: ignore[arg-type]
        with files.locked():
            files.follow_alone()
            assert files.finish_fold(begun[0], written) is False  # type: ignore[arg-type]
    assert_sound(folder, trial)


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
