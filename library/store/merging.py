"""Merges two states of one library whose histories diverged, without losing a note.

A change made on one side only is kept. A document that both sides changed is merged field by field; if
the text of a note differs, both notes are kept. If it is unknown which side changed a document, nothing
counts as deleted: a document that only one side has is kept.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

import orjson

from library.store.documents import is_undone
from library.store.tables import Documents, Tables, encode_document
from library.text.case_folding import fold

Document = dict[str, Any]

Touched = Mapping[str, Set[str]]
"""Table → the ids of the documents that were changed."""

_HISTORY = "history"
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states: its tables, and its changes since the common state (None: unknown)."""

    tables: Tables
    touched: Touched | None = None

    def may_have_changed(self, table: str, key: str) -> bool:
        """Return True if this side changed the document, or if its changes are unknown."""
        return self.touched is None or key in self.touched.get(table, ())

    def encoded(self, table: str) -> Mapping[str, bytes]:
        """Return the encoded documents of a table by id."""
        found = self.tables.get(table)
        return {} if found is None else found.encoded


def merge(ours: Side, theirs: Side, base: Tables | None = None) -> Tables:
    """Merge the tables of both sides. ``base`` is their last common state, if it is known."""
    merged: Tables = {}
    for name in {**theirs.tables, **ours.tables}:
        mine, other = ours.encoded(name), theirs.encoded(name)
        if mine == other:
            merged[name] = Documents(dict(other))
        elif name == _HISTORY:
            merged[name] = Documents(_merged_history(mine, other))
        else:
            previous = base.get(name, Documents()).encoded if base is not None else None
            merged[name] = Documents(_merged_table(name, ours, theirs, previous))
    return merged


def _merged_table(name: str, ours: Side, theirs: Side, base: Mapping[str, bytes] | None) -> dict[str, bytes]:
    mine, other = ours.encoded(name), theirs.encoded(name)
    result = dict(other)
    extra: dict[str, bytes] = {}
    for key in {**other, **mine}:
        a, b = mine.get(key), other.get(key)
        if a == b:
            continue
        by_us, by_them = ours.may_have_changed(name, key), theirs.may_have_changed(name, key)
        if by_us != by_them:
            chosen = a if by_us else b
        elif base is not None and a == base.get(key):
            chosen = b
        elif base is not None and b == base.get(key):
            chosen = a
        elif a is None or b is None:
            chosen = a or b
        else:
            previous = None if base is None else base.get(key)
            chosen, beside = _both(name, key, a, b, previous)
            extra.update(beside)
        if chosen is None:
            result.pop(key, None)
        else:
            result[key] = chosen
    for key, document in extra.items():
        result.setdefault(key, document)
    return _with_distinct_names(result) if name == "searches" else result


def _both(name: str, key: str, a: bytes, b: bytes, base: bytes | None) -> tuple[bytes, dict[str, bytes]]:
    """Merge a document that both sides changed; return it, and the versions to keep beside it by id."""
    merging = _MERGING.get(name, _merged_fields)
    try:
        merged = merging(orjson.loads(a), orjson.loads(b), orjson.loads(base) if base else {})
        kept = _words_lost(name, merged, orjson.loads(a), orjson.loads(b))
        return encode_document(merged), {_second_id(key, one): encode_document(one) for one in kept}
    except (KeyError, TypeError, ValueError, AttributeError):  # one of them is damaged: keep both
        return a, {_second_id_of(key, b): b}


def _second_id(key: str, document: Document) -> str:
    """Return an id for a second version of the document ``key``: the same on every machine."""
    return _second_id_of(key, encode_document(document))


def _second_id_of(key: str, encoded: bytes) -> str:
    digest = hashlib.sha256(key.encode() + encoded).digest()
    return base64.b32encode(digest).decode().lower()[:_ID_LENGTH]


def _words_lost(name: str, merged: Document, a: Document, b: Document) -> list[Document]:
    """Return the versions of a note, saved search or rule with words that are not in ``merged``."""
    fields = {"annotations": ("body", "quote"), "searches": ("query",), "rules": ("query", "tags")}.get(
        name, ()
    )
    lost = []
    for one in (a, b):
        if any(one.get(field) != merged.get(field) for field in fields) and not (
            name == "annotations" and _is_within(one, merged)
        ):
            lost.append(one)
    return lost


def _is_within(one: Document, merged: Document) -> bool:
    return one.get("quote") == merged.get("quote") and str(one.get("body", "")) in str(merged.get("body", ""))


def _merged_fields(a: Document, b: Document, base: Document) -> Document:
    """Take each field from the side that changed it; from ``a`` if both did, or if that is unknown."""
    merged = dict(a)
    for field, value in b.items():
        if field not in a or (field in base and a[field] == base[field]):
            merged[field] = value
    return merged


def _merged_annotation(a: Document, b: Document, base: Document) -> Document:
    """Take the annotation that was updated last, with the tags of both."""
    newer, older = (a, b) if str(a.get("updated", "")) >= str(b.get("updated", "")) else (b, a)
    merged = _merged_fields(newer, older, base)
    if "body" in newer and newer.get("quote") == older.get("quote"):
        if str(newer["body"]) in str(older.get("body", "")):  # the older one only adds words
            merged["body"] = older["body"]
        merged["tags"] = _union(newer, older, base, "tags")
    return merged


def _merged_article(a: Document, b: Document, base: Document) -> Document:
    """Combine marks, tags and revisions; take the text and the fields that describe it from one article."""
    first, second = (a, b)
    if (base and a.get("text_sha256") == base.get("text_sha256")) or (
        not base and len(b.get("revisions") or ()) > len(a.get("revisions") or ())
    ):
        first, second = b, a
    merged = _merged_fields(first, second, base)
    if first.get("text_sha256") != second.get("text_sha256"):
        merged.update({field: first[field] for field in ("text", "text_sha256", "words") if field in first})
    merged["tags"] = _union(a, b, base, "tags")
    merged["state"] = _merged_state(a.get("state") or {}, b.get("state") or {}, base.get("state") or {})
    merged["revisions"] = _merged_revisions(merged, first, second)
    return merged


def _merged_state(a: Document, b: Document, base: Document) -> Document:
    merged: Document = {}
    later = a if str(a.get("opened") or "") >= str(b.get("opened") or "") else b
    for mark in {**b, **a}:
        one, other, previous = a.get(mark), b.get(mark), base.get(mark)
        if one == other:
            merged[mark] = one
        elif base and one == previous:
            merged[mark] = other
        elif base and other == previous:
            merged[mark] = one
        elif mark == "trashed":  # an article that is not in the trash on one side stays out of it
            merged[mark] = one and other and max(one, other)
        elif mark == "position":
            merged[mark] = later.get(mark)
        else:
            merged[mark] = max(one, other) if one and other else one or other
    return merged


def _merged_revisions(merged: Document, first: Document, second: Document) -> list[Any]:
    """Return the revisions of both, and the text of ``second`` if it differs from the merged one."""
    revisions = list(first.get("revisions") or ())
    known = {merged.get("text"), *(one.get("text") for one in revisions)}
    others = list(second.get("revisions") or ())
    if second.get("text_sha256") != merged.get("text_sha256"):
        others.append({field: second.get(field) for field in ("text", "text_sha256")})
        others[-1]["replaced"] = second.get("added")
    for one in others:
        if one.get("text") and one["text"] not in known:
            known.add(one["text"])
            revisions.append(one)
    return revisions


def _union(a: Document, b: Document, base: Document, field: str) -> list[Any]:
    """Return the members of both lists, without those of ``base`` that one side removed."""
    one, other, previous = (document.get(field) or [] for document in (a, b, base))
    gone = [member for member in previous if member not in one or member not in other]
    return [member for member in dict.fromkeys((*one, *other)) if member not in gone]


def _merged_meta(a: Document, b: Document, base: Document) -> Document:
    """Combine lists of files, and jump marks."""
    if isinstance(a.get("files"), list) and isinstance(b.get("files"), list):
        return {**b, **a, "files": sorted({*map(str, a["files"]), *map(str, b["files"])})}
    return _merged_fields(a, b, base)


_MERGING: dict[str, Callable[[Document, Document, Document], Document]] = {
    "annotations": _merged_annotation,
    "articles": _merged_article,
    "meta": _merged_meta,
}


def _with_distinct_names(searches: dict[str, bytes]) -> dict[str, bytes]:
    """Give saved searches distinct names: a second one with a different query gets a number."""
    result: dict[str, bytes] = {}
    queries: dict[str, str] = {}
    for key, encoded in searches.items():
        try:
            document = orjson.loads(encoded)
            name, query = str(document.get("name", "")), str(document.get("query", ""))
        except (ValueError, AttributeError):  # damaged: it is reported when it is read
            result[key] = encoded
            continue
        if queries.get(fold(name)) == query:
            continue  # the same search, saved on both sides
        free, number = name, 2
        while fold(free) in queries:
            free, number = f"{name} {number}", number + 1
        queries[fold(free)] = query
        result[key] = encoded if free == name else encode_document({**document, "name": free})
    return result


def _merged_history(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the changes that both have, then theirs, then ours, so that undo starts with our own."""
    if not all(key.isdecimal() for key in (*ours, *theirs)):
        return dict(theirs)
    common = max((int(key) for key in ours if ours[key] == theirs.get(key)), default=0)
    own = [
        ours[key] for key in sorted(ours, key=int) if int(key) > common and ours[key] not in theirs.values()
    ]
    kept = {
        key: entry
        for key, entry in sorted(theirs.items(), key=lambda item: int(item[0]))
        if not own or not is_undone(entry)
    }
    number = max((int(key) for key in kept), default=common)
    return kept | {str(number + place): entry for place, entry in enumerate(own, 1)}
