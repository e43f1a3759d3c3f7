"""Signals that end the program: SIGTERM, and SIGHUP when the terminal is closed.

The reader saves what is being written and restores the terminal. It waits only briefly for a disk or
terminal that does not respond.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGHUP)

PATIENCE = 10.0
"""Maximum seconds from a signal to the end of the program."""


def status_of(number: int) -> int:
    """Return the exit status that shells give a program ended by a signal."""
    return 128 + number


class Ending:
    """Ends the program on a signal while its event loop runs.

    Args:
        end: Ends the program with a status.
        give_back: Gives the terminal back at once; may be called from any thread.
        patience: Maximum seconds until the program ends.
    """

    def __init__(
        self, end: Callable[[int], object], give_back: Callable[[], object], patience: float = PATIENCE
    ) -> None:
        self._end = end
        self._give_back = give_back
        self._patience = patience
        self._is_ending = False

    def listen(self) -> None:
        """Handle the signals until the running loop is closed."""
        from asyncio import get_running_loop  # which the first frame need not wait for

        loop = get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self.begin, number)

    def begin(self, number: int) -> None:
        """End the program because of a signal; on the second signal, end it at once."""
        if self._is_ending:
            self._end_at_once(number)
        self._is_ending = True
        timer = threading.Timer(self._patience, self._end_at_once, (number,))
        timer.daemon = True
        timer.start()
        self._end(status_of(number))

    def _end_at_once(self, number: int) -> None:
        try:
            self._give_back()
        finally:
            os._exit(status_of(number))


@contextmanager
def signals_raised() -> Iterator[None]:
    """Raise SystemExit on a signal in the block, so that files are closed and the terminal is given back."""

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(status_of(number))

    usual = {number: signal.signal(number, leave) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
