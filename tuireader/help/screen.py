"""The help screen: every command with its keys, from the registry, with a search."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from library.text.case_folding import fold
from tuireader.commands import COMMANDS, Command, Group, shown_key
from tuireader.dialogs.dialog import DialogScreen
from tuireader.keys import key_map_of

_KEY_COLUMN = 14
_WIDTH_FOR_HELP = 90


def matching(words: str, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """Return those of ``commands`` whose keys, title or help contain all ``words``."""
    wanted = fold(words).split()
    return [command for command in commands if all(word in _searched(command) for word in wanted)]


def _searched(command: Command) -> str:
    keys = " ".join(shown_key(key) for key in command.keys)
    return fold(f"{keys} {command.title} {command.help} {command.group}")


def help_content(commands: Iterable[Command], width: int) -> Content:
    """Return the commands under the headings of their groups: keys, title and, if it fits, help."""
    chosen, parts = list(commands), list[Content]()
    for group in Group:
        members = [command for command in chosen if command.group is group]
        if members:
            parts.append(Content.assemble("\n" if parts else "", (str(group), "bold $accent"), "\n"))
            parts += [_line(command, width) for command in members]
    return Content("").join(parts) if parts else Content("No matching command.")


def _line(command: Command, width: int) -> Content:
    keys = "  ".join(shown_key(key) for key in command.keys) or "palette"
    head = f"  {keys:<{_KEY_COLUMN}}"
    if width < _WIDTH_FOR_HELP:
        return Content.assemble((head, "bold"), f"  {command.title}\n")
    title = f"  {command.title:<{max(len(one.title) for one in COMMANDS)}}  "
    return Content.assemble((head, "bold"), title, (f"{command.help}\n", "$text-muted"))


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

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as frame:
            frame.border_title = "Keys"
            frame.border_subtitle = "type to search · Esc closes"
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
        self._list.update(help_content(matching(words, key_map_of(self.app).commands), self.size.width))

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
