"""A screen over the panes: its own commands are carried out in it, the reader's once it has gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events, getters, on

from tuireader.commands import Command, find
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.keys import KeySequences
from tuireader.screens.command_screen import CommandScreen
from tuireader.widgets.head_line import HeadLine
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.row_list import RowList

R = TypeVar("R")

ROW_ACTIONS = {
    "move-down": "cursor_down",
    "move-up": "cursor_up",
    "half-page-down": "half_page_down",
    "half-page-up": "half_page_up",
    "page-down": "page_down",
    "page-up": "page_up",
}
"""Commands that move in rows, and the actions of a ``RowList`` for them."""

_MOVES = {**ROW_ACTIONS, "move-first": "first"}
"""Commands that move in rows, and the actions of a ``RowList`` for them."""


class OverPanes(CommandScreen[R]):
    """What the notebook, the tags and the calendar do with keys.

    ``carry_out`` carries out the commands of the main screen.
    """

    footer = getters.query_one(KeyFooter)

    def __init__(self, desk: Desk, carry_out: Callable[[Command, int | None], None]) -> None:
        super().__init__(desk.changes)
        self.desk = desk
        self.library = desk.library
        self.say = desk.say
        self._carry_out = carry_out

    def on_mount(self) -> None:
        self.desk.events.library_changed.subscribe(self.library_changed)

    def on_unmount(self) -> None:
        self.desk.events.library_changed.unsubscribe(self.library_changed)

    def library_changed(self, changed: Changed) -> None:
        """The library has changed, here or elsewhere: show it."""

    @property
    def sequences(self) -> KeySequences:
        """What the keys that are pressed now are followed with."""
        raise NotImplementedError

    @property
    def moved(self) -> RowList | None:
        """The rows that movements go to; None where the screen has commands of its own for them."""
        return None

    def go_back(self, command: Command | None = None, count: int | None = None) -> None:
        """Go back to the panes, which carry ``command`` out."""
        raise NotImplementedError

    def show_change(self, words: str) -> None:
        for head in self.query(HeadLine):
            head.changing = f"{words} · Esc stops" if words else ""

    def on_key(self, event: events.Key) -> None:
        typed = self.feed(self.sequences, event)
        if typed is not None:
            self.footer.status = typed

    @on(KeyFooter.Invoked)
    def _footer_clicked(self, message: KeyFooter.Invoked) -> None:
        self.invoke(message.command)

    def invoke(self, command: Command, count: int | None = None) -> None:
        """Carry out a command; one that is the reader's once this screen has gone."""
        own = getattr(self, f"do_{command.id.replace('-', '_')}", None)
        rows = self.moved
        if rows is not None and command.id in _MOVES:
            getattr(rows, f"action_{_MOVES[command.id]}")(count or 1)
        elif rows is not None and command.id == "move-last":
            rows.action_last(count)
        elif own is not None:
            own(count)
        elif not self.commands.run(command, count):
            self.go_back(command, count)

    def do_go_list(self, count: int | None) -> None:
        self.go_back()

    def do_help(self, count: int | None) -> None:
        self._carry_out(find("help"), count)

    def do_quit(self, count: int | None) -> None:
        self._carry_out(find("quit"), count)
