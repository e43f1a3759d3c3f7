"""Which article is shown, and which is being read."""

from __future__ import annotations

from tuireader.events import Signal


class InView:
    """The article of the article view. What shows it subscribes to ``refreshed``."""

    def __init__(self) -> None:
        self.shown_id: str | None = None
        """The article that is shown."""
        self.opened_id: str | None = None
        """The article that is being read; None while the view only follows the cursor of the list."""
        self.refreshed: Signal[None] = Signal()

    def refresh(self) -> None:
        """Show the article again, at the same words."""
        self.refreshed.publish(None)
