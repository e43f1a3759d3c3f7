"""The journal ``catalog.journal``: an open file of records that only grows until it is folded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from library.errors import FormatTooNew
from library.store.chain import Point, first_link, next_link
from library.store.disk import Disk, write_all
from library.store.records import HEAD, JOURNAL_FORMAT, End, Scan, encode_header, scan


class Journal:
    """One journal file. ``base`` is the change that it follows on, ``line`` the library's line of history.

    ``length`` is where the next record belongs: after the last whole record that was read or written.
    ``durable`` says whether all up to there, and the name of the file, is known to be on the disk: a program
    that was killed may have written a record and not synced it. ``points`` are the links of the chain at
    ``base`` and at every record, ``link`` is the last of them, ``heads`` are those of the records.
    ``chained``: the header has a link; else the chain begins with one of our own.
    """

    def __init__(self, disk: Disk, path: Path, *, writable: bool = True) -> None:
        """Open the journal at ``path``. Raises OSError; ``scan_new`` reads it."""
        self._disk = disk
        self._path = path
        self._descriptor = disk.open(path, os.O_RDWR if writable else os.O_RDONLY)
        self.identity = disk.identity(path)
        self.writable = writable
        self.base = -1
        self.line = ""
        self.link = ""
        self.chained = False
        self.points: list[Point] = []
        self.heads: list[bytes] = []
        self.length = 0
        self.durable = False
        self._last = (0, b"")
        self._refused: Sequence[bytes] = ()
        self._syncing = False

    @staticmethod
    def header(base: int, line: str, link: str) -> bytes:
        """The first record of a journal."""
        return encode_header(base, line, link)

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
            return Scan((), 0, 0, End.WHOLE)
        data = self._disk.read(self._descriptor, self.length)
        if b"".join(self._refused).startswith(data):  # what could not be made durable was not changed
            return Scan((), 0, 0, End.WHOLE)
        found = scan(data)
        if found.length:
            self.durable = False
            self._last = (self.length + found.last, data[found.last : found.last + HEAD])
        self.length += found.length
        payloads, heads = found.payloads, found.heads
        if payloads and self.base < 0 and self._take_header(payloads[0]):
            payloads, heads = payloads[1:], heads[1:]
        for payload, head in zip(payloads, heads, strict=True):
            self._add_link(payload.get("n", 0), head)
        return Scan(payloads, found.last, found.length, found.end, heads)

    def _add_link(self, number: int, head: bytes) -> None:
        self.link = next_link(self.link, head)
        self.points.append((number, self.link))
        self.heads.append(head)

    def _take_header(self, payload: dict[str, Any]) -> bool:
        found = payload.get("journal", JOURNAL_FORMAT)
        if found != JOURNAL_FORMAT:
            raise FormatTooNew(self._path, found, JOURNAL_FORMAT)
        if "base" not in payload:
            return False
        self.base, self.line = payload["base"], payload["line"]
        self.chained = isinstance(payload.get("link"), str)
        self.link = payload["link"] if self.chained else first_link(self.line, self.base)
        self.points, self.heads = [(self.base, self.link)], []
        return True

    @property
    def records_length(self) -> int:
        """The length of the records behind the header, in bytes."""
        return self.length if self.heads else 0

    def ends_with(self, number: int) -> bool:
        """Whether the next record may be that of the change after ``number``."""
        return self.base >= 0 and (not self.chained or self.points[-1][0] == number)

    def read(self, start: int) -> bytes:
        """What is written from ``start`` up to ``length``."""
        return self._disk.read(self._descriptor, start, self.length - start)

    def tail(self) -> bytes:
        """What follows the last whole record."""
        return self._disk.read(self._descriptor, self.length)

    def append(self, record: Sequence[bytes], number: int) -> None:
        """Write the parts of the record of the change ``number`` and make it durable.

        Raises OSError; then nobody can say what is on the disk.
        """
        self.make_durable()
        self._refused = record
        self._disk.seek(self._descriptor, self.length)
        for part in record:
            write_all(self._disk, self._descriptor, part)
        self._sync()
        self._refused = ()
        self._last = (self.length, record[0][:HEAD])
        self._add_link(number, record[0][:HEAD])
        self.length += sum(map(len, record))

    def make_durable(self) -> None:
        """Make durable what others left, which must not be lost below what is built on it. Raises OSError."""
        if not self.durable:
            self._sync()
            self._disk.sync_folder(self._path.parent)
            self.durable = True

    def _sync(self) -> None:
        self._syncing = True
        self._disk.sync(self._descriptor)
        self._syncing = False

    @property
    def rewritten(self) -> bool:
        """Whether the last record that was read or written is no longer in its place."""
        place, head = self._last
        if self._disk.size(self._descriptor) < self.length:
            return True
        return self._disk.read(self._descriptor, place, len(head)) != head

    def withdraw(self) -> bool:
        """Take away a record that failed, so that no other program reads it; whether one may go on here.

        One may where only writing failed, as on a full disk: all before it was synced, and a fresh descriptor
        tells whether that still holds. After a failed sync nobody knows. Raises OSError.
        """
        self._disk.truncate(self._descriptor, self.length)
        self._refused = ()
        if self._syncing:
            return False
        fresh = self._disk.open(self._path, os.O_RDWR)
        self._disk.close(self._descriptor)
        self._descriptor, self.durable = fresh, False
        return True

    def cut(self) -> None:
        """Take away what follows the last whole record. Raises OSError."""
        self._disk.truncate(self._descriptor, self.length)
        self._disk.sync(self._descriptor)
