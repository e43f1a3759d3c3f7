"""The files that belong to an article, and the lists of files that are kept without one.

There are two lists, each a document of the table ``meta`` with paths in its field ``files``:
``leftovers`` are the texts of imports that were undone; ``deleting`` are files that are being deleted
for good and may still exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from library.store.database import CatalogDatabase

LEFTOVERS, DELETING = "leftovers", "deleting"

FILE_FIELDS = frozenset({"text", "revisions", "images"})
"""The fields of an article's document that name its files."""


def files_of(document: Mapping[str, Any] | None) -> frozenset[str]:
    """Return the files that an article's document names: its text, its revisions and its pictures."""
    if document is None:
        return frozenset()
    named = [document.get("text")]
    for part, name in (("revisions", "text"), ("images", "path")):
        listed = document.get(part)
        members = listed if isinstance(listed, list | tuple) else ()
        named += [member.get(name) for member in members if isinstance(member, Mapping)]
    return frozenset(path for path in named if isinstance(path, str) and path)


def listed_files(database: CatalogDatabase, name: str) -> frozenset[str]:
    """Return the files in the list ``name`` (LEFTOVERS or DELETING)."""
    files = database.catalog_table("meta").checked().get(name, {}).get("files")
    return (
        frozenset(file for file in files if isinstance(file, str)) if isinstance(files, list) else frozenset()
    )


def list_files(database: CatalogDatabase, name: str, files: Iterable[str]) -> None:
    """Replace the list ``name`` (LEFTOVERS or DELETING) by ``files``. Raises StoreUnwritable."""
    wanted = frozenset(files)
    if wanted != listed_files(database, name):
        database.catalog_table("meta").put({name: {"files": sorted(wanted)}})
