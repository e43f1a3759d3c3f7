"""One frame for a key: nothing is drawn while the article that a key asks for is on its way to the page."""

from __future__ import annotations

from contextlib import ExitStack

from textual.timer import Timer

from tuireader.screens.base import ReaderPanes

LONGEST_HOLD = 0.03
"""Seconds after which the rest is drawn without the page."""


class Holding(ReaderPanes):
    """Holds frames back.

    After a frame Textual waits for up to two periods of its clock before it draws the next. One with the
    list's cursor alone would be all that is seen for that long, with the page ready behind it.
    """

    _held: ExitStack | None = None
    _hold_timer: Timer | None = None

    def hold_frames(self) -> None:
        """Draw nothing before ``release_frames``, or before ``LONGEST_HOLD`` is over."""
        if self._held is None:
            self._held = ExitStack()
            self._held.enter_context(self.app.batch_update())
            self._hold_timer = self.set_timer(LONGEST_HOLD, self._draw)

    def release_frames(self) -> None:
        """Draw, as soon as what the page was given is known to the screen."""
        self.page.call_after_refresh(self._draw)

    def hold_once(self) -> None:
        """Draw all that the present key changes in one frame; nothing new where frames are held already."""
        if self._held is None:
            self.hold_frames()
            self.release_frames()

    def _draw(self) -> None:
        if self._held is None:
            return
        if self._hold_timer is not None:
            self._hold_timer.stop()
        held, self._held = self._held, None
        held.close()
        if self._repaint_required:  # together with the layout, not once more behind it
            self._repaint_required = False
            self._dirty_widgets.add(self)
        self._on_timer_update()  # at once: the clock may have just begun another period
