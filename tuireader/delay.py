"""Calls a function after a pause."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Delay:
    """A single call of ``callback`` after ``seconds``, as a callback of ``node``, which may be gone by then.

    A Textual timer (8.2) does the same, but skips a call whose time has passed when the timer begins to
    wait. On a busy machine, that can be its only call.
    """

    def __init__(self, node: MessagePump, seconds: float, callback: Callable[[], object]) -> None:
        self._node = node
        self._callback = callback
        self._seconds = seconds
        self._is_stopped = False
        self._handle = self._start()

    def stop(self) -> None:
        """Cancel the call if it has not been made yet."""
        self._is_stopped = True
        self._handle.cancel()

    def reset(self) -> None:
        """Restart the pause if it is not over yet."""
        if not self._handle.cancelled() and self._handle.when() > asyncio.get_running_loop().time():
            self._handle.cancel()
            self._handle = self._start()

    def _start(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(self._seconds, self._post)

    def _post(self) -> None:
        self._node.call_later(self._call)

    def _call(self) -> object:
        return None if self._is_stopped else self._callback()
