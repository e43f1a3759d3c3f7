"""The tables in memory, and the changes that a transaction has made to them so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson

Document = dict[str, Any]
Table = dict[str, Document]
Tables = dict[str, Table]
"""Table name → document id → document."""

Changes = Mapping[str, Mapping[str, Document | None] | None]
"""Table → document id → document, or None to remove it; a table that is None is dropped."""

_NO_TABLE: Table = {}


def plain(document: Mapping[str, Any]) -> Document:
    """``document`` as it comes back from the disk: of JSON's own types, and shared with nobody.

    Raises TypeError or ValueError for what JSON cannot hold.
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    copied: Document = json.loads(text.encode("utf-8", "replace"))
    orjson.dumps({"": {"": copied}})  # refuses what a snapshot cannot hold: above 64 bits, or too deep
    return copied


def plain_name(name: str) -> str:
    """The id or the name of a table ``name`` as it comes back from the disk."""
    return name.encode("utf-8", "replace").decode()


class Resident:
    """All tables. A document is replaced as a whole; a table is, too, when ids come or go.

    So another thread may go through a table while one changes it, and sees whole documents.
    """

    def __init__(self, tables: Tables | None = None) -> None:
        self.tables: Tables = tables or {}
        self._versions: dict[str, int] = {}

    def table(self, name: str) -> Table:
        """The table, to be read only; empty where there is none."""
        return self.tables.get(name, _NO_TABLE)

    def version(self, name: str) -> int:
        """A number that grows with every change of the table."""
        return self._versions.get(name, 0)

    def replace(self, tables: Tables) -> None:
        """Take other tables over."""
        for name in {*self.tables, *tables}:
            self._versions[name] = self.version(name) + 1
        self.tables = tables

    def apply(self, changes: Changes) -> None:
        """Carry out changes, whose documents are ours from now on."""
        for name, documents in changes.items():
            if documents is None:
                self.tables.pop(name, None)
            else:
                table = self.tables.get(name)
                if table is not None and all(
                    document is not None and key in table for key, document in documents.items()
                ):
                    table.update(documents)  # type: ignore[arg-type]  # none of them is None
                else:
                    self.tables[name] = merged(table or {}, documents)
            self._versions[name] = self.version(name) + 1


def merged(table: Table, documents: Mapping[str, Document | None]) -> Table:
    """A new table: ``table`` with ``documents`` put, and those that are None removed."""
    result = {**table, **{key: document for key, document in documents.items() if document is not None}}
    for key, document in documents.items():
        if document is None:
            result.pop(key, None)
    return result


class Pending:
    """What a transaction has changed so far, over the resident tables; seen by its own thread alone."""

    def __init__(self, resident: Resident) -> None:
        self._resident = resident
        self._merged: Tables = {}
        self.changes: dict[str, dict[str, Document | None] | None] = {}

    def table(self, name: str) -> Table:
        """The table as it will be."""
        if name not in self.changes:
            return self._resident.table(name)
        documents = self.changes[name]
        if documents is None:
            return _NO_TABLE
        if name not in self._merged:
            self._merged[name] = merged(self._resident.table(name), documents)
        return self._merged[name]

    def tables(self) -> Tables:
        """All tables as they will be."""
        names = [name for name in {**self._resident.tables, **self.changes} if self._exists(name)]
        return {name: self.table(name) for name in names}

    def _exists(self, name: str) -> bool:
        return self.changes[name] is not None if name in self.changes else True

    def put(self, name: str, documents: Mapping[str, Document | None] | None) -> None:
        """Change a table; None drops it."""
        if documents is None:
            self.changes[name] = None
            self._merged.pop(name, None)
            return
        known = self.changes.setdefault(name, {})
        if known is None:  # dropped before in this transaction: none of the former documents comes back
            known = self.changes[name] = dict.fromkeys(self._resident.table(name))
        known.update(documents)
        if name in self._merged:
            for key, document in documents.items():
                if document is None:
                    self._merged[name].pop(key, None)
                else:
                    self._merged[name][key] = document

    def copy(self) -> Pending:
        """The same changes, independent of these: to come back to."""
        twin = Pending(self._resident)
        twin.changes = {
            name: None if documents is None else dict(documents) for name, documents in self.changes.items()
        }
        return twin


def difference(former: Mapping[str, Any], latter: Mapping[str, Any]) -> dict[str, Document | None]:
    """What turns the table ``former`` into ``latter``."""
    changed: dict[str, Document | None] = {
        key: document for key, document in latter.items() if former.get(key) != document
    }
    changed.update((key, None) for key in former if key not in latter)
    return changed
