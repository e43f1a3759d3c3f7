"""A screen over the panes: its own commands are carried out in it, the reader's once it has gone."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from textual import events, getters, on

from tuireader.commands import Command, find
from tuireader.keys import KeySequences
from tuireader.screens.base import ReaderPanes
from tuireader.screens.library_screen import LibraryScreen
from tuireader.screens.moving import ROW_ACTIONS
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.row_list import RowList

R = TypeVar("R")

_MOVES = {**ROW_ACTIONS, "move-first": "first"}
"""Commands that move in rows, and the actions of a ``RowList`` for them."""


class OverPanes(LibraryScreen[R]):
    """What the notebook, the tags and the calendar do with keys. ``reader`` is the main screen below."""

    footer = getters.query_one(KeyFooter)
    reader: ReaderPanes

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

    def start(self, work: Awaitable[object], group: str = "changes") -> None:
        """Run ``work`` as the reader's: it goes on when this screen is left, and the end waits for it."""
        self.reader.start(work, group)

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
        else:
            self.go_back(command, count)

    def do_go_list(self, count: int | None) -> None:
        self.go_back()

    def do_help(self, count: int | None) -> None:
        self.reader.invoke(find("help"), count)

    def do_quit(self, count: int | None) -> None:
        self.reader.invoke(find("quit"), count)
