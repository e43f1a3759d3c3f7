"""The history of changes: the values that each change replaced, so that it can be undone.

One document of the table ``history`` is one change as a person sees it. For every document that changed it
lists the fields before and after. Fields inside ``state`` are named ``state.read`` and so on, so that
undoing a bookmark does not change the reading position. For a document that a change added, ``after`` stays
empty until the change is undone, since the document is in its table.

An entry for 100,000 articles has about 15 MB. Decoding it at once would block every other thread for a
quarter of a second, so entries are decoded in pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import orjson

from library.errors import NothingToUndo
from library.models import Progress
from library.store.article_files import FILE_FIELDS, LEFTOVERS, files_of, list_files, listed_files
from library.store.database import CatalogDatabase
from library.store.documents import ENTRY_HEAD, encode_entry, is_undone
from library.store.tables import encode_document

Fields = dict[str, Any]

_BETWEEN = b'},{"table":'
"""The separator between two changes. It cannot occur inside a string, where quotation marks are escaped."""

_PIECE = 1 << 14
"""Minimum number of bytes that are decoded at once."""


def is_sound(key: str, encoded: bytes) -> bool:
    """Return True if the ``encoded`` history entry with the id ``key`` can be replayed."""
    import msgspec

    from library.store.schema import SCHEMAS, ChangeDocument

    if not key.isdecimal():
        return False
    if not ENTRY_HEAD.match(encoded) or not encoded.endswith(b"]}"):
        return not SCHEMAS["history"].read(key, encoded)[1]
    entry = Entry(encoded)
    if SCHEMAS["history"].read(key, orjson.dumps({**entry.head, "changes": []}))[1]:
        return False
    read = msgspec.json.Decoder(list[ChangeDocument]).decode
    try:
        for piece in entry.pieces():
            read(piece)
    except (msgspec.MsgspecError, RecursionError):
        return False
    return True


class Entry:
    """An entry to replay. ``head`` has its fields except the changes."""

    def __init__(self, encoded: bytes) -> None:
        found = ENTRY_HEAD.match(encoded)
        if found is not None and encoded.endswith(b"]}"):
            title, at, undone = map(orjson.loads, found.groups())
            self.head: Fields = {"title": title, "at": at, "undone": undone}
            self._changes = encoded[found.end() : -2]
        else:  # another program wrote it
            self.head = orjson.loads(encoded)
            changes = self.head.pop("changes")
            self._changes = b",".join(orjson.dumps({"table": "", **change}) for change in changes)

    def __len__(self) -> int:
        return self._changes.count(_BETWEEN) + bool(self._changes)

    def changes(self) -> Iterator[Fields]:
        """Yield the changes, one for each document."""
        for piece in self.pieces():
            yield from orjson.loads(piece)

    def pieces(self) -> Iterator[bytes]:
        """Yield the changes as JSON lists of a few changes each."""
        start, whole = 0, len(self._changes)
        while start < whole:
            end = self._changes.find(_BETWEEN, start + _PIECE)
            end = whole if end < 0 else end + 1
            piece = b"[%s]" % self._changes[start:end]
            if end < whole and not _is_json(piece):  # the separator was inside a change
                end = whole
                piece = b"[%s]" % self._changes[start:]
            yield piece
            start = end + 1


def _is_json(piece: bytes) -> bool:
    try:
        orjson.loads(piece)
    except ValueError:
        return False
    return True


T = TypeVar("T")

_MISSING = object()
"""The value of a field that a document does not have."""

_MARK = "state."
"""Prefix of the names of fields inside ``state``."""

KEPT = 5000
"""Number of changes that the history keeps; a few more stay, so that not every change trims it."""

_SPARE = KEPT // 20

BATCH = 100
"""Number of documents changed between two progress updates: one or two milliseconds."""

Document = Mapping[str, Any]

Documents = Mapping[str, Document | None]
"""Id → the new document, or None to remove it."""


class Edit(NamedTuple):
    """A document of ``table`` before and after a change. None: no document. The same object: no change."""

    table: str
    id: str
    before: Document | None
    after: Document | None


def carry_out(
    database: CatalogDatabase,
    title: str,
    at: datetime,
    edits: Iterable[Edit],
    *,
    total: int = 0,
    progress: Progress | None = None,
) -> list[str]:
    """Apply ``edits``, one per document, and record them as one change, all or nothing.

    Return the ids of the documents that changed. ``total`` is the number of ``edits``, for ``progress``. The
    edits are read in batches inside the transaction, because all documents at once would take too much
    memory. Raises StoreUnwritable.
    """
    with database.transaction():
        changes, changed = _made(database, edits, total, progress)
        if changes:
            _record(database, title, at, changes)
    return changed


def apply_change(
    database: CatalogDatabase, title: str, at: datetime, tables: Mapping[str, Documents]
) -> None:
    """Replace several documents and record it as one change, all or nothing. Raises StoreUnwritable."""
    with database.transaction():
        changes, _ = _made(database, edits_of(database, tables))
        _record(database, title, at, changes)


def _made(
    database: CatalogDatabase, edits: Iterable[Edit], total: int = 0, progress: Progress | None = None
) -> tuple[list[bytes], list[str]]:
    """Apply edits; return the encoded changes to record, and the ids of the documents that changed."""
    changes, changed = list[bytes](), list[str]()
    for batch in _in_batches(edits, total, progress):
        real = [edit for edit in batch if edit.after is not edit.before]
        _store(database, real)
        changes += [encode_document(_difference(edit)) for edit in real]
        changed += [edit.id for edit in real]
    return changes, changed


def edited(
    table: str, keys: Iterable[str], documents: Mapping[str, Document], edit: Callable[[Document], Document]
) -> Iterator[Edit]:
    """Yield an edit for each of the ``keys``: its document in ``documents``, and the result of ``edit``."""
    for key in keys:
        before = documents[key]
        yield Edit(table, key, before, edit(before))


def edits_of(database: CatalogDatabase, tables: Mapping[str, Documents]) -> Iterator[Edit]:
    """Yield the edits that replace the current documents by those in ``tables``."""
    for table, documents in tables.items():
        previous = database.catalog_table(table).checked()
        for key, document in documents.items():
            yield Edit(table, key, previous.get(key), document)


def record_change(
    database: CatalogDatabase, title: str, at: datetime, previous: Mapping[str, Documents]
) -> str:
    """Record a change made in this transaction. ``previous`` holds the replaced documents by table."""
    changes = list[bytes]()
    for table, documents in previous.items():
        current = database.catalog_table(table).checked()
        changes += [
            encode_document(_difference(Edit(table, key, before, current.get(key))))
            for key, before in documents.items()
        ]
    return _record(database, title, at, changes)


def join_changes(database: CatalogDatabase, title: str, keys: Iterable[str]) -> None:
    """Join the recorded changes ``keys`` into the last of them, called ``title``: one undo undoes all.

    Changes that were undone or forgotten meanwhile are left out. Raises StoreUnwritable.
    """
    with database.transaction():
        history = database.catalog_table("history")
        encoded = history.encoded()
        held = [key for key in keys if key in encoded and is_undone(encoded[key]) is False]
        held = [key for key in held if is_sound(key, encoded[key])]
        if len(held) < 2:
            return
        joined: dict[tuple[str, str], Mapping[str, Any]] = {}
        for key in held:
            entry = Entry(encoded[key])
            for change in entry.changes():
                name = change["table"], change["id"]
                joined[name] = _one_after_other(joined[name], change) if name in joined else change
        history.drop(held[:-1])
        head = {**entry.head, "title": title}
        history.put_encoded({held[-1]: encode_entry(head, map(encode_document, joined.values()))})


def _one_after_other(first: Mapping[str, Any], second: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return two changes of one document as a single change."""
    if first["before"] is None or second["before"] is None:
        return first if first["before"] is None else second
    before, after = dict(first["before"]), dict(second["after"] or {})
    known, replaced = {*before, *(first["after"] or {})}, {*second["before"], *after}
    before |= {name: value for name, value in second["before"].items() if name not in known}
    after |= {name: value for name, value in (first["after"] or {}).items() if name not in replaced}
    return {**second, "before": before, "after": after}


def _in_batches(items: Iterable[T], total: int, progress: Progress | None) -> Iterator[list[T]]:
    """Yield ``items`` in batches, and call ``progress`` after each with the number of items done."""
    left, done = iter(items), 0
    while batch := list(islice(left, BATCH)):
        yield batch
        done += len(batch)
        if progress is not None:
            progress(done, total)


def forget(database: CatalogDatabase, gone: Mapping[str, Collection[str]]) -> None:
    """Remove the documents ``gone`` (ids by table) from the history for good."""
    history, kept, dropped = database.catalog_table("history"), {}, []
    for key, entry in _entries(database):
        if not is_sound(key, history.encoded()[key]):
            continue
        changes = [one for one in entry["changes"] if one["id"] not in gone.get(one["table"], ())]
        if not changes:
            dropped.append(key)
        elif len(changes) < len(entry["changes"]):
            kept[key] = {**entry, "changes": changes}
    history.drop(dropped)
    if kept:
        history.put(kept)


def drop_entries(database: CatalogDatabase, keys: Iterable[str]) -> None:
    """Remove whole changes from the history."""
    database.catalog_table("history").drop(keys)


def previous_documents(database: CatalogDatabase, table: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return id and fields of every previous or undone version of documents of ``table`` in the history."""
    return [
        (change["id"], fields)
        for _, entry in _entries(database)
        for change in entry["changes"]
        for fields in (change["before"], change["after"])
        if change["table"] == table and fields
    ]


def undo(database: CatalogDatabase, progress: Progress | None = None) -> tuple[str, tuple[str, ...]]:
    """Undo the last change; return its title and the ids it affected. Raises NothingToUndo."""
    with database.transaction():
        key = _last_done(database)
        if key is None:
            raise NothingToUndo("undo")
        return _replay(database, key, "before", progress, undone=True)


def redo(database: CatalogDatabase, progress: Progress | None = None) -> tuple[str, tuple[str, ...]]:
    """Redo the change that was undone last; return its title and the ids it affected.

    Raises NothingToUndo.
    """
    with database.transaction():
        key = _first_undone(database)
        if key is None:
            raise NothingToUndo("redo")
        return _replay(database, key, "after", progress, undone=False)


def _entries(database: CatalogDatabase) -> list[tuple[str, Mapping[str, Any]]]:
    documents = database.catalog_table("history").checked()
    known = [(key, document) for key, document in documents.items() if key.isdecimal()]
    return sorted(known, key=lambda item: int(item[0]))


def _last_done(database: CatalogDatabase) -> str | None:
    """Return the id of the last change that is not undone; damaged entries are skipped."""
    encoded = database.catalog_table("history").encoded()
    for key in reversed(_in_order(encoded)):
        if is_undone(encoded[key]) is False and is_sound(key, encoded[key]):
            return key
    return None


def _first_undone(database: CatalogDatabase) -> str | None:
    """Return the id of the change that was undone last; damaged entries are skipped."""
    encoded = database.catalog_table("history").encoded()
    undone = (key for key in _undone(encoded, is_sound) if is_sound(key, encoded[key]))
    return min(undone, key=int, default=None)


def _undone(encoded: Mapping[str, bytes], holds: Callable[[str, bytes], bool] = lambda *_: True) -> list[str]:
    """Return the ids of the undone changes: those after the last change that is not undone.

    A change counts as not undone only if ``holds`` returns True for it.
    """
    undone = list[str]()
    for key in reversed(_in_order(encoded)):
        state = is_undone(encoded[key])
        if state is False and holds(key, encoded[key]):
            break
        undone += [key] if state else []
    return undone


def _in_order(encoded: Mapping[str, bytes]) -> list[str]:
    """Return the ids of all numbered entries, oldest first. Called for every change, so it is fast."""
    keys = list(encoded)
    if not "".join(keys).isdecimal() or "" in encoded:
        keys = [key for key in keys if key.isdecimal()]
    numbers = list(map(int, keys))
    return keys if numbers == sorted(numbers) else sorted(keys, key=int)


def _record(database: CatalogDatabase, title: str, at: datetime, changes: Iterable[bytes]) -> str:
    """Add the encoded ``changes`` as the last entry; undone ones can no longer be redone. Return its key."""
    history = database.catalog_table("history")
    encoded = history.encoded()
    keys, undone = _in_order(encoded), set(_undone(encoded))
    done = [key for key in keys if key not in undone] if undone else keys
    number = int(keys[-1]) + 1 if keys else 1
    too_many = len(done) + 1 > KEPT + _SPARE
    history.drop([*(done[: -(KEPT - 1)] if too_many else ()), *undone])
    head = {"title": title, "at": at.isoformat(), "undone": False}
    history.put_encoded({str(number): encode_entry(head, changes)})
    return str(number)


def _replay(
    database: CatalogDatabase, key: str, side: str, progress: Progress | None, *, undone: bool
) -> tuple[str, tuple[str, ...]]:
    history = database.catalog_table("history")
    entry, other = Entry(history.encoded()[key]), "after" if side == "before" else "before"
    changes, touched, left = list[bytes](), list[tuple[str, str]](), set[str]()
    previous: dict[str, Mapping[str, Document]] = {}
    for batch in _in_batches(entry.changes(), len(entry), progress):
        edits = list[Edit]()
        for change in batch:
            table, document_id = change["table"], change["id"]
            if table not in previous:
                previous[table] = database.catalog_table(table).checked()
            now = previous[table].get(document_id)
            changes.append(encode_document(_kept(change, now, side, other)))
            touched.append((table, document_id))
            if now is None and None not in (change["before"], change["after"]):
                continue  # some fields alone are not a document
            then = _merged(now, change[side], change[other])
            edits.append(Edit(table, document_id, now, then))
            if table == "articles" and (then is None or _names_files(change)):
                left |= files_of(now) - files_of(then)
        _store(database, edits)
    if left:
        list_files(database, LEFTOVERS, listed_files(database, LEFTOVERS) | left)
    history.put_encoded({key: encode_entry({**entry.head, "undone": undone}, changes)})
    return entry.head["title"], _counted(touched)


def _counted(touched: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return the ids that a person would count: those of the table ``tags`` only if there are no others."""
    ids = tuple(key for table, key in touched if table != "tags")
    return ids or tuple(key for _, key in touched)


def _names_files(change: Mapping[str, Any]) -> bool:
    """Return True if a change concerns the files that an article names."""
    return not FILE_FIELDS.isdisjoint((*(change["before"] or ()), *(change["after"] or ())))


def _kept(
    change: Mapping[str, Any], now: Mapping[str, Any] | None, side: str, other: str
) -> Mapping[str, Any]:
    """Return ``change`` for the history after replaying it: it keeps a document that is removed now."""
    if change[side] is None and now is not None:
        return {**change, other: _flat(now)}
    if change["before"] is None and side == "after":
        return {**change, "after": {}}
    return change


def _store(database: CatalogDatabase, edits: Iterable[Edit]) -> None:
    put: dict[str, dict[str, Document]] = {}
    dropped: dict[str, list[str]] = {}
    for edit in edits:
        if edit.after is None:
            dropped.setdefault(edit.table, []).append(edit.id)
        else:
            put.setdefault(edit.table, {})[edit.id] = edit.after
    for table, documents in put.items():
        database.catalog_table(table).put(documents)
    for table, ids in dropped.items():
        database.catalog_table(table).drop(ids)


def _difference(edit: Edit) -> dict[str, Any]:
    """Return the change to record: the fields that differ, or the whole document if it is removed.

    For an added document ``after`` is empty.
    """
    before, after = edit.before, edit.after
    previous: dict[str, Any] | None = None
    current: dict[str, Any] | None = None if after is None else {}
    if before is not None and after is not None:
        previous, current = _apart(*map(_flat, _apart(before, after)))  # also within ``state``
    elif before is not None:
        previous = _flat(before)
    return {"table": edit.table, "id": edit.id, "before": previous, "after": current}


def _apart(previous: Document, current: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields of each document that the other does not have, or has with another value."""
    differing = [
        name
        for name, value in previous.items()
        if (now := current.get(name, _MISSING)) is not value and now != value
    ]
    changed = current.keys() - previous.keys()
    changed.update(differing)
    return (
        {name: previous[name] for name in differing},
        {name: value for name, value in current.items() if name in changed},
    )


def _merged(now: Document | None, fields: Document | None, other: Document | None) -> dict[str, Any] | None:
    """Return ``now`` with ``fields``, and without fields that only the ``other`` side of the change has."""
    if fields is None:
        return None
    merged = dict(now or {})
    if "state" in merged:
        merged["state"] = dict(merged["state"])
    for name in other or ():
        if name not in fields:
            place, field = _place(merged, name)
            place.pop(field, None)
    for name, value in fields.items():
        place, field = _place(merged, name)
        place[field] = value
    if not merged.get("state", True):
        del merged["state"]
    return merged


def _place(document: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    """Return the dictionary in ``document`` and the key that the field ``name`` of the history stands for."""
    return (
        (document.setdefault("state", {}), name.removeprefix(_MARK))
        if name.startswith(_MARK)
        else (document, name)
    )


def _flat(document: Document) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in document.items():
        if name == "state":
            flat.update({f"{_MARK}{mark}": at for mark, at in value.items()})
        else:
            flat[name] = value
    return flat
