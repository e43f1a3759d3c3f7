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
"""The tables of a library, whose ids are strings; any other is an ordinary TinyDB table."""


class ResidentTable(Table):
    """A TinyDB table that is in memory and shares its documents with nobody."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._cached_version = -1
        self._next_id: int | None = None  # type: ignore[assignment]  # TinyDB says None
        super().__init__(*args, **options)

    @property
    def catalog(self) -> CatalogStorage:
        """The storage behind the table."""
        return cast(CatalogStorage, self._storage)

    def documents(self) -> Mapping[str, DocumentData]:
        """Id → document, as they are now; to be read only."""
        return self.catalog.table(self.name)

    def checked(self) -> Mapping[str, DocumentData]:
        """``documents`` in the shape of the library's own tables, also those that are damaged."""
        return self.catalog.checked(self.name)

    def encoded(self) -> Mapping[str, bytes]:
        """Id → document as JSON, as they are now; to be read only."""
        return self.catalog.table(self.name).encoded

    @property
    def version(self) -> int:
        """A number that grows with every change of the table, whoever made it."""
        return self.catalog.version(self.name)

    def changed_since(self, version: int) -> frozenset[str] | None:
        """The ids that changed since ``version``; None if that is no longer known."""
        return self.catalog.changed_since(self.name, version)

    @property
    def changing(self) -> bool:
        """Whether this thread is inside a transaction, and sees what others do not yet."""
        return self.catalog.changing

    def put(self, documents: Mapping[str, DocumentData]) -> None:
        """Insert or replace whole documents, all in one change.

        What stood in the damaged fields of a document that was read is kept: see ``with_damaged_fields``.
        """
        self.catalog.change(self.name, self.catalog.keeping_damaged(self.name, documents))

    def replace(self, documents: Mapping[str, DocumentData]) -> None:
        """``put`` without keeping what stood in damaged fields: after it has been kept elsewhere."""
        self.catalog.change(self.name, documents)

    def put_encoded(self, documents: Mapping[str, bytes]) -> None:
        """``put`` of documents that are JSON in one line already."""
        self.catalog.change_encoded(self.name, documents)

    def drop(self, ids: Iterable[str]) -> None:
        """Remove the documents with these ids; ids that are not there are passed over."""
        with self.catalog.transaction():  # which begins with what other programs wrote
            present = self.documents()
            gone = {key: None for key in ids if key in present}
            if gone:
                self.catalog.change(self.name, gone)

    def _read_table(self) -> dict[str, Any]:
        return dict(self.documents())

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """As in TinyDB; a single id is looked up without reading the rest of the table."""
        if doc_id is None:
            return super().get(cond, doc_id, doc_ids)
        document = self.documents().get(str(doc_id))
        return None if document is None else Document(dict(document), doc_id)

    def search(self, cond: Any) -> list[Document]:
        """As in TinyDB; what is handed out is shared with nobody, not even the cache of queries."""
        version = -1 if self.catalog.changing else self.version  # what is not yet on the disk is not cached
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
        """As in TinyDB; the id is taken and used in one transaction."""
        with self.catalog.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[Any]:
        """As in TinyDB: all of them or none."""
        with self.catalog.transaction():
            return super().insert_multiple(documents)

    def _get_next_id(self) -> Any:
        highest = max((int(key) for key in self.documents() if key.isdecimal()), default=0)
        number = max(self._next_id or 1, highest + 1)
        self._next_id = number + 1
        return self.document_id_class(number)


class CatalogTable(ResidentTable):
    """One of the library's own tables: its ids are strings."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB types it as int; strings are documented


class CatalogDatabase(TinyDB):
    """The catalogue of a library: its tables are described in docs/file-format.md."""

    table_class = ResidentTable

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        super().__init__(folder, disk, storage=CatalogStorage)

    @property
    def catalog(self) -> CatalogStorage:
        """The storage behind the tables."""
        return cast(CatalogStorage, self.storage)

    def table(self, name: str, **options: Any) -> Table:
        """As in TinyDB; the library's own tables have string ids."""
        if name in CATALOG_TABLES and name not in self._tables:
            self._tables[name] = CatalogTable(self.storage, name, **options)
        return super().table(name, **options)

    def catalog_table(self, name: str) -> CatalogTable:
        """One of the library's own tables; it is made at its first change."""
        return cast(CatalogTable, self.table(name, cache_size=0))

    def refresh(self) -> bool:
        """Read what other programs wrote; true if there is something new."""
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
    """Open the catalogue of the library in the folder ``path``; the folder is made at the first change.

    A damaged catalogue opens for reading, and says so in ``damage``. Raises FormatTooNew where a newer
    program wrote it. ``disk`` stands for the operating system's files.
    """
    return CatalogDatabase(Path(path), disk)
