"""Conflict copies: files that a synchroniser leaves beside the catalogue after two machines changed it.

They are recognised by their names, which Syncthing, Dropbox, Nextcloud, Google Drive, OneDrive, iCloud,
Seafile, Resilio and others make by adding something to the name of our file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from library.errors import CatalogDamaged, FormatTooNew
from library.store.checksum_chain import Point, Trail, first_link, next_link
from library.store.journal import scan
from library.store.layout import (
    CATALOG_NAME,
    CONFLICT,
    FORMAT,
    JOURNAL_NAME,
    LOCK_NAME,
    PREVIOUS,
    migrated,
)
from library.store.snapshot import Snapshot, decode_snapshot
from library.store.tables import Resident, Tables, encoded_changes

_OWN = frozenset({CATALOG_NAME, JOURNAL_NAME, LOCK_NAME, CATALOG_NAME + PREVIOUS, JOURNAL_NAME + PREVIOUS})
_COPY = re.compile(r"catalog[^/]*\.(?:json|journal)|catalog\.(?:json|journal).*conflict.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """A copy of the catalogue or of its journal: its files, its tables, its last change and its links."""

    paths: tuple[Path, ...]
    tables: Tables
    end: Point
    trail: Trail

    @property
    def path(self) -> Path:
        """The first file, after which the copy is named."""
        return self.paths[0]


def conflict_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the conflict copies in the library's folder."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.name.startswith("catalog"))
    except OSError:
        return ()
    return tuple(name for name in names if name not in _OWN and _COPY.fullmatch(name))


def conflict_copies(folder: Path) -> Iterator[ConflictCopy]:
    """Yield the readable conflict copies, and the files kept from merged histories."""
    names = [folder / name for name in conflict_names(folder)]
    for kept in sorted(folder.glob(f"{CONFLICT}-*")):
        names += sorted(path for path in kept.glob("catalog.*") if path.is_file())
    snapshots = {path: found for path in names if (found := _snapshot(path)) is not None}
    journals = [path for path in names if path not in snapshots]
    for path, snapshot in snapshots.items():
        yield ConflictCopy((path,), snapshot.tables, (snapshot.number, snapshot.link), snapshot.trail)
    for path in journals:
        copy = _journal(path)
        if copy is not None:
            yield copy


def _snapshot(path: Path) -> Snapshot | None:
    with suppress(OSError, CatalogDamaged, FormatTooNew):
        snapshot = decode_snapshot(path, path.read_bytes())
        if 1 <= snapshot.format <= FORMAT and snapshot.tables:
            migrated(snapshot.tables, snapshot.format)
            return snapshot
    return None


def _journal(path: Path) -> ConflictCopy | None:
    """Read a journal as a copy; documents that it only removes do not count as deleted."""
    try:
        found = scan(path.read_bytes())
    except OSError:
        return None
    if not found.payloads or "base" not in found.payloads[0]:
        return None
    header, resident = found.payloads[0], Resident()
    link = header.get("link") or first_link(str(header.get("line", "")), header["base"])
    points = [(header["base"], link)]
    for payload, head in zip(found.payloads[1:], found.heads[1:], strict=True):
        resident.apply(encoded_changes(payload["t"]))
        link = next_link(link, head)
        points.append((payload.get("n", 0), link))
    return ConflictCopy((path,), resident.tables, points[-1], Trail(points))
