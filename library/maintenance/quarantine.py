"""The folder ``damaged-N``, in which everything that a repair replaces is kept."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from library.errors import StoreUnwritable
from library.store.disk import Disk, make_folders, write_new
from library.store.paths import on_disk


class Quarantine:
    """The folder for everything that a repair replaces; it is created when it is first needed.

    All methods raise StoreUnwritable.
    """

    def __init__(self, folder: Path) -> None:
        self._library = folder
        self._disk = Disk()
        self._folder: Path | None = None

    @property
    def folder(self) -> Path | None:
        """The folder that was used; None if nothing was kept."""
        return self._folder

    def move(self, name: str) -> None:
        """Move the library's file ``name`` to the folder."""
        path = on_disk(self._library, name)
        with self._free(name) as target:
            try:
                self._disk.replace(path, target)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                write_new(self._disk, target, [path.read_bytes()])  # a link leads to another disk
                self._disk.sync_folder(target.parent)
                self._disk.unlink(path)
            self._disk.sync_folder(path.parent)

    def copy(self, name: str) -> None:
        """Copy the library's file ``name`` to the folder."""
        path = on_disk(self._library, name)
        with self._free(name) as target:
            write_new(self._disk, target, [path.read_bytes()])

    def keep(self, name: str, document: Any) -> None:
        """Save a document of the catalogue in the folder as JSON."""
        text = json.dumps(document, ensure_ascii=False, indent=1)
        with self._free(name) as target:
            write_new(self._disk, target, [text.encode("utf-8", "replace")])

    def write(self, name: str, data: bytes) -> None:
        """Save ``data`` in the folder unchanged."""
        with self._free(name) as target:
            write_new(self._disk, target, [data])

    @contextmanager
    def _free(self, name: str) -> Iterator[Path]:
        """Provide an unused path for a file, whose name is durable after the block."""
        try:
            target = self._place(name)
            make_folders(self._disk, target.parent)
            yield target
            self._disk.sync_folder(target.parent)
        except OSError as error:
            raise StoreUnwritable(self._folder or self._library, error.strerror or str(error)) from error

    def _place(self, name: str) -> Path:
        if self._folder is None:
            number = 1
            while (folder := self._library / f"damaged-{number}").exists():
                number += 1
            self._folder = folder
        path, number = on_disk(self._folder, name), 1
        while path.exists():
            number += 1
            path = on_disk(self._folder, f"{name}.{number}")
        return path
