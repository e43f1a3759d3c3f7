"""Libraries in which single fields of documents are damaged while every checksum is right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from library.store.database import open_database
from library.store.layout import CATALOG_NAME, JOURNAL_NAME
from library.store.snapshot import Snapshot, decode_snapshot, encode_snapshot
from library.store.tables import Documents

WRONG: dict[str, str] = {
    "null": "null",
    "true": "true",
    "whole number": "7",
    "negative": "-7",
    "fraction": "0.5",
    "huge": "1" + "0" * 40,
    "beyond": "1e999",
    "NaN": "NaN",
    "text": '"yesterday"',
    "control text": '"\\u0000\\u001b[31m/../x"',
    "half a character": '"a\\ud800b"',
    "list": "[]",
    "list of numbers": "[1, null, {}]",
    "group": "{}",
    "nested": '{"a": [{"b": [[[]]]}]}',
    "deep": "[" * 200 + "]" * 200,
}
"""Name → JSON that is the wrong thing in most fields."""

MISSING = "missing"


def fields_of(
    document: Mapping[str, Any], path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """Every field of ``document``, and of the parts in it; of a list its first member."""
    for name, value in document.items():
        yield (*path, name)
        if isinstance(value, dict):
            yield from fields_of(value, (*path, name))
        elif isinstance(value, list) and value:
            yield (*path, name, 0)
            if isinstance(value[0], dict):
                yield from fields_of(value[0], (*path, name, 0))


def damaged(document: Mapping[str, Any], path: tuple[str | int, ...], wrong: str) -> bytes:
    """``document`` as JSON with the JSON ``wrong`` in the field at ``path``, or without it (MISSING)."""
    copy = json.loads(json.dumps(document))
    place = copy
    for step in path[:-1]:
        place = place[step]
    if wrong == MISSING:
        del place[path[-1]]
        return json.dumps(copy).encode()
    place[path[-1]] = "\x01here\x01"
    return json.dumps(copy).replace(json.dumps("\x01here\x01"), wrong).encode()


def variants(document: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """A name and the JSON of ``document`` with each field damaged in each way, and of no document at all."""
    for path in fields_of(document):
        for name, wrong in {**WRONG, MISSING: MISSING}.items():
            yield f"{'.'.join(map(str, path))} {name}", damaged(document, path, wrong)
    for name, wrong in WRONG.items():
        if name not in ("null", "group"):
            yield f"document {name}", wrong.encode()


def put_raw(folder: Path, tables: Mapping[str, Mapping[str, bytes]]) -> None:
    """Write documents, whatever they are, into the snapshot of a closed library, with the right checksum."""
    with open_database(folder) as database:
        database.catalog.fold()
    path = folder / CATALOG_NAME
    snapshot = decode_snapshot(path, path.read_bytes())
    merged = {name: dict(table.encoded) for name, table in snapshot.tables.items()}
    for name, documents in tables.items():
        merged.setdefault(name, {}).update(documents)
    whole = Snapshot(
        {name: Documents(table) for name, table in merged.items()}, snapshot.number, snapshot.line
    )
    path.write_bytes(b"".join(encode_snapshot(whole)))
    assert decode_snapshot(path, path.read_bytes()).number == snapshot.number
    assert (folder / JOURNAL_NAME).exists()


def raw_of(folder: Path, table: str, key: str) -> bytes:
    """A document as it is stored."""
    with open_database(folder) as database:
        return database.catalog_table(table).encoded()[key]
