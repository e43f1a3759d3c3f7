"""The status bar widget: the keys of the focused pane, and the reading progress."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tuireader.commands import Command, shown_key

_GAP = 2


def keys_in_words(commands: Iterable[Command], *, all_keys: bool = False) -> Content:
    """Return “key label” for each command, as the footer draws it, with its first key or ``all_keys``."""
    pairs = []
    for command in commands:
        keys = [shown_key(key) for key in command.keys]
        pairs.append((" ".join(keys if all_keys else keys[:1]), command.label))
    return labelled_keys(pairs)


def labelled_keys(pairs: Iterable[tuple[str, str]]) -> Content:
    """Return keys with their labels, as the footer draws them."""
    return Content("  ").join(
        Content.assemble((f"{key} ", "bold $accent"), (label, "$text-muted")) for key, label in pairs
    )


class KeyFooter(Widget):
    """A line of commands as “key label”, as many as fit. A click on one invokes it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-footer--key", "key-footer--label", "key-footer--status"}
    DEFAULT_CSS = """
    KeyFooter {
        height: 1; padding: 0 1; background: $background;
        & .key-footer--key { color: $accent; text-style: bold; }
        & .key-footer--label { color: $text-muted; }
        & .key-footer--status { color: $foreground; }
    }
    """

    status: reactive[str] = reactive("")
    """Text at the right end."""

    @dataclass
    class Invoked(Message):
        """A click on a command."""

        command: Command

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._commands: Sequence[Command] = ()

    def show_commands(self, commands: Sequence[Command]) -> None:
        """Show these commands in order. Those that do not fit are omitted, but for the last one."""
        self._commands = commands
        self.refresh()

    def _fitting(self) -> list[tuple[int, Command, str]]:
        """Return (column, command, key) for each command that fits. The last one, the help, has priority."""
        room = self.size.width - (cell_len(self.status) + _GAP if self.status else 0)
        entries = [(command, shown_key(command.keys[0])) for command in self._commands]
        last = entries[-1:] if len(entries) > 1 else []
        reserve = sum(cell_len(key) + 1 + cell_len(command.label) + _GAP for command, key in last)
        placed, column = [], 0
        for command, key in entries[: len(entries) - len(last)]:
            width = cell_len(key) + 1 + cell_len(command.label)
            if column + width + reserve > room:
                break
            placed.append((column, command, key))
            column += width + _GAP
        for command, key in last:
            if column + cell_len(key) + 1 + cell_len(command.label) <= room:
                placed.append((column, command, key))
        return placed

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        key_style = self.get_component_rich_style("key-footer--key")
        label_style = self.get_component_rich_style("key-footer--label")
        segments, column = [], 0
        for start, command, key in self._fitting():
            segments += [
                Segment(" " * (start - column), label_style),
                Segment(f"{key} ", key_style),
                Segment(command.label, label_style),
            ]
            column = start + cell_len(key) + 1 + cell_len(command.label)
        status = self.status if cell_len(self.status) <= width - column else ""
        segments.append(Segment(" " * max(0, width - column - cell_len(status)), label_style))
        segments.append(Segment(status, self.get_component_rich_style("key-footer--status")))
        return Strip(segments).crop_extend(0, width, label_style)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for start, command, key in reversed(self._fitting()):
            if start <= offset.x < start + cell_len(key) + 1 + cell_len(command.label):
                self.post_message(self.Invoked(command))
                return
