"""A separate program: one of several that search and index one library at the same time.

::

    python sharing.py KIND FOLDER SECONDS SEED

``searches`` opens, searches and closes, ``stays`` searches and never closes, ``writes`` adds and indexes,
``dies`` is killed while it adds and indexes, ``damages`` removes, truncates or overwrites ``search.db``.
Prints, as JSON, the number of rounds, the slowest search in seconds, and the wrong results.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from fakes import markdown

from library import Library

KEPT = 40
"""Number of articles with “everything”, which exist from the beginning and stay."""


class Sharer:
    """A program that does one kind of work with a library until its time is over."""

    def __init__(self, folder: Path, seconds: float, seed: str) -> None:
        self._folder = folder
        self._end = time.monotonic() + seconds
        self._chance = random.Random(seed)
        self._seed = seed
        self.rounds = 0
        self.slowest = 0.0
        self.wrong: list[str] = []

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self._end

    def searches(self) -> None:
        while self.goes_on:
            with Library.open(self._folder) as library:
                for _ in range(self._chance.randint(1, 4)):
                    self._search(library)

    def stays(self) -> None:
        with Library.open(self._folder) as library:
            while self.goes_on:
                library.refresh()
                self._search(library)
                time.sleep(self._chance.random() / 50)

    def writes(self) -> None:
        while self.goes_on:
            with Library.open(self._folder) as library:
                name = f"{self._seed}-{self.rounds}"
                library.importing.add_bytes(
                    f"{name}.md", markdown(f"New {name}", f"Something about thing{name}.")
                )
                if self._chance.random() < 0.5:
                    list(library.search.index_texts())
                self._timed(library, f"thing{name}", 1)

    def dies(self) -> None:
        while self.goes_on:
            child = os.fork()
            if child == 0:
                self._seed = f"{self._seed}-{self.rounds}"
                self.writes()
                os._exit(0)
            time.sleep(self._chance.random() / 3)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            self.rounds += 1

    def damages(self) -> None:
        while self.goes_on:
            time.sleep(self._chance.random() / 3)
            with suppress(FileNotFoundError):
                self._chance.choice((self._takes_away, self._cuts, self._fills))()
            self.rounds += 1

    def _takes_away(self) -> None:
        for name in self._chance.choice((("",), ("", "-wal", "-shm"))):
            (self._folder / f"search.db{name}").unlink(missing_ok=True)

    def _cuts(self) -> None:
        with (self._folder / "search.db").open("r+b") as file:
            file.truncate(self._chance.choice((0, 100, 4096, 5000, 40960)))

    def _fills(self) -> None:
        with (self._folder / "search.db").open("r+b") as file:
            file.seek(self._chance.choice((0, 4096, 8192)))
            file.write(b"\xa5" * 8192)

    def _search(self, library: Library) -> None:
        self._timed(library, self._chance.choice(("everything", "every*", '"about everything"')), KEPT)

    def _timed(self, library: Library, query: str, count: int) -> None:
        start = time.monotonic()
        found = len(library.search.ids(query))
        self.slowest = max(self.slowest, time.monotonic() - start)
        self.rounds += 1
        if found != count:
            self.wrong.append(f"{query}: {found} instead of {count}")


def main(kind: str, folder: str, seconds: str, seed: str) -> None:
    """Do one kind of work, and print its results."""
    sharer = Sharer(Path(folder), float(seconds), seed)
    getattr(sharer, kind)()
    print(json.dumps({"rounds": sharer.rounds, "slowest": sharer.slowest, "wrong": sharer.wrong[:5]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
