"""The panes, and the one with the focus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from tuireader.commands import Context
from tuireader.commands.binding import Bound, once
from tuireader.events import Remembered, Signal
from tuireader.first_frame import is_sidebar_beside

ORDER = (Context.SIDEBAR, Context.LIST, Context.PAGE)


class Panes:
    """The panes and the current one, which has or last had the focus. ``changed`` publishes its changes.

    ``sidebar`` is what ``State`` remembers of the sidebar.
    """

    def __init__(self, screen: Widget, widgets: Mapping[Context, Widget], sidebar: str) -> None:
        self._screen = screen
        self._sidebar = sidebar
        self.widgets = widgets
        self.current = Context.LIST
        self.changed: Signal[Context] = Signal()

    def commands(self) -> Iterable[Bound]:
        yield once("next-pane", lambda: self._step(1))
        yield once("previous-pane", lambda: self._step(-1))
        yield once("pane-in", lambda: self.focus(ORDER[min(len(ORDER) - 1, ORDER.index(self.current) + 1)]))
        yield once("go-list", lambda: self.focus(Context.LIST))
        yield once("go-sidebar", lambda: self.focus(Context.SIDEBAR))
        yield once("toggle-sidebar", self.toggle_sidebar)
        yield once("zen", self.toggle_zen)

    def show(self, pane: Context) -> None:
        """Make ``pane`` the current one without moving the focus."""
        if pane is not self.current:
            self.current = pane
            self.changed.publish(pane)

    def focus(self, pane: Context) -> None:
        """Give the focus to a pane."""
        if pane is not Context.PAGE:
            self.leave_zen()
        self.show(pane)
        widget = self.widgets[pane]
        widget.screen.set_focus(widget)  # at once, so that keys typed ahead reach the right pane

    def focus_left(self) -> None:
        """Give the focus to the pane to the left."""
        self.focus(ORDER[max(0, ORDER.index(self.current) - 1)])

    def _step(self, step: int) -> None:
        self.focus(ORDER[(ORDER.index(self.current) + step) % len(ORDER)])

    # The sidebar

    @property
    def has_sidebar_beside(self) -> bool:
        """True if the sidebar stands beside the list, and not over it."""
        return is_sidebar_beside(self._screen.app.size.width, self._sidebar)

    def toggle_sidebar(self) -> None:
        """Put the sidebar beside the list, or away. Without room for that, go to it and back."""
        was_current = self.current is Context.SIDEBAR
        if is_sidebar_beside(self._screen.app.size.width, "beside"):
            self.leave_zen()
            self._sidebar = "hidden" if self.has_sidebar_beside else "beside"
            self._screen.post_message(Remembered(sidebar=self._sidebar))
            if was_current:
                self.focus(Context.LIST)
            self.changed.publish(self.current)
        else:
            self.focus(Context.LIST if was_current else Context.SIDEBAR)

    # Zen

    @property
    def is_zen(self) -> bool:
        """True if only the article view is shown."""
        return self._screen.has_class("-zen")

    def leave_zen(self) -> None:
        """Show the other panes again."""
        self._screen.remove_class("-zen")

    def toggle_zen(self) -> None:
        """Show only the article view, or show the other panes again."""
        self._screen.toggle_class("-zen")
        if self.is_zen:
            self.focus(Context.PAGE)
