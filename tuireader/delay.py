"""Calls a function after a pause."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Delay:
    """Calls ``callback`` once, after ``seconds``, as a callback of ``node``, which may be gone by then.

    A timer of Textual (8.2) does the same, but skips a call whose time has passed when it begins to wait. On
    a busy machine that can be the only one.
    """

    def __init__(self, node: MessagePump, seconds: float, callback: Callable[[], object]) -> None:
        self._node = node
        self._callback = callback
        self._seconds = seconds
        self._is_stopped = False
        self._handle = self._begun()

    def stop(self) -> None:
        """Do not call it, if it has not been called yet."""
        self._is_stopped = True
        self._handle.cancel()

    def reset(self) -> None:
        """Begin the pause again, if it is not over yet."""
        if not self._handle.cancelled() and self._handle.when() > asyncio.get_running_loop().time():
            self._handle.cancel()
            self._handle = self._begun()

    def _begun(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(self._seconds, self._post)

    def _post(self) -> None:
        self._node.call_later(self._call)

    def _call(self) -> object:
        return None if self._is_stopped else self._callback()
