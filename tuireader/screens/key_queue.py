"""A queue of keys: each key waits until the work of the previous one is done.

Textual gives a key to the widget that has the focus when the key arrives. If several keys arrive at once,
later ones would go to a line that the first one closes, or to the list although the first one opens an
editor.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.worker import Worker, WorkerError

from tuireader.jobs.jobs import Jobs
from tuireader.screens.command_screen import CommandScreen

LONGEST_WAIT = 1.0
"""Maximum seconds that keys wait for a worker, such as a search on a slow disk."""

PAUSE = 0.02
"""Seconds after a lone key before the queue continues, so that its changes are drawn first."""

Typed = events.Key | events.Paste


class KeyQueue:
    """A queue of what is typed in ``app``; ``hand_on`` passes one event to the focused widget."""

    def __init__(self, app: App[Any], hand_on: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Typed] = deque()
        self._is_under_way = False
        self._way: list[MessagePump] = []
        self._pause: asyncio.TimerHandle | None = None

    @property
    def is_idle(self) -> bool:
        """True while no key waits and the last one has been carried out."""
        return not self._is_under_way

    async def take(self, event: Typed) -> None:
        """Hand ``event`` on now, or queue it behind others."""
        self._waiting.append(event)
        if not self._is_under_way:
            await self._next()
        elif self._pause is not None:
            self._look()

    async def _next(self) -> None:
        self._is_under_way = bool(self._waiting)
        if self._waiting and self._app.screen_stack:
            target = self._app.focused or self._app.screen
            self._way = [node for node in target.ancestors_with_self if node is not self._app]
            try:
                await self._hand_on(self._waiting.popleft())
            finally:  # the others get their turn even if this one fails
                if self._waiting:
                    self._look()
                else:
                    self._pause = asyncio.get_running_loop().call_later(PAUSE, self._look)

    def _look(self) -> None:
        """Follow the last key up to the screen, through the widgets that it passes.

        A widget may post a message in response, which takes the same way after the key.
        """
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        self._follow([*self._way, *self._way], self._look_at_screen)

    def _follow(self, way: list[MessagePump], then: Callable[[], object]) -> None:
        """Call ``then`` in the app after each of ``way``, in turn, has handled its pending messages."""
        for place, node in enumerate(way):
            if node.call_later(self._follow, way[place + 1 :], then):
                return  # a closing one accepts and passes on nothing
        self._app.call_later(then)

    async def _look_at_screen(self) -> None:
        """Wait for a new screen, which first sets the focus, or for the worker that it awaits."""
        screen = self._app.screen
        worker = screen.awaited if isinstance(screen, CommandScreen) else None
        if worker is not None and not worker.is_finished:
            Jobs(self._app).start(partial(self._wait, worker), "keys")
        else:
            self._follow([screen], self._next)

    async def _wait(self, worker: Worker[Any]) -> None:
        then: Callable[[], object] = self._look_at_screen  # a newer worker may have taken its place
        try:
            await asyncio.wait_for(asyncio.shield(worker.wait()), LONGEST_WAIT)
        except TimeoutError:
            then = self._next
        except WorkerError:  # failed or cancelled
            pass
        self._follow([self._app.screen], then)
