"""The grammar of the command line. Each group of commands declares its own part."""

from __future__ import annotations

from argparse import ArgumentError, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Container, Sequence
from importlib import import_module
from typing import Any

from library.text.cleaning import clean_text
from tuireader import __version__

GROUPS = (
    "importing",
    "articles",
    "statistics",
    "searches",
    "marks",
    "trash",
    "tags",
    "rules",
    "history",
    "notes",
    "related",
    "exporting",
    "maintenance",
    "config",
)
"""The modules that declare commands, in the order of the help; each has a function ``declare``.

They are loaded for a command, not for the reader.
"""


class CleanParser(ArgumentParser):
    """An argparse parser that cleans its messages, because they repeat what the user typed."""

    def _print_message(self, message: str, file: Any = None) -> None:
        if message and file is not None:
            file.write(clean_text(message))


def parse_arguments(arguments: Sequence[str]) -> Namespace:
    """Parse the command line. Raises SystemExit after printing an error or the help.

    argparse fills a positional only from one contiguous run of words. Here, words after an option are added
    to it as well, as in ``note ID --quote WORDS TEXT`` or ``list tag:a --json -- -tag:b``.
    """
    if (opening := _reader_options(arguments)) is not None:
        return opening
    parser = build_parser()
    options, later = parser.parse_known_args(_with_whole_names(arguments, parser))
    end = later.index("--") if "--" in later else len(later)
    words = later[:end] + later[end + 1 :]
    place: str = getattr(options, "open_place", "")
    if any(word.startswith("-") and word != "-" for word in later[:end]) or (words and not place):
        parser.error(f"unrecognized arguments: {' '.join(later)}")
    if words:
        _put_into(options, place, words, parser)
    return options


def _reader_options(arguments: Sequence[str]) -> Namespace | None:
    """Return the options if there is no command; None where there may be one, a mistake or a question."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    _declare_options(parser)
    parser.set_defaults(command=None)
    try:
        options, others = parser.parse_known_args(arguments)
    except ArgumentError:
        return None
    return None if others else options


def _with_whole_names(arguments: Sequence[str], parser: ArgumentParser) -> list[str]:
    """Join a command of two words, such as ``tags rename``, into one argument.

    This lets ``tags`` take a query as well; a query that begins with such a word must be quoted.
    """
    valued = {at + 1 for at, word in enumerate(arguments) if word == "--library"}
    plain = [at for at, word in enumerate(arguments) if not word.startswith("-") and at not in valued]
    if len(plain) < 2 or "--" in arguments[: plain[1]]:
        return list(arguments)
    first, second = plain[:2]
    whole = f"{arguments[first]} {arguments[second]}"
    if whole not in _names(parser):
        return list(arguments)
    return [*arguments[:first], whole, *arguments[first + 1 : second], *arguments[second + 1 :]]


def _names(parser: ArgumentParser) -> Container[str]:
    """Return the names of the commands."""
    found = [action.choices for action in parser._actions if isinstance(action, _SubParsersAction)]
    return found[0]


def _put_into(options: Namespace, place: str, words: list[str], parser: ArgumentParser) -> None:
    """Add ``words`` to the positional ``place``: a list, or a single word not given yet."""
    given = getattr(options, place)
    if isinstance(given, list):
        given.extend(words)
    elif given is None and len(words) == 1:
        setattr(options, place, words[0])
    else:
        parser.error(f"unrecognized arguments: {' '.join(words)}")


def build_parser() -> ArgumentParser:
    """Build the parser of the whole command line.

    In its result, ``carry_out`` is the command's function, which takes the open library or, with
    ``on_folder``, the library's folder; ``open_place`` is the positional that takes leftover words.
    ``needs_library`` is true if the folder must hold a library, ``creates`` if the command may create one.
    """
    parser: ArgumentParser = CleanParser(
        prog="tuireader",
        description="Read, find, bookmark and annotate the articles of an offline library.",
        epilog="Without a command, the reader opens. Put “--” before a query that begins with “-”.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"tuireader {__version__}")
    _declare_options(parser)
    from tuireader.cli.grammar import Commands

    commands = Commands(parser.add_subparsers(dest="command", metavar="COMMAND", title="commands"))
    for group in GROUPS:
        import_module(f"tuireader.cli.{group}").declare(commands)
    return parser


def _declare_options(parser: ArgumentParser) -> None:
    """Declare what stands before the command, and holds for the reader as well."""
    parser.add_argument("--library", metavar="DIR", help="folder of the library (default: TUIREADER_LIBRARY)")
