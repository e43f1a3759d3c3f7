"""The help screen: the keys of the pane in front, then every command by group, with a search."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from library.text.case_folding import fold
from tuireader.commands import COMMANDS, Command, Context, Group, shown_key
from tuireader.dialogs.dialog import DialogScreen
from tuireader.keys import key_map_of

_KEY_COLUMN = 14
_TITLE_COLUMN = 28
_WIDTH_FOR_TITLES = 88
"""Narrowest content with a column of titles; below, the explanation follows the title."""
_NARROWEST_TEXT = 12
_MARGIN = 7
"""Columns of the frame: border, padding, scroll bar."""
_WIDEST = 116


def matching(words: str, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """Return those of ``commands`` whose keys, title or help contain all ``words``."""
    wanted = fold(words).split()
    return [command for command in commands if all(word in _searched(command) for word in wanted)]


def _searched(command: Command) -> str:
    keys = " ".join(shown_key(key) for key in command.keys)
    return fold(f"{keys} {command.title} {command.help} {command.group}")


def help_content(commands: Iterable[Command], width: int, context: Context = Context.APP) -> Content:
    """Return the commands under headings: those of the pane in front, then all by group.

    What a search has found is shown once, all commands once more under their groups.

    Args:
        commands: The commands to show.
        width: The width of the text in columns.
        context: The context of the pane in front; APP for none.
    """
    chosen = list(commands)
    here = [one for one in chosen if context != Context.APP and context in one.contexts]
    here.sort(key=lambda command: command.group is Group.MOVING)
    others = chosen if len(chosen) == len(COMMANDS) else [one for one in chosen if one not in here]
    parts = [_section(f"Here: {context}", here, width)] if here else []
    parts += [_section(str(group), members, width) for group, members in _groups(others)]
    return Content("\n").join(parts) if parts else Content("No matching command.")


def _groups(commands: Iterable[Command]) -> Iterator[tuple[Group, list[Command]]]:
    chosen = list(commands)
    for group in Group:
        members = [command for command in chosen if command.group is group]
        if members:
            yield group, members


def _section(heading: str, commands: Iterable[Command], width: int) -> Content:
    return Content("").join(
        [Content.assemble((f"{heading}\n", "bold $accent")), *(_line(one, width) for one in commands)]
    )


def _line(command: Command, width: int) -> Content:
    """Return the keys, the title and the explanation of a command, wrapped under its beginning."""
    keys = "  ".join(shown_key(key) for key in command.keys) or "palette"
    head = f"  {keys:<{_KEY_COLUMN}}  "
    in_columns = width >= _WIDTH_FOR_TITLES
    title = f"{command.title:<{_TITLE_COLUMN}}  " if in_columns else f"{command.title}. "
    indent = len(head) + (len(title) if in_columns else 0)
    room = max(_NARROWEST_TEXT, width - indent)
    first = "" if in_columns else "\0" * min(len(title), room)  # keeps the place of the title
    lines = textwrap.wrap(command.help, room, initial_indent=first, break_long_words=False) or [first]
    lines[0] = lines[0].replace("\0", "")
    text = f"\n{' ' * indent}".join(lines)
    return Content.assemble((head, "bold"), title, (f"{text}\n", "$text-muted"))


class HelpScreen(DialogScreen[None]):
    """A dialog with all keys; typing filters them, Esc closes it."""

    DEFAULT_CSS = """
    HelpScreen {
        & > .frame { width: 90%; max-width: 116; height: 90%; }
        & Input { height: 1; border: none; padding: 0; background: $surface; margin-bottom: 1; }
        & Input:focus { border: none; }
        & VerticalScroll { scrollbar-size-vertical: 1; background: $surface; }
        & Static { width: 100%; }
    }
    """

    _scroll = getters.query_one(VerticalScroll)
    _list = getters.query_one("#help-list", Static)

    def __init__(self, context: Context = Context.APP) -> None:
        super().__init__()
        self._front = context

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as frame:
            frame.border_title = "Keys"
            frame.border_subtitle = "Esc close · type to search"
            yield Input(placeholder="Search keys …")
            with VerticalScroll(can_focus=False):
                yield Static(id="help-list", markup=False)

    def on_mount(self) -> None:
        self._show("")

    def on_resize(self) -> None:
        self._show(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show(event.value)
        self._scroll.scroll_home(animate=False)

    def _show(self, words: str) -> None:
        width = min(_WIDEST, self.size.width * 9 // 10) - _MARGIN
        commands = matching(words, key_map_of(self.app).commands)
        self._list.update(help_content(commands, width, self._front))

    def on_key(self, event: events.Key) -> None:
        moves = {
            "down": self._scroll.scroll_down,
            "up": self._scroll.scroll_up,
            "pagedown": self._scroll.scroll_page_down,
            "pageup": self._scroll.scroll_page_up,
        }
        if event.key in moves:
            event.stop()
            moves[event.key](animate=False)
        elif event.key in ("escape", "enter", "question_mark"):
            event.stop()
            event.prevent_default()
            self.end(None)
