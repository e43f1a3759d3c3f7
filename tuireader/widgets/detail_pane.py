"""A pane that shows the full content of a row beside the list."""

from __future__ import annotations

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class DetailPane(VerticalScroll, can_focus=False):
    """A pane with one text, which the mouse can scroll."""

    DEFAULT_CSS = """
    DetailPane {
        padding: 0 3; min-width: 1; scrollbar-size-vertical: 1; background: $background;
        & Static { width: 100%; max-width: 72; }
    }
    """

    _words = getters.query_one(Static)

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, content: Content | None) -> None:
        """Show ``content`` from its beginning, or nothing for None."""
        self._words.update(content or Content(""))
        self.scroll_home(animate=False)
