"""Declares the grammar of commands: names, help, and arguments that several commands share."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Callable
from typing import Any

from library.exporting.citations import CitationFormat

TEXT_HELP = "-: standard input"
WHICH_HELP = "ids (or unique beginnings of ids), or a query"
WRONG_USAGE = 2
"""The exit status of a command that was given what it cannot take."""

_QUERY_HELP = "words, tag:, date:, source:, author:, is:, has:, -, quotes, sort:, limit:"

SubParsers = Any
"""What ``add_subparsers`` returns; its type is private to argparse."""


class Commands:
    """Where a group of commands declares its grammar.

    Args:
        parsers: The commands of the program, or the actions of one.
        inner: Whether they are actions, before which ``--json`` may be as well.
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
        on_folder: bool = False,
        needs_library: bool = True,
        creates: bool = False,
    ) -> ArgumentParser:
        """Declare a command; the parser takes its arguments.

        Args:
            name: One word, or two, such as ``tags rename``.
            carry_out: Gets the open library and the options; the exit status, None for done.
            help_: What it does.
            rest: The positional that takes words left over.
            on_folder: ``carry_out`` gets the library's folder instead of the library.
            needs_library: The folder must hold a library.
            creates: The command begins a library where there is none.
        """
        parser: ArgumentParser = self._parsers.add_parser(
            name, help=help_, description=help_, allow_abbrev=False
        )
        parser.set_defaults(carry_out=carry_out, open_place=rest)
        parser.set_defaults(on_folder=on_folder, needs_library=needs_library, creates=creates)
        parser.add_argument("--json", action="store_true", **self._json, help="print one JSON object a line")
        return parser


def actions_of(command: ArgumentParser) -> Commands:
    """Where the actions of ``command`` are declared."""
    return Commands(command.add_subparsers(dest="action", metavar="ACTION", title="actions"), inner=True)


def take_query(parser: ArgumentParser, nargs: str = "*", help_: str = _QUERY_HELP) -> None:
    """Let a command take a query."""
    parser.add_argument("query", nargs=nargs, metavar="QUERY", help=help_)


def take_quote(parser: ArgumentParser, help_: str, *, required: bool = False) -> None:
    """Let a command take words of an article."""
    parser.add_argument("--quote", required=required, default="", metavar="WORDS", help=help_)
    parser.add_argument(
        "--occurrence", type=ordinal, default=1, metavar="N", help="the N-th occurrence of the words"
    )


def take_citation(parser: Any) -> None:
    """Let a command print citations."""
    forms = tuple(str(form) for form in CitationFormat)
    parser.add_argument("--cite", choices=forms, metavar="FORMAT", help=f"cite as: {', '.join(forms)}")


def amount(text: str) -> int:
    """A number of things. Raises ValueError."""
    number = int(text)
    if number < 0:
        raise ValueError
    return number


amount.__name__ = "whole number"


def ordinal(text: str) -> int:
    """A number from 1. Raises ValueError."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


ordinal.__name__ = "number from 1"
