"""Runs one command: opens the library, prints messages, sets the exit status."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from library.errors import ChangeStopped, LibraryError, QueryError, StoreUnwritable
from library.maintenance.restoring import finish_restore, folders_before_restore
from library.store.layout import holds_library
from tuireader.cli.parser import parse_arguments
from tuireader.paths import library_folder, log_file, settings_file, state_folder

if TYPE_CHECKING:
    from library import Library

PATIENCE = 30.0
"""Seconds that a command waits for other programs that write; a script may run many at once."""

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def run(arguments: Sequence[str]) -> int:
    """Carry out the command in ``arguments``, and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = parse_arguments(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else WRONG_USAGE
    try:
        status = _carry_out(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except QueryError as error:
        _complain(error.with_caret() if error.query.strip() else str(error))
        return WRONG_USAGE
    except ChangeStopped as stopped:
        _complain(str(stopped))
        return INTERRUPTED
    except LibraryError as error:
        _complain(str(error))
        return FAILED
    except BrokenPipeError:
        _discard_output()  # the reading program has closed the pipe
        return DONE
    except OSError as error:
        _discard_output()
        _complain(f"The system stopped the command: {error}.")
        return FAILED
    except MemoryError:
        _complain("Not enough memory. Close other programs, or raise the limit (ulimit -v).")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _unexpected(f"command {options.command or 'reader'}", error)


def _unexpected(doing: str, error: Exception) -> int:
    """Report an unexpected error in one sentence, with the path of the log, and return the exit status."""
    from tuireader.log import Log, sentence_of

    log = Log(log_file())
    written = log.error(doing, error)
    with suppress(OSError):
        _complain(f"{sentence_of(error)} What was saved before is kept. {log.where(written)}")
    return FAILED


def _carry_out(options: Namespace) -> int:
    folder = library_folder(options.library, os.environ)
    if folder.exists() and not folder.is_dir():
        raise LibraryError(f"{folder} is a file. A library is a folder: name one with --library.")
    finished = finish_restore(folder)
    creates = options.command is None or options.creates
    if not holds_library(folder) and (options.command is None or options.needs_library):
        _check_may_begin(folder, creates=creates)
    if options.command is not None and options.on_folder:
        for sentence in finished:
            _complain(sentence)
        done: int = options.carry_out(folder, options)
        return done
    if options.command is None:
        is_named = bool(options.library)  # an option can be mistyped each time, the variable only once
        if options.linear:
            return _open_plain_reader(folder, finished)
        return _open_reader(folder, finished, is_named=is_named)
    from library import Library

    with Library.open(folder, first_weekday=_first_weekday(os.environ), patience=PATIENCE) as library:
        library.maintenance.remark(*finished)
        notices = library.maintenance.notices
        for notice in notices:
            _complain(notice)
        status = options.carry_out(library, options)
        for notice in library.maintenance.notices:
            if notice not in notices:
                _complain(notice)
        return status if isinstance(status, int) else DONE


def _check_may_begin(folder: Path, *, creates: bool) -> None:
    """Raise LibraryError unless the command may create a library in ``folder``, which holds none."""
    moved = folders_before_restore(folder)
    if moved:
        raise LibraryError(
            f"There is no library in {folder}. A restore moved it to {moved[0]}: rename that folder, "
            "or name it with --library."
        )
    if not creates:
        raise LibraryError(
            f"There is no library in {folder}. Name its folder with --library, or create one: "
            "“tuireader add” imports files, “tuireader” opens the reader with sample articles."
        )


def _first_weekday(environment: Mapping[str, str]) -> int:
    """Return the first day of the week, 0 for Monday, from TUIREADER_WEEK. Raises LibraryError."""
    from library.query.dates import MONDAY, WEEKDAYS

    name = environment.get("TUIREADER_WEEK", "").strip().lower() or WEEKDAYS[MONDAY]
    if name not in WEEKDAYS:
        raise LibraryError(f"TUIREADER_WEEK is “{name}”; it takes the first day of the week, such as sunday.")
    return WEEKDAYS.index(name)


def _open_reader(folder: Path, remarks: tuple[str, ...], *, is_named: bool) -> int:
    """Open the reader, which reads keys from standard input and draws on standard error.

    Its first list is on the screen before the library and Textual are loaded.
    """
    in_browser = os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")  # started by “tuireader serve”
    has_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
    if not has_terminal and not in_browser:
        _complain("The reader needs a terminal. For commands that do not, see: tuireader --help")
        return WRONG_USAGE
    gc.disable()  # what is loaded stays; the reader enables it again
    from tuireader.first_frame import first_frame
    from tuireader.terminal.signals import signals_raised

    is_new = not holds_library(folder)
    if not os.path.lexists(settings_file()):
        from tuireader.settings.writing import begin_file

        begin_file(settings_file(), state_folder())
    with (
        signals_raised(),
        (
            nullcontext(())
            if in_browser
            else first_frame(folder, settings_file(), state_folder(), os.environ, date.today())
        ) as shown,
        _opened(folder) as library,
    ):
        samples = 0
        with suppress(StoreUnwritable):  # the reader itself reports the error
            samples = library.importing.add_starter_articles()
        library.maintenance.remark(*remarks)
        if is_new and is_named and holds_library(folder):
            library.maintenance.remark(
                f"There was no library in {folder}, so this new one was made there. "
                "If you meant another folder, leave (Q) and name it with --library."
            )
        from tuireader.app import run_reader

        return run_reader(library, shown=shown, is_new=samples > 0)


def _open_plain_reader(folder: Path, remarks: tuple[str, ...]) -> int:
    """Open the plain reader, which needs no terminal."""
    from tuireader.cli.keys import changed_keys
    from tuireader.cli.plain import PlainReader, typed_line

    with _opened(folder) as library:
        with suppress(StoreUnwritable):
            library.importing.add_starter_articles()
        for remark in (*remarks, *library.maintenance.notices):
            _complain(remark)
        PlainReader(library, typed_line, changed_keys()).run()
    return DONE


def _opened(folder: Path) -> Library:
    """Open the library, and load first what that takes."""
    from library import Library

    return Library.open(folder, first_weekday=_first_weekday(os.environ))


def _complain(message: str) -> None:
    """Report a failure on standard error."""
    from tuireader.cli.output import complain

    complain(message)


def _discard_output() -> None:
    """Redirect pending output to the null device, so that it cannot fail again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        if sys.stdout is not None:
            os.dup2(nowhere, sys.stdout.fileno())
    finally:
        os.close(nowhere)
