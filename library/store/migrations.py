"""The versions of the layout, and the steps from one to the next."""

from __future__ import annotations

from collections.abc import Callable

from library.store.resident import Tables

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
