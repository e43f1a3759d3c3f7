"""Finds the lines of keys in TOML, which its parser does not tell, and what a line that is not TOML means."""

from __future__ import annotations

import re
from collections.abc import Iterator

Keys = tuple[str, ...]

_KEY = re.compile(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*""")
_REST = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'|#[^\n]*|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]+|.",
    re.DOTALL,
)
_HEADER = re.compile(r"\[\[?")
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"\s*([\w.-]+)\s*=\s*([A-Za-z~/][^\"'#\[\]{}=]*?)\s*(?:#.*)?")
_COLON = re.compile(r"\s*([\w.-]+)\s*:\s*(\S.*?)\s*")
_SWITCHES = {"true": "true", "on": "true", "yes": "true", "false": "false", "off": "false", "no": "false"}


def correction_of(line: str) -> str:
    """Return how the line is probably meant, in a sentence; empty if that is not clear."""
    if bare := _BARE.fullmatch(line):
        return f"Did you mean {bare[1]} = {_in_toml(bare[2])}?"
    if colon := _COLON.fullmatch(line):
        return f"Did you mean {colon[1]} = {_in_toml(colon[2])}?"
    return ""


def _in_toml(word: str) -> str:
    """Return a value that is probably text, a switch or written well, as TOML writes it."""
    return _SWITCHES.get(word.casefold()) or (f'"{word}"' if word[0].isalpha() or word[0] in "~/" else word)


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
