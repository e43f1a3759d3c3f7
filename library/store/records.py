"""The records of the journal: length, checksum and payload on a line of their own.

::

    00000050 1a2b3c4d {"n":7,"t":{"articles":{"abc…":{…}}}}

Length and CRC-32 (of the length and the payload) are eight lower-case hexadecimal digits each, the payload
is JSON in one line. ``n`` is the number of the change, ``t`` has for each table the documents that it
puts (or null where it removes one; a table that is null is dropped). The first record of a journal is its
header, ``{"journal":1,"base":N,"line":"…"}``: its changes follow on the N-th of that line of history.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from library.store.resident import Changes

JOURNAL_FORMAT = 1

_HEAD = 18
"""Bytes before the payload: two numbers and two spaces."""


class End(Enum):
    """How a journal ends."""

    WHOLE = "whole"
    TORN = "torn"
    """What follows the last whole record is no record, and none comes after it."""
    DAMAGED = "damaged"
    """Whole records follow what is no record."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The whole records from a place on: their payloads, where they end, and what comes after."""

    payloads: tuple[dict[str, Any], ...]
    length: int
    end: End


def encode_change(number: int, changes: Changes) -> bytes:
    """The record of the change ``number``. Raises TypeError or ValueError for what JSON cannot hold."""
    return _encode({"n": number, "t": changes})


def encode_header(base: int, line: str) -> bytes:
    """The header of a journal that follows on the change ``base`` of the history ``line``."""
    return _encode({"journal": JOURNAL_FORMAT, "base": base, "line": line})


def _encode(payload: Mapping[str, Any]) -> bytes:
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = body.encode("utf-8", "replace")
    length = b"%08x" % len(data)
    return b"%s %08x %s\n" % (length, zlib.crc32(data, zlib.crc32(length)), data)


def salvage(data: bytes) -> tuple[dict[str, Any], ...]:
    """Every whole record of ``data``, also those after damage."""
    payloads, place = [], 0
    while 0 <= place < len(data):
        found = _record_at(data, place)
        if found is None:
            place = data.find(b"\n", place) + 1 or len(data)
        else:
            payload, place = found
            payloads.append(payload)
    return tuple(payloads)


def scan(data: bytes) -> Scan:
    """Read the records at the beginning of ``data``."""
    payloads, place = [], 0
    while (found := _record_at(data, place)) is not None:
        payload, place = found
        payloads.append(payload)
    return Scan(tuple(payloads), place, _end(data, place))


def _end(data: bytes, place: int) -> End:
    if place == len(data):
        return End.WHOLE
    after = data.find(b"\n", place)
    while after >= 0:
        if _record_at(data, after + 1) is not None:
            return End.DAMAGED
        after = data.find(b"\n", after + 1)
    return End.TORN


def _record_at(data: bytes, place: int) -> tuple[dict[str, Any], int] | None:
    """The payload of the record at ``place`` and the place after it; None where there is none.

    The head must be written exactly as ``_encode`` writes it: a parser that forgives more would not
    notice every changed bit.
    """
    head = data[place : place + _HEAD]
    try:
        length, checksum = int(head[:8], 16), int(head[9:17], 16)
    except ValueError:
        return None
    if head != b"%08x %08x " % (length, checksum):
        return None
    start = place + _HEAD
    body = data[start : start + length]
    if (
        data[start + length : start + length + 1] != b"\n"
        or zlib.crc32(body, zlib.crc32(head[:8])) != checksum
    ):
        return None
    try:
        payload = json.loads(body)
    except ValueError:
        return None
    return (payload, start + length + 1) if isinstance(payload, dict) else None
