"""How the work of a function grows with its input: a ratio within one run, so that no machine is too slow for it."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time
from typing import TypeVar

T = TypeVar("T")
TIMES = 8
"""How much longer the long input is than the short one."""


def growth(work: Callable[[T], object], made: Callable[[int], T], size: int) -> float:
    """How much longer an input of ``size`` takes than one of an eighth of it, in processor time of this thread.

    About 8 where the work grows with the size, 64 where it grows with its square.
    """

    def least(length: int) -> float:
        times = []
        for _ in range(3):
            given = made(length)
            begin = thread_time()
            work(given)
            times.append(thread_time() - begin)
        return min(times)

    return least(size) / max(least(size // TIMES), 1e-6)
