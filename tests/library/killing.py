"""A program of its own: kills writers at random moments, and looks whether all that they had acknowledged is there.

``python killing.py FOLDER ROUNDS SEED`` prints one line, ``rounds acknowledged``; it fails where something is lost.
"""

from __future__ import annotations

import os
import random
import signal
import struct
import sys
import time
from contextlib import closing
from pathlib import Path

from library.store.storage import CatalogStorage

_NUMBER = struct.Struct("<q")
_KEPT = 40
"""Each writer removes its older documents, so that many rounds do not make a large library."""


def write_for_ever(folder: Path, who: str, number: int, acknowledge: int) -> None:
    """Change two tables in one transaction, tell the number, and fold now and then, until killed."""
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
    """Let the writers in ``last`` go on from their numbers, and kill them; how many changes were acknowledged."""
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
    time.sleep(chance.uniform(0, 0.05))
    total = 0
    for who, (child, reading) in children.items():
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"writer {who} ended by itself"
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        total += len(told) // _NUMBER.size
        if told:
            last[who] = _NUMBER.unpack(told[-_NUMBER.size :])[0]
    return total


def check(folder: Path, last: dict[str, int]) -> None:
    """Every acknowledged change is there, at most one more of each writer, and both its tables fit."""
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


def main(folder: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    last = {"a": -1}
    acknowledged = 0
    for number in range(rounds):
        if number == rounds // 2:
            last["b"] = -1  # from here on two programs write at once
        acknowledged += kill_a_round(folder, last, chance)
        check(folder, last)
    print(rounds, acknowledged)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
