"""Reads the previous history of a library from the files that a fold keeps.

If a file synchroniser has replaced the catalogue by another machine's, only these files still have the
changes of this machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from library.errors import CatalogDamaged, FormatTooNew
from library.store.checksum_chain import Point, Trail, first_link, next_link
from library.store.journal import Scan, scan
from library.store.layout import CATALOG_NAME, FORMAT, JOURNAL_NAME, PREVIOUS
from library.store.merging import Touched
from library.store.snapshot import Snapshot, decode_snapshot
from library.store.tables import Changes, Resident, Tables, encoded_changes


@dataclass(frozen=True, slots=True)
class PreviousHistory:
    """The previous history: its tables after the last change ``end``, its links, and its changes in order.

    ``changes`` are those after the snapshot with the number ``base``.
    """

    line: str
    base: int
    tables: Tables
    end: Point
    trail: Trail
    changes: tuple[tuple[int, Changes], ...]

    def is_apart_from(self, line: str, trail: Trail) -> bool:
        """Return True if the history with this ``line`` and ``trail`` does not continue this one.

        Return False if that is unknown, since a trail keeps only its last links.
        """
        if self.line != line:
            return True
        oldest = min((number for number, _ in trail), default=self.end[0] + 1)
        return self.end not in trail and self.end[0] >= oldest

    def touched_since(self, number: int | None) -> Touched | None:
        """Return the ids that changed after the change ``number``; None if they are unknown."""
        if number is None or number < self.base:
            return None
        touched: dict[str, set[str]] = {}
        for at, changes in self.changes:
            for name, documents in changes.items() if at > number else ():
                if documents is None:
                    return None
                touched.setdefault(name, set()).update(documents)
        return touched

    def snapshot(self) -> Snapshot:
        """Return the tables and links as a snapshot, to be saved."""
        number, link = self.end
        return Snapshot(self.tables, number, self.line, link=link, trail=self.trail)


def previous_history(folder: Path) -> PreviousHistory | None:
    """Read the previous snapshot and the journals in ``folder``; None without an intact previous snapshot."""
    snapshot = _snapshot(folder / (CATALOG_NAME + PREVIOUS))
    if snapshot is None:
        return None
    resident, trail, end = Resident(snapshot.tables), Trail(snapshot.trail), (snapshot.number, snapshot.link)
    made = list[tuple[int, Changes]]()
    for name in (JOURNAL_NAME + PREVIOUS, JOURNAL_NAME):
        for point, changes in _records_after(folder / name, snapshot.line, end):
            resident.apply(changes)
            made.append((point[0], changes))
            trail.add([point])
            end = point
    return PreviousHistory(snapshot.line, snapshot.number, resident.tables, end, trail, tuple(made))


def _snapshot(path: Path) -> Snapshot | None:
    with suppress(OSError, CatalogDamaged, FormatTooNew, MemoryError):
        snapshot = decode_snapshot(path, path.read_bytes())
        if snapshot.chained and snapshot.format == FORMAT:
            return snapshot
    return None


def _records_after(path: Path, line: str, end: Point) -> Iterator[tuple[Point, Changes]]:
    """Yield the changes after ``end`` in a journal of the ``line``, each with its number and link."""
    try:
        found = scan(path.read_bytes())
    except OSError:
        return
    points = list(_points(found, line))
    if end not in points:
        return
    for point, payload in zip(points[1:], found.payloads[1:], strict=True):
        if point[0] > end[0]:
            yield point, encoded_changes(payload["t"])


def _points(found: Scan, line: str) -> Iterator[Point]:
    header = found.payloads[0] if found.payloads else {}
    if header.get("line") != line or not isinstance(header.get("base"), int):
        return
    link = header.get("link") or first_link(line, header["base"])
    yield header["base"], link
    for payload, head in zip(found.payloads[1:], found.heads[1:], strict=True):
        link = next_link(link, head)
        yield payload.get("n", 0), link
