"""One frame for each key: drawing waits while the requested article is being loaded."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from tuireader.delay import Delay
from tuireader.terminal.textual_internals import draw_now

LONGEST_HOLD = 0.03
"""Seconds after which the rest is drawn without the article."""


class HeldFrames:
    """Holds frames of ``screen`` back.

    After a frame Textual waits for up to two periods of its clock before it draws the next. One with the
    list's cursor alone would be all that is seen for that long, with the article ready behind it.
    """

    def __init__(self, screen: Screen[Any], page: Widget) -> None:
        self._screen = screen
        self._page = page
        self._held: ExitStack | None = None
        self._timer: Delay | None = None

    def hold(self) -> None:
        """Draw nothing before ``release``, or before ``LONGEST_HOLD`` is over."""
        if self._held is None:
            self._held = ExitStack()
            self._held.enter_context(self._screen.app.batch_update())
            self._timer = Delay(self._screen, LONGEST_HOLD, self._draw)

    def release(self) -> None:
        """Draw, as soon as what the article view was given is known to the screen."""
        self._page.call_after_refresh(self._draw)

    def hold_once(self) -> None:
        """Draw all that the present key changes in one frame; nothing new where frames are held already."""
        if self._held is None:
            self.hold()
            self.release()

    def _draw(self) -> None:
        if self._held is None:
            return
        if self._timer is not None:
            self._timer.stop()
        held, self._held = self._held, None
        held.close()
        draw_now(self._screen)
