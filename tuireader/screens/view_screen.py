"""A view over the panes, which carries out its own commands and leaves others to the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from textual import events, on

from tuireader.commands import Command, Context, find
from tuireader.commands.binding import Bound, once, times
from tuireader.desk import Desk
from tuireader.keys import KeySequences
from tuireader.screens.command_screen import CommandScreen
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.row_list import RowMoves

R = TypeVar("R")

CarryOut = Callable[[Command, int | None], object]
"""A function that carries out a command with the typed count."""

ROW_MOVES: Mapping[str, Callable[[RowMoves, int], object]] = {
    "move-down": RowMoves.down,
    "move-up": RowMoves.up,
    "half-page-down": RowMoves.half_page_down,
    "half-page-up": RowMoves.half_page_up,
    "page-down": RowMoves.page_down,
    "page-up": RowMoves.page_up,
}
"""Commands that move in rows → the moves that they make."""


class RowCommands:
    """Commands that move the cursor of rows."""

    def __init__(self, moves: RowMoves) -> None:
        self._moves = moves

    def commands(self) -> Iterable[Bound]:
        for command, move in ROW_MOVES.items():
            yield times(command, partial(move, self._moves))
        yield times("move-first", self._moves.first)
        yield Bound("move-last", self._moves.last)


@dataclass(frozen=True, slots=True)
class Left(Generic[R]):
    """The outcome of leaving a view: its ``result``, and a command for the reader to carry out."""

    result: R
    command: Command | None = None
    count: int | None = None


class ViewScreen(CommandScreen[Left[R]]):
    """A view with a footer. It finds the command of a key, and returns to the panes with a result.

    A command that is not bound here belongs to the reader; the view is left to carry it out.
    """

    def __init__(
        self,
        desk: Desk,
        carry_out: CarryOut,
        context: Context,
        *,
        result: Callable[[], R],
        typing: Mapping[Context, Callable[[], bool]] | None = None,
    ) -> None:
        """Build the screen.

        Args:
            desk: The library, and the objects that change it.
            carry_out: Carries out a command of the main screen.
            context: The context whose keys are active here.
            result: Returns the result if the view is left without a choice.
            typing: Contexts of text input, with a function that is true while each is open; the first open
                one is active.
        """
        super().__init__(desk.changes)
        self.desk = desk
        self.footer = KeyFooter(id="footer")
        self._own_context = context
        self._result = result
        self._typing = typing or {}
        self._keys = self._sequences()
        self.commands.add(_ReaderCommands(carry_out, self.leave))

    def on_mount(self) -> None:
        self.show_keys()

    def _sequences(self) -> dict[Context, KeySequences]:
        contexts = (self._own_context, *self._typing)
        return {one: KeySequences(self.key_map.reachable_in(one)) for one in contexts}

    def keys_changed(self) -> None:
        self._keys = self._sequences()
        self.show_keys()

    @property
    def context(self) -> Context:
        """The context whose keys are active."""
        return next((one for one, is_open in self._typing.items() if is_open()), self._own_context)

    def show_keys(self) -> None:
        """Show the active keys in the footer."""
        if self.is_mounted:
            self.footer.show_commands(self.key_map.footer_for(self.context))

    def on_key(self, event: events.Key) -> None:
        typed = self.feed(self._keys[self.context], event)
        if typed is not None:
            self.footer.status = typed

    @on(KeyFooter.Invoked)
    def _footer_clicked(self, message: KeyFooter.Invoked) -> None:
        self.invoke(message.command)

    @on(events.DescendantFocus)
    def _keys_change(self) -> None:
        for keys in self._keys.values():
            keys.reset()
        self.key_panel.close()
        self.show_keys()

    def invoke(self, command: Command, count: int | None = None) -> None:
        """Carry out a command. For one of the reader's, leave this view first."""
        if not self.commands.run(command, count):
            self._leave(Left(self._result(), command, count))

    def leave(self) -> None:
        """Go back to the panes."""
        self._leave(Left(self._result()))

    def leave_with(self, result: R) -> None:
        """Go back to the panes with what was chosen."""
        self._leave(Left(result))

    def _leave(self, left: Left[R]) -> None:
        if self.is_current:
            self.dismiss(left)


class _ReaderCommands:
    """Commands of the reader that do not leave the view, and the one that returns to the list."""

    def __init__(self, carry_out: CarryOut, leave: Callable[[], object]) -> None:
        self._carry_out = carry_out
        self._leave = leave

    def commands(self) -> Iterable[Bound]:
        yield once("go-list", self._leave)
        for command in ("help", "command-line", "quit"):
            yield Bound(command, partial(self._carry_out, find(command)))
