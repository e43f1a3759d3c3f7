"""The names that the files of a catalogue have in the library's folder."""

from __future__ import annotations

CATALOG_NAME = "catalog.json"
JOURNAL_NAME = "catalog.journal"
LOCK_NAME = "catalog.lock"
CONFLICT = "conflict"
"""How the folders are called, with a number, that keep the files of histories that were merged."""
MEMORY_NAME = f"{CATALOG_NAME}.memory"
"""A snapshot in such a folder of what only a running program had."""
PREVIOUS = ".previous"
"""What the former snapshot, and the journal that goes with it, have after their names."""

TAGS, RULES, SEARCHES = "tags", "rules", "searches"
"""The tables of what is known of tags besides who carries them, of rules, and of saved searches."""
