"""After each call to the disk, every possible state after a power loss has all acknowledged changes."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from disks import RecordingDisk, Stop
from planted import MISTAKES, NewJournalNotNamed, SnapshotNotSynced
from trials import FORMAT_1, CrashHarness, RecoveryHarness, Trial, tables_of, workload

from library.store import journal
from library.store.layout import CATALOG_NAME, JOURNAL_NAME
from library.store.storage import CatalogStorage

PER_CALL = int(os.environ.get("CRASH_STATES_PER_CALL", "20"))
RECOVERED_PER_CALL = int(os.environ.get("RECOVERED_STATES_PER_CALL", "15"))
STOP_EVERY = int(os.environ.get("CRASH_STOP_EVERY", "3"))


def fast_and_slow(fast: int, slow: int) -> pytest.MarkDecorator:
    """Parametrise the step between the calls at which a program is killed: smaller in the long run."""
    return pytest.mark.parametrize("every", [fast, pytest.param(slow, marks=pytest.mark.slow)])


@pytest.fixture
def folders() -> Iterator[tuple[Path, Path]]:
    """A folder to work in and one for crash states, in memory if possible, since they are written often."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as root:
        for name in ("library", "scratch"):
            (Path(root) / name).mkdir()
        yield Path(root) / "library", Path(root) / "scratch"


@pytest.mark.parametrize(
    "part",
    [journal._PART, pytest.param(48, marks=pytest.mark.slow)],
    ids=["one write a record", "several"],
)
def test_a_power_loss_after_any_call_loses_no_acknowledged_change(
    folders: tuple[Path, Path], part: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(journal, "_PART", part)
    folder, scratch = folders
    disk, trial = RecordingDisk(folder), Trial()
    harness = CrashHarness(disk, scratch, trial, per_call=PER_CALL)
    for _ in workload(disk, folder, trial):
        assert disk.is_durable(folder / JOURNAL_NAME), "acknowledged before it was durable"
        assert disk.is_durable(folder / CATALOG_NAME)
    assert harness.violations == []
    assert harness.states >= 90 * PER_CALL


def test_a_power_loss_during_the_migration_leaves_the_old_library_or_the_new(folders: tuple[Path, Path]):
    folder, scratch = folders
    (folder / CATALOG_NAME).write_text(json.dumps(FORMAT_1))
    disk, trial = RecordingDisk(folder), Trial([{"articles": FORMAT_1["articles"]}])
    harness = CrashHarness(disk, scratch, trial, per_call=PER_CALL)
    for _ in workload(disk, folder, trial):
        pass
    assert harness.violations == []
    assert json.loads((folder / "backups" / "catalog-format-1.json").read_bytes()) == FORMAT_1


def test_a_disk_that_fails_during_the_recovery_from_a_power_loss_loses_nothing(folders: tuple[Path, Path]):
    folder, scratch = folders
    disk, trial = RecordingDisk(folder), Trial()
    harness = RecoveryHarness(disk, scratch, trial, per_call=RECOVERED_PER_CALL)
    for _ in workload(disk, folder, trial):
        pass
    assert harness.violations == []
    assert harness.failed >= 500


@fast_and_slow(9, STOP_EVERY)
def test_a_killed_program_and_a_power_loss_during_the_next_one_lose_nothing(
    folders: tuple[Path, Path], every: int
):
    folder, scratch = folders
    total, stop_at = 0, 1
    while True:
        for path in folder.glob("*"):
            path.unlink()
        disk, trial = RecordingDisk(folder), Trial()
        disk.stop_at = stop_at
        try:
            for _ in workload(disk, folder, trial):
                pass
            break
        except Stop:
            disk.stop_at = 0
        harness = CrashHarness(disk, scratch, trial, per_call=4, seed=stop_at)
        with contextlib.closing(CatalogStorage(folder, disk)) as storage:
            trial.begin_with(storage)
            assert trial.change(storage)
            assert storage.fold()
            assert trial.change(storage)
            assert tables_of(storage) == trial.states[-1]
        assert harness.violations == [], f"killed before call {stop_at}"
        total += harness.states
        stop_at += every
    assert total >= 900 // every


@fast_and_slow(4, 1)
def test_programs_killed_while_creating_a_library_and_then_a_power_loss_lose_nothing(
    folders: tuple[Path, Path], every: int
):
    """A rename by a killed program may be lost although a later one that depends on it survives."""
    folder, scratch = folders
    for stop in range(1, 40, every):
        for path in folder.glob("*"):
            path.unlink()
        disk, trial = RecordingDisk(folder), Trial()
        for _ in range(2):
            disk.calls, disk.stop_at = 0, stop
            with contextlib.suppress(Stop), contextlib.closing(CatalogStorage(folder, disk)) as storage:
                trial.change(storage)
            disk.stop_at = 0
            with contextlib.closing(CatalogStorage(folder, disk)) as storage:
                trial.begin_with(storage)
        harness = CrashHarness(disk, scratch, trial, per_call=40, seed=stop)
        with contextlib.closing(CatalogStorage(folder, disk)) as storage:
            assert trial.change(storage)
        assert harness.violations == []


def test_a_fold_after_a_kill_keeps_a_previous_journal_that_is_durable(folders: tuple[Path, Path]):
    folder, _ = folders
    disk, trial = RecordingDisk(folder), Trial()
    next(workload(disk, folder, trial))
    storage = CatalogStorage(folder, disk)

    def before(name: str, arguments: tuple[object, ...]) -> None:
        if disk.stop_at or (name == "sync" and disk.names[folder / JOURNAL_NAME].pending):
            disk.stop_at = 1
            raise Stop

    disk.before = before  # type: ignore[method-assign]
    with pytest.raises(Stop):
        trial.change(storage)
    del disk.before
    disk.stop_at = 0
    storage.close()
    with contextlib.closing(CatalogStorage(folder, disk)) as storage:
        assert storage.fold()  # the disk asserts that nothing takes a name before it is durable
        assert tables_of(storage) == trial.states[-1]


@pytest.mark.parametrize("mistaken", MISTAKES, ids=lambda mistaken: mistaken.__name__)
def test_the_harness_finds_a_planted_mistake(mistaken: type[RecordingDisk], folders: tuple[Path, Path]):
    folder, scratch = folders
    disk, trial = mistaken(folder), Trial()
    harness = CrashHarness(disk, scratch, trial, per_call=14)
    for _ in workload(disk, folder, trial):
        pass
    assert len(harness.violations) >= 3


def test_the_order_of_calls_is_asserted_without_any_crash(folders: tuple[Path, Path]):
    folder, _ = folders
    disk = SnapshotNotSynced(folder)
    disk.strict = True
    with pytest.raises(AssertionError, match="takes a name before it is durable"):
        next(workload(disk, folder, Trial()))
    disk = NewJournalNotNamed(folder)
    next(workload(disk, folder, Trial()))
    assert not disk.is_durable(folder / JOURNAL_NAME)
