"""Opens one article after the other for a long time, and prints how the memory grows.

    python -m benchmarks.soak [TURNS]

The program runs without a terminal, in a library of its own with the starter articles. The exit status is 1
if the memory has grown by more than ALLOWED after the first SETTLED turns, or if quitting takes too long.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from library import Library
from tuireader.app import ReaderProgram
from tuireader.reader.screen import ReaderScreen

TURNS = 5000
SETTLED = 500
"""Number of turns until caches and the allocator are filled."""
ALLOWED = 5_000_000
"""Maximum growth of the memory after that, in bytes."""
LEAVING = 20.0
"""Maximum time for quitting, as a multiple of the time of one turn, plus one second."""
SPAN = 12
"""Number of articles opened in one direction before it is reversed."""


def resident_bytes() -> int:
    """Return the resident memory of this process, in bytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def soak(folder: Path, turns: int) -> tuple[list[int], float, float]:
    """Return the memory after each hundred turns, the seconds of a turn, and the seconds of quitting."""
    sizes: list[int] = []
    with Library.open(folder) as library:
        library.importing.add_starter_articles()
        app = ReaderProgram(library)
        app.animation_level = "none"
        async with app.run_test(size=(120, 40)) as pilot:
            screen = app.screen
            while not (isinstance(screen, ReaderScreen) and screen.articles.ids):
                await pilot.pause()
                screen = app.screen
            await pilot.press("enter")
            started = perf_counter()
            for turn in range(1, turns + 1):
                await pilot.press("K" if turn // SPAN % 2 else "J")
                while (page := screen.page.page) is None or page.article.id != screen.articles.cursor_id:
                    await pilot.pause()
                if turn % 100 == 0:
                    sizes.append(resident_bytes())
                    print(f"{turn:6,} turns  {sizes[-1] / 1e6:6.1f} MB", flush=True)
            a_turn = (perf_counter() - started) / turns
            started = perf_counter()
            app.exit(0)
    return sizes, a_turn, perf_counter() - started


def main(arguments: list[str]) -> int:
    """Run the soak test and return the exit status."""
    turns = int(arguments[0]) if arguments else TURNS
    with tempfile.TemporaryDirectory() as folder:
        sizes, a_turn, leaving = asyncio.run(soak(Path(folder) / "library", turns))
    growth = max(sizes[SETTLED // 100 :], default=0) - sizes[min(SETTLED // 100, len(sizes)) - 1]
    print(f"growth after {SETTLED} turns: {growth / 1e6:.1f} MB, {ALLOWED / 1e6:.0f} MB are allowed")
    print(f"a turn: {a_turn * 1000:.0f} ms; leaving: {leaving:.2f} s")
    return int(growth > ALLOWED or leaving > 1 + LEAVING * a_turn)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
