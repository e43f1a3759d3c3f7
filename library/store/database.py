"""The catalogue as a TinyDB database with string ids."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Document, Table

from library.store.storage import FORMAT, CatalogStorage

__all__ = ["FORMAT", "CatalogDatabase", "CatalogTable", "DocumentData", "open_database"]

DocumentData = Mapping[str, Any]


def _plain(document: DocumentData) -> Any:
    """``document`` as it comes back from the disk: of JSON's own types, and shared with nobody."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    return json.loads(text.encode("utf-8", "replace"))


class _TableInChange(dict[str, Any]):
    """A table while it is changed: a document is copied when it is taken, so readers keep the former."""

    def __getitem__(self, key: str) -> Any:
        document = copy.deepcopy(super().__getitem__(key))
        super().__setitem__(key, document)
        return document

    def __setitem__(self, key: str, document: Any) -> None:
        super().__setitem__(key, _plain(document))


class CatalogTable(Table):
    """A TinyDB table whose ids are strings and whose documents are shared with nobody."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB types it as int; strings are documented

    def documents(self) -> Mapping[str, DocumentData]:
        """Id → document, as they are now, without a copy: to be read only."""
        return cast(Mapping[str, DocumentData], (self._storage.read() or {}).get(self.name, {}))

    def put(self, documents: Mapping[str, DocumentData]) -> None:
        """Insert or replace whole documents, all in one write."""
        plain = {key: _plain(document) for key, document in documents.items()}
        self._update_table(lambda table: table.update(plain))

    def drop(self, ids: Iterable[str]) -> None:
        """Remove the documents with these ids; ids that are not there are passed over."""

        def remove(table: dict[str, Any]) -> None:
            for document_id in ids:
                table.pop(document_id, None)

        self._update_table(remove)

    def _read_table(self) -> dict[str, Any]:
        return {key: copy.deepcopy(value) for key, value in self.documents().items()}

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """As in TinyDB; a single id is looked up without reading the rest of the table."""
        if doc_id is None:
            return super().get(cond, doc_id, doc_ids)
        document = self.documents().get(str(doc_id))
        return None if document is None else Document(copy.deepcopy(dict(document)), doc_id)

    def _update_table(  # type: ignore[override]  # ids are strings
        self, updater: Callable[[dict[str, Any]], Any]
    ) -> None:
        with self._catalog.transaction():
            tables = self._storage.read() or {}
            table = _TableInChange(tables.get(self.name, {}))
            updater(table)
            tables[self.name] = dict(table)
            self._storage.write(tables)
        self.clear_cache()

    def insert(self, document: Mapping[str, Any]) -> Any:
        """As in TinyDB; the id is taken and used in one transaction."""
        with self._catalog.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[Any]:
        """As in TinyDB: all of them or none."""
        with self._catalog.transaction():
            return [super(CatalogTable, self).insert(document) for document in documents]

    @property
    def _catalog(self) -> CatalogStorage:
        return cast(CatalogStorage, self._storage)

    def _get_next_id(self) -> Any:
        numbers = [int(key) for key in self.documents() if key.isdecimal()]
        return str(max(numbers, default=0) + 1)


class CatalogDatabase(TinyDB):
    """The catalogue of a library: its tables are described in docs/design.md."""

    table_class = CatalogTable

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, storage=CatalogStorage)

    @property
    def catalog(self) -> CatalogStorage:
        """The storage behind the tables."""
        return cast(CatalogStorage, self.storage)

    def catalog_table(self, name: str) -> CatalogTable:
        """The table ``name``, made at its first write."""
        return cast(CatalogTable, self.table(name, cache_size=0))

    def refresh(self) -> bool:
        """Take over what other programs wrote; true if there is something new."""
        return self.catalog.refresh()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Group changes: all of them are on the disk afterwards, or none. Raises StoreUnwritable."""
        with self.catalog.transaction():
            yield

    def format(self) -> int:
        """The format version in the file; that of this program where nothing was written yet."""
        document = self.catalog_table("meta").documents().get("library", {})
        return int(document.get("format", FORMAT))


def open_database(path: Path | str) -> CatalogDatabase:
    """Open the catalogue of the library in the folder ``path``; the folder is made at the first write.

    Raises CatalogDamaged where the file cannot be read, FormatTooNew where a newer program wrote it.
    """
    return CatalogDatabase(Path(path))
