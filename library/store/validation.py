"""Validates documents when they are read, and keeps damaged values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from library.store.tables import Document, Documents

if TYPE_CHECKING:
    from library.store.schema import Problem, Schema


class DamagedDocuments:
    """The damaged documents read so far: their JSON and their problems."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[bytes, tuple[Problem, ...]]] = {}

    def __len__(self) -> int:
        return len(self._found)

    def note(self, table: str, key: str, data: bytes, problems: tuple[Problem, ...]) -> None:
        """Record the problems of a document that was read; an empty tuple means that it is valid."""
        if problems:
            self._found[table, key] = (data, problems)
        elif self._found:
            self._found.pop((table, key), None)

    def data(self, table: str, key: str) -> bytes | None:
        """Return the JSON of a document that was found damaged; None for other documents."""
        found = self._found.get((table, key))
        return found[0] if found else None

    def problems(self) -> list[tuple[Problem, ...]]:
        """Return the problems of each damaged document."""
        return [problems for _, problems in list(self._found.values())]


class CheckedDocuments(Mapping[str, Document]):
    """The documents of one table by id, validated by ``store.schema``; read-only."""

    __slots__ = ("_damaged", "_documents", "_schema")

    def __init__(self, documents: Documents, schema: Schema, damaged: DamagedDocuments) -> None:
        self._documents = documents
        self._schema = schema
        self._damaged = damaged

    def __getitem__(self, key: str) -> Document:
        data = self._documents.data(key)
        document, problems = self._schema.read(key, data)
        if problems or self._damaged:
            self._damaged.note(self._schema.table, key, data, problems)
        return document

    def __contains__(self, key: object) -> bool:
        return key in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self.items()) == dict(other.items())

    __hash__ = None  # type: ignore[assignment]  # as any mapping that can change


def with_damaged_fields(
    document: Mapping[str, Any], data: bytes, schema: Schema, key: str
) -> Mapping[str, Any]:
    """Return ``document``, which replaces the damaged one in ``data``, with the values of damaged fields.

    They are kept as JSON in a field of their own, so that changes of other fields do not lose them.
    """
    from library.store.schema import DAMAGED, kept_json, raw_document

    raw = raw_document(data)
    _, problems = schema.read(key, data)
    previous = raw.get(DAMAGED) if isinstance(raw, dict) else None
    kept = (
        dict(previous)
        if isinstance(previous, dict)
        else {}
        if previous is None
        else {DAMAGED: kept_json(previous)}
    )
    for problem in problems:
        field = problem.field.partition(".")[0].partition("[")[0]
        if field == DAMAGED:
            continue
        if not field or not isinstance(raw, dict):
            field, value = "", raw
        elif field in raw:
            value = raw[field]
        else:
            continue
        text = kept_json(value)
        while kept.get(field, text) != text:
            field += "+"
        kept[field] = text
    return {**document, DAMAGED: kept} if kept else document


SHOWN = 3
"""Maximum number of damaged documents named individually."""

_CALLED = {
    "articles": "article",
    "annotations": "note or highlight",
    "searches": "saved search",
    "tags": "tag",
    "rules": "tag rule",
    "history": "entry of the history",
    "feeds": "feed",
    "meta": "document",
}


def damage_notices(damaged: DamagedDocuments) -> tuple[str, ...]:
    """Return notices about the damaged documents read so far, one for each document."""
    found = damaged.problems()
    remedy = "Repair it, and keep what was there, with: tuireader doctor --repair"
    notices = [f"The {_damage(problems)}. {remedy}" for problems in found[:SHOWN]]
    if len(found) > SHOWN:
        notices.append("More documents of the catalogue are damaged. All are named by: tuireader doctor")
    return tuple(notices)


def _damage(problems: tuple[Problem, ...]) -> str:
    first, more = problems[0], len(problems) - 1
    what = str(first) if first.field else f"it {first}"
    return f"{_CALLED[first.table]} {first.id} is damaged: {what}{f' (and {more} more)' if more else ''}"
