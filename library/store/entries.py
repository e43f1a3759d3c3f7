"""The entries of the history as they are stored: written, and read piece by piece.

An entry of a hundred thousand articles has some fifteen megabytes. Decoding them in one go would hold up
every other thread for a quarter of a second, and so would the collector, which goes through what is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from library.store.resident import encode_document

Fields = dict[str, Any]

_HEAD = re.compile(rb'\{"title":("(?:[^"\\]|\\.)*+"),"at":("[^"\\]*+"),"undone":(true|false),"changes":\[')
_BETWEEN = b'},{"table":'
"""What stands between two changes. Inside a text it cannot: quotation marks are escaped there."""

_PIECE = 1 << 14
"""Bytes of changes that are decoded at once, at least."""


def encode_entry(head: Fields, changes: Iterable[bytes]) -> bytes:
    """The entry with the fields ``head`` (title, at, undone) and the encoded ``changes``."""
    return b'%s,"changes":[%s]}' % (encode_document(head)[:-1], b",".join(changes))


def is_undone(entry: bytes) -> bool | None:
    """Whether the encoded ``entry`` was taken back; None where its head is damaged."""
    found = _HEAD.match(entry)
    if found:
        return found[3] == b"true"
    try:
        undone = orjson.loads(entry)["undone"]
    except (ValueError, TypeError, LookupError):
        return None
    return undone if isinstance(undone, bool) else None


def is_sound(key: str, encoded: bytes) -> bool:
    """Whether the ``encoded`` entry of the history, with the id ``key``, can be replayed."""
    import msgspec

    from library.store.schema import SCHEMAS, ChangeDocument

    if not key.isdecimal():
        return False
    if not _HEAD.match(encoded) or not encoded.endswith(b"]}"):
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
    """An entry that is going to be replayed. ``head`` has its fields but the changes."""

    def __init__(self, encoded: bytes) -> None:
        found = _HEAD.match(encoded)
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
        """What was changed, a document each."""
        for piece in self.pieces():
            yield from orjson.loads(piece)

    def pieces(self) -> Iterator[bytes]:
        """Lists of a few changes each, as JSON."""
        start, whole = 0, len(self._changes)
        while start < whole:
            end = self._changes.find(_BETWEEN, start + _PIECE)
            end = whole if end < 0 else end + 1
            piece = b"[%s]" % self._changes[start:end]
            if end < whole and not _is_json(piece):  # it was not between two changes, but inside one
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
