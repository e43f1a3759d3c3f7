"""The snapshot ``catalog.json``: all tables at the time of one change, in the form that stock TinyDB reads.

Its first table is ``meta``, whose document ``library`` says the format, the number of the last change that
is in it, and the CRC-32 of the file (taken with eight zeros in that place).
"""

from __future__ import annotations

import gc
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from library.errors import CatalogDamaged
from library.store.journal import Journal
from library.store.memory import assert_room
from library.store.migrations import FORMAT
from library.store.resident import Tables

META, LIBRARY = "meta", "library"
_CHECKSUM = re.compile(rb'"crc32":"([0-9a-f]{8})"')
_HEAD = 4096
_BATCH = 500
_ZEROS = b"00000000"

_ROOM = 32
"""Bytes of addresses for each byte to decode: orjson's parser takes 12, the rest is for the tables."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tables as they were after the change ``number`` of the line of history ``line``."""

    tables: Tables
    number: int = 0
    line: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Fold:
    """The tables to fold, the length of the journal whose changes are in them, and that journal."""

    snapshot: Snapshot
    length: int
    journal: Journal


def encode_snapshot(snapshot: Snapshot) -> Iterator[bytes]:
    """The file in pieces. The first has the checksum, for which all of them are made once before."""
    tables = snapshot.tables
    library = {
        "format": snapshot.format,
        "number": snapshot.number,
        "line": snapshot.line,
        "crc32": _ZEROS.decode(),
    }
    others = {key: value for key, value in tables.get(META, {}).items() if key != LIBRARY}
    first = b'{"meta":' + orjson.dumps({LIBRARY: library, **others})
    checksum = zlib.crc32(first)
    for piece in _encode_tables(tables):
        checksum = zlib.crc32(piece, checksum)
    yield first.replace(b'"crc32":"%s"' % _ZEROS, b'"crc32":"%08x"' % checksum, 1)
    yield from _encode_tables(tables)


def _encode_tables(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    """All tables but ``meta``, and the end of the file."""
    for name, table in tables.items():
        if name != META:
            yield from _encode_table(name, table)
    yield b"}"


def _encode_table(name: str, table: Mapping[str, Any]) -> Iterator[bytes]:
    """A table in pieces of a few hundred documents, so that no other thread waits long."""
    yield b"," + orjson.dumps(name) + b":{"
    items = list(table.items())
    for start in range(0, len(items), _BATCH):
        piece = orjson.dumps(dict(items[start : start + _BATCH]))[1:-1]
        yield (b"," if start else b"") + piece
    yield b"}"


def decode_snapshot(path: Path, data: bytes) -> Snapshot:
    """The tables in ``data``, the content of ``path``. Raises CatalogDamaged, MemoryError."""
    assert_room(_ROOM * len(data))
    found = _CHECKSUM.search(data[:_HEAD])
    if found is not None and _checksum(data, found.span(1)) != int(found[1], 16):
        raise CatalogDamaged(path, "its checksum does not fit: it was damaged, or changed by another program")
    with _no_collection():
        try:
            tables = orjson.loads(data)
        except ValueError as error:
            if "Not enough memory" in str(error):
                raise MemoryError from error
            raise CatalogDamaged(path, str(error)) from error
    _check_shape(path, tables)
    library = tables.get(META, {}).pop(LIBRARY, {})
    if not tables.get(META, True):
        del tables[META]
    version = library.get("format", 1)
    if type(version) is not int or version < 1:
        raise CatalogDamaged(path, f"its format is “{version}”, which is no number from 1 on")
    if found is None and 1 < version <= FORMAT:
        raise CatalogDamaged(path, "its checksum is missing: it was damaged, or changed by another program")
    return Snapshot(tables, library.get("number", 0), library.get("line", ""), version)


def _check_shape(path: Path, tables: Any) -> None:
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise CatalogDamaged(path, "it does not hold tables")
    for name, table in tables.items():
        if not all(isinstance(document, dict) for document in table.values()):
            raise CatalogDamaged(path, f"the table “{name}” holds something that is no document")


def _checksum(data: bytes, place: tuple[int, int]) -> int:
    start, end = place
    checksum = zlib.crc32(_ZEROS, zlib.crc32(data[:start]))
    return zlib.crc32(memoryview(data)[end:], checksum)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cyclic garbage collector, which would look at each of a million new objects in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
