"""Trials of the store: the list of its expected states, and checks against them after a crash."""

from __future__ import annotations

import contextlib
import errno
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from disks import FailingDisk, RecordingDisk, Stop, write_state

from library.errors import StoreUnwritable
from library.store.disk import Disk
from library.store.storage import CatalogStorage

Tables = dict[str, dict[str, Any]]
FORMAT_1 = {"meta": {"library": {"format": 1}}, "articles": {"0": {"title": "of format 1"}}}


class QuickDisk(Disk):
    """A disk that does not sync, for programs that only examine the files of another one."""

    def sync(self, descriptor: int) -> None:
        pass

    def sync_folder(self, path: Path) -> None:
        pass


def tables_of(storage: CatalogStorage) -> Tables:
    return {name: dict(table) for name, table in (storage.read() or {}).items() if table}


@dataclass
class Trial:
    """The expected states. Changes are numbered from 1; ``states[i]`` is the state after the first i.

    Every state from ``acknowledged`` on is possible, since the last change may have been in progress.
    """

    states: list[Tables] = field(default_factory=lambda: [{}])
    acknowledged: int = 0

    def change(self, storage: CatalogStorage) -> bool:
        """Make the next change: put three documents and remove two, in two tables. Return False if it fails."""
        number = len(self.states)
        changes: dict[str, dict[str, Any]] = {
            "articles": {str(number): {"n": number, "text": "ä\n" * (number % 7)}, str(number - 4): None},
            "annotations": {
                "last": {"n": number},
                str(number % 3): {"n": number},
                str((number + 1) % 3): None,
            },
        }
        after = json.loads(json.dumps(self.states[-1]))
        for name, documents in changes.items():
            after.setdefault(name, {}).update(documents)
            after[name] = {key: value for key, value in after[name].items() if value is not None}
        self.states.append(after)
        try:
            with storage.transaction():
                for name, documents in changes.items():
                    storage.change(name, documents)
        except StoreUnwritable:
            self.states.pop()
            return False
        self.acknowledged = number
        return True

    def begin_with(self, storage: CatalogStorage) -> None:
        """Continue with the state that ``storage`` has read after a crash, and assert that it is possible."""
        found = tables_of(storage)
        self.assert_possible(found)
        while self.states[-1] != found:
            self.states.pop()

    def assert_possible(self, found: Tables) -> None:
        """Assert that every acknowledged change is there, and the last one either whole or not at all."""
        assert found in self.states[self.acknowledged :], (
            f"after {self.acknowledged} acknowledged of {len(self.states) - 1} changes: {found}"
        )


def check_folder(trial: Trial, folder: Path, *, go_on: bool = False) -> None:
    """Open a library after a power loss, and with ``go_on`` change it and open it again."""
    storage = CatalogStorage(folder, QuickDisk())
    try:
        assert storage.damage is None, storage.damage
        assert len(storage.notices) <= 1
        found = tables_of(storage)
        trial.assert_possible(found)
        if go_on:
            after = Trial([found])
            assert after.change(storage)
            storage.fold()
            assert after.change(storage)
            again = CatalogStorage(folder, QuickDisk())
            assert again.damage is None and not again.notices
            assert tables_of(again) == after.states[-1]
            again.close()
    finally:
        storage.close()


class CrashHarness:
    """A check after each call of a workload: opens the possible states after a power loss."""

    def __init__(
        self, disk: RecordingDisk, scratch: Path, trial: Trial, *, per_call: int, seed: int = 1
    ) -> None:
        self.disk, self.trial, self._scratch = disk, trial, scratch
        self._per_call, self._chance = per_call, random.Random(seed)
        self.states = 0
        self.violations: list[str] = []
        disk.after = self.check

    def check(self) -> None:
        for state in self.disk.states(self._chance, self._per_call):
            self.states += 1
            write_state(self.disk.folder, self._scratch, state)
            try:
                self.before_looking(self._scratch)
                check_folder(self.trial, self._scratch, go_on=self._chance.random() < 0.05)
            except Exception as error:
                self.violations.append(f"call {self.disk.calls}: {error}")

    def before_looking(self, folder: Path) -> None:
        """Hook that runs before a state after a power loss is opened."""


class RecoveryHarness(CrashHarness):
    """A harness in which the disk fails during the first recovery; the second one must succeed."""

    failed = 0

    def before_looking(self, folder: Path) -> None:
        failure = self._chance.choice([errno.EIO, errno.ENOSPC, errno.EROFS, Stop])
        disk = FailingDisk(self._chance.randint(1, 10), failure, for_ever=self._chance.random() < 0.5)
        with contextlib.suppress(Stop), contextlib.closing(CatalogStorage(folder, disk)) as storage:
            if storage.damage is None:
                self.trial.assert_possible(tables_of(storage))
        self.failed += disk.failed


def workload(disk: RecordingDisk, folder: Path, trial: Trial) -> Iterator[CatalogStorage]:
    """Change, fold, change during a fold, and reopen; yield the open store after each change."""
    for _ in range(2):
        storage = CatalogStorage(folder, disk)
        with contextlib.closing(storage):
            for _ in range(2):
                assert trial.change(storage)
                yield storage
            assert storage.fold()
            assert trial.change(storage)
            yield storage
            files = storage._files
            fold = files.begin_fold()
            assert fold is not None
            written = files.write_fold(fold)
            assert trial.change(storage)
            yield storage
            with files.locked():
                assert files.finish_fold(fold, written)
