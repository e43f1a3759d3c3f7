"""The layout of a library on the disk: files, tables, versions and migrations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from library.store.tables import Tables

CATALOG_NAME = "catalog.json"
JOURNAL_NAME = "catalog.journal"
LOCK_NAME = "catalog.lock"
CONFLICT = "conflict"
"""Name, before a number, of the folders that keep the files of merged histories."""
MEMORY_NAME = f"{CATALOG_NAME}.memory"
"""Name of the snapshot in such a folder with the state that only a running program had."""
PREVIOUS = ".previous"
"""Suffix of the previous snapshot and of its journal."""

TAGS, RULES, SEARCHES = "tags", "rules", "searches"
"""The tables of tag properties such as colours, of tag rules, and of saved searches."""


FORMAT = 2
"""The version of the layout that this program writes, and the highest that it reads."""


def _to_2(tables: Tables) -> Tables:
    """Return the tables unchanged: format 2 adds only a journal and a checksum."""
    return tables


STEPS: dict[int, Callable[[Tables], Tables]] = {1: _to_2}
"""Format → the function that migrates it to the next one."""


def migrated(tables: Tables, found: int) -> Tables:
    """Migrate ``tables`` from the format ``found`` to the current one."""
    for number in range(found, FORMAT):
        tables = STEPS[number](tables)
    return tables


def holds_library(folder: Path) -> bool:
    """Return True if ``folder`` holds a library, complete or damaged."""
    names = (CATALOG_NAME, JOURNAL_NAME, CATALOG_NAME + PREVIOUS, "texts", "backups")
    return any((folder / name).exists() for name in names)
