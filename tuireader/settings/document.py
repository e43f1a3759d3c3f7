"""Reads the settings file as TOML: its tables, the line of each key, and why it cannot be read.

Nothing here knows which sections and keys there are. What only a file with a mistake needs is loaded for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

MOST_BYTES = 1_000_000
"""The size above which a file is not taken for one of settings."""

_LONGEST = 40
_LARGE = 10**15


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

    document: Document
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def line_of(self, *keys: str) -> int | None:
        """Return the line of a key, or of a key in it; the nearest one outside it that is known."""
        return self.document.line_of(self.name, *keys)

    def problem(self, what: str, *keys: str, remedy: str = "") -> Problem:
        """Return a problem at the line of a key."""
        return self.document.problem_at(what, self.name, *keys, remedy=remedy)


@dataclass(frozen=True)
class Document:
    """What a file holds; ``problem``: why nothing of it can be read."""

    file: Path
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: Problem | None = None

    @cached_property
    def lines(self) -> Mapping[tuple[str, ...], int]:
        """The line on which each key is first named."""
        from tuireader.settings.toml_lines import lines_of

        return lines_of(self.text)

    def line_of(self, *keys: str) -> int | None:
        """Return the line of a key; if it is not known, of the nearest one outside it."""
        known = (self.lines.get(keys[:end]) for end in range(len(keys), 0, -1))
        return next((line for line in known if line), None)

    def problem_at(self, what: str, *keys: str, remedy: str = "") -> Problem:
        """Return a problem at the line of a key."""
        return Problem(self.file, self.line_of(*keys), what, remedy)

    def table(self, name: str) -> Table:
        """Return a section, an empty one where it is missing or no section."""
        values = self.values.get(name)
        return Table(self, name, values if isinstance(values, dict) else {})


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
    if (values := _nothing_set(text)) is not None:
        return Document(path, text, values)
    import tomllib

    try:
        values = tomllib.loads(text)
    except RecursionError:
        return _unreadable(path, None, "It is nested too deeply to be read.")
    except ValueError as error:  # of which tomllib's own error is one
        return _no_toml(path, text, str(error))
    return Document(path, text, values)


def _nothing_set(text: str) -> dict[str, Any] | None:
    """Return the empty sections of a file in which everything is commented out; None for any other file.

    The first list of most starts needs no TOML parser then.
    """
    values = dict[str, Any]()
    for line in text.split("\n"):
        name = line[1:-1]
        if line.startswith("[") and line.endswith("]") and name.isidentifier() and name not in values:
            values[name] = {}
        elif line == "version = 1" and not values:
            values["version"] = 1
        elif line and not (line.startswith("#") and line.isprintable()):
            return None
    return values


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
    import re

    from tuireader.settings.toml_lines import correction_of

    pattern = r" ?\(at (?:line (\d+), column \d+|end of document)\)"
    place = re.search(pattern, error)
    lines = text.split("\n")
    number = int(place[1]) if place and place[1] else len(lines) if place else None
    line = lines[number - 1].rstrip("\r") if number else ""
    said = re.sub(pattern, "", error).rstrip(".")
    return _unreadable(path, number, f"This is not TOML: {said[:1].lower()}{said[1:]}.", correction_of(line))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return “Did you mean …?” with the one of ``known`` that is most like ``word``; empty if none is."""
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    folded = word.casefold().replace("-", "_")
    close = get_close_matches(folded, names, 1) or get_close_matches(word.casefold(), names, 1)
    return f"Did you mean “{names[close[0]]}”?" if close else ""


def shown_name(word: str) -> str:
    """Return a name of the file, short enough for a sentence."""
    return word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"


def shown_value(value: Any) -> str:
    """Return a value of the file, short enough for a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{shown_name(value)}”"
    if isinstance(value, int | float):
        return str(value) if abs(value) < _LARGE else "a number that large"
    kinds = {"dict": "a table", "list": "a list"}
    return kinds.get(type(value).__name__, "a date or a time")
