"""The help screen: the keys of the pane in front, then every command by group, with a search."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input

from library.text.case_folding import fold
from tuireader.commands import COMMANDS, Command, Context, Group, shown_key
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.keys import key_map_of
from tuireader.rows import clipped, fit, pad
from tuireader.widgets.row_list import RowList, RowTops

_KEYS, _TITLE, _GAP = 13, 26, 2
"""Width of the columns of keys and titles, and between columns; the explanation has the rest."""
_FEW_KEYS, _SHORT_TITLE = 10, 22
_ROOM_FOR_WIDE = 84
"""Narrowest list with the wide columns."""
_NARROWEST_HELP = 24
"""Narrowest column of explanations; in a narrower one they stand below the title."""


def matching(words: str, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """Return those of ``commands`` whose keys, title or help contain all ``words``."""
    wanted = fold(words).split()
    return [command for command in commands if all(word in _searched(command) for word in wanted)]


def _searched(command: Command) -> str:
    keys = " ".join(shown_key(key) for key in command.keys)
    return fold(f"{keys} {command.title} {command.help} {command.group}")


class HelpRow(NamedTuple):
    """A heading, or a command with its title; ``command`` is None for a heading."""

    title: str
    command: Command | None = None


def help_rows(commands: Iterable[Command], context: Context = Context.APP) -> Iterator[HelpRow]:
    """Yield the commands under headings: those of the pane in front, then all by group.

    What a search has found is shown once, all commands once more under their groups.

    Args:
        commands: The commands to show.
        context: The context of the pane in front; APP for none.
    """
    chosen = list(commands)
    here = [one for one in chosen if context != Context.APP and context in one.contexts]
    here.sort(key=lambda command: command.group is Group.MOVING)
    others = chosen if len(chosen) == len(COMMANDS) else [one for one in chosen if one not in here]
    groups = [(str(group), [one for one in others if one.group is group]) for group in Group]
    for heading, members in ((f"Here: {context}", here), *groups):
        if members:
            yield HelpRow(heading)
            yield from (HelpRow(one.title, one) for one in members)


class Columns(NamedTuple):
    """The widths of the columns; without ``help`` the explanation stands below the title."""

    keys: int
    title: int
    help: int

    @classmethod
    def within(cls, width: int) -> Columns:
        """Return the columns of a list of ``width`` cells."""
        wide = width >= _ROOM_FOR_WIDE
        keys, title = (_KEYS, _TITLE) if wide else (_FEW_KEYS, _SHORT_TITLE)
        room = width - keys - title - 2 * _GAP - 2
        return cls(keys, title, room if room >= _NARROWEST_HELP else 0)


def help_lines(command: Command, columns: Columns, width: int) -> list[tuple[str, str, str]]:
    """Return the lines of a command, each as keys, title and explanation in their columns."""
    keys = [shown_key(key) for key in command.keys] or ["–"]
    told = textwrap.wrap(command.help, columns.help or max(width - columns.keys - 2 * _GAP, 12))
    room = columns.title if columns.help else max(width - columns.keys - 2 * _GAP, 1)
    titles = textwrap.wrap(command.title, room)
    if not columns.help:
        told = [*[""] * len(titles), *told]
    heads = textwrap.wrap("  ".join(keys), columns.keys)
    return list(zip_longest(heads, titles, told, fillvalue=""))


class HelpList(RowList):
    """The commands with their keys and explanations in columns."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"help-list--{name}" for name in ("heading", "bar", "keys", "title", "help", "cursor")
    }
    DEFAULT_CSS = """
    HelpList {
        height: 1fr; background: $surface;
        & > .help-list--heading { color: $accent; text-style: bold; }
        & > .help-list--bar { color: $accent; }
        & > .help-list--keys { color: $accent; text-style: bold; }
        & > .help-list--title { color: $foreground; }
        & > .help-list--help { color: $text-muted; }
        & > .help-list--cursor { background: $panel; }
    }
    """
    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[HelpRow] = ()
        self._lines: list[list[tuple[str, str, str]]] = []
        self._tops = RowTops()

    def show(self, rows: Iterable[HelpRow], *, stay: bool = False) -> None:
        """Show these rows, with the cursor on the first command, or where it is."""
        self._rows = tuple(rows)
        self._arrange()
        self.rows_changed(self.cursor_row if stay else 0)

    def _arrange(self) -> None:
        """Break the explanations into lines for the width that there is."""
        width = self.row_width
        columns = Columns.within(width)
        self._lines = [help_lines(row.command, columns, width) if row.command else [] for row in self._rows]
        heights = (len(lines) or min(at, 1) + 1 for at, lines in enumerate(self._lines))
        self._tops = RowTops(heights)

    @property
    def chosen(self) -> Command | None:
        """The command under the cursor; None if there is none."""
        return self._rows[self.cursor_row].command if self._rows else None

    # Methods of the base class

    @property
    def row_count(self) -> int:
        return len(self._rows)

    def top_of(self, row: int) -> int:
        return self._tops.top_of(row)

    def row_of(self, line: int) -> int:
        return self._tops.row_of(line)

    def is_heading(self, row: int) -> bool:
        """Return True for the name of a group, which always has commands after it."""
        return self._rows[row].command is None

    def scroll_to_cursor(self) -> None:
        """Scroll to the cursor; show the first heading together with the first command."""
        super().scroll_to_cursor()
        if self.is_running and self.cursor_row == 1:
            self.scroll_to(y=0, animate=False, force=True)

    def on_resize(self) -> None:
        self._arrange()
        self.redraw()
        super().on_resize()

    def open_row(self, row: int) -> None:
        """Change the key of a clicked command."""
        if isinstance(self.screen, HelpScreen):
            self.screen.change_chosen()

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        shown, blank = self._rows[row], "help-list--help"
        if shown.command is None:
            lines = [[("", blank)]] if row else []
            lines.append([(fit(f" {shown.title}", width), "help-list--heading")])
            return tuple(self.strip(clipped(line, width, blank)) for line in lines)
        at_cursor, columns, gap = row == self.cursor_row, Columns.within(width), " " * _GAP
        ground = self.get_component_rich_style("help-list--cursor") if at_cursor else None
        bar = ("▌" if at_cursor else " ", "help-list--bar")
        return tuple(
            self.strip(
                clipped(
                    (
                        bar,
                        (f"{pad(keys, columns.keys)}{gap}", "help-list--keys"),
                        (f"{pad(title, columns.title)}{gap}" if columns.help else title, "help-list--title"),
                        (told, "help-list--help"),
                    ),
                    width,
                    blank,
                ),
                ground=ground,
            )
            for keys, title, told in self._lines[row]
        )

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        name = "help-list--help"
        return (self.strip(clipped([(" No matching command.", name)], width, name)),)


class HelpScreen(DialogScreen[None]):
    """A dialog with all keys; typing filters them, Enter gives a command another key.

    Args:
        context: The context of the pane in front.
        change: Asks for another key of a command, then calls the function.
    """

    DEFAULT_CSS = """
    HelpScreen {
        & > .frame { width: 96%; max-width: 116; height: 90%; }
        & Input { height: 1; border: none; padding: 0 1; background: $panel; margin-bottom: 1; }
        & Input:focus { border: none; }
        &.-low Input { margin-bottom: 0; }
    }
    """

    _list = getters.query_one(HelpList)

    def __init__(
        self,
        context: Context = Context.APP,
        change: Callable[[str, Callable[[], None]], object] = lambda command, then: None,
    ) -> None:
        super().__init__()
        self._front = context
        self._change = change

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as container:
            typing = Content.styled("type to search", "$text-muted")
            frame(container, "Keys", ("Esc", "close"), ("Enter", "change the key"), typing)
            yield Input(placeholder="Search keys …")
            yield HelpList()

    def on_mount(self) -> None:
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show()

    def _show(self, *, stay: bool = False) -> None:
        commands = matching(self.query_one(Input).value, key_map_of(self.app).commands)
        self._list.show(help_rows(commands, self._front), stay=stay)

    def change_chosen(self) -> None:
        """Ask for another key of the command under the cursor."""
        if command := self._list.chosen:
            self._change(command.id, partial(self._show, stay=True))

    def on_key(self, event: events.Key) -> None:
        moves = self._list.moves
        does: dict[str, Callable[[], object]] = {
            "down": moves.down,
            "up": moves.up,
            "pagedown": moves.page_down,
            "pageup": moves.page_up,
            "enter": self.change_chosen,
            **dict.fromkeys(("escape", "question_mark"), lambda: self.end(None)),
        }
        if event.key in does:
            event.stop()
            event.prevent_default()
            does[event.key]()
