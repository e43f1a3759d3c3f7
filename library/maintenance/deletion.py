"""Deletes articles permanently: from the catalogue, the history and the disk."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from pathlib import Path

from library.errors import LibraryError, StoreUnwritable
from library.store.article_files import DELETING, LEFTOVERS, files_of, list_files, listed_files
from library.store.database import CatalogDatabase
from library.store.drafts import draft_files
from library.store.history import forget, previous_documents
from library.store.paths import own_file


def delete_from_catalogue(database: CatalogDatabase, ids: Collection[str]) -> None:
    """Delete articles and their annotations; undo cannot restore them. Raises StoreUnwritable.

    Their files are listed for ``finish_deleting``, so that it can find them after a crash.
    """
    with database.transaction():
        articles = database.catalog_table("articles")
        previous = [fields for key, fields in previous_documents(database, "articles") if key in ids]
        previous += [articles.checked()[key] for key in ids if key in articles.checked()]
        notes = _annotations_on(database, ids)
        files = frozenset[str]().union(*map(files_of, previous))
        files |= draft_files(database.catalog.path.parent, {*ids, *notes})
        articles.drop(ids)
        database.catalog_table("annotations").drop(notes)
        forget(database, {"articles": frozenset(ids), "annotations": notes})
        needed = _needed(database)
        list_files(database, LEFTOVERS, listed_files(database, LEFTOVERS) - files)
        list_files(database, DELETING, (listed_files(database, DELETING) | files) - needed)


def _needed(database: CatalogDatabase) -> frozenset[str]:
    """Return the files of all articles, present or restorable by undo or redo: pictures can be shared."""
    present = database.catalog_table("articles").checked().values()
    previous = (fields for _, fields in previous_documents(database, "articles"))
    return frozenset[str]().union(*map(files_of, (*present, *previous)))


def _annotations_on(database: CatalogDatabase, ids: Collection[str]) -> frozenset[str]:
    """Return the ids of all present and previous annotations on these articles."""
    present = database.catalog_table("annotations").checked()
    known = [*present.items(), *previous_documents(database, "annotations")]
    return frozenset(key for key, fields in known if fields.get("article") in ids)


def finish_deleting(database: CatalogDatabase, folder: Path) -> None:
    """Delete the files that are listed for deletion. Do not call this in a transaction.

    Raises LibraryError if a file cannot be deleted.
    """
    listed, failed = listed_files(database, DELETING), dict[str, str]()
    needed = _needed(database) if listed else frozenset()  # an import may have added a picture again
    for name in listed - needed:
        path = own_file(folder, name)
        try:
            if path is not None:
                path.unlink(missing_ok=True)
        except OSError as error:
            failed[name] = error.strerror or str(error)
    if listed:
        # The articles and files are gone. If the list cannot be written, it only names missing files.
        with contextlib.suppress(StoreUnwritable), database.transaction():
            list_files(database, DELETING, (listed_files(database, DELETING) - listed) | failed.keys())
    if failed:
        name, reason = next(iter(failed.items()))
        raise LibraryError(
            f"The articles are deleted, but {len(failed):,} of their files could not be deleted: "
            f"{folder / name}: {reason}. Try again with: tuireader doctor --repair"
        )
