"""The layout of a library on the disk: files, tables, versions and migrations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from library.store.tables import Tables

CATALOG_NAME = "catalog.json"
JOURNAL_NAME = "catalog.journal"
LOCK_NAME = "catalog.lock"
CONFLICT = "conflict"
"""How the folders are called, with a number, that keep the files of histories that were merged."""
MEMORY_NAME = f"{CATALOG_NAME}.memory"
"""A snapshot in such a folder of what only a running program had."""
PREVIOUS = ".previous"
"""What the previous snapshot, and the journal that goes with it, have after their names."""

TAGS, RULES, SEARCHES = "tags", "rules", "searches"
"""The tables of what is known of tags besides who carries them, of rules, and of saved searches."""


FORMAT = 2
"""The number of the layout that this program writes, and the highest that it reads."""


def _to_2(tables: Tables) -> Tables:
    """Format 2 has a journal and a checksum; the tables are those of format 1."""
    return tables


STEPS: dict[int, Callable[[Tables], Tables]] = {1: _to_2}
"""Format → the step to the next one."""


def migrated(tables: Tables, found: int) -> Tables:
    """``tables``, which are in the format ``found``, in the present one."""
    for number in range(found, FORMAT):
        tables = STEPS[number](tables)
    return tables


def holds_library(folder: Path) -> bool:
    """Whether there is a library in ``folder``, whole or what is left of one."""
    names = (CATALOG_NAME, JOURNAL_NAME, CATALOG_NAME + PREVIOUS, "texts", "backups")
    return any((folder / name).exists() for name in names)
