"""Shows the progress of a large change on standard error. Ctrl+C stops the change."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tuireader.cli.output import show_progress
from tuireader.jobs.progress import UnderWay


@contextmanager
def shown_progress(doing: str) -> Iterator[UnderWay]:
    """Yield the ``progress`` callback for a large change. ``doing`` is its name (“Bookmarking”).

    If standard error is a terminal, show the progress there. Ctrl+C stops the change, which then has no
    effect; a second Ctrl+C interrupts the program at once.
    """
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    under_way = UnderWay(doing, _show if on_terminal else lambda _: None)
    with _interrupts_stop(under_way):
        try:
            yield under_way
        finally:
            if on_terminal and under_way.is_shown:
                show_progress("")


def _show(words: str) -> None:
    show_progress(f"{words} · ctrl+c stops")


@contextmanager
def _interrupts_stop(under_way: UnderWay) -> Iterator[None]:
    earlier = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or earlier is not signal.default_int_handler:
        yield  # the caller handles interrupts
        return

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, earlier)
        under_way.stop()

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)
