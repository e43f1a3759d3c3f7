"""Long versions of the store's tests: ``make torture``. ``TORTURE_SCALE=0.01`` makes all of them shorter."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1] / "library" / "store"))

import test_store_processes
from disks import RecordingDisk, Stop
from planted import MISTAKES
from test_store_stateful import StoreMachine
from trials import CrashHarness, RecoveryHarness, Trial, tables_of, workload

from library.store.journal import End, encode_change, scan
from library.store.storage import CatalogStorage
from library.store.tables import encoded_changes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]

SCALE = float(os.environ.get("TORTURE_SCALE", "1"))
KILLS = int(5_000 * SCALE)
RACES = int(2_000 * SCALE)
SEEDS = max(1, int(50 * SCALE))
CHANGES = max(1, int(1_000 * SCALE))
STATES = int(1_000_000 * SCALE)
RECOVERIES = int(20_000 * SCALE)
STATES_AFTER_A_KILL = int(200_000 * SCALE)
EXAMPLES = int(5_000 * SCALE)
BLOCKS = int(200_000 * SCALE)


@pytest.fixture
def folders() -> Iterator[tuple[Path, Path]]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as root:
        for name in ("library", "scratch"):
            (Path(root) / name).mkdir()
        yield Path(root) / "library", Path(root) / "scratch"


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def test_kills(tmp_path: Path):
    test_store_processes.test_what_was_acknowledged_survives_kill_9(tmp_path, KILLS)


def test_two_writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(test_store_processes, "CHANGES", CHANGES)
    test_store_processes.test_two_programs_that_write_at_once_lose_nothing_and_end_with_the_same(tmp_path)


def test_creating_a_library_simultaneously(tmp_path: Path):
    test_store_processes.test_two_programs_that_create_a_library_at_once_create_the_same(tmp_path, RACES)


@pytest.mark.parametrize("what", test_store_processes.FAULTS)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_system_calls_that_fail(tmp_path: Path, what: str, seed: int):
    test_store_processes.test_calls_that_the_system_lets_fail_at_random_lose_nothing(tmp_path, what, seed)


def test_power_losses_and_a_failing_disk_during_recovery(folders: tuple[Path, Path]):
    folder, scratch = folders
    failed, seed, began = 0, 0, time.monotonic()
    while failed < RECOVERIES:
        seed += 1
        empty(folder)
        disk, trial = RecordingDisk(folder), Trial()
        harness = RecoveryHarness(disk, scratch, trial, per_call=40, seed=seed)
        for _ in workload(disk, folder, trial):
            pass
        assert harness.violations == [], f"seed {seed}"
        failed += harness.failed
    print(f"{failed} failures while recovering from a loss of power, {time.monotonic() - began:.0f} s")


def test_power_losses(folders: tuple[Path, Path]):
    folder, scratch = folders
    states, seed, began = 0, 0, time.monotonic()
    while states < STATES:
        seed += 1
        empty(folder)
        disk, trial = RecordingDisk(folder), Trial()
        harness = CrashHarness(disk, scratch, trial, per_call=60, seed=seed)
        for _ in workload(disk, folder, trial):
            pass
        assert harness.violations == [], f"seed {seed}"
        states += harness.states
    print(f"{states} states after a loss of power, {time.monotonic() - began:.0f} s")


def test_power_losses_after_a_kill(folders: tuple[Path, Path]):
    folder, scratch = folders
    chance, states, kills, began = random.Random(7), 0, 0, time.monotonic()
    while states < STATES_AFTER_A_KILL:
        empty(folder)
        disk, trial = RecordingDisk(folder), Trial()
        for _ in range(chance.randint(1, 3)):  # killed repeatedly, without a power loss in between
            disk.calls, disk.stop_at = 0, chance.randint(1, 200)
            try:
                for _ in workload(disk, folder, trial):
                    pass
            except Stop:
                kills += 1
            disk.stop_at = 0
            with closing(CatalogStorage(folder, disk)) as storage:
                trial.begin_with(storage)
        harness = CrashHarness(disk, scratch, trial, per_call=10, seed=states)
        with closing(CatalogStorage(folder, disk)) as storage:
            assert trial.change(storage) and storage.fold() and trial.change(storage)
            assert tables_of(storage) == trial.states[-1]
        assert harness.violations == []
        states += harness.states
    print(f"{states} states after {kills} kills and a loss of power, {time.monotonic() - began:.0f} s")


@pytest.mark.parametrize("mistaken", MISTAKES, ids=lambda mistaken: mistaken.__name__)
def test_the_harness_finds_a_planted_mistake(mistaken: type[RecordingDisk], folders: tuple[Path, Path]):
    folder, scratch = folders
    disk, trial = mistaken(folder), Trial()
    harness = CrashHarness(disk, scratch, trial, per_call=60)
    for _ in workload(disk, folder, trial):
        pass
    print(f"{mistaken.__name__}: {len(harness.violations)} violations in {harness.states} states")
    assert harness.violations


def test_destroyed_blocks_never_give_a_wrong_record():
    chance = random.Random(5)
    records = [
        b"".join(
            encode_change(number, encoded_changes({"articles": {str(number): {"text": "ä" * (number % 90)}}}))
        )
        for number in range(1, 100)
    ]
    data, payloads = b"".join(records), scan(b"".join(records)).payloads
    for _ in range(BLOCKS):
        start, length = chance.randrange(len(data)), chance.randint(1, 600)
        block = bytes(length) if chance.random() < 0.5 else chance.randbytes(length)
        found = scan(data[:start] + block + data[start + length :])
        assert found.payloads == payloads[: len(found.payloads)] and found.end is not End.WHOLE
    print(f"{BLOCKS} destroyed blocks")


class TestLongStoreAgainstDicts(StoreMachine.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=max(EXAMPLES, 10), stateful_step_count=40, deadline=None)
