"""The TinyDB storage of the catalogue: tables in memory, a snapshot, and a journal of later changes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from library.errors import CatalogDamaged, FormatTooNew, StoreError, StoreUnwritable
from library.store.catalog_files import CatalogFiles
from library.store.checksum_chain import Point
from library.store.disk import Disk
from library.store.previous_history import PreviousHistory
from library.store.snapshot import Snapshot
from library.store.tables import Documents, Pending, difference, encode_document, plain_name
from library.store.validation import CheckedDocuments, DamagedDocuments, with_damaged_fields

FOLD_LENGTH = 4 << 20
"""Length of the journal, in bytes, above which it is folded when there is time."""


SMALL = 4 << 20
"""Size of the catalogue, in bytes, up to which it is folded at the end of every program with changes."""


class CatalogStorage(Storage):
    """The storage of a catalogue: all tables are in memory, and every change is on the disk when it returns.

    Other threads may read while one writes; only the writing thread sees changes that are not yet on the
    disk. Threads take turns writing. So do processes, under an advisory lock, and each applies the changes
    of the others before it makes its own.
    """

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._turn = threading.RLock()
        self._writer: int | None = None
        self._pending: Pending | None = None
        self._files = CatalogFiles(folder, disk or Disk())
        self.damaged = DamagedDocuments()
        self._seen = self._files.taken_over
        self._repair_tail()
        self._write_merged()

    # Reading

    @property
    def path(self) -> Path:
        """The catalogue file."""
        return self._files.path

    @property
    def damage(self) -> CatalogDamaged | None:
        """The damage of the files, if any. Intact parts can be read, and nothing is written."""
        return self._files.damage

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about repairs and other events."""
        return tuple(self._files.notices)

    @property
    def changes(self) -> int:
        """The number of the last change."""
        return self._files.number

    @property
    def changing(self) -> bool:
        """True inside a transaction of this thread."""
        return self._own_pending is not None

    def table(self, name: str) -> Documents:
        """Return a table as it is on the disk, inside a transaction with its changes; read-only."""
        pending = self._own_pending
        return self._files.resident.table(name) if pending is None else pending.table(name)

    def checked(self, name: str) -> Mapping[str, dict[str, Any]]:
        """Return a table whose documents are validated by its schema; one without a schema is unchanged."""
        from library.store.schema import SCHEMAS  # imports msgspec, which the first frame does not need

        schema, documents = SCHEMAS.get(name), self.table(name)
        return documents if schema is None else CheckedDocuments(documents, schema, self.damaged)

    def keeping_damaged(self, name: str, documents: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
        """Return ``documents`` with the values of the damaged fields that they replace."""
        if not self.damaged:
            return documents
        from library.store.schema import SCHEMAS

        present, kept = self.table(name), dict(documents)
        for key in documents:
            data = self.damaged.data(name, key)
            if data is not None and key in present and present.data(key) == data:
                kept[key] = with_damaged_fields(documents[key], data, SCHEMAS[name], key)
        return kept

    def version(self, name: str) -> int:
        """Return a number that increases with every change of the table."""
        return self._files.resident.version(name)

    def changed_since(self, name: str, version: int) -> frozenset[str] | None:
        """Return the ids in the table that changed since ``version``; None if they are no longer known."""
        return self._files.resident.changed_since(name, version)

    def read(self) -> dict[str, Documents] | None:  # type: ignore[override]  # a table is a Mapping here
        """Return all tables as ``table`` does; read-only."""
        pending = self._own_pending
        tables = self._files.resident.tables if pending is None else pending.tables()
        return dict(tables) or None

    @property
    def _own_pending(self) -> Pending | None:
        return self._pending if self._writer == threading.get_ident() else None

    @property
    def perhaps_written(self) -> bool:
        """True if the change that failed last may reappear after a power loss."""
        return self._files.perhaps_written

    def refresh(self) -> bool:
        """Apply the changes of other processes; return True if there are new ones since the last call."""
        with self._turn:
            if self._writer is None:
                self._follow_if_readable()
                self._write_merged()
            seen, self._seen = self._seen, self._files.taken_over
            return seen != self._seen

    def _follow_if_readable(self) -> None:
        try:
            self._files.follow()
        except FormatTooNew:
            raise
        except OSError:  # the disk is not available: keep the tables in memory
            return

    def _write_merged(self) -> None:
        """Write merged histories to the disk; if that fails, memory keeps them."""
        if not self._files.differs_from_files:
            return
        try:
            with self._files.locked():
                self._follow_alone()
                if self._files.fork is not None:
                    self._files.write_merged()
        except OSError:  # the next change tries again
            return

    def _follow_alone(self) -> None:
        """Apply the changes of other processes under the lock. Raises FormatTooNew, StoreUnwritable."""
        try:
            self._files.follow_alone()
        except StoreError:
            raise
        except OSError as error:
            raise StoreUnwritable(self.path, error.strerror or str(error)) from error

    # Writing

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace all tables by ``data``. TinyDB calls this to drop tables."""
        with self.transaction():
            previous = self.read() or {}
            for name in previous.keys() - data.keys():
                self.change(name, None)
            for name, table in data.items():
                if table is not previous.get(name):
                    self.change(name, difference(previous.get(name, {}), table))

    def change(self, name: str, documents: Mapping[str, Mapping[str, Any] | None] | None) -> None:
        """Put documents into a table, remove those that are None; None drops the table.

        The change is durable on return, or at the end of the transaction. Raises StoreUnwritable; TypeError
        or ValueError for values that JSON cannot represent.
        """
        name = plain_name(name)
        encoded: dict[str, bytes | None] | None = None
        if documents is not None:
            encoded = {
                plain_name(key): None if value is None else encode_document(value)
                for key, value in documents.items()
            }
        self.change_encoded(name, encoded)

    def change_encoded(self, name: str, documents: Mapping[str, bytes | None] | None) -> None:
        """Put or remove documents already encoded as one line of JSON, with ids that can be written."""
        if self.changing:  # this cannot fail, so no nested transaction is needed
            self._put(name, documents)
            return
        with self.transaction():
            self._put(name, documents)

    def _put(self, name: str, documents: Mapping[str, bytes | None] | None) -> None:
        assert self._pending is not None
        if documents or documents is None or name not in self._pending.tables():
            self._pending.put(name, documents)

    def snapshot(self) -> Snapshot:
        """Return a read-only copy of all tables after one change; its ``line`` is empty."""
        with self._turn:
            tables = {name: table.copy() for name, table in (self.read() or {}).items()}
            return Snapshot(tables, self._files.number)

    def has_passed(self, point: Point) -> bool:
        """Return True if this history contains the change ``point``, or has merged one that ends there."""
        return self._files.has_passed(point)

    def is_apart(self, previous: PreviousHistory) -> bool:
        """Return True if this catalogue belongs to a different history from ``previous``."""
        return self._files.is_apart(previous)

    @property
    def vanished(self) -> bool:
        """True if the catalogue file is gone, for example with its disk. Memory still has the tables."""
        return self._files.vanished

    def begin(self) -> None:
        """Create the catalogue if there is none. Call this in a transaction, before writing other files.

        So files without a catalogue always mean that the catalogue was lost. Raises StoreUnwritable.
        """
        self._files.begin()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all changes in the block durable together at its end; after an error keep none.

        A nested transaction becomes a part of the outer one. Raises StoreUnwritable.
        """
        with self._turn:
            if self._writer is not None:
                with self._all_or_nothing():
                    yield
                return
            with self._files.locked():
                self._follow_alone()
                self._pending, self._writer = Pending(self._files.resident), threading.get_ident()
                try:
                    yield
                    if self._pending.changes:
                        self._files.commit(self._pending.changes)
                finally:
                    self._pending, self._writer = None, None

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        assert self._pending is not None
        previous = self._pending.copy()
        try:
            yield
        except BaseException:
            self._pending = previous
            raise

    # Folding and repairing

    @property
    def fold_is_due(self) -> bool:
        """True if the journal is so long that it should be folded when there is time."""
        return self._files.journal_length > FOLD_LENGTH

    @property
    def fold_is_due_at_close(self) -> bool:
        """True if the journal should be folded when the program ends.

        A small library is always folded, so that stock TinyDB sees all changes. In a large one, where a fold
        is slow, the journal must be longer than a twentieth of the catalogue, or than ``FOLD_LENGTH``.
        """
        size, length = self._files.snapshot_length, self._files.records_length
        return bool(length) and (size <= SMALL or length > min(FOLD_LENGTH, size // 20))

    def fold(self) -> bool:
        """Write a new snapshot, and start a new journal; return True if that was done.

        Writers wait only for the last step. Raises StoreUnwritable; nothing is lost then.
        """
        with self._turn:
            fold = self._files.begin_fold()
        if fold is None:
            return False
        try:
            written = self._files.write_fold(fold)
            with self._turn, self._files.locked():
                self._follow_alone()
                return self._files.finish_fold(fold, written)
        except StoreError:
            raise
        except OSError as error:
            raise StoreUnwritable(self.path, error.strerror or str(error)) from error

    def _repair_tail(self) -> None:
        """Move a record torn by a crash to a file of its own; leave it if that file cannot be written."""
        try:
            if not self._files.has_tail:
                return
            with self._files.locked():
                self._follow_alone()
                if self._files.has_tail:
                    self._files.set_tail_aside()
        except OSError:
            return

    def close(self) -> None:
        """Close the files."""
        with self._turn:
            self._files.close()
