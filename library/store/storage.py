"""The TinyDB storage of the catalogue: one JSON file, held in memory, replaced atomically."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from library.errors import CatalogDamaged, FormatTooNew, StoreUnwritable
from library.store.atomic import make_folder, write_atomically

Tables = dict[str, dict[str, Any]]
"""Table name → document id → document."""

FORMAT = 1
"""The number of the layout that this program writes and the highest that it reads."""

CATALOG_NAME = "catalog.json"
LOCK_NAME = "catalog.lock"
PREVIOUS_NAME = "catalog.json.previous"


class CatalogStorage(Storage):
    """Keeps all tables in memory and ``catalog.json`` equal to them.

    Tables are replaced, never changed in place, so other threads may read while one writes; what is
    not yet on the disk is seen by the writing thread alone. Writers of several processes take turns
    under an advisory lock on a file of its own, and each takes over what the others wrote before it
    changes anything. Threads that write take turns under a lock of their own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / CATALOG_NAME
        self._tables: Tables = {}
        self._working: Tables | None = None
        self._writer: int | None = None
        self._turn = threading.RLock()
        self._signature: tuple[int, ...] | None = None
        self.refresh()

    @property
    def path(self) -> Path:
        """The catalogue file."""
        return self._path

    def read(self) -> Tables | None:
        """All tables as they are on the disk (inside a transaction: as they will be); to be read only."""
        working = self._working if self._writer == threading.get_ident() else None
        return dict(self._tables if working is None else working) or None

    def write(self, data: Tables) -> None:
        """Take ``data`` as the new state; it is on the disk on return, or at the transaction's end."""
        with self.transaction():
            self._working = dict(data)

    def refresh(self) -> bool:
        """Read the file again if another process has replaced it; true if there is something new."""
        with self._turn:
            return self._refresh()

    def _refresh(self) -> bool:
        signature = self._file_signature()
        if signature == self._signature:
            return False
        if signature is not None:
            self._tables = self._load()
        self._signature = signature
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside become durable together at the end; after an error none of them is there.

        One inside another is a part of it. Raises StoreUnwritable.
        """
        with self._turn:
            if self._writer is not None:
                with self._all_or_nothing():
                    yield
                return
            with self._lock():
                self._refresh()
                self._working, self._writer = self._tables, threading.get_ident()
                try:
                    yield
                    if self._working is not self._tables:
                        self._save(self._working)
                finally:
                    self._working, self._writer = None, None

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        former = self._working
        try:
            yield
        except BaseException:
            self._working = former
            raise

    def _save(self, tables: Tables) -> None:
        data = json.dumps(tables, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        try:
            write_atomically(self._path, data.encode("utf-8"), keep=self._folder / PREVIOUS_NAME)
        except OSError as error:
            raise StoreUnwritable(self._path, error.strerror or str(error)) from error
        self._tables = tables
        self._signature = self._file_signature()

    def _load(self) -> Tables:
        try:
            tables = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError) as error:
            raise CatalogDamaged(self._path, str(error)) from error
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise CatalogDamaged(self._path, "it does not hold tables")
        for name, table in tables.items():
            if not all(isinstance(document, dict) for document in table.values()):
                raise CatalogDamaged(self._path, f"the table “{name}” holds something that is no document")
        self._check_format(tables)
        return tables

    def _check_format(self, tables: Tables) -> None:
        found = tables.get("meta", {}).get("library", {}).get("format", FORMAT)
        if not isinstance(found, int):
            raise CatalogDamaged(self._path, f"its format is “{found}”, which is no number")
        if found > FORMAT:
            raise FormatTooNew(self._path, found, FORMAT)

    def _file_signature(self) -> tuple[int, ...] | None:
        try:
            status = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise CatalogDamaged(self._path, error.strerror or str(error)) from error
        return (status.st_mtime_ns, status.st_size, status.st_ino)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        path = self._folder / LOCK_NAME
        try:
            make_folder(self._folder)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreUnwritable(self._folder, error.strerror or str(error)) from error
        try:
            # A file system without locks (some network shares) is used as by a single program.
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
