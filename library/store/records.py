"""The records of the journal: length, checksum and payload on a line of their own.

::

    00000050 1a2b3c4d {"n":7,"t":{"articles":{"abc…":{…}}}}

Length and CRC-32 (of the length and the payload) are eight lower-case hexadecimal digits each, the payload
is JSON in one line. ``n`` is the number of the change, ``t`` has for each table the documents that it
puts (or null where it removes one; a table that is null is dropped). The first record of a journal is its
header, ``{"journal":1,"base":N,"line":"…","link":"…"}``: its changes follow on the N-th of that line of
history, whose link in the chain of checksums (see ``store.chain``) is given.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson

from library.store.resident import Changes

JOURNAL_FORMAT = 1

HEAD = 18
"""Bytes before the payload: two numbers and two spaces."""

_PART = 1 << 19
"""Bytes of a long record that are put together at once."""

_NULL = b"null"

_HEAD = re.compile(rb"(?=[0-9a-f]{8} [0-9a-f]{8} \{)")
"""Where a record may begin. None holds another: inside a payload the end of a line is an escape."""


class End(Enum):
    """How a journal ends."""

    WHOLE = "whole"
    TORN = "torn"
    """What follows the last whole record is no record, and none comes after it."""
    DAMAGED = "damaged"
    """Whole records follow what is no record."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The whole records from a place on: payloads, where the last begins, where it ends, what follows."""

    payloads: tuple[dict[str, Any], ...]
    last: int
    length: int
    end: End
    heads: tuple[bytes, ...] = ()
    """The heads of those records, which the chain of checksums is made of."""


def encode_change(number: int, changes: Changes) -> list[bytes]:
    """The record of the change ``number``, a long one in parts: no other thread waits for all of it."""
    parts = list(_joined(_payload(number, changes)))
    length = b"%08x" % sum(map(len, parts))
    checksum = zlib.crc32(length)
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    parts[0] = b"%s %08x %s" % (length, checksum, parts[0])
    parts[-1] += b"\n"
    return parts


def _payload(number: int, changes: Changes) -> Iterator[bytes]:
    """The payload of a change in small pieces."""
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
    """``pieces`` in parts of about ``_PART`` bytes."""
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
    """The header of a journal that follows on the change ``base``, whose link is given, of the ``line``."""
    header = {"journal": JOURNAL_FORMAT, "base": base, "line": line}
    data = orjson.dumps({**header, "link": link} if link else header)
    length = b"%08x" % len(data)
    return b"%s %08x %s\n" % (length, zlib.crc32(data, zlib.crc32(length)), data)


def salvage(data: bytes) -> tuple[dict[str, Any], ...]:
    """Every whole record of ``data``, also those after damage."""
    found = (_record_at(data, match.start()) for match in _HEAD.finditer(data))
    return tuple(record[0] for record in found if record is not None)


def scan(data: bytes) -> Scan:
    """Read the records at the beginning of ``data``."""
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
    """The payload of the record at ``place`` and the place after it; None where there is none.

    The head must be written exactly as ``_encode`` writes it: a parser that forgives more would not
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
    """Whether ``payload`` is that of a header or of a change; its documents may be damaged."""
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
    """A payload whose checksum fits; also where a document in it has what only Python's JSON takes."""
    try:
        return orjson.loads(body)
    except ValueError:
        pass
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
