"""The sidebar: the places, and a line above them in which one of them is looked for."""

from __future__ import annotations

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from tuireader.reader.sidebar.tree_view import Places


class Sidebar(Vertical):
    """Holds the places. The line is there while it is typed in, and narrows them."""

    DEFAULT_CSS = """
    Sidebar {
        & Places { height: 1fr; width: 1fr; }
        & Input {
            display: none; height: 1; border: none; padding: 0 1; background: $panel;
            &:focus { border: none; }
        }
    }
    """

    _line = getters.query_one(Input)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.places = Places(id="places")

    def compose(self) -> ComposeResult:
        yield Input(placeholder="Find here", select_on_focus=False, id="sidebar-line")
        yield self.places

    @property
    def typing(self) -> bool:
        """Whether a place is being looked for."""
        return self._line.has_focus

    def find(self) -> None:
        """Open the line."""
        self._line.value = ""
        self._line.display = True
        self.screen.set_focus(self._line)

    def pick(self) -> None:
        """Pick the place under the cursor, and show all of them again."""
        self.places.action_pick()
        self.close()

    def close(self) -> None:
        """Close the line and show all places again, with the cursor on the same one."""
        if self._line.display:
            key = self.places.cursor_key
            self._line.display = False
            self.places.narrow("")
            if key:
                self.places.go_to(key)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._line.display:
            counted = self.places.wants_authors
            self.places.narrow(event.value)
            if self.places.wants_authors and not counted:
                self.post_message(Places.Wanted())
