"""Many programs that write at the same time: each gets its turn, none is refused."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from trials import QuickDisk

from library.errors import LibraryLocked
from library.store.disk import Disk
from library.store.layout import LOCK_NAME
from library.store.storage import CatalogStorage

WRITERS = 24


class PatientDisk(Disk):
    patience = 120.0


class HastyDisk(Disk):
    patience = 0.05


def test_many_threads_with_the_library_open_all_write(tmp_path: Path):
    with closing(CatalogStorage(tmp_path, QuickDisk())) as storage:
        storage.change("articles", {"first": {}})
    refused = []

    def write(number: int) -> None:
        try:
            with closing(CatalogStorage(tmp_path, PatientDisk())) as storage:
                for change in range(3):
                    storage.change("articles", {f"{number}-{change}": {}})
        except LibraryLocked as error:
            refused.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert refused == []
    with closing(CatalogStorage(tmp_path, QuickDisk())) as storage:
        assert len(storage.table("articles")) == 1 + 3 * WRITERS


def test_a_program_that_stopped_waiting_does_not_get_the_lock_later(tmp_path: Path):
    lock = tmp_path / LOCK_NAME
    with PatientDisk().locked(lock), pytest.raises(LibraryLocked), HastyDisk().locked(lock):
        pass
    with PatientDisk().locked(lock) as held:
        assert held


HOLD = """
import fcntl, os, sys
descriptor = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(descriptor, fcntl.LOCK_EX)
print("held", flush=True)
input()
"""


def test_a_released_lock_is_acquired_without_polling(tmp_path: Path):
    lock = tmp_path / LOCK_NAME
    asked = []

    class CountingDisk(PatientDisk):
        def lock(self, descriptor: int) -> None:
            asked.append(descriptor)
            super().lock(descriptor)

    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        taken = threading.Event()

        def take() -> None:
            with CountingDisk().locked(lock):
                taken.set()

        waiting = threading.Thread(target=take)
        waiting.start()
        assert not taken.wait(0.3)
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert taken.wait(60)
        waiting.join(60)
    assert len(asked) == 1
