"""Whether a folder holds a library."""

from __future__ import annotations

from pathlib import Path

from library.store.names import CATALOG_NAME, JOURNAL_NAME, PREVIOUS


def holds_library(folder: Path) -> bool:
    """Whether there is a library in ``folder``, whole or what is left of one."""
    names = (CATALOG_NAME, JOURNAL_NAME, CATALOG_NAME + PREVIOUS, "texts", "backups")
    return any((folder / name).exists() for name in names)
