"""How the work of a function grows with its input: a ratio within one run, so that no machine is too slow for it."""

from __future__ import annotations

import gc
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
    short, long = made(size // TIMES), made(size)
    # The lesser of two: another program that fills the caches slows the long input down more.
    return min(least_of(work, long) / max(least_of(work, short), 1e-6) for _ in range(2))


def least_of(work: Callable[[T], object], given: T) -> float:
    """The least seconds of this thread that ``work`` takes, without the collection of garbage."""
    times = []
    for _ in range(5):
        gc.collect()
        gc.disable()
        try:
            begin = thread_time()
            work(given)
            times.append(thread_time() - begin)
        finally:
            gc.enable()
    return min(times)
