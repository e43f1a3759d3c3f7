"""The log: errors and where in the code they happened, in a rotating file without any library content.

A record has the time, the versions, the current activity, and the types and code positions of the
exceptions. It has no values of variables and no contents of documents. Exception messages are included only
if they are about code: a message such as “Invalid isoformat string: …” would quote the library.
"""

from __future__ import annotations

import itertools
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

from tuireader import __version__

LOG_BYTES = 256 * 1024
"""Size above which a file is rotated before the next record."""

OLD_FILES = 3
"""Number of older files that are kept; ``tuireader.log.1`` is the newest of them."""

FRAMES = 40
"""Maximum number of code positions in a record of an exception; the innermost are kept."""

CHAIN = 6
"""Maximum number of exceptions in a record: the last one and those that led to it."""

_NAME = r"[\w.<>]{1,60}"
_about_code = re.compile(
    rf"""'?{_NAME}'?\ object\ (?:has\ no\ attribute\ '{_NAME}'
        |is\ not\ (?:callable|iterable|subscriptable)|(?:does\ not|cannot|can't)\ [a-z ]+)
    |unsupported\ operand\ type\(s\)\ for\ [^\w\s]{{1,4}}:\ '{_NAME}'\ and\ '{_NAME}'
    |'[^\w\s]{{1,2}}'\ not\ supported\ between\ instances\ of\ '{_NAME}'\ and\ '{_NAME}'
    |{_NAME}\(\)\ (?:missing|takes|got)\ [a-z0-9 -]+
    |object\ of\ type\ '{_NAME}'\ has\ no\ len\(\)
    |unhashable\ type:\ '{_NAME}'
    |(?:expected|must\ be)\ [a-z -]+,?\ (?:not|got)\ {_NAME}
    |name\ '{_NAME}'\ is\ not\ defined
    |No\ module\ named\ '{_NAME}'
    |cannot\ import\ name\ '{_NAME}'\ from\ '{_NAME}'
    """,
    re.VERBOSE | re.ASCII,
)
"""Messages of the interpreter that name only types, functions and attributes."""

_OF_CODE = (AttributeError, TypeError, NameError, ImportError)
_PRIVATE = 0o600


def _now() -> datetime:
    return datetime.now(UTC)


class Log:
    """A log file. It is thread-safe and never raises.

    Args:
        path: The file; None to write none. The first record creates it and its folder, for their owner only.
        clock: Returns the time of a record.
        limit: The size in bytes above which the file is rotated.
    """

    def __init__(
        self, path: Path | None, clock: Callable[[], datetime] = _now, limit: int = LOG_BYTES
    ) -> None:
        self.path = path
        self._clock = clock
        self._limit = limit
        self._lock = threading.Lock()

    def error(self, doing: str, error: BaseException) -> bool:
        """Record an unexpected exception.

        Args:
            doing: The current activity, in words of the code: “worker preview”, “command list”.
            error: The exception; those that led to it are recorded as well.

        Returns:
            True if the record is in the file.
        """
        with suppress(Exception):  # an exception about an exception must not hide it
            return self._write("\n".join([f"{doing}:", *_described(error)]))
        return False

    def note(self, sentence: str) -> bool:
        """Record a sentence of the program itself, without any text of the library.

        Returns:
            True if the record is in the file.
        """
        return self._write(sentence)

    def where(self, written: bool) -> str:
        """Return the sentence that tells the user where the record is.

        ``written`` is the return value of ``error``.
        """
        if written:
            return f"Details (without any of your texts) are in {self.path}"
        return "Details could not be written to a log."

    def _write(self, record: str) -> bool:
        if self.path is None:
            return False
        moment = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        python = ".".join(map(str, sys.version_info[:3]))
        text = f"{moment} tuireader {__version__} python {python} process {os.getpid()}: {record}\n"
        try:
            with self._lock:
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._rotate()
                descriptor = os.open(
                    self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _PRIVATE
                )
                try:  # one call, so that records of several processes do not mix
                    os.write(descriptor, text.encode("utf-8", "backslashreplace"))
                finally:
                    os.close(descriptor)
        except OSError:
            return False
        return True

    def _rotate(self) -> None:
        path = self.path
        if path is None or not path.exists() or path.stat().st_size <= self._limit:
            return
        names = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, OLD_FILES + 1))]
        for newer, older in reversed(list(itertools.pairwise(names))):
            with suppress(FileNotFoundError):
                newer.replace(older)


def sentence_of(error: BaseException) -> str:
    """Return a sentence about an error for the screen: its type and its code position."""
    places = list(_places(error.__traceback__))
    place = f" in {places[-1]}" if places else ""
    return f"Unexpected error ({type(error).__name__}{place})."


def watch_threads(log: Log) -> None:
    """Log exceptions that end a thread or cannot be raised, instead of printing them over the screen."""

    def thread_ended(arguments: Any) -> None:
        if arguments.exc_value is not None:
            log.error("thread", arguments.exc_value)

    def not_raised(arguments: Any) -> None:
        if arguments.exc_value is not None:
            log.error("clean-up", arguments.exc_value)

    threading.excepthook = thread_ended
    sys.unraisablehook = not_raised


def _described(error: BaseException) -> list[str]:
    """Return the lines of a record about an exception and those that led to it, the last one first."""
    lines, seen = list[str](), set[int]()
    open_ones: list[tuple[str, str, BaseException | None]] = [("", "", error)]
    while open_ones and len(seen) < CHAIN:
        indent, led, one = open_ones.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        lines.append(f"  {indent}{led}{type(one).__module__}.{type(one).__qualname__}{_safe_message(one)}")
        lines += [f"    {indent}{place}" for place in list(_places(one.__traceback__))[-FRAMES:]]
        open_ones.append(
            (indent, "after ", one.__cause__ or (None if one.__suppress_context__ else one.__context__))
        )
        if isinstance(one, BaseExceptionGroup):
            open_ones += [(f"{indent}  ", "", inner) for inner in reversed(one.exceptions[:CHAIN])]
    return lines


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame, number in traceback.walk_tb(trace):
        code = frame.f_code
        yield f"{_short(code.co_filename)}:{number} {code.co_qualname}"


def _short(path: str) -> str:
    """Return the path of a code file without the folder in which the program is installed."""
    parts = PurePath(path).parts
    for anchor in ("site-packages", "library", "tuireader"):
        if anchor in parts:
            at = len(parts) - 1 - parts[::-1].index(anchor)
            return "/".join(parts[at + (anchor == "site-packages") :])
    return parts[-1] if parts else path


def _safe_message(error: BaseException) -> str:
    """Return a colon and the part of an exception's message without outside text, or else its length."""
    if isinstance(error, UnicodeError):
        place = getattr(error, "start", None)
        return "" if place is None else f": {error.encoding}, character {place}"  # type: ignore[attr-defined]
    if isinstance(error, OSError) and error.errno is not None:
        name = _file_name(error.filename)
        return f": {os.strerror(error.errno)}{f' ({name})' if name else ''}"
    message = str(error)
    if (code := getattr(error, "sqlite_errorname", None)) is not None:
        return f": {code}"
    if isinstance(error, _OF_CODE) and (known := _about_code.match(message)):
        return f": {known[0]}"
    return f" (its message of {len(message)} characters is left out)" if message else ""


def _file_name(name: object) -> str:
    """Return a file's name, or only its end for an article's file, whose name quotes the headline."""
    if not isinstance(name, str | bytes | os.PathLike):
        return ""
    last = PurePath(os.fsdecode(name)).name
    return f"…{last[-9:]}" if last.endswith((".md", ".jsonl", ".html", ".txt")) else last[:80]
