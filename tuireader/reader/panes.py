"""The panes, and which of them has the focus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.dom import DOMNode
from textual.widget import Widget

from tuireader.commands import Context
from tuireader.commands.binding import Bound, once
from tuireader.events import Signal

ORDER = (Context.SIDEBAR, Context.LIST, Context.PAGE)


class Panes:
    """Knows the pane that has, or last had, the focus; ``changed`` tells when it is another."""

    def __init__(self, screen: DOMNode, widgets: Mapping[Context, Widget]) -> None:
        self._screen = screen
        self.widgets = widgets
        self.current = Context.LIST
        self.changed: Signal[Context] = Signal()

    def commands(self) -> Iterable[Bound]:
        yield once("next-pane", lambda: self._step(1))
        yield once("previous-pane", lambda: self._step(-1))
        yield once("pane-in", lambda: self.focus(ORDER[min(len(ORDER) - 1, ORDER.index(self.current) + 1)]))
        yield once("go-list", lambda: self.focus(Context.LIST))
        yield once("go-sidebar", lambda: self.focus(Context.SIDEBAR))
        yield once("zen", self.toggle_zen)

    def show(self, pane: Context) -> None:
        """Make ``pane`` the current one, wherever the focus is."""
        if pane is not self.current:
            self.current = pane
            self.changed.publish(pane)

    def focus(self, pane: Context) -> None:
        """Give the focus to a pane."""
        if pane is not Context.PAGE:
            self.leave_zen()
        self.show(pane)
        widget = self.widgets[pane]
        widget.screen.set_focus(widget)  # at once, so that keys typed ahead go where they were meant

    def focus_left(self) -> None:
        """Give the focus to the pane to the left."""
        self.focus(ORDER[max(0, ORDER.index(self.current) - 1)])

    def _step(self, step: int) -> None:
        self.focus(ORDER[(ORDER.index(self.current) + step) % len(ORDER)])

    # Zen

    @property
    def is_zen(self) -> bool:
        """Whether the article view is all that is shown."""
        return self._screen.has_class("-zen")

    def leave_zen(self) -> None:
        """Show the other panes again."""
        self._screen.remove_class("-zen")

    def toggle_zen(self) -> None:
        """Show the article view alone, or the other panes again."""
        self._screen.toggle_class("-zen")
        if self.is_zen:
            self.focus(Context.PAGE)
