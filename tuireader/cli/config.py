"""``config``: the settings of the reader, and the file that they are in."""

from __future__ import annotations

import os
import shutil
import textwrap
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

from library import LibraryError
from tuireader.cli.grammar import WRONG_USAGE, Commands
from tuireader.cli.output import complain, print_record, say
from tuireader.colours import COLOURS, DARK
from tuireader.paths import settings_file, state_folder
from tuireader.settings.declared import SECTIONS, SETTINGS, Setting, Settings, in_words
from tuireader.settings.document import did_you_mean
from tuireader.settings.own_themes import begin_theme, load_themes, themes_folder
from tuireader.settings.reading import Configuration, load_configuration
from tuireader.settings.writing import FILE_BEFORE, begin_file, change_settings

_WITH_PROBLEMS = 1
_HELP_AT, _LEAST_HELP = 32, 24


def declare(commands: Commands) -> None:
    """Declare the commands and their arguments."""
    anywhere = partial(commands.add, on_folder=True, needs_library=False)
    anywhere("config", list_settings, "show or change settings")
    getting = anywhere("config get", get_setting, "print the value of a setting")
    getting.add_argument("name", metavar="KEY")
    setting = anywhere("config set", set_setting, "change a setting; comments in the file stay")
    setting.add_argument("name", metavar="KEY")
    setting.add_argument("value", metavar="VALUE")
    anywhere("config check", check_file, "name what is wrong in the settings file")
    anywhere("config edit", edit_file, "open the settings file in $VISUAL or $EDITOR")
    theme = anywhere("config theme", begin_own_theme, "write the file of a theme of your own")
    theme.add_argument("name", metavar="NAME")
    anywhere("config path", print_path, "print where the settings file is")


def list_settings(folder: Path, options: Namespace) -> int:
    """Print every setting with its value and its help."""
    settings = _load().settings
    for section in SECTIONS:
        if not options.json:
            say(f"{'' if section is SECTIONS[0] else chr(10)}[{section.name}]")
        for setting in (one for one in SETTINGS if one.section is section):
            _print(setting, settings, options, with_help=True)
    return 0


def get_setting(folder: Path, options: Namespace) -> int:
    """Print the value of one setting."""
    setting = _named(options.name)
    if setting is None:
        return WRONG_USAGE
    _print(setting, _load().settings, options, with_help=False)
    return 0


def set_setting(folder: Path, options: Namespace) -> int:
    """Change the value of a setting, and print it."""
    setting = _named(options.name)
    if setting is None:
        return WRONG_USAGE
    themes, _ = load_themes(themes_folder(_file()))
    try:
        value = setting.value_of(options.value, themes)
    except ValueError:
        meant = did_you_mean(options.value, setting.choices(themes))
        refused = f"“{options.value}” is not a value of {setting.name}. It takes {setting.kind.values}."
        complain(f"{refused} {meant}".rstrip())
        return WRONG_USAGE
    change_settings(_file(begin=True), {setting.name: value})
    _print(setting, _load().settings, options, with_help=False)
    return 0


def check_file(folder: Path, options: Namespace) -> int:
    """Print what is wrong in the settings file."""
    path = _file()
    problems = load_configuration(path).problems
    for problem in problems:
        if options.json:
            record = {"file": str(problem.file), "line": problem.line}
            print_record({**record, "problem": problem.what, "remedy": problem.remedy})
        else:
            say(str(problem))
    if not problems and not options.json:
        say(f"No problems in {path}.")
    return _WITH_PROBLEMS if problems else 0


def edit_file(folder: Path, options: Namespace) -> int:
    """Open the settings file in the user's editor, and name what is wrong in it afterwards."""
    from tuireader.notes.editor import named_editor, run_editor

    path, editor = _file(begin=True), named_editor(os.environ)
    if not editor:
        raise LibraryError(f"No editor is named in VISUAL or EDITOR. The file is {path}.")
    if failure := run_editor(editor, path):
        raise LibraryError(failure)
    return _WITH_PROBLEMS if _load().problems else 0


def begin_own_theme(folder: Path, options: Namespace) -> int:
    """Write the file of a theme that is like the current one of ours, and print where it is."""
    path = _file(begin=True)
    chosen = load_configuration(path).settings.theme
    begun = begin_theme(themes_folder(path), options.name, chosen if chosen in COLOURS else DARK)
    if options.json:
        print_record({"path": str(begun)})
    else:
        say(str(begun))
    return 0


def print_path(folder: Path, options: Namespace) -> int:
    """Print where the settings file is."""
    if options.json:
        print_record({"path": str(settings_file())})
    else:
        say(str(settings_file()))
    return 0


def _file(*, begin: bool = False) -> Path:
    """Return the settings file; it is written if ``begin``, or if an earlier version left another one."""
    path, state = settings_file(), state_folder()
    if begin or (state / FILE_BEFORE).exists():
        begin_file(path, state)
    return path


def _load() -> Configuration:
    """Read the file; what is wrong in it is said."""
    configuration = load_configuration(_file())
    for problem in configuration.problems:
        complain(str(problem))
    return configuration


def _named(name: str) -> Setting | None:
    """Return the setting ``name``, with its section or without; where there is none, that is said."""
    found = [one for one in SETTINGS if name in (one.name, f"{one.section.name}.{one.name}")]
    if found:
        return found[0]
    names = [one.name for one in SETTINGS]
    meant = did_you_mean(name, names) or f"The settings are: {', '.join(names)}."
    complain(f"There is no setting “{name}”. {meant}")
    return None


def _print(setting: Setting, settings: Settings, options: Namespace, *, with_help: bool) -> None:
    value: Any = getattr(settings, setting.name)
    if options.json:
        about = {"values": setting.kind.values, "help": setting.help}
        record = {"name": setting.name, "section": setting.section.name, "value": value}
        print_record({**record, "default": setting.default, **about})
    elif with_help:
        say(_explained(setting, value))
    else:
        say(in_words(value))


def _explained(setting: Setting, value: Any) -> str:
    """Return the lines for a setting that fit the terminal: name, value and help."""
    default = f"; default {in_words(setting.default) or 'empty'}" if value != setting.default else ""
    head = f"{setting.name:<14} {in_words(value) or '-':<16} "
    width = max(shutil.get_terminal_size().columns, len(head) + _LEAST_HELP)
    help_ = f"{setting.help[:-1]} ({setting.kind.values}{default})."
    return textwrap.fill(help_, width, initial_indent=head, subsequent_indent=" " * _HELP_AT)
