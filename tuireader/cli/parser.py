"""Parses the command line: the options of the reader at once, those of a command with its parser."""

from __future__ import annotations

from argparse import ArgumentError, ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

from library.text.cleaning import clean_text


class CleanParser(ArgumentParser):
    """An argparse parser that cleans its messages, because they repeat what the user typed."""

    examples: tuple[str, ...] = ()

    def _print_message(self, message: str, file: Any = None) -> None:
        if message and file is not None:
            file.write(clean_text(message))

    def format_help(self) -> str:
        """Return the help, with the examples at its end."""
        lines = [f"  {self.prog} {example}".rstrip() for example in self.examples]
        return super().format_help() + ("\n".join(["", "examples:", *lines, "\n"]) if lines else "")


def parse_arguments(arguments: Sequence[str]) -> Namespace:
    """Parse the command line. Raises SystemExit after printing an error or the help.

    The parsers of the commands are loaded for a command, not for the reader.
    """
    if (opening := _reader_options(arguments)) is not None:
        return opening
    from tuireader.cli.program import parse_command

    return parse_command(arguments)


def _reader_options(arguments: Sequence[str]) -> Namespace | None:
    """Return the options if there is no command; None where there may be one, a mistake or a question."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    declare_options(parser)
    parser.set_defaults(command=None)
    try:
        options, others = parser.parse_known_args(arguments)
    except ArgumentError:
        return None
    return None if others else options


def declare_options(parser: ArgumentParser) -> None:
    """Declare the options before the command, which the reader has as well."""
    parser.add_argument("--library", metavar="DIR", help="folder of the library (default: TUIREADER_LIBRARY)")
    parser.add_argument(
        "--plain", dest="linear", action="store_true", help="a reader by lines, for screen readers"
    )
