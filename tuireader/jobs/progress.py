"""The progress of a job: its text, the time left, and stopping it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from library import ChangeStopped

MOMENT = 0.3
"""Seconds until the progress of a change is shown."""

PAUSE = 0.2
"""Seconds between two updates of the progress."""


class UnderWay:
    """The ``progress`` callback of a change, which runs in its own thread.

    Args:
        doing: The activity (“Bookmarking”).
        tell: Receives words such as “Bookmarking 41,000 of 100,000”.
        now: A clock in seconds.
    """

    def __init__(
        self, doing: str, tell: Callable[[str], object], now: Callable[[], float] = monotonic
    ) -> None:
        self.doing = doing
        self.is_shown = False
        """True if the change has taken long enough for its progress to be shown."""
        self._tell = tell
        self._now = now
        self._next = now() + MOMENT
        self._stopped = False
        self.can_stop = True
        """True if ``stop`` can still end the change, which is not yet being saved."""

    @property
    def is_stopped(self) -> bool:
        """True if the user stopped the change."""
        return self._stopped

    def stop(self) -> None:
        """Stop the change and discard it. This has no effect once it is being saved."""
        self._stopped = True

    def __call__(self, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` are done. Raises ChangeStopped if the user stopped the change."""
        self.check()
        self.can_stop = done < total
        words = f"{self.doing} {done:,} of {total:,}" if self.can_stop else f"{self.doing}: saving …"
        self.say(words, at_once=self.is_shown and done == total)

    def check(self) -> None:
        """Raise ChangeStopped if the user stopped the change."""
        if self._stopped:
            raise ChangeStopped

    def say(self, words: str, *, at_once: bool = False) -> None:
        """Show progress in other words, if it is time to, or ``at_once``."""
        now = self._now()
        if now >= self._next or at_once:
            self.is_shown, self._next = True, now + PAUSE
            self._tell(words)


class Pace:
    """An estimate of the time left for work in equal parts. ``now`` is a clock in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._started = now()

    def rate(self, done: int) -> str:
        """Return the number done in a second, ``45 a second``; empty in the first moments."""
        seconds = self._now() - self._started
        return f"{round(done / seconds):,} a second" if done and seconds >= 1 and done >= seconds else ""

    def left(self, done: int, total: int) -> str:
        """Return the time left in words, ``25 s left``; empty if nothing is done yet."""
        if not done:
            return ""
        seconds = max(1, round((self._now() - self._started) * (total - done) / done))
        return f"{seconds} s left" if seconds < 100 else f"{round(seconds / 60)} min left"
