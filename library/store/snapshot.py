"""The snapshot ``catalog.json``: all tables at one change, in the format that stock TinyDB reads.

Its first table is ``meta``, whose document ``library`` says the format, the number of the last change that
is in it, and the CRC-32 of the file (taken with eight zeros in that place). ``meta`` is the first line; every
document of another table is a line of its own, and so is the id before it.
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
    """Raises MemoryError where the process may not have ``length`` bytes more: see RLIMIT_AS in setrlimit(2).

    To be asked before code is called that ends the process when an allocation fails, as orjson's parser
    does. The addresses are taken and given back; no page is touched.
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
"""How a file ends that has a document a line; one of another program has not."""

_ROOM = 40
"""Bytes of addresses for each byte to decode: orjson's parser takes 12, the rest is for what it makes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tables as they were after the change ``number`` of the line of history ``line``.

    ``link`` is that of the change in the chain of checksums, ``trail`` has the links before it. ``journal``:
    there was a journal beside the snapshot when it was written, so without one it is not whole.
    """

    tables: Tables
    number: int = 0
    line: str = ""
    format: int = FORMAT
    link: str = ""
    trail: Trail = field(default_factory=Trail)
    journal: bool = False
    chained: bool = False
    """Whether the file says ``link``; else it is only a beginning."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The tables to fold, the length of the journal whose changes are in them, and that journal."""

    snapshot: Snapshot
    length: int
    journal: Journal


def encode_snapshot(snapshot: Snapshot) -> Iterator[bytes]:
    """The file in pieces. The first has the checksum, for which all of them are made once before."""
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
    """``tables`` with the articles first, and first those that appeared last: see ``store.front``."""
    if ARTICLES not in tables:
        return tables
    items = sorted(tables[ARTICLES].encoded.items(), key=lambda item: published_text(item[1]), reverse=True)
    others = {name: table for name, table in tables.items() if name != ARTICLES}
    return {ARTICLES: Documents(dict(items)), **others}


def published_text(document: bytes) -> bytes:
    """When an encoded article appeared, as it is written there; empty if that is not known."""
    found = _PUBLISHED.search(document)
    return found[1] if found else b""


def _encode_tables(tables: Tables) -> Iterator[bytes]:
    """All tables but ``meta``, and the end of the file."""
    for name, table in tables.items():
        if name != META:
            yield from _encode_table(name, table.encoded)
    yield b"\n}\n"


def _encode_table(name: str, table: Mapping[str, bytes]) -> Iterator[bytes]:
    """A table in pieces of a few hundred documents, so that no other thread waits long."""
    yield b"\n," + orjson.dumps(name) + b":{"
    items = list(table.items())
    for start in range(0, len(items), _BATCH):
        lines = [
            b"%s:\n%s" % (orjson.dumps(key), document) for key, document in items[start : start + _BATCH]
        ]
        yield (b"\n," if start else b"\n") + b"\n,".join(lines)
    yield b"\n}"


def decode_snapshot(path: Path, data: bytes) -> Snapshot:
    """The tables in ``data``, the content of ``path``. Raises CatalogDamaged, MemoryError."""
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
    """The document ``library`` of the table ``meta``. Raises CatalogDamaged."""
    try:
        library = orjson.loads(data)
        number, line = library.get("number", 0), library.get("line", "")
        if type(number) is int and number >= 0 and isinstance(line, str):
            return dict(library)
    except (ValueError, AttributeError):
        pass
    raise CatalogDamaged(path, "its first lines do not say which of its changes is the last")


def _decode_lines(data: bytes) -> Tables | None:
    """The tables of a file as ``encode_snapshot`` writes it, no document of it decoded; None for another."""
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
    """The ids on lines such as ``,"a":``."""
    joined = b"[%s]" % b"".join([line[:-1] for line in lines])
    assert_room(_ROOM * len(joined))
    ids: list[str] = orjson.loads(joined)
    return ids


def _decode_json(path: Path, data: bytes) -> Tables:
    """The tables of a file that another program wrote, TinyDB itself for one."""
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
    """What ``data`` is where a document in it has what only Python's JSON takes. Raises CatalogDamaged."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise CatalogDamaged(path, str(error)) from error


def _checksum(data: bytes, place: tuple[int, int]) -> int:
    start, end = place
    checksum = zlib.crc32(_ZEROS, zlib.crc32(data[:start]))
    return zlib.crc32(memoryview(data)[end:], checksum)
