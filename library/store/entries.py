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


def is_undone(entry: bytes) -> bool:
    """Whether the encoded ``entry`` was taken back."""
    found = _HEAD.match(entry)
    return found[3] == b"true" if found else bool(orjson.loads(entry)["undone"])


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
        start, whole = 0, len(self._changes)
        while start < whole:
            end = self._changes.find(_BETWEEN, start + _PIECE)
            end = whole if end < 0 else end + 1
            try:
                piece = orjson.loads(b"[%s]" % self._changes[start:end])
            except ValueError:  # it was not between two changes, but inside one
                end = whole
                piece = orjson.loads(b"[%s]" % self._changes[start:])
            yield from piece
            start = end + 1
