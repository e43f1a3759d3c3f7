"""Which files belong to an article, and which are kept without one on purpose.

Two documents of the table ``meta`` say so, each with a list ``files`` of paths in the library:
``leftovers`` are the texts of imports that were undone, ``deleting`` are files that were to be deleted
for good and perhaps still are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from library.store.database import CatalogDatabase

LEFTOVERS, DELETING = "leftovers", "deleting"

FILE_FIELDS = frozenset({"text", "revisions", "images"})
"""The fields of an article's document that name its files."""


def files_of(document: Mapping[str, Any] | None) -> frozenset[str]:
    """The files of an article's document: its text, its revisions, its pictures."""
    if document is None:
        return frozenset()
    named = [document.get("text")]
    for part, name in (("revisions", "text"), ("images", "path")):
        listed = document.get(part)
        members = listed if isinstance(listed, list | tuple) else ()
        named += [member.get(name) for member in members if isinstance(member, Mapping)]
    return frozenset(path for path in named if isinstance(path, str) and path)


def listed_files(database: CatalogDatabase, name: str) -> frozenset[str]:
    """The files that the document ``name`` (LEFTOVERS or DELETING) lists."""
    files = database.catalog_table("meta").checked().get(name, {}).get("files")
    return (
        frozenset(file for file in files if isinstance(file, str)) if isinstance(files, list) else frozenset()
    )


def list_files(database: CatalogDatabase, name: str, files: Iterable[str]) -> None:
    """Make ``files`` what the document ``name`` lists. Raises StoreUnwritable."""
    wanted = frozenset(files)
    if wanted != listed_files(database, name):
        database.catalog_table("meta").put({name: {"files": sorted(wanted)}})
