"""The catalogue as a TinyDB database."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Document, Table

from library.errors import CatalogDamaged
from library.store.disk import Disk
from library.store.storage import CatalogStorage
from library.store.tables import difference

__all__ = ["CatalogDatabase", "CatalogTable", "DocumentData", "ResidentTable", "open_database"]

DocumentData = Mapping[str, Any]

CATALOG_TABLES = frozenset(
    {"articles", "annotations", "feeds", "searches", "tags", "rules", "history", "meta"}
)
"""The tables of a library. Their ids are strings; any other table is an ordinary TinyDB table."""


class ResidentTable(Table):
    """A TinyDB table that is kept in memory; callers get their own copies of documents."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._cached_version = -1
        self._next_id: int | None = None  # type: ignore[assignment]  # TinyDB says None
        super().__init__(*args, **options)

    @property
    def catalog(self) -> CatalogStorage:
        """The storage behind the table."""
        return cast(CatalogStorage, self._storage)

    def documents(self) -> Mapping[str, DocumentData]:
        """Return the current documents as a read-only map from id to document."""
        return self.catalog.table(self.name)

    def checked(self) -> Mapping[str, DocumentData]:
        """Return the current documents validated by the table's schema; damaged fields have defaults."""
        return self.catalog.checked(self.name)

    def encoded(self) -> Mapping[str, bytes]:
        """Return the current documents as a read-only map from id to JSON."""
        return self.catalog.table(self.name).encoded

    @property
    def version(self) -> int:
        """A number that increases with every change of the table, also by other programs."""
        return self.catalog.version(self.name)

    def changed_since(self, version: int) -> frozenset[str] | None:
        """Return the ids that changed since ``version``; None if they are no longer known."""
        return self.catalog.changed_since(self.name, version)

    @property
    def changing(self) -> bool:
        """True inside a transaction of this thread, which alone sees the pending changes."""
        return self.catalog.changing

    def put(self, documents: Mapping[str, DocumentData]) -> None:
        """Insert or replace whole documents, all in one change.

        The values of damaged fields in the replaced documents are kept: see ``with_damaged_fields``.
        """
        self.catalog.change(self.name, self.catalog.keeping_damaged(self.name, documents))

    def replace(self, documents: Mapping[str, DocumentData]) -> None:
        """Put documents without keeping the values of damaged fields; the caller has saved them."""
        self.catalog.change(self.name, documents)

    def put_encoded(self, documents: Mapping[str, bytes]) -> None:
        """Put documents that are already encoded as one line of JSON."""
        self.catalog.change_encoded(self.name, documents)

    def drop(self, ids: Iterable[str]) -> None:
        """Remove the documents with these ids; unknown ids are skipped."""
        with self.catalog.transaction():  # reads the changes of other programs first
            present = self.documents()
            gone = {key: None for key in ids if key in present}
            if gone:
                self.catalog.change(self.name, gone)

    def _read_table(self) -> dict[str, Any]:
        return dict(self.documents())

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """Get documents as in TinyDB; a single id is looked up without reading the whole table."""
        if doc_id is None:
            return super().get(cond, doc_id, doc_ids)
        document = self.documents().get(str(doc_id))
        return None if document is None else Document(dict(document), doc_id)

    def search(self, cond: Any) -> list[Document]:
        """Search as in TinyDB; the results are copies, not shared even with the query cache."""
        version = -1 if self.catalog.changing else self.version  # pending changes are not cached
        if version < 0 or self._cached_version != version:
            self.clear_cache()
            self._cached_version = version
        return copy.deepcopy(super().search(cond))

    def _update_table(self, updater: Callable[[dict[Any, Any]], Any]) -> None:
        with self.catalog.transaction():
            previous = self.documents()
            table = {self.document_id_class(key): value for key, value in previous.items()}
            updater(table)
            current = {str(key): value for key, value in table.items()}
            self.catalog.change(self.name, difference(previous, current))
        self.clear_cache()

    def insert(self, document: Mapping[str, Any]) -> Any:
        """Insert as in TinyDB; the id is chosen and used in one transaction."""
        with self.catalog.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Insert as in TinyDB: all documents or none."""
        with self.catalog.transaction():
            return super().insert_multiple(documents)

    def _get_next_id(self) -> Any:
        highest = max((int(key) for key in self.documents() if key.isdecimal()), default=0)
        number = max(self._next_id or 1, highest + 1)
        self._next_id = number + 1
        return self.document_id_class(number)


class CatalogTable(ResidentTable):
    """One of the library's own tables, with strings as ids."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB types it as int; strings are documented


class CatalogDatabase(TinyDB):
    """The catalogue of a library. See docs/file-format.md for its tables."""

    table_class = ResidentTable

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        super().__init__(folder, disk, storage=CatalogStorage)

    @property
    def catalog(self) -> CatalogStorage:
        """The storage behind the tables."""
        return cast(CatalogStorage, self.storage)

    def table(self, name: str, **options: Any) -> Table:
        """Return a table as in TinyDB; the library's own tables have strings as ids."""
        if name in CATALOG_TABLES and name not in self._tables:
            self._tables[name] = CatalogTable(self.storage, name, **options)
        return super().table(name, **options)

    def catalog_table(self, name: str) -> CatalogTable:
        """Return one of the library's own tables; it is created by its first change."""
        return cast(CatalogTable, self.table(name, cache_size=0))

    def refresh(self) -> bool:
        """Read the changes of other programs; return True if there are new ones."""
        return self.catalog.refresh()

    @property
    def damage(self) -> CatalogDamaged | None:
        """The damage of the files, if any. Intact parts can be read, and nothing is written."""
        return self.catalog.damage

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group changes: afterwards all of them are on the disk, or none. Raises StoreUnwritable."""
        with self.catalog.transaction():
            yield


def open_database(path: Path | str, disk: Disk | None = None) -> CatalogDatabase:
    """Open the catalogue of the library in the folder ``path``, which is created by the first change.

    A damaged catalogue opens for reading only, with the reason in ``damage``. ``disk`` replaces the file
    system calls in tests. Raises FormatTooNew if a newer program wrote the catalogue.
    """
    return CatalogDatabase(Path(path), disk)
