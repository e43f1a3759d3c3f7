"""The command ``config``: shows and changes the settings of the reader."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

from tuireader.cli.grammar import WRONG_USAGE, Commands
from tuireader.cli.output import complain, print_record, say
from tuireader.paths import settings_file
from tuireader.settings import (
    SETTINGS,
    Setting,
    Settings,
    load_settings,
    read_values,
    value_of,
    write_values_or_fail,
)

_SHOWN = {setting.name: setting for setting in SETTINGS if setting.is_shown}


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    anywhere = partial(commands.add, on_folder=True, needs_library=False)
    anywhere("config", list_settings, "show or change settings")
    getting = anywhere("config get", get_setting, "print the value of a setting")
    getting.add_argument("name", metavar="NAME")
    setting = anywhere("config set", set_setting, "change a setting")
    setting.add_argument("name", metavar="NAME")
    setting.add_argument("value", metavar="VALUE")


def list_settings(folder: Path, options: Namespace) -> int:
    """Print all settings with their values and descriptions."""
    settings = load_settings(settings_file())
    for setting in _SHOWN.values():
        _print(setting, settings, options, with_help=True)
    return 0


def get_setting(folder: Path, options: Namespace) -> int:
    """Print the value of a setting."""
    setting = _named(options.name)
    if setting is None:
        return WRONG_USAGE
    _print(setting, load_settings(settings_file()), options, with_help=False)
    return 0


def set_setting(folder: Path, options: Namespace) -> int:
    """Change the value of a setting, and print it."""
    setting = _named(options.name)
    if setting is None:
        return WRONG_USAGE
    try:
        value = value_of(setting, options.value)
    except ValueError:
        complain(f"“{options.value}” is not a value of {setting.name}. It takes {setting.kind.values}.")
        return WRONG_USAGE
    path = settings_file()
    write_values_or_fail(path, {**read_values(path), setting.name: value})
    _print(setting, load_settings(path), options, with_help=False)
    return 0


def _named(name: str) -> Setting | None:
    """Return the setting ``name``; if there is none, report that and return None."""
    if name not in _SHOWN:
        complain(f"There is no setting “{name}”. The settings are: {', '.join(_SHOWN)}.")
    return _SHOWN.get(name)


def _print(setting: Setting, settings: Settings, options: Namespace, *, with_help: bool) -> None:
    value = getattr(settings, setting.name)
    if options.json:
        about = {"values": setting.kind.values, "help": setting.help}
        print_record({"name": setting.name, "value": value, "default": setting.default, **about})
    elif with_help:
        help_ = f"{setting.help} ({setting.kind.values})"
        say(f"{setting.name:<14} {_in_words(value) or '-':<12} {help_}")
    else:
        say(_in_words(value))


def _in_words(value: Any) -> str:
    """Format a value as the user types it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return "none" if value is None else str(value)
