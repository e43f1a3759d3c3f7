"""Declares the grammar of commands: names, help, and arguments that several commands share."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable
from typing import Any

from library.exporting.citations import CitationFormat

TEXT_HELP = "-: standard input"
WHICH_HELP = "ids (or unique beginnings of ids), or a query"
WRONG_USAGE = 2
"""Exit status for invalid arguments."""

_QUERY_HELP = "words, tag:, date:, source:, author:, is:, has:, -, quotes, sort:, limit:"

SubParsers = Any
"""The return type of ``add_subparsers``, which is private to argparse."""


class Commands:
    """The parsers to which a group of commands adds its own.

    Args:
        parsers: The parsers of the program's commands, or of a command's actions.
        inner: True for actions, which ``--json`` may also precede.
    """

    def __init__(self, parsers: SubParsers, *, inner: bool = False) -> None:
        self._parsers = parsers
        self._json: dict[str, Any] = {"default": SUPPRESS} if inner else {}

    def add(
        self,
        name: str,
        carry_out: Callable[..., int | None],
        help_: str,
        *,
        rest: str = "",
        examples: tuple[str, ...] = (),
        on_folder: bool = False,
        needs_library: bool = True,
        creates: bool = False,
    ) -> ArgumentParser:
        """Declare a command, and return its parser, to which arguments can be added.

        Args:
            name: One or two words, such as ``tags rename``.
            carry_out: Takes the open library and the options; returns the exit status, or None for success.
            help_: The description of the command.
            rest: The positional that takes leftover words.
            examples: Arguments for the help, without the program and the command.
            on_folder: True if ``carry_out`` takes the library's folder instead of the library.
            needs_library: True if the folder must hold a library.
            creates: True if the command creates a library if there is none.
        """
        parser: Any = self._parsers.add_parser(name, help=help_, description=help_, allow_abbrev=False)
        parser.examples = examples
        parser.set_defaults(carry_out=carry_out, open_place=rest)
        parser.set_defaults(on_folder=on_folder, needs_library=needs_library, creates=creates)
        parser.add_argument("--json", action="store_true", **self._json, help="print one JSON object a line")
        command: ArgumentParser = parser
        return command


def actions_of(command: ArgumentParser) -> Commands:
    """Return the ``Commands`` to which the actions of ``command`` are added."""
    return Commands(command.add_subparsers(dest="action", metavar="ACTION", title="actions"), inner=True)


def take_query(parser: ArgumentParser, nargs: str = "*", help_: str = _QUERY_HELP) -> None:
    """Add a query argument to a command."""
    parser.add_argument("query", nargs=nargs, metavar="QUERY", help=help_)


def take_quote(parser: ArgumentParser, help_: str, *, required: bool = False) -> None:
    """Add the options for a quote from an article to a command."""
    parser.add_argument("--quote", required=required, default="", metavar="WORDS", help=help_)
    parser.add_argument(
        "--occurrence", type=ordinal, default=1, metavar="N", help="the N-th occurrence of the words"
    )


def take_citation(parser: Any) -> None:
    """Add the option for a citation format to a command."""
    forms = tuple(str(form) for form in CitationFormat)
    parser.add_argument("--cite", choices=forms, metavar="FORMAT", help=f"cite as: {', '.join(forms)}")


def amount(text: str) -> int:
    """Parse a whole number. Raises ValueError."""
    number = int(text)
    if number < 0:
        raise ValueError
    return number


amount.__name__ = "whole number"


def ordinal(text: str) -> int:
    """Parse a number from 1. Raises ValueError."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


ordinal.__name__ = "number from 1"
