"""A separate program that kills writers, and checks that all their acknowledged changes are there.

::

    python killing.py moments FOLDER ROUNDS SEED    at random moments; prints “rounds acknowledged”
    python killing.py calls FOLDER 0 SEED           before each call to the disk of a fold; prints “calls kills”
    python killing.py race FOLDER ROUNDS SEED       kills none: two create a library at once; prints “rounds changes”

It fails if a change is lost.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import struct
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from disks import CountingDisk
from trials import QuickDisk, Trial, tables_of

from library.store.storage import CatalogStorage

_NUMBER = struct.Struct("<q")
_KEPT = 40
"""Number of documents that each writer keeps, so that the library stays small."""


def write_for_ever(folder: Path, who: str, number: int, acknowledge: int) -> None:
    """Change two tables in one transaction, report the number, and fold sometimes, until killed."""
    chance = random.Random(number)
    storage = CatalogStorage(folder)
    while True:
        with storage.transaction():
            storage.change(
                "articles", {f"{who}{number}": {"n": number, "text": "x" * chance.randint(0, 3000)}}
            )
            storage.change("annotations", {who: {"n": number}})
            storage.change("articles", {f"{who}{number - _KEPT}": None})
        os.write(acknowledge, _NUMBER.pack(number))
        number += 1
        if chance.random() < 0.1:
            storage.fold()


def kill_a_round(folder: Path, last: dict[str, int], chance: random.Random) -> int:
    """Let the writers in ``last`` continue, and kill them; return the number of acknowledged changes."""
    children = {}
    for who, number in last.items():
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            try:
                write_for_ever(folder, who, number + 1, writing)
            finally:
                os._exit(1)
        os.close(writing)
        children[who] = (child, reading)
    first_output = dict.fromkeys(last, b"")
    if chance.random() < 0.5:  # so that some are killed after a write even on a busy machine
        who = chance.choice(list(last))
        first_output[who] = os.read(children[who][1], _NUMBER.size)
    time.sleep(chance.uniform(0, 0.05))
    total = 0
    for who, (child, reading) in children.items():
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"writer {who} ended by itself"
        with os.fdopen(reading, "rb") as pipe:
            output = first_output[who] + pipe.read()
        total += len(output) // _NUMBER.size
        if output:
            last[who] = _NUMBER.unpack(output[-_NUMBER.size :])[0]
    return total


def check(folder: Path, last: dict[str, int]) -> None:
    """Assert that all acknowledged changes are there, at most one more per writer, in both tables."""
    with closing(CatalogStorage(folder)) as storage:
        assert storage.damage is None, storage.damage
        for who, acknowledged in last.items():
            found = storage.table("annotations").get(who, {"n": -1})["n"]
            assert acknowledged <= found <= acknowledged + 1, (who, acknowledged, found)
            numbers = {
                document["n"] for key, document in storage.table("articles").items() if key.startswith(who)
            }
            assert numbers == set(range(max(0, found - _KEPT + 1), found + 1)), (who, found)
            last[who] = found


def in_a_child(work: Callable[[], object]) -> int:
    """Run ``work`` in a child process, and return its id."""
    if child := os.fork():
        return child
    try:
        work()
        os._exit(0)
    finally:
        os._exit(1)


class KillingDisk(CountingDisk):
    """A disk that kills its process before the n-th call, so that the system closes the files."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def before(self, name: str, arguments: tuple[Any, ...]) -> None:
        if self.calls == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def kill_at_each_call(folder: Path, rounds: int, seed: int) -> None:
    calls, killed = 0, True
    while killed:
        calls += 1
        shutil.rmtree(folder, ignore_errors=True)
        trial = Trial()
        with closing(CatalogStorage(folder, QuickDisk())) as storage:
            assert all(trial.change(storage) for _ in range(5))

        def fold(at: int = calls) -> None:
            with closing(CatalogStorage(folder, KillingDisk(at))) as storage:
                assert storage.fold()

        _, status = os.waitpid(in_a_child(fold), 0)
        killed = os.WIFSIGNALED(status)
        assert killed or status == 0
        with closing(CatalogStorage(folder, QuickDisk())) as storage:
            assert storage.damage is None and not storage.notices
            assert tables_of(storage) == trial.states[-1]
            assert trial.change(storage) and storage.fold()
            assert tables_of(storage) == trial.states[-1]
    print(calls, calls - 1)


def race(folder: Path, rounds: int, seed: int) -> None:
    for _ in range(rounds):
        shutil.rmtree(folder, ignore_errors=True)

        def begin(who: str) -> None:
            with closing(CatalogStorage(folder)) as storage:
                storage.change("articles", {who: {"who": who}})
                storage.change("annotations", {who: {"who": who}})

        children = [in_a_child(lambda who=who: begin(who)) for who in "ab"]  # type: ignore[misc]
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
        with closing(CatalogStorage(folder)) as storage:
            assert storage.damage is None and storage.changes == 4
            assert storage.table("articles").keys() == storage.table("annotations").keys() == {"a", "b"}
    print(rounds, 4 * rounds)


def kill_at_moments(folder: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    last = {"a": -1}
    acknowledged = 0
    for number in range(rounds):
        if number == rounds // 2:
            last["b"] = -1  # from now on two programs write at the same time
        acknowledged += kill_a_round(folder, last, chance)
        check(folder, last)
    print(rounds, acknowledged)


if __name__ == "__main__":
    PROGRAMS = {"moments": kill_at_moments, "calls": kill_at_each_call, "race": race}
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
