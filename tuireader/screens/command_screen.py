"""A screen that turns keys into commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.worker import Worker

from tuireader.commands import TYPING, Command, Context
from tuireader.commands.binding import Bound, CommandTable, once
from tuireader.jobs.changes import Changes, messages_of
from tuireader.jobs.jobs import Jobs
from tuireader.keys import Invoked, KeySequences, Pending, key_map_of, latin_of, stroke
from tuireader.terminal.compositor import compose_in_front
from tuireader.widgets.key_panel import KeyPanel, hints_of

R = TypeVar("R")


def size_classes(app: App[Any]) -> Iterator[str]:
    """Yield the classes that Textual gives a screen when it gets its size.

    A screen that has them from the beginning is styled and drawn once, not twice.
    """
    both = (app.HORIZONTAL_BREAKPOINTS, app.VERTICAL_BREAKPOINTS)
    for size, breakpoints in zip(app.size, both, strict=True):
        fitting = [name for least, name in sorted(breakpoints or ()) if size >= least]
        yield from fitting[-1:]


class CommandScreen(Screen[R]):
    """A screen that carries out the commands bound in ``commands``."""

    awaited: Worker[None] | None = None
    """A worker that the next keys wait for, because they act on its result."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.add_class(*size_classes(self.app))
        compose_in_front(self)
        self.jobs = Jobs(self)
        self.changes = changes
        self.key_map = key_map_of(self.app)
        self.key_panel = KeyPanel(self)
        self.commands = CommandTable()
        self.commands.add(ScreenCommands(self))

    @property
    def context(self) -> Context:
        """The context whose keys are active."""
        return Context.APP

    def leave(self) -> None:
        """Go back to the panes, if this screen is over them."""

    def keys_changed(self) -> None:
        """Use the keys that hold from now on."""

    def show_change(self, words: str) -> None:
        """Show the progress of a change; empty ``words`` mean that it is over."""

    def wait_for(self, worker: Worker[None] | None) -> None:
        """Let the next keys wait for ``worker``."""
        self.awaited = worker

    def invoke(self, command: Command, count: int | None = None) -> None:
        """Carry out a command of the registry."""
        self.commands.run(command, count)

    def feed(self, keys: KeySequences, event: events.Key) -> str | None:
        """Carry out the command that a key completes.

        Return the keys of a sequence typed so far, empty if none, or None if the key belongs to no command.
        """
        result = keys.feed(stroke(event.key, event.character), latin_of(event, self.key_map))
        self.key_panel.expect(hints_of(keys))
        if result is None:
            self._explain(event.character or "")
            return None
        event.stop()
        event.prevent_default()
        if isinstance(result, Invoked) and not (event.key == "escape" and self._stops(result.command)):
            self.invoke(result.command, result.count)
        return result.typed if isinstance(result, Pending) else ""

    def _explain(self, letter: str) -> None:
        """Say once that a letter has no meaning, and where to find those that do."""
        if self.key_map.is_explained or not letter.isalpha() or self.context in TYPING:
            return
        self.key_map.is_explained = True
        hint = f"{self.key_map.key('help')} shows all keys"
        if not letter.isascii():
            hint = "commands are Latin letters; langmap in the settings file takes other keyboards"
        messages_of(self.app)(f"“{letter}” does nothing here · {hint}")

    def _stops(self, command: Command) -> bool:
        """Stop a running change if Esc would otherwise go back. Return True if one was stopped."""
        return command.id == "back" and self.changes.writer.stop()


class ScreenCommands:
    """Commands of every such screen."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen

    def commands(self) -> tuple[Bound, ...]:
        return (
            once("palette", lambda: self._screen.app.action_command_palette()),
            once("redraw", lambda: self._screen.refresh(repaint=True, layout=True)),
        )
