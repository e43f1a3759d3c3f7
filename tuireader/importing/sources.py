"""Reads the sources of an import as they are typed or pasted, and completes paths."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from library.importing.folders import problem_of, why_no_article
from library.text.cleaning import clean_text

LONGEST = 200_000
"""Maximum number of pasted characters that are read as sources."""

MOST = 5_000
"""Maximum number of entries of a folder that are read for completion."""

_AGAIN = re.compile(r"(?<=/)(?:~(?:/.*)?|/.*|(?:https?|file):.*)$", re.DOTALL)
"""A path or address that begins again behind the beginning of another: “~/~/Documents”, “~//srv”."""

_BEGINNINGS = ("/", "~", "./", "../", "file:", "http://", "https://", "'", '"')


@dataclass(frozen=True, slots=True)
class Offer:
    """A path that completes what is typed.

    ``text`` is the path as it would be typed, ``name`` its last part; that of a folder ends in ``/``.
    """

    text: str
    name: str

    @property
    def is_folder(self) -> bool:
        """True if more can follow."""
        return self.text.endswith("/")


def sources_of(text: str) -> list[str]:
    """Return the sources in ``text``: paths and addresses, in quotation marks or not, several on lines."""
    return [source for line in text[:LONGEST].splitlines() for source in _in_line(line.strip())]


def _begun_again(typed: str) -> str:
    """Return the path that was typed behind the beginning of another; empty if there is none."""
    match = _AGAIN.search(typed)
    return match[0] if match and not typed.lower().startswith(("http:", "https:", "file:")) else ""


def _in_line(line: str) -> list[str]:
    if not line or not problem_of(line):
        return [line] if line else []
    if again := _begun_again(line):
        return _in_line(again)
    try:
        words = shlex.split(line)
    except ValueError:
        return [line.strip("'\"")]
    if len(words) > 1 and any(map(problem_of, words)) and not any(mark in line for mark in "'\"\\"):
        return [line]  # one name with spaces
    return words


def in_one_line(sources: list[str]) -> str:
    """Return ``sources`` in the form in which ``sources_of`` reads them."""
    return sources[0] if len(sources) == 1 else shlex.join(sources)


def looks_like_sources(text: str) -> bool:
    """Return True if pasted ``text`` is paths or addresses and nothing else."""
    lines = [line.strip() for line in text[:LONGEST].splitlines() if line.strip()]
    return bool(lines) and all(line.lower().startswith(_BEGINNINGS) for line in lines)


def offers(typed: str) -> list[Offer]:
    """Return the folders and files that complete the path ``typed``, folders first.

    Files that cannot be imported are left out. A folder that cannot be read completes nothing.
    """
    if typed == "~":
        return [Offer("~/", "~/")]
    found, again = _fitting(typed), _begun_again(typed)
    return offers(again) if again and not found else found


def _fitting(typed: str) -> list[Offer]:
    name = typed.rpartition("/")[2]
    before = typed[: len(typed) - len(name)]
    wanted = name.casefold()
    try:
        found = list(_entries(Path(before).expanduser() if before else Path()))
    except (OSError, ValueError, RuntimeError):  # RuntimeError: the home of nobody
        return []
    fitting = [
        (is_folder, entry)
        for is_folder, entry in found
        if entry.casefold().startswith(wanted) and (wanted.startswith(".") or not entry.startswith("."))
    ]
    fitting.sort(key=lambda one: (not one[0], one[1].casefold()))
    return [
        Offer(f"{before}{entry}{'/' * is_folder}", entry + "/" * is_folder) for is_folder, entry in fitting
    ]


def _entries(folder: Path) -> Iterator[tuple[bool, str]]:
    with os.scandir(folder) as entries:
        for entry in islice(entries, MOST):
            if clean_text(entry.name) != normalize("NFC", entry.name):  # it cannot be shown as it is
                continue
            with suppress(OSError):
                is_folder = entry.is_dir()
                if is_folder or not why_no_article(entry.name):
                    yield is_folder, entry.name
