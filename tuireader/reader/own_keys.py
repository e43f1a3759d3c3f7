"""Gives a command another key: the user presses it, and it is kept in the settings file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from tuireader.commands import COMMANDS, Command, Context, KeyMap, shown_key
from tuireader.commands.binding import Argument, Bound, once
from tuireader.desk import Desk

if TYPE_CHECKING:
    from tuireader.dialogs.new_key import Judged


class OwnKeys:
    """The command that changes a key.

    Args:
        desk: The settings, and the messages.
        keys: The keys that hold now.
        ask: Opens the command line with a text, to name a command.
    """

    def __init__(self, desk: Desk, keys: KeyMap, ask: Callable[[str], object]) -> None:
        self._desk = desk
        self._keys = keys
        self._ask = ask

    def commands(self) -> Iterable[Bound]:
        yield once("change-key", lambda: self._ask("change-key "), Argument(self.change, self._offers))

    def _offers(self, typed: str) -> Iterator[tuple[str, str]]:
        from tuireader.command_line.meaning import Meaning

        for command in Meaning(self._keys.commands, Context.APP, anywhere=True).named_like(typed):
            yield command.id, f"{command.title} · {_shown(command) or 'no key'}"

    def change(self, name: str, then: Callable[[], object] = lambda: None) -> None:
        """Ask for a new key of the command ``name``, and call ``then`` once that is answered."""
        from tuireader.command_line.meaning import Meaning
        from tuireader.dialogs.new_key import NewKeyScreen

        command = next((one for one in self._keys.commands if one.id == name.strip()), None)
        if command is None:
            command = Meaning(self._keys.commands, Context.APP, anywhere=True).command(name.strip())
        if command is None:
            self._desk.say(f"There is no command “{name.strip()[:40]}”.", "warning")
            return
        question = f"New key for “{command.title}” (now {_shown(command) or 'none'})"
        screen = NewKeyScreen(question, partial(self._judge, command.id))
        self._desk.app.push_screen(screen, partial(self._answered, command, then))

    def _table(self) -> dict[str, Any]:
        return dict(self._desk.settings.tables.get("keys", {}))

    def _judge(self, command_id: str, keys: str) -> Judged:
        from tuireader.commands.remapping import read_keys, remap
        from tuireader.dialogs.new_key import Judged

        try:
            (wanted,) = read_keys([keys])
        except ValueError as error:
            return Judged(str(error), is_good=False)
        commands, problems = remap(COMMANDS, {**self._table(), command_id: [keys]})
        changed = {one.id: one for one in commands}
        if wanted not in changed[command_id].keys:
            wrong = next((one for one in problems if one.name == command_id), None)
            return Judged(wrong.what if wrong else "It cannot be used here.", is_good=False)
        lost = [one for one in self._keys.commands if set(one.keys) - set(changed[one.id].keys)]
        titles = [f"“{one.title}”" for one in lost if one.id != command_id]
        if not titles:
            return Judged("The key is free.", is_good=True)
        more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
        return Judged(f"Taken from {', '.join(titles[:3])}{more}.", is_good=True)

    def _answered(self, command: Command, then: Callable[[], object], keys: str | None) -> None:
        if keys is not None:
            self._choose(command, keys)
        then()

    def _choose(self, command: Command, keys: str) -> None:
        from tuireader.commands.remapping import read_keys

        value = list(read_keys(keys))
        self._desk.settings.choose_keys(command.id, value)
        said = f"{shown_key(value[0])} is now the key of “{command.title}”" if value else "No key"
        self._desk.say(f"{said} · kept in the settings file" if self._desk.settings.file else said)


def _shown(command: Command) -> str:
    return " ".join(shown_key(key) for key in command.keys)
