"""One frame for each key: drawing waits while the requested article is being loaded."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from tuireader.delay import Delay
from tuireader.terminal.textual_internals import draw_now

LONGEST_HOLD = 0.06
"""Maximum seconds that a frame is held back; then it is drawn without the article."""


class HeldFrames:
    """Holds back frames of ``screen``.

    After a frame, Textual waits up to two periods of its clock before it draws the next. A frame with only
    the list's cursor would stay on the screen for that long, although the article is ready.
    """

    def __init__(self, screen: Screen[Any], page: Widget) -> None:
        self._screen = screen
        self._page = page
        self._held: ExitStack | None = None
        self._timer: Delay | None = None
        self._drawn = asyncio.Event()
        self._drawn.set()

    def hold(self) -> None:
        """Draw nothing until ``release``, for at most ``LONGEST_HOLD``."""
        if self._held is None:
            self._held = ExitStack()
            self._drawn.clear()
            self._held.enter_context(self._screen.app.batch_update())
            self._timer = Delay(self._screen, LONGEST_HOLD, self._draw)

    def release(self) -> None:
        """Draw as soon as the screen knows the new content of the article view."""
        self._page.call_after_refresh(self._draw)

    def hold_once(self) -> None:
        """Draw everything that the current key changes in one frame, unless frames are already held back."""
        if self._held is None:
            self.hold()
            self.release()

    async def drawn(self) -> None:
        """Wait until nothing is held back."""
        await self._drawn.wait()

    def _draw(self) -> None:
        if self._held is None:
            return
        if self._timer is not None:
            self._timer.stop()
        held, self._held = self._held, None
        held.close()
        draw_now(self._screen)
        self._drawn.set()
