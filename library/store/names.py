"""The names that the files of a catalogue have in the library's folder."""

from __future__ import annotations

CATALOG_NAME = "catalog.json"
JOURNAL_NAME = "catalog.journal"
LOCK_NAME = "catalog.lock"
PREVIOUS = ".previous"
"""What the former snapshot, and the journal that goes with it, have after their names."""
