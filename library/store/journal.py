"""The journal ``catalog.journal``: an open file of records that only grows until it is folded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from library.errors import FormatTooNew
from library.store.disk import Disk, write_all
from library.store.records import JOURNAL_FORMAT, End, Scan, encode_header, scan


class Journal:
    """One journal file. ``base`` is the change that it follows on, ``line`` the library's line of history.

    ``length`` is where the next record belongs: after the last whole record that was read or written.
    """

    def __init__(self, disk: Disk, path: Path, *, writable: bool = True) -> None:
        """Open the journal at ``path``. Raises OSError; ``scan_new`` reads it."""
        self._disk = disk
        self._path = path
        self._descriptor = disk.open(path, os.O_RDWR if writable else os.O_RDONLY)
        self.identity = disk.identity(path)
        self.base = -1
        self.line = ""
        self.length = 0

    @staticmethod
    def header(base: int, line: str) -> bytes:
        """The first record of a journal."""
        return encode_header(base, line)

    def close(self) -> None:
        """Let the file go."""
        if self._descriptor >= 0:
            self._disk.close(self._descriptor)
            self._descriptor = -1

    def scan_new(self) -> Scan:
        """The whole records that have come since, without the header, which is taken note of.

        Raises FormatTooNew, OSError.
        """
        if self._disk.size(self._descriptor) == self.length:
            return Scan((), 0, End.WHOLE)
        found = scan(self._disk.read(self._descriptor, self.length))
        self.length += found.length
        payloads = found.payloads
        if payloads and self.base < 0 and self._take_header(payloads[0]):
            payloads = payloads[1:]
        return Scan(payloads, found.length, found.end)

    def _take_header(self, payload: dict[str, Any]) -> bool:
        found = payload.get("journal", JOURNAL_FORMAT)
        if found != JOURNAL_FORMAT:
            raise FormatTooNew(self._path, found, JOURNAL_FORMAT)
        if "base" not in payload:
            return False
        self.base, self.line = payload["base"], payload["line"]
        return True

    def read(self, start: int) -> bytes:
        """What is written from ``start`` up to ``length``."""
        return self._disk.read(self._descriptor, start)[: self.length - start]

    def tail(self) -> bytes:
        """What follows the last whole record."""
        return self._disk.read(self._descriptor, self.length)

    def append(self, record: bytes) -> None:
        """Write ``record`` and make it durable. Raises OSError; then nobody can say what is on the disk."""
        self._disk.seek(self._descriptor, self.length)
        write_all(self._disk, self._descriptor, record)
        self._disk.sync(self._descriptor)
        self.length += len(record)

    @property
    def shrunk(self) -> bool:
        """Whether the file is shorter than what was read of it."""
        return self._disk.size(self._descriptor) < self.length

    def cut(self) -> None:
        """Take away what follows the last whole record. Raises OSError."""
        self._disk.truncate(self._descriptor, self.length)
        self._disk.sync(self._descriptor)
