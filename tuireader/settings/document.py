"""Reads the settings file as TOML: its tables, the line of each key, and why it cannot be read.

Nothing here knows which sections and keys there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_BYTES = 1_000_000
"""The size above which a file is not taken for one of settings."""

Keys = tuple[str, ...]

_KEY = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*""")
_REST = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'|#[^\n]*|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]+|.",
    re.DOTALL,
)
_HEADER = re.compile(r"\[\[?")
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
_BARE = re.compile(r"\s*([\w.-]+)\s*=\s*([A-Za-z~/][^\"'#\[\]{}=]*?)\s*(?:#.*)?")
_COLON = re.compile(r"\s*([\w.-]+)\s*:\s*(\S.*?)\s*")
_SWITCHES = {"true": "true", "on": "true", "yes": "true", "false": "false", "off": "false", "no": "false"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in the file.

    Attributes:
        file: The file.
        line: The line, counted from 1; None if it is about the file as a whole.
        what: A sentence.
        remedy: A sentence on what to do; may be empty.
    """

    file: Path
    line: int | None
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else str(self.file)
        return f"{where}: {self.what} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Table:
    """A section of the file: its values as they were read, and where they are."""

    file: Path
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Keys, int] = field(default_factory=dict)

    def line_of(self, *keys: str) -> int | None:
        """Return the line of a key, or of a key in it; the nearest one outside it that is known."""
        path = (self.name, *keys)
        return next(
            (self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), None
        )

    def problem(self, what: str, *keys: str, remedy: str = "") -> Problem:
        """Return a problem at the line of a key."""
        return Problem(self.file, self.line_of(*keys), what, remedy)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds; ``problem``: why nothing of it can be read."""

    file: Path
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Keys, int] = field(default_factory=dict)
    problem: Problem | None = None

    def table(self, name: str) -> Table:
        """Return a section, an empty one where it is missing or no section."""
        values = self.values.get(name)
        return Table(self.file, name, values if isinstance(values, dict) else {}, self.lines)


def read_document(path: Path) -> Document:
    """Read the file at ``path``; one that does not exist is empty."""
    try:
        data = _bytes(path)
    except FileNotFoundError:
        return Document(path)
    except OSError as error:
        return _unreadable(path, None, f"It cannot be read: {error.strerror or error}.")
    if len(data) > MOST_BYTES:
        return _unreadable(path, None, "It is larger than 1 MB, so it is not read.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(path, data.count(b"\n", 0, error.start) + 1, "This is not UTF-8.")
    return parse_document(path, text)


def parse_document(path: Path, text: str) -> Document:
    """Parse the ``text`` of the file at ``path``."""
    if not text or text.isspace():
        return Document(path, text)
    import tomllib

    try:
        values = tomllib.loads(text)
    except RecursionError:
        return _unreadable(path, None, "It is nested too deeply to be read.")
    except ValueError as error:  # of which tomllib's own error is one
        return _no_toml(path, text, str(error))
    return Document(path, text, values, lines_of(text))


def _bytes(path: Path) -> bytes:
    """Return what the file holds, up to a byte more than is read. Raises OSError."""
    if path.exists() and not path.is_file():
        raise OSError("it is not a file")
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _unreadable(path: Path, line: int | None, what: str, remedy: str = "") -> Document:
    return Document(path, problem=Problem(path, line, what, remedy))


def _no_toml(path: Path, text: str, error: str) -> Document:
    """Name the mistake of a text that is not TOML, and the correction of the most common ones."""
    place = _PLACE.search(error)
    lines = text.split("\n")
    number = int(place[1]) if place and place[1] else len(lines) if place else None
    line = lines[number - 1].rstrip("\r") if number else ""
    said = (_PLACE.sub("", error)[:1].lower() + _PLACE.sub("", error)[1:]).rstrip(".")
    return _unreadable(path, number, f"This is not TOML: {said}.", _correction(line))


def _correction(line: str) -> str:
    """Return how the line is probably meant, in a sentence; empty if that is not clear."""
    if bare := _BARE.fullmatch(line):
        name, word = bare.groups()
        value = _SWITCHES.get(word.casefold()) or f'"{word}"'
        return f"Did you mean {name} = {value}?"
    if colon := _COLON.fullmatch(line):
        return f"Did you mean {colon[1]} = {colon[2]}?"
    return ""


def lines_of(text: str) -> dict[Keys, int]:
    """Return the line on which each table and each key of valid TOML is first named, counted from 1.

    Keys inside inline tables are not found.
    """
    found: dict[Keys, int] = {}
    for path, line in _named_in(text):
        for end in range(1, len(path) + 1):
            found.setdefault(path[:end], line)
    return found


def _named_in(text: str) -> Iterator[tuple[Keys, int]]:
    table: Keys = ()
    place, line = 0, 1
    while True:
        blank = _BLANK.match(text, place)
        start = blank.end() if blank else place
        line += text.count("\n", place, start)
        if start >= len(text):
            return
        brackets = _HEADER.match(text, start)
        first = brackets.end() if brackets else start
        keys, after = _keys_at(text, first)
        if not keys:
            return  # not TOML
        table = keys if brackets else table
        yield keys if brackets else (*table, *keys), line
        place = _end_of_statement(text, after, depth=first - start)
        line += text.count("\n", start, place)


def _keys_at(text: str, place: int) -> tuple[Keys, int]:
    """Read a dotted key; the place behind it."""
    keys: list[str] = []
    while key := _KEY.match(text, place):
        keys.append(next(part for part in key.groups() if part is not None))
        place = key.end()
        if text[place : place + 1] != ".":
            break
        place += 1
    return tuple(keys), place


def _end_of_statement(text: str, place: int, *, depth: int) -> int:
    """Return the place behind the line break that ends a statement."""
    while rest := _REST.match(text, place):
        place = rest.end()
        mark = rest[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif mark == "\n" and depth <= 0:
            break
    return place


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return “Did you mean …?” with the one of ``known`` that is most like ``word``; empty if none is."""
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    folded = word.casefold().replace("-", "_")
    close = get_close_matches(folded, names, 1) or get_close_matches(word.casefold(), names, 1)
    return f"Did you mean “{names[close[0]]}”?" if close else ""
