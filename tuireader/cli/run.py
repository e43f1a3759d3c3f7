"""Running one command: opening the library, exit statuses, and where messages go."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from library import Library, LibraryError, QueryError, StoreUnwritable
from tuireader.cli.output import complain
from tuireader.cli.parser import build_parser
from tuireader.paths import library_folder

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def run(arguments: Sequence[str]) -> int:
    """Carry out the command in ``arguments``; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = build_parser().parse_args(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else WRONG_USAGE
    try:
        status = _carry_out(options)
        sys.stdout.flush()
        return status
    except QueryError as error:
        complain(error.with_caret())
        return WRONG_USAGE
    except LibraryError as error:
        complain(str(error))
        return FAILED
    except BrokenPipeError:
        # Whoever read the output has enough; what is left must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED


def _carry_out(options: Namespace) -> int:
    folder = library_folder(options.library, os.environ)
    with Library.open(folder) as library:
        if options.command != "add":
            _fill(library)
        if options.command is None:
            from tuireader.app import run_reader

            return run_reader(library)
        status = options.carry_out(library, options)
        return status if isinstance(status, int) else DONE


def _fill(library: Library) -> None:
    """Give a new library the starter articles; where it cannot be written, say so and go on."""
    try:
        library.fill()
    except StoreUnwritable as error:
        complain(str(error))
