"""Finds folders with files that may be articles, by their names, to offer them for import."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from library.importing.folders import belongs_to_page
from library.importing.word_sets import word_set

MOST = 20_000
"""Maximum number of entries that are looked at."""

DEPTH = 3
"""Maximum number of folders below each other that are entered."""

SEVERAL = 3
"""Minimum number of texts in a folder: one or two are rather notes or instructions than articles."""

_PAGES = word_set(".html .htm .xhtml .mht .mhtml .eml .jsonl")
_TEXTS = word_set(".md .markdown .txt")
_NO_ARTICLES = frozenset({"node_modules", "site-packages", "__pycache__"})
_PROGRAM = frozenset({".git", ".hg", "package.json", "pyproject.toml", "Makefile"})
"""Entries of a folder that holds a program."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A folder, and the files in it that may be articles."""

    folder: Path
    files: tuple[Path, ...]


def find_candidates(
    folders: Iterable[Path], *, apart: Path | None = None, is_stopped: Callable[[], bool] = lambda: False
) -> list[Candidate]:
    """Return the folders with such files, those with the most files first.

    Nothing is opened. Hidden folders, links, programs and the pictures of saved pages are left out.

    Args:
        folders: The folders to look in; those that do not exist are left out.
        apart: A folder that is left out: the library.
        is_stopped: Ends the search when it returns True.
    """
    found, left = list[Candidate](), MOST
    waiting = [(folder, 0) for folder in dict.fromkeys(folders)]
    while waiting and left > 0 and not is_stopped():
        folder, depth = waiting.pop(0)
        entries = list(_entries(folder, left))
        left -= len(entries)
        if folder == apart or any(entry.name in _PROGRAM for entry in entries):
            continue
        files = _articles(entries)
        found += [Candidate(folder, files)] if files else []
        if depth < DEPTH:
            waiting += [(Path(entry.path), depth + 1) for entry in entries if _may_hold_articles(entry)]
    return sorted(found, key=lambda one: -len(one.files))


def _entries(folder: Path, most: int) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= most:
                    return
                yield entry
    except OSError:  # it is not there, or not for this user
        return


def _articles(entries: Iterable[os.DirEntry[str]]) -> tuple[Path, ...]:
    names = [entry for entry in entries if not entry.name.startswith(".") and _is_file(entry)]
    pages = [entry.path for entry in names if Path(entry.name).suffix.lower() in _PAGES]
    texts = [entry.path for entry in names if Path(entry.name).suffix.lower() in _TEXTS]
    return tuple(map(Path, sorted(pages + (texts if len(texts) >= SEVERAL else []))))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _may_hold_articles(entry: os.DirEntry[str]) -> bool:
    try:
        is_folder = entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
    hidden = entry.name.startswith(".") or entry.name in _NO_ARTICLES
    return is_folder and not hidden and not belongs_to_page(Path(entry.path))
