"""The parser of all commands, and its help. Each group of commands declares its own part."""

from __future__ import annotations

import os
import shutil
import textwrap
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from tuireader import __version__
from tuireader.cli.grammar import Commands
from tuireader.cli.parser import CleanParser, declare_options
from tuireader.paths import LIBRARY_VARIABLE, library_folder, log_file, settings_file
from tuireader.settings.document import did_you_mean

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Import and export": ("importing", "exporting"),
    "Find and read": ("articles", "searches", "statistics"),
    "Annotate": ("notes",),
    "Organise": ("marks", "tags", "rules", "trash", "history"),
    "Maintain": ("maintenance",),
    "Set up": ("config", "keys", "completion", "serving"),
}
"""The modules that declare commands, under the headings of the help; each has a function ``declare``."""

DESCRIPTION = "Read, find, bookmark and annotate the articles of an offline library."
EXAMPLES = (
    ("tuireader", "open the reader"),
    ("tuireader add ~/Downloads --tag harbour", "import a folder"),
    ("tuireader list tag:harbour date:2021-03", "list what matches a query"),
    ("tuireader list is:unread -- -tag:sport", "“--” before a word with “-”"),
    ('tuireader note sd5dhz "Check the figures."', "write a note on an article"),
    ("tuireader notes --json", "one JSON object a line"),
)
"""Command lines of the help, each with what it does."""

_NAME_COLUMN = 18


class ProgramParser(CleanParser):
    """The parser of the whole command line, whose help lists the commands by section."""

    def __init__(self) -> None:
        super().__init__(prog="tuireader", description=DESCRIPTION, allow_abbrev=False)
        self.add_argument(
            "--version", action="version", version=f"tuireader {__version__}", help="print the version"
        )
        declare_options(self)
        self.parsers: _SubParsersAction[CleanParser] = self.add_subparsers(
            dest="command", metavar="COMMAND", title="commands", parser_class=CleanParser
        )
        commands = Commands(self.parsers)
        self.sections: dict[str, tuple[str, ...]] = {}
        """The names of the commands, by section."""
        for section, groups in SECTIONS.items():
            known = len(self.parsers.choices)
            for group in groups:
                import_module(f"tuireader.cli.{group}").declare(commands)
            self.sections[section] = tuple(self.parsers.choices)[known:]

    def command_of(self, name: str) -> CleanParser:
        """Return the parser of a command."""
        return self.parsers.choices[name]

    def format_help(self) -> str:
        """Return the help of the program: commands by section, options, examples, folders."""
        width = max(40, min(shutil.get_terminal_size().columns, 100))
        parts = [
            "usage: tuireader [--library DIR] [--plain | COMMAND …]\n",
            *(
                f"{line}\n"
                for line in textwrap.wrap(f"{DESCRIPTION} Without a command, the reader opens.", width)
            ),
        ]
        for section, names in self.sections.items():
            parts.append(f"\n{section}:\n")
            parts += [text for name in names for text in self._entries(name, width)]
        options = [
            (", ".join(action.option_strings) + (f" {action.metavar}" if action.metavar else ""), action.help)
            for action in self._actions
            if action.option_strings
        ]
        places = [
            ("library", f"{library_folder(None, os.environ)} ({LIBRARY_VARIABLE}, --library)"),
            ("settings", str(settings_file())),
            ("log", str(log_file())),
        ]
        parts += ["\nOptions:\n", *(_entry(name, help_ or "", width) for name, help_ in options)]
        parts += ["\nFolders and files:\n", *(_entry(name, _from_home(path), width) for name, path in places)]
        parts.append("\nExamples:\n")
        column = max(len(example) for example, _ in EXAMPLES) + 4
        for example, does in EXAMPLES:
            fits = column + len(does) + 2 <= width
            parts.append(f"  {example:<{column}}{does}\n" if fits else f"  {example}\n")
        parts.append("\n“tuireader COMMAND --help” describes one command.\n")
        return "".join(parts)

    def _entries(self, name: str, width: int) -> Iterable[str]:
        """Yield the lines of a command, or of an action of one, in the help."""
        *whole, own = name.split(" ")
        yield _entry(f"{'  ' * len(whole)}{own}", self.command_of(name).description or "", width)
        for action, parser in actions_of(self.command_of(name)).items():
            yield _entry(f"  {action}", parser.description or "", width)


def _entry(name: str, text: str, width: int) -> str:
    """Return a name and its description, which is wrapped in a column of its own."""
    column = _NAME_COLUMN
    first = f"  {name}"
    lines = textwrap.wrap(text, max(20, width - column), break_long_words=False, break_on_hyphens=False) or [
        ""
    ]
    if len(first) + 2 > column:
        return "\n".join([first, *(f"{'':<{column}}{line}" for line in lines), ""])
    return "\n".join([f"{first:<{column}}{lines[0]}", *(f"{'':<{column}}{line}" for line in lines[1:]), ""])


def _from_home(path: str) -> str:
    """Return a path with ``~`` for the home folder."""
    home = str(Path.home())
    return f"~{path.removeprefix(home)}" if path.startswith(f"{home}{os.sep}") else path


def actions_of(parser: ArgumentParser) -> Mapping[str, CleanParser]:
    """Return the parsers of a command's actions by name; empty if it has none of its own."""
    found = [action.choices for action in parser._actions if isinstance(action, _SubParsersAction)]
    return found[0] if found else {}


def parse_command(arguments: Sequence[str]) -> Namespace:
    """Parse a command line with a command. Raises SystemExit after printing an error or the help.

    argparse fills a positional only from one contiguous run of words. Here, words after an option are added
    to it as well, as in ``note ID --quote WORDS TEXT`` or ``list tag:a --json -- -tag:b``.
    """
    parser = build_parser()
    whole = _with_whole_names(arguments, parser)
    _check_command(whole, parser)
    options, later = parser.parse_known_args(whole)
    end = later.index("--") if "--" in later else len(later)
    words = later[:end] + later[end + 1 :]
    place: str = getattr(options, "open_place", "")
    unknown = [word for word in later[:end] if word.startswith("-") and word != "-"]
    if unknown or (words and not place):
        _refuse(parser, options.command, unknown, words)
    if words:
        _put_into(options, place, words, parser)
    return options


def _check_command(arguments: Sequence[str], parser: ProgramParser) -> None:
    """End with an error that suggests a command or an option if the first word is neither."""
    waiting = False
    command: CleanParser | None = None
    for word in arguments:
        if waiting:
            waiting = False
        elif word == "--library":
            waiting = True
        elif word in ("-h", "--help", "--version", "--plain", "--") or word.startswith("--library="):
            continue
        elif command is not None:
            if not word.startswith("-"):
                actions = actions_of(command)
                if actions and word not in actions:
                    command.error(f"there is no action “{word}”.{_suggestion(word, actions)}")
                return
        elif word.startswith("-") and word != "-":
            own = _suggestion(word, _options_of(parser))
            parser.error(f"there is no option “{word}”.{own} Options of a command come after it.")
        elif word in parser.parsers.choices:
            command = parser.command_of(word)
        else:
            parser.error(f"there is no command “{word}”.{_suggestion(word, parser.parsers.choices)}")


def _refuse(
    parser: ProgramParser, name: str | None, unknown: Sequence[str], words: Sequence[str]
) -> NoReturn:
    """End with an error that names an unknown option or a word that has no place, and suggests another."""
    command = parser.command_of(name) if name else parser
    if unknown:
        given = unknown[0].partition("=")[0]
        known = {
            *_options_of(command),
            *(one for act in actions_of(command).values() for one in _options_of(act)),
        }
        advice = _suggestion(given, known) or " Put “--” before a query that begins with “-”."
        command.error(f"there is no option “{given}”.{advice}")
    inner = [one.removeprefix(f"{name} ") for one in parser.parsers.choices if one.startswith(f"{name} ")]
    command.error(f"“{words[0]}” has no place here.{_suggestion(words[0], inner)}")


def _suggestion(word: str, known: Iterable[str]) -> str:
    """Return a sentence that suggests the known word most like ``word``; empty if none is like it."""
    sentence = did_you_mean(word, known)
    return f" {sentence}" if sentence else ""


def _options_of(parser: ArgumentParser) -> Iterable[str]:
    return [option for action in parser._actions for option in action.option_strings]


def _with_whole_names(arguments: Sequence[str], parser: ProgramParser) -> list[str]:
    """Join a command of two words, such as ``tags rename``, into one argument.

    This lets ``tags`` take a query as well; a query that begins with such a word must be quoted.
    """
    valued = {at + 1 for at, word in enumerate(arguments) if word == "--library"}
    plain = [at for at, word in enumerate(arguments) if not word.startswith("-") and at not in valued]
    if len(plain) < 2 or "--" in arguments[: plain[1]]:
        return list(arguments)
    first, second = plain[:2]
    whole = f"{arguments[first]} {arguments[second]}"
    if whole not in parser.parsers.choices:
        return list(arguments)
    return [*arguments[:first], whole, *arguments[first + 1 : second], *arguments[second + 1 :]]


def _put_into(options: Namespace, place: str, words: list[str], parser: ProgramParser) -> None:
    """Add ``words`` to the positional ``place``: a list, or a single word not given yet."""
    given = getattr(options, place)
    if isinstance(given, list):
        given.extend(words)
    elif given is None and len(words) == 1:
        setattr(options, place, words[0])
    else:
        _refuse(parser, options.command, (), words)


def build_parser() -> ProgramParser:
    """Build the parser of the whole command line.

    In its result, ``carry_out`` is the command's function, which takes the open library or, with
    ``on_folder``, the library's folder; ``open_place`` is the positional that takes leftover words.
    ``needs_library`` is true if the folder must hold a library, ``creates`` if the command may create one.
    """
    return ProgramParser()


def documented_parser() -> ArgumentParser:
    """Build the parser as the manual page and the completions show it: ``tags rename`` inside ``tags``."""
    program = build_parser()
    documented = CleanParser(prog="tuireader", description=DESCRIPTION, allow_abbrev=False)
    for action in program._actions:
        if action.option_strings and action.dest != "help":
            documented._add_action(action)
    commands = documented.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    names = tuple(program.parsers.choices)
    for name in names:
        if " " not in name:
            _document(program, name, commands, [one for one in names if one.startswith(f"{name} ")])
    return documented


def _document(program: ProgramParser, name: str, commands: Any, inner: Sequence[str]) -> None:
    """Add a command to the documented parser, with the commands ``inner`` as its actions."""
    command = program.command_of(name)
    if not inner:
        commands.add_parser(name, parents=[command], add_help=False, help=command.description)
        return
    outer = commands.add_parser(name, help=command.description)
    actions = outer.add_subparsers(dest="action", metavar="ACTION", title="actions")
    for one in inner:
        below = program.command_of(one)
        actions.add_parser(
            one.removeprefix(f"{name} "), parents=[below], add_help=False, help=below.description
        )
    for action in command._actions:
        if action.dest != "help":
            outer._add_action(action)
