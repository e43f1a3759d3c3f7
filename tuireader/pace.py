"""How long something under way will still take."""

from __future__ import annotations

from collections.abc import Callable


class Pace:
    """The time left of work of which the parts take equally long. ``now`` is a clock, in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._begun = now()

    def left(self, done: int, total: int) -> str:
        """The time left in words, ``25 s left``; empty where nothing is done yet."""
        if not done:
            return ""
        seconds = max(1, round((self._now() - self._begun) * (total - done) / done))
        return f"{seconds} s left" if seconds < 100 else f"{round(seconds / 60)} min left"
