"""The snapshot ``catalog.json``: all tables at one change, in the format that stock TinyDB reads.

Its first table is ``meta``, whose document ``library`` has the format, the number of the last change in the
file, and the CRC-32 of the file (computed with eight zeros in its place). ``meta`` is the first line. In the
other tables each id and each document has a line of its own.
"""

from __future__ import annotations

import json
import mmap
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from library.errors import CatalogDamaged
from library.store.checksum_chain import Trail, decoded_trail, first_link
from library.store.journal import Journal
from library.store.layout import FORMAT
from library.store.tables import Documents, Tables, encode_found, plain_name

_NO_ACCESS = 0


def assert_room(length: int) -> None:
    """Raise MemoryError if the process cannot get ``length`` more bytes: see RLIMIT_AS in setrlimit(2).

    Call this before code that ends the process when an allocation fails, such as orjson's parser. The
    address space is reserved and released again; no page is touched.
    """
    try:
        mmap.mmap(-1, max(1, length), flags=mmap.MAP_PRIVATE, prot=_NO_ACCESS).close()
    except OSError as error:
        raise MemoryError from error


META, LIBRARY, ARTICLES = "meta", "library", "articles"
_CHECKSUM = re.compile(rb'"crc32":"([0-9a-f]{8})"')
_PUBLISHED = re.compile(rb'"published":"([^"]*)"')
_HEAD = 4096
_BATCH = 500
_ZEROS = b"00000000"
_END = b"\n}\n"
"""The end of a file with one document per line; files of other programs end differently."""

_ROOM = 40
"""Bytes of address space for each byte to decode: 12 for orjson's parser, the rest for its result."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tables after the change ``number`` of the line of history ``line``.

    ``link`` is the link of that change in the chain of checksums; ``trail`` has the links before it.
    ``journal`` is True if there was a journal when the snapshot was written: without one, changes are
    missing.
    """

    tables: Tables
    number: int = 0
    line: str = ""
    format: int = FORMAT
    link: str = ""
    trail: Trail = field(default_factory=Trail)
    journal: bool = False
    chained: bool = False
    """True if the file contains ``link``; otherwise ``link`` is a computed start value."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The tables to fold, the journal whose changes they contain, and the length of it that was read."""

    snapshot: Snapshot
    length: int
    journal: Journal


def encode_snapshot(snapshot: Snapshot) -> Iterator[bytes]:
    """Yield the file in pieces. The first contains the checksum, so the tables are encoded twice."""
    tables = _newest_first(snapshot.tables)
    library = {
        "format": snapshot.format,
        "number": snapshot.number,
        "line": snapshot.line,
        "crc32": _ZEROS.decode(),
    }
    if snapshot.link:
        library |= {"link": snapshot.link, "trail": snapshot.trail.encoded(), "journal": snapshot.journal}
    others = {key: data for key, data in tables.get(META, Documents()).encoded.items() if key != LIBRARY}
    meta = {LIBRARY: orjson.dumps(library), **others}
    members = b",".join(b"%s:%s" % (orjson.dumps(key), document) for key, document in meta.items())
    first = b'{"meta":{%s}' % members
    checksum = zlib.crc32(first)
    for piece in _encode_tables(tables):
        checksum = zlib.crc32(piece, checksum)
    yield first.replace(b'"crc32":"%s"' % _ZEROS, b'"crc32":"%08x"' % checksum, 1)
    yield from _encode_tables(tables)


def _newest_first(tables: Tables) -> Tables:
    """Return ``tables`` with the articles first, newest on top: see ``search.first_page``."""
    if ARTICLES not in tables:
        return tables
    items = sorted(tables[ARTICLES].encoded.items(), key=lambda item: published_text(item[1]), reverse=True)
    others = {name: table for name, table in tables.items() if name != ARTICLES}
    return {ARTICLES: Documents(dict(items)), **others}


def published_text(document: bytes) -> bytes:
    """Return the publication time in an encoded article, as stored; empty if it is unknown."""
    found = _PUBLISHED.search(document)
    return found[1] if found else b""


def _encode_tables(tables: Tables) -> Iterator[bytes]:
    """Yield all tables except ``meta``, and the end of the file."""
    for name, table in tables.items():
        if name != META:
            yield from _encode_table(name, table.encoded)
    yield b"\n}\n"


def _encode_table(name: str, table: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield a table in pieces of a few hundred documents, so that no other thread waits long."""
    yield b"\n," + orjson.dumps(name) + b":{"
    items = list(table.items())
    for start in range(0, len(items), _BATCH):
        lines = [
            b"%s:\n%s" % (orjson.dumps(key), document) for key, document in items[start : start + _BATCH]
        ]
        yield (b"\n," if start else b"\n") + b"\n,".join(lines)
    yield b"\n}"


def decode_snapshot(path: Path, data: bytes) -> Snapshot:
    """Decode ``data``, the content of the file ``path``. Raises CatalogDamaged, MemoryError."""
    found = _CHECKSUM.search(data[:_HEAD])
    if found is not None and _checksum(data, found.span(1)) != int(found[1], 16):
        raise CatalogDamaged(path, "its checksum does not fit: it was damaged, or changed by another program")
    tables = _decode_lines(data) if found is not None and data.endswith(_END) else None
    if tables is None:
        tables = _decode_json(path, data)
    others = dict(tables.pop(META, Documents()).encoded)
    library = _library_of(path, others.pop(LIBRARY, b"{}"))
    if others:
        tables[META] = Documents(others)
    version = library.get("format", 1)
    if type(version) is not int or version < 1:
        raise CatalogDamaged(path, f"its format is “{version}”, which is no number from 1 on")
    if found is None and 1 < version <= FORMAT:
        raise CatalogDamaged(path, "its checksum is missing: it was damaged, or changed by another program")
    number, line, said = library.get("number", 0), library.get("line", ""), library.get("link")
    trail = decoded_trail(library.get("trail"))
    chained = isinstance(said, str)
    link = str(said) if chained else first_link(line, number) if line else ""
    trail.add([(number, link)])
    return Snapshot(tables, number, line, version, link, trail, library.get("journal") is True, chained)


def _library_of(path: Path, data: bytes) -> dict[str, Any]:
    """Decode the document ``library`` of the table ``meta``. Raises CatalogDamaged."""
    try:
        library = orjson.loads(data)
        number, line = library.get("number", 0), library.get("line", "")
        if type(number) is int and number >= 0 and isinstance(line, str):
            return dict(library)
    except (ValueError, AttributeError):
        pass
    raise CatalogDamaged(path, "its first lines do not say which of its changes is the last")


def _decode_lines(data: bytes) -> Tables | None:
    """Split a file of ``encode_snapshot`` into tables without decoding documents; None for other files."""
    lines = data.split(b"\n")
    try:
        meta = orjson.loads(lines[0] + b"}")[META].items()
        tables = {META: Documents({plain_name(key): encode_found(one) for key, one in meta})}
        place = 1
        while lines[place] != b"}":
            end = lines.index(b"}", place)
            ids = _decode_ids(lines[place + 1 : end : 2])
            documents = dict(zip(ids, lines[place + 2 : end : 2], strict=True))
            tables[orjson.loads(lines[place][1:-2])] = Documents(documents)
            place = end + 1
    except (ValueError, LookupError, AttributeError):
        return None
    return tables


def _decode_ids(lines: list[bytes]) -> list[str]:
    """Decode the ids from lines such as ``,"a":``."""
    joined = b"[%s]" % b"".join([line[:-1] for line in lines])
    assert_room(_ROOM * len(joined))
    ids: list[str] = orjson.loads(joined)
    return ids


def _decode_json(path: Path, data: bytes) -> Tables:
    """Decode the tables of a file that another program wrote, such as TinyDB itself."""
    assert_room(_ROOM * len(data))
    try:
        tables = orjson.loads(data)
    except ValueError as error:
        if "Not enough memory" in str(error):
            raise MemoryError from error
        tables = _forgiven(path, data, error)
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise CatalogDamaged(path, "it does not hold tables")
    return {
        plain_name(name): Documents({plain_name(key): encode_found(one) for key, one in table.items()})
        for name, table in tables.items()
    }


def _forgiven(path: Path, data: bytes, error: ValueError) -> Any:
    """Decode ``data`` with Python's more tolerant JSON module. Raises CatalogDamaged."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise CatalogDamaged(path, str(error)) from error


def _checksum(data: bytes, place: tuple[int, int]) -> int:
    start, end = place
    checksum = zlib.crc32(_ZEROS, zlib.crc32(data[:start]))
    return zlib.crc32(memoryview(data)[end:], checksum)
