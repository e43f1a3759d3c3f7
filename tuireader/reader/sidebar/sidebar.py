"""The sidebar: a tree of entries, and a line above it for finding one."""

from __future__ import annotations

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from tuireader.reader.sidebar.tree import SidebarTree


class Sidebar(Vertical):
    """The tree and the search line, which is shown while typing and filters the tree."""

    DEFAULT_CSS = """
    Sidebar {
        & SidebarTree { height: 1fr; width: 1fr; }
        & Input {
            display: none; height: 1; border: none; padding: 0 1; background: $panel;
            &:focus { border: none; }
        }
    }
    """

    _line = getters.query_one(Input)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries = SidebarTree(id="sidebar-tree")

    def compose(self) -> ComposeResult:
        yield Input(placeholder="Find in sidebar", select_on_focus=False, id="sidebar-line")
        yield self.entries

    @property
    def typing(self) -> bool:
        """True while the user types in the search line."""
        return self._line.has_focus

    def find(self) -> None:
        """Open the search line."""
        self._line.value = ""
        self._line.display = True
        self.screen.set_focus(self._line)

    def pick(self) -> None:
        """Pick the entry under the cursor and show all entries again."""
        self.entries.action_pick()
        self.close()

    def close(self) -> None:
        """Close the search line and show all entries again, with the cursor on the same one."""
        if self._line.display:
            key = self.entries.cursor_key
            self._line.display = False
            self.entries.narrow("")
            if key:
                self.entries.go_to(key)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._line.display:
            self.entries.narrow(event.value)
