"""The history of changes: what every change replaced, so that it can be taken back.

One document of the table ``history`` is one change as a person sees it; it lists, for every document
touched, the fields before and after. Fields inside ``state`` are named ``state.read`` and so on, so
that taking back a bookmark leaves the reading position alone. Of a document that a change brought in
nothing is kept until the change is taken back: ``after`` is empty, since the document is in its table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from library.errors import NothingToUndo
from library.store.database import CatalogDatabase
from library.store.leftovers import LEFTOVERS, files_of, list_files, listed_files

KEPT = 500
"""How many changes the history keeps."""

Documents = Mapping[str, Mapping[str, Any] | None]
"""Id → the document to be, or None where it is to be removed."""


def apply_change(
    database: CatalogDatabase, title: str, at: datetime, tables: Mapping[str, Documents]
) -> None:
    """Carry out a change of several documents and record it, all or nothing. Raises StoreUnwritable."""
    with database.transaction():
        former = {
            table: {key: database.catalog_table(table).documents().get(key) for key in documents}
            for table, documents in tables.items()
        }
        for table, documents in tables.items():
            _store(database, table, documents)
        record_change(database, title, at, former)


def record_change(
    database: CatalogDatabase, title: str, at: datetime, former: Mapping[str, Documents]
) -> None:
    """Record a change that was made in this transaction; ``former`` is what it replaced, by table."""
    changes = [
        _difference(table, key, before, database.catalog_table(table).documents().get(key))
        for table, documents in former.items()
        for key, before in documents.items()
    ]
    _record(database, {"title": title, "at": at.isoformat(), "undone": False, "changes": changes})


def forget(database: CatalogDatabase, gone: Mapping[str, Collection[str]]) -> None:
    """Take the documents ``gone`` (ids by table) out of the history: nothing brings them back."""
    history, kept, dropped = database.catalog_table("history"), {}, []
    for key, entry in _entries(database):
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


def former_documents(database: CatalogDatabase, table: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Id and fields of every former or undone document of ``table`` that the history knows of."""
    return [
        (change["id"], fields)
        for _, entry in _entries(database)
        for change in entry.get("changes", ())  # the doctor asks, too, where an entry is broken
        for fields in (change["before"], change["after"])
        if change["table"] == table and fields
    ]


def undo(database: CatalogDatabase) -> tuple[str, tuple[str, ...]]:
    """Take back the last change; its title and the ids it touched. Raises NothingToUndo."""
    with database.transaction():
        done, _ = _done_and_undone(database)
        if not done:
            raise NothingToUndo("undo")
        return _replay(database, done[-1], "before", undone=True)


def redo(database: CatalogDatabase) -> tuple[str, tuple[str, ...]]:
    """Make the change that was taken back last again. Raises NothingToUndo."""
    with database.transaction():
        _, undone = _done_and_undone(database)
        if not undone:
            raise NothingToUndo("redo")
        return _replay(database, undone[0], "after", undone=False)


def _entries(database: CatalogDatabase) -> list[tuple[str, Mapping[str, Any]]]:
    documents = database.catalog_table("history").documents()
    return sorted(documents.items(), key=lambda item: int(item[0]))


def _done_and_undone(database: CatalogDatabase) -> tuple[list[str], list[str]]:
    """The ids of the changes that hold, and of those taken back, which come after them; oldest first."""
    documents = database.catalog_table("history").documents()
    keys = sorted(documents, key=int)
    done = len(keys)
    while done and documents[keys[done - 1]]["undone"]:
        done -= 1
    return keys[:done], keys[done:]


def _record(database: CatalogDatabase, entry: Mapping[str, Any]) -> None:
    """Add ``entry`` as the last; what was undone before it can no longer be redone."""
    history = database.catalog_table("history")
    done, undone = _done_and_undone(database)
    number = int([*done, *undone][-1]) + 1 if done or undone else 1
    history.drop([*done[: -(KEPT - 1)], *undone])
    history.put({str(number): entry})


def _replay(database: CatalogDatabase, key: str, side: str, *, undone: bool) -> tuple[str, tuple[str, ...]]:
    history = database.catalog_table("history")
    entry, other = history.documents()[key], "after" if side == "before" else "before"
    documents: dict[str, dict[str, Mapping[str, Any] | None]] = {}
    changes, left = [], set[str]()
    for change in entry["changes"]:
        table, document_id = change["table"], change["id"]
        now = database.catalog_table(table).documents().get(document_id)
        changes.append(_kept(change, now, side, other))
        if now is None and None not in (change["before"], change["after"]):
            continue  # a part of a document makes no document
        then = _merged(now, change[side], change[other])
        documents.setdefault(table, {})[document_id] = then
        if table == "articles":
            left |= files_of(now) - files_of(then)
    for table, changed in documents.items():
        _store(database, table, changed)
    if left:
        list_files(database, LEFTOVERS, listed_files(database, LEFTOVERS) | left)
    history.put({key: {**entry, "undone": undone, "changes": changes}})
    return entry["title"], _touched(entry["changes"])


def _touched(changes: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The ids that a person would count: what is kept of a tag beside who carries it only if it is all."""
    ids = tuple(change["id"] for change in changes if change["table"] != "tags")
    return ids or tuple(change["id"] for change in changes)


def _kept(
    change: Mapping[str, Any], now: Mapping[str, Any] | None, side: str, other: str
) -> Mapping[str, Any]:
    """``change`` as it stands in the history once it is replayed: with the document that goes away now."""
    if change[side] is None and now is not None:
        return {**change, other: _flat(now)}
    if change["before"] is None and side == "after":
        return {**change, "after": {}}
    return change


def _store(database: CatalogDatabase, table: str, documents: Documents) -> None:
    target = database.catalog_table(table)
    present = {key: document for key, document in documents.items() if document is not None}
    if present:
        target.put(present)
    if len(present) < len(documents):
        target.drop(documents.keys() - present.keys())


def _difference(
    table: str, document_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The fields that differ; the whole document where it goes away, none of it where it comes."""
    former = None if before is None else _flat(before)
    latter = None if after is None else _flat(after)
    if former is not None and latter is not None:
        names = [name for name in {**former, **latter} if not _same(former, latter, name)]
        former = {name: former[name] for name in names if name in former}
        latter = {name: latter[name] for name in names if name in latter}
    elif latter is not None:
        latter = {}
    return {"table": table, "id": document_id, "before": former, "after": latter}


def _same(former: Mapping[str, Any], latter: Mapping[str, Any], name: str) -> bool:
    return name in former and name in latter and former[name] == latter[name]


def _merged(
    now: Mapping[str, Any] | None, fields: Mapping[str, Any] | None, other: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """``now`` with ``fields``, and without those that only the ``other`` side of the change has."""
    if fields is None:
        return None
    kept = {
        name: value for name, value in _flat(now or {}).items() if name in fields or name not in (other or ())
    }
    return _nested({**kept, **fields})


def _flat(document: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in document.items():
        if name == "state":
            flat.update({f"state.{mark}": at for mark, at in value.items()})
        else:
            flat[name] = value
    return flat


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for name, value in flat.items():
        if name.startswith("state."):
            document.setdefault("state", {})[name.removeprefix("state.")] = value
        else:
            document[name] = value
    return document
