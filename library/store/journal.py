"""The journal ``catalog.journal``: records that are only appended, until a fold starts a new journal.

A record is one line with length, checksum and payload::

    00000050 1a2b3c4d {"n":7,"t":{"articles":{"abc…":{…}}}}

Length and CRC-32 (of the length and the payload) are eight lower-case hexadecimal digits each; the payload
is JSON in one line. ``n`` is the number of the change. ``t`` has the documents that the change puts, by table
and id; a null document is removed, and a null table is dropped. The first record of a journal is its header,
``{"journal":1,"base":N,"line":"…","link":"…"}``: the changes in the journal come after change N of that line
of history. ``link`` is the link of change N in the chain of checksums (see ``store.checksum_chain``).
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import orjson

from library.errors import FormatTooNew
from library.store.checksum_chain import Point, first_link, next_link
from library.store.disk import Disk, write_all
from library.store.tables import Changes

JOURNAL_FORMAT = 1

HEAD = 18
"""Number of bytes before the payload: two numbers, each with a space."""

_PART = 1 << 19
"""Number of bytes of a long record that are joined at once."""

_NULL = b"null"

_HEAD = re.compile(rb"(?=[0-9a-f]{8} [0-9a-f]{8} \{)")
"""Matches where a record may begin. Records never nest: a payload contains no line break."""


class End(Enum):
    """The states in which the end of a journal can be."""

    WHOLE = "whole"
    TORN = "torn"
    """The last whole record is followed by bytes that are no record, and no whole record comes later."""
    DAMAGED = "damaged"
    """Bytes that are no record are followed by whole records."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The whole records from an offset: payloads, start and end of the last record, state of the end."""

    payloads: tuple[dict[str, Any], ...]
    last: int
    length: int
    end: End
    heads: tuple[bytes, ...] = ()
    """The heads of those records, from which the chain of checksums is computed."""


def encode_change(number: int, changes: Changes) -> list[bytes]:
    """Return the record of the change ``number`` in parts, so that no other thread waits for all of it."""
    parts = list(_joined(_payload(number, changes)))
    length = b"%08x" % sum(map(len, parts))
    checksum = zlib.crc32(length)
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    parts[0] = b"%s %08x %s" % (length, checksum, parts[0])
    parts[-1] += b"\n"
    return parts


def _payload(number: int, changes: Changes) -> Iterator[bytes]:
    """Yield the payload of a change in small pieces."""
    yield b'{"n":%d,"t":{' % number
    for count, (name, documents) in enumerate(changes.items()):
        yield b"%s%s:" % (b"," if count else b"", orjson.dumps(name))
        if documents is None:
            yield _NULL
            continue
        comma = b"{"
        for key, document in documents.items():
            yield b"%s%s:" % (comma, orjson.dumps(key))
            yield _NULL if document is None else document
            comma = b","
        yield b"}" if documents else b"{}"
    yield b"}}"


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Join ``pieces`` to parts of about ``_PART`` bytes."""
    part, length = list[bytes](), 0
    for piece in pieces:
        part.append(piece)
        length += len(piece)
        if length >= _PART:
            yield b"".join(part)
            part, length = [], 0
    if part:
        yield b"".join(part)


def encode_header(base: int, line: str, link: str = "") -> bytes:
    """Return the header of a journal after the change ``base`` of the ``line``; ``link`` is that change's."""
    header = {"journal": JOURNAL_FORMAT, "base": base, "line": line}
    data = orjson.dumps({**header, "link": link} if link else header)
    length = b"%08x" % len(data)
    return b"%s %08x %s\n" % (length, zlib.crc32(data, zlib.crc32(length)), data)


def salvage(data: bytes) -> tuple[dict[str, Any], ...]:
    """Return the payload of every whole record in ``data``, also after damage."""
    found = (_record_at(data, match.start()) for match in _HEAD.finditer(data))
    return tuple(record[0] for record in found if record is not None)


def scan(data: bytes) -> Scan:
    """Read the whole records at the start of ``data``."""
    payloads, heads, last, place = [], [], 0, 0
    while (found := _record_at(data, place)) is not None:
        last = place
        heads.append(data[place : place + HEAD])
        payload, place = found
        payloads.append(payload)
    return Scan(tuple(payloads), last, place, _end(data, place), tuple(heads))


def _end(data: bytes, place: int) -> End:
    if place == len(data):
        return End.WHOLE
    later = (match.start() for match in _HEAD.finditer(data, place))
    return End.DAMAGED if any(_record_at(data, start) is not None for start in later) else End.TORN


def _record_at(data: bytes, place: int) -> tuple[dict[str, Any], int] | None:
    """Return the payload of the record at ``place`` and the offset after it; None if there is no record.

    The head must have exactly the form that ``encode_change`` writes: a more tolerant parser would not
    notice every changed bit.
    """
    head = data[place : place + HEAD]
    try:
        length, checksum = int(head[:8], 16), int(head[9:17], 16)
    except ValueError:
        return None
    if head != b"%08x %08x " % (length, checksum):
        return None
    start = place + HEAD
    body = data[start : start + length]
    if (
        data[start + length : start + length + 1] != b"\n"
        or zlib.crc32(body, zlib.crc32(head[:8])) != checksum
    ):
        return None
    payload = _payload_of(body)
    return (payload, start + length + 1) if _is_payload(payload) else None


def _is_payload(payload: Any) -> bool:
    """Return True if ``payload`` has the form of a header or of a change; its documents may be damaged."""
    if not isinstance(payload, dict):
        return False
    if "t" not in payload and "n" not in payload:
        return True
    number, tables = payload.get("n"), payload.get("t")
    return (
        type(number) is int
        and isinstance(tables, dict)
        and all(table is None or isinstance(table, dict) for table in tables.values())
    )


def _payload_of(body: bytes) -> Any:
    """Decode a payload with a correct checksum, also if only Python's own JSON module can read it."""
    try:
        return orjson.loads(body)
    except ValueError:
        pass
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


class Journal:
    """One journal file. ``base`` is the change before its first one, ``line`` the library's line of history.

    ``length`` is the offset of the next record: the end of the last whole record that was read or written.
    ``durable`` is True if everything before that offset, and the name of the file, is known to be on the
    disk: a killed program may have written a record without syncing it. ``points`` are the links of the
    chain at ``base`` and at every record, ``link`` is the last of them, and ``heads`` are the heads of the
    records. ``chained`` is True if the header has a link; otherwise the chain starts with ``first_link``.
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
        """Return the first record of a journal."""
        return encode_header(base, line, link)

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            self._disk.close(self._descriptor)
            self._descriptor = -1

    def scan_new(self) -> Scan:
        """Read the whole records that were added since the last call; the header is not among them.

        Raises FormatTooNew, OSError.
        """
        if self._disk.size(self._descriptor) == self.length:
            return Scan((), 0, 0, End.WHOLE)
        data = self._disk.read(self._descriptor, self.length)
        if b"".join(self._refused).startswith(data):  # our own failed record
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
        """The length of the journal in bytes; 0 if it has only a header."""
        return self.length if self.heads else 0

    def ends_with(self, number: int) -> bool:
        """Return True if the next record can be the change after ``number``."""
        return self.base >= 0 and (not self.chained or self.points[-1][0] == number)

    def read(self, start: int) -> bytes:
        """Return the bytes from ``start`` to ``length``."""
        return self._disk.read(self._descriptor, start, self.length - start)

    def tail(self) -> bytes:
        """Return the bytes after the last whole record."""
        return self._disk.read(self._descriptor, self.length)

    def append(self, record: Sequence[bytes], number: int) -> None:
        """Write the parts of the record of the change ``number`` and make it durable.

        Raises OSError; the state of the disk is then unknown.
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
        """Make the records of other programs durable, because later records build on them. Raises OSError."""
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
        """True if the last record that was read or written is no longer at its offset."""
        place, head = self._last
        if self._disk.size(self._descriptor) < self.length:
            return True
        return self._disk.read(self._descriptor, place, len(head)) != head

    def withdraw(self) -> bool:
        """Remove a failed record, so that no other program reads it; return True if writing can continue.

        It can if only the write failed, as on a full disk: everything before was synced, and a sync of the
        new descriptor reports later errors. After a failed sync the state is unknown. Raises OSError.
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
        """Remove the bytes after the last whole record. Raises OSError."""
        self._disk.truncate(self._descriptor, self.length)
        self._disk.sync(self._descriptor)
