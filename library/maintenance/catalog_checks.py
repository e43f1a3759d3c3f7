"""Checks the catalogue's files, and rebuilds the catalogue from its intact parts."""

from __future__ import annotations

import contextlib
import gzip
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from library.errors import CatalogDamaged, FormatTooNew, StoreError, StoreUnwritable
from library.maintenance.findings import Code, Finding
from library.maintenance.inspection import Inspection
from library.maintenance.quarantine import Quarantine
from library.maintenance.rolling_backups import rolling_backups
from library.store.disk import Disk, free_name, make_folders, replace_file
from library.store.journal import salvage, scan
from library.store.layout import (
    CATALOG_NAME,
    CONFLICT,
    FORMAT,
    JOURNAL_NAME,
    LOCK_NAME,
    PREVIOUS,
    migrated,
)
from library.store.previous_history import previous_history
from library.store.snapshot import Snapshot, decode_snapshot, encode_snapshot
from library.store.tables import Resident, encoded_changes
from library.text.amounts import counted

_SNAPSHOTS = (CATALOG_NAME, CATALOG_NAME + PREVIOUS)
_JOURNALS = (JOURNAL_NAME + PREVIOUS, JOURNAL_NAME)


def catalogue_findings(inspection: Inspection) -> Iterator[Finding]:
    """Yield the findings about the catalogue as a whole."""
    damage = inspection.database.damage
    if damage is not None and not any(
        (inspection.folder / name).exists() for name in (*_SNAPSHOTS, *_JOURNALS)
    ):
        found = tuple(sorted(filter(None, inspection.spare_texts)))
        amount = counted(len(found), "article")
        yield Finding(
            code=Code.CATALOGUE_MISSING,
            sentence=f"The catalogue is missing; article files and backups can restore {amount}.",
            repairable=True,
            ids=found,
        )
    elif damage is not None:
        sentence = f"The catalogue is damaged: {damage.path.name}: {damage.reason}."
        yield Finding(code=Code.CATALOGUE_DAMAGED, sentence=sentence, repairable=True, path=damage.path.name)


def salvaged(folder: Path) -> Snapshot:
    """Return the intact part of a damaged catalogue: a readable snapshot, and all intact later records.

    The snapshot is the first readable one of: the current one, the previous one, the rolling backups from
    the newest on. Raises FormatTooNew.
    """
    name, snapshot = next(_readable_snapshots(folder), ("", Snapshot({})))
    if snapshot.format > FORMAT:
        raise FormatTooNew(folder / name, snapshot.format, FORMAT)
    resident, number = Resident(migrated(snapshot.tables, snapshot.format)), snapshot.number
    for journal in _JOURNALS:
        with contextlib.suppress(OSError):
            payloads = salvage((folder / journal).read_bytes())
            line = next((one["line"] for one in payloads if "line" in one), "")
            if name == CATALOG_NAME and line != snapshot.line:
                continue  # the journal belongs to a different catalogue
            for payload in payloads:
                if payload.get("n", 0) > number:
                    resident.apply(encoded_changes(payload["t"]))
                    number = payload["n"]
    return Snapshot(resident.tables, number + 1, secrets.token_hex(8))


def _readable_snapshots(folder: Path) -> Iterator[tuple[str, Snapshot]]:
    for name in _SNAPSHOTS:
        with contextlib.suppress(OSError, CatalogDamaged):
            yield name, decode_snapshot(folder / name, (folder / name).read_bytes())
    for _, path in sorted(rolling_backups(folder), reverse=True):
        with contextlib.suppress(OSError, EOFError, zlib.error, CatalogDamaged):
            yield path.name, decode_snapshot(path, gzip.decompress(path.read_bytes()))


def repair_catalogue(folder: Path, quarantine: Quarantine) -> None:
    """Replace a damaged catalogue by a new one, after copying its files to the quarantine.

    An interrupted repair can be repeated. Raises StoreUnwritable, FormatTooNew.
    """
    disk = Disk()
    try:
        with disk.locked(folder / LOCK_NAME):
            present = [path for name in (*_SNAPSHOTS, *_JOURNALS) if (path := folder / name).exists()]
            for path in present:
                quarantine.copy(path.name)
            _keep_other_histories(disk, folder)
            replace_file(disk, folder / CATALOG_NAME, encode_snapshot(salvaged(folder)))
            for path in present:
                if path.name != CATALOG_NAME:
                    disk.unlink(path)
            disk.sync_folder(folder)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        raise StoreUnwritable(folder, error.strerror or str(error)) from error


def _keep_other_histories(disk: Disk, folder: Path) -> None:
    """Keep journals that do not belong to the intact catalogue beside them, as conflict copies.

    Raises OSError.
    """
    try:
        snapshot = decode_snapshot(folder / CATALOG_NAME, (folder / CATALOG_NAME).read_bytes())
    except (OSError, CatalogDamaged):
        return
    kept: dict[str, Iterable[bytes]] = {}
    for name in _JOURNALS:
        with contextlib.suppress(OSError):
            data = (folder / name).read_bytes()
            if _is_of_another_history(data, snapshot):
                kept[name] = [data]
    if not kept:
        return
    previous = previous_history(folder)
    if previous is not None and previous.is_apart_from(snapshot.line, snapshot.trail):
        kept[CATALOG_NAME] = encode_snapshot(previous.snapshot())
    place = free_name(folder / CONFLICT)
    make_folders(disk, place)
    for name, pieces in kept.items():
        replace_file(disk, place / name, pieces)
    disk.sync_folder(place)


def _is_of_another_history(journal: bytes, snapshot: Snapshot) -> bool:
    """Return True if the records of a journal neither belong to the catalogue beside it nor follow it."""
    found = scan(journal)
    header = found.payloads[0] if found.payloads else {}
    if len(found.payloads) < 2 or "base" not in header:
        return False
    return header.get("line") != snapshot.line or header["base"] > snapshot.number
