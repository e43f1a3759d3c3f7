"""The tables in memory, and the pending changes of a transaction."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

Document = dict[str, Any]

Changes = Mapping[str, Mapping[str, bytes | None] | None]
"""Table → document id → encoded document, or None to remove it; a table that is None is dropped."""


class Documents(Mapping[str, Document]):
    """The documents of one table by id; read-only.

    Documents are kept as JSON (``encoded``) and decoded on access. So every caller gets its own copy, a
    large library takes little memory, and nothing is decoded unnecessarily.
    """

    __slots__ = ("encoded",)

    def __init__(self, encoded: dict[str, bytes] | None = None) -> None:
        self.encoded: dict[str, bytes] = {} if encoded is None else encoded

    @classmethod
    def of(cls, documents: Mapping[str, Mapping[str, Any]]) -> Documents:
        """Encode a table. Raises TypeError or ValueError for values that JSON cannot represent."""
        return cls({plain_name(key): encode_document(value) for key, value in documents.items()})

    def data(self, key: str) -> bytes:
        """Return the document ``key`` as JSON. Raises KeyError."""
        return self.encoded[key]

    def __getitem__(self, key: str) -> Document:
        document: Document = orjson.loads(self.data(key))
        return document

    def __contains__(self, key: object) -> bool:
        return key in self.encoded

    def __iter__(self) -> Iterator[str]:
        return iter(self.encoded)

    def __len__(self) -> int:
        return len(self.encoded)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Documents) and self.encoded == other.encoded:
            return True
        return isinstance(other, Mapping) and dict(self.items()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment]  # as any mapping that can change

    def copy(self) -> Documents:
        """Return an independent table with the same documents."""
        return Documents(dict(self.encoded))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self.items())!r})"


Tables = dict[str, Documents]
"""Table name → its documents."""

_NO_TABLE = Documents()

_CHANGES_KNOWN = 256
"""Number of changes of a table whose ids are remembered."""


def encode_document(document: Mapping[str, Any]) -> bytes:
    """Encode ``document`` as one line of JSON.

    Raises TypeError or ValueError for values that JSON cannot represent.
    """
    return _unchanged(document) or _checked(document)


def _unchanged(document: Mapping[str, Any]) -> bytes:
    """Encode ``document`` if decoding gives an equal one, otherwise return nothing. Three times as fast."""
    try:
        data = orjson.dumps(document)
        return bytes(memoryview(data)) if orjson.loads(data) == document else b""
    except (TypeError, ValueError):
        return b""


def _checked(document: Mapping[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    return _encode(json.loads(text.encode("utf-8", "replace")))


def _encode(document: Document) -> bytes:
    """Encode with orjson, which refuses integers above 64 bits. Its results keep a kilobyte, so copy them."""
    return bytes(memoryview(orjson.dumps(document)))


def encode_found(document: Any) -> bytes:
    """Encode any value from a file as one line of JSON; damage is reported when it is read."""
    try:
        return _encode(document)
    except (TypeError, ValueError):
        return json.dumps(document).encode()


def plain_name(name: str) -> str:
    """Return an id or a table name as it will be read back from the disk."""
    return name.encode("utf-8", "replace").decode()


def encoded_changes(tables: Mapping[str, Mapping[str, Document | None] | None]) -> Changes:
    """Encode the documents in a decoded journal record."""
    return {
        name: None
        if documents is None
        else {
            plain_name(key): None if document is None else encode_found(document)
            for key, document in documents.items()
        }
        for name, documents in tables.items()
    }


class Resident:
    """All tables in memory. Documents are replaced whole; so are tables when ids are added or removed.

    So one thread can iterate over a table while another changes it, and sees only complete documents.
    """

    def __init__(self, tables: Tables | None = None) -> None:
        self.tables: Tables = tables or {}
        self._versions: dict[str, int] = {}
        self._recent: dict[str, deque[tuple[int, tuple[str, ...]]]] = {}

    def table(self, name: str) -> Documents:
        """Return a table, read-only; an empty one if it does not exist."""
        return self.tables.get(name, _NO_TABLE)

    def version(self, name: str) -> int:
        """Return a number that increases with every change of the table."""
        return self._versions.get(name, 0)

    def changed_since(self, name: str, version: int) -> frozenset[str] | None:
        """Return the ids added, removed or changed since ``version``; None if they are no longer known."""
        recent = list(self._recent.get(name, ()))
        if version == self.version(name):
            return frozenset()
        if not recent or recent[0][0] > version + 1:
            return None
        return frozenset(key for number, keys in recent if number > version for key in keys)

    def _changed(self, name: str, keys: tuple[str, ...] | None) -> None:
        """Count a change of the table; ``keys`` is None if any document may have changed."""
        version = self.version(name) + 1
        recent = self._recent.setdefault(name, deque(maxlen=_CHANGES_KNOWN))
        if keys is None:
            recent.clear()
        else:
            recent.append((version, keys))
        self._versions[name] = version  # set last: readers of the new version can get its ids

    def replace(self, tables: Tables) -> None:
        """Replace all tables."""
        previous, self.tables = self.tables, tables
        for name in {*previous, *tables}:
            self._changed(name, None)

    def apply(self, changes: Changes) -> None:
        """Apply changes."""
        for name, documents in changes.items():
            if documents is None:
                self.tables.pop(name, None)
            else:
                table = self.tables.get(name)
                if table is not None and all(
                    document is not None and key in table for key, document in documents.items()
                ):
                    table.encoded.update(documents)  # type: ignore[arg-type]  # none of them is None
                else:
                    self.tables[name] = merged(table or _NO_TABLE, documents)
            self._changed(name, None if documents is None else tuple(documents))


def merged(table: Documents, documents: Mapping[str, bytes | None]) -> Documents:
    """Return a copy of ``table`` with ``documents`` put, and those that are None removed."""
    put = {key: document for key, document in documents.items() if document is not None}
    result = {**table.encoded, **put}
    for key, document in documents.items():
        if document is None:
            result.pop(key, None)
    return Documents(result)


class _PendingDocuments(Documents):
    """A view of a table with the changes of a transaction, without a copy."""

    __slots__ = ("_base", "_changes")

    def __init__(self, base: Documents, changes: Mapping[str, bytes | None]) -> None:
        self._base = base
        self._changes = changes

    @property
    def encoded(self) -> dict[str, bytes]:  # type: ignore[override]  # computed on access
        return merged(self._base, self._changes).encoded

    def data(self, key: str) -> bytes:
        if key not in self._changes:
            return self._base.data(key)
        changed = self._changes[key]
        if changed is None:
            raise KeyError(key)
        return changed

    def __contains__(self, key: object) -> bool:
        return self._changes[key] is not None if key in self._changes else key in self._base  # type: ignore[index]


class Pending:
    """The changes of a transaction over the resident tables, visible only to its own thread."""

    def __init__(self, resident: Resident) -> None:
        self._resident = resident
        self.changes: dict[str, dict[str, bytes | None] | None] = {}

    def table(self, name: str) -> Documents:
        """Return a table with the pending changes."""
        if name not in self.changes:
            return self._resident.table(name)
        documents = self.changes[name]
        return _NO_TABLE if documents is None else _PendingDocuments(self._resident.table(name), documents)

    def tables(self) -> Tables:
        """Return all tables with the pending changes."""
        names = [name for name in {**self._resident.tables, **self.changes} if self._exists(name)]
        return {name: self.table(name) for name in names}

    def _exists(self, name: str) -> bool:
        return self.changes[name] is not None if name in self.changes else True

    def put(self, name: str, documents: Mapping[str, bytes | None] | None) -> None:
        """Change a table; None drops it."""
        if documents is None:
            self.changes[name] = None
            return
        known = self.changes.setdefault(name, {})
        if known is None:  # dropped earlier in this transaction: its documents stay removed
            known = self.changes[name] = dict.fromkeys(self._resident.table(name))
        known.update(documents)

    def copy(self) -> Pending:
        """Return an independent copy of the changes, for a rollback."""
        twin = Pending(self._resident)
        twin.changes = {
            name: None if documents is None else dict(documents) for name, documents in self.changes.items()
        }
        return twin


def difference(
    previous: Mapping[str, Any], current: Mapping[str, Any]
) -> dict[str, Mapping[str, Any] | None]:
    """Return the changes that turn the table ``previous`` into ``current``."""
    changed: dict[str, Mapping[str, Any] | None] = {
        key: document for key, document in current.items() if previous.get(key) != document
    }
    changed.update((key, None) for key in previous if key not in current)
    return changed
