"""``keys``: the keys of all commands as they are now."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tuireader.cli.grammar import Commands
from tuireader.cli.output import complain, print_record, say
from tuireader.commands import COMMANDS, Command, Group, shown_key
from tuireader.commands.remapping import remap
from tuireader.paths import settings_file
from tuireader.settings.reading import load_configuration


def declare(commands: Commands) -> None:
    """Declare the command."""
    commands.add("keys", print_keys, "print all keys as they are now", on_folder=True, needs_library=False)


def print_keys(folder: Path, options: Namespace) -> int:
    """Print every command with its keys, those of the settings file included."""
    configuration = load_configuration(settings_file())
    table = configuration.tables.get("keys")
    commands, _ = remap(COMMANDS, table.values if table else {})
    for problem in configuration.problems:
        complain(str(problem))
    if options.json:
        for command, default in zip(commands, COMMANDS, strict=True):
            print_record(_record(command, default))
        return 0
    key_width = max(len(_keys(command)) for command in commands)
    id_width = max(len(command.id) for command in commands)
    for group in Group:
        say(f"{'' if group is next(iter(Group)) else chr(10)}{group}")
        for command in (one for one in commands if one.group is group):
            say(f"  {_keys(command):<{key_width}}  {command.id:<{id_width}}  {command.title}")
    return 0


def changed_keys() -> dict[str, str]:
    """Return the first key of each command to which the user has given other keys, as it is typed."""
    table = load_configuration(settings_file()).tables.get("keys")
    commands, _ = remap(COMMANDS, table.values if table else {})
    return {
        command.id: command.keys[0].replace(" ", "")
        for command, default in zip(commands, COMMANDS, strict=True)
        if command.keys and command.keys != default.keys
    }


def _keys(command: Command) -> str:
    return "  ".join(shown_key(key) for key in command.keys) or "-"


def _record(command: Command, default: Command) -> dict[str, object]:
    return {
        "id": command.id,
        "title": command.title,
        "keys": list(command.keys),
        "default": list(default.keys),
        "contexts": [str(context) for context in command.contexts],
        "group": str(command.group),
        "help": command.help,
    }
