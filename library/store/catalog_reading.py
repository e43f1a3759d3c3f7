"""Reads the catalogue from the disk, and applies the changes of other programs."""

from __future__ import annotations

import contextlib
import errno
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library.errors import CatalogDamaged, CatalogTooLarge, FormatTooNew
from library.store.checksum_chain import Point, Trail
from library.store.disk import Disk, free_name, make_folders, replace_file
from library.store.journal import End, Journal, Scan, salvage, scan
from library.store.layout import (
    CATALOG_NAME,
    CONFLICT,
    FORMAT,
    JOURNAL_NAME,
    MEMORY_NAME,
    PREVIOUS,
    migrated,
)
from library.store.merging import Side, Touched, merge
from library.store.previous_history import PreviousHistory, previous_history
from library.store.snapshot import Snapshot, decode_snapshot, encode_snapshot
from library.store.tables import Documents, Resident, Tables, encoded_changes

_TRIES = 5

_TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Fork:
    """A difference between memory and the files: diverged histories were merged, or the files are older.

    ``reason`` is a sentence about what happened; it is empty if both sides had the same documents.
    ``memory`` is the state that only this program had, which is kept beside the files.
    """

    reason: str = ""
    memory: Snapshot | None = None


_MERGED = (
    "Another program, such as a file synchroniser, brought a catalogue with different changes. "
    "Both were merged; no note was lost."
)
_WRITTEN_AGAIN = (
    "Another program replaced the catalogue by an older one. The newer changes were written again."
)


class FollowedCatalog:
    """The files of one catalogue and the tables that they hold.

    ``damage`` is set if the files are damaged: their intact parts can be read, and nothing is written.
    ``fork`` is set if the files have a different history from memory or from each other: memory then has
    both, merged, and must be written. ``notices`` are sentences about repairs. Not safe for several
    threads at once. The constructor raises CatalogTooLarge, FormatTooNew.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._disk = disk
        self.folder = folder
        self.path = folder / CATALOG_NAME
        self._journal_path = folder / JOURNAL_NAME
        self._journal: Journal | None = None
        self.taken_over = 0
        self._catalog_identity: tuple[int, int] | None = None
        self._journal_identity: tuple[int, int] | None = None
        self._folder_identity: tuple[int, int] | None = None
        self._suspect = False
        self._own = -1  # number of the last change by this program
        self._sound = False  # whether memory has held an undamaged catalogue
        self._link, self._trail, self._is_chained = "", Trail(), False
        self._snapshot_number = 0
        self._is_mismatched = False  # whether the two files are intact but belong to different catalogues
        self._rescued: Path | None = None
        self.fork: Fork | None = None
        self._unreadable: OSError | None = None
        self._line = ""
        self._format = FORMAT
        self.resident = Resident()
        self.number = 0
        self.damage: CatalogDamaged | None = None
        self.notices: list[str] = []
        self._read_all()

    def _read_all(self) -> None:
        """Read all files. Raises CatalogTooLarge, FormatTooNew."""
        try:
            self._read_whole_pair()
            return
        except MemoryError:
            pass  # the error refers to the data read so far, so it has to be released first
        self.close()
        raise CatalogTooLarge(self.path)

    def _read_whole_pair(self) -> None:
        for _ in range(_TRIES):
            self._load()
            base = self._journal.base if self._journal is not None else -1
            if base <= self.number or self._disk.identity(self.path) == self._catalog_identity:
                break  # otherwise another process folded the journal meanwhile: try again

    def _load(self) -> None:
        self._forget_journal()
        self.damage, self._unreadable, self.fork, self._is_mismatched = None, None, None, False
        self._folder_identity = self._disk.identity(self.folder)
        self._catalog_identity = self._disk.identity(self.path)
        self._journal_identity = self._disk.identity(self._journal_path)
        snapshot = self._read_snapshot(self.path)
        others = (self._journal_path, self._previous(self.path))
        if snapshot is None and self.damage is None:
            if any(map(self._disk.identity, others)):
                self.damage = CatalogDamaged(self.path, "it is missing")
            elif self._has_texts():
                self.damage = CatalogDamaged(self.path, "it is missing, while there are articles in texts")
        if self.damage is not None:
            snapshot = self._read_snapshot(self._previous(self.path))
        elif snapshot is not None and self._journal_identity is None and self._needs_journal(snapshot):
            reason = "it is missing, and the last changes are in it"
            self.damage = CatalogDamaged(self._journal_path, reason)
        snapshot = snapshot or Snapshot({})
        if snapshot.format > FORMAT:
            raise FormatTooNew(self.path, snapshot.format, FORMAT)
        self._format = snapshot.format
        self.resident.replace(migrated(snapshot.tables, snapshot.format))
        self.number, self._line = snapshot.number, snapshot.line
        self._link, self._trail, self._is_chained = snapshot.link, snapshot.trail, snapshot.chained
        self._snapshot_number = snapshot.number
        if self.damage is not None:
            self._salvage(self._previous(self._journal_path))
        self._open_journal()
        self._sound = self.damage is None

    def _needs_journal(self, snapshot: Snapshot) -> bool:
        """Return True if changes are missing when this snapshot has no journal beside it."""
        return snapshot.journal or (
            snapshot.format == FORMAT and not snapshot.number and not snapshot.tables and self._has_texts()
        )

    def _has_texts(self) -> bool:
        """Return True if the library has article files."""
        return next((self.folder / _TEXTS).glob("*/**/*.md"), None) is not None

    def _read_snapshot(self, path: Path) -> Snapshot | None:
        """Read the snapshot at ``path``; None if it is missing or damaged, which sets ``damage``."""
        try:
            return decode_snapshot(path, path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except CatalogDamaged as error:
            self.damage = self.damage or error
        except OSError as error:
            self._note_unreadable(path, error)
        return None

    def _note_unreadable(self, path: Path, error: OSError) -> None:
        self._unreadable = error
        self.damage = self.damage or CatalogDamaged(path, error.strerror or str(error))

    def _open_journal(self) -> None:
        try:
            self._journal = self._opened_journal()
            found = self._journal.scan_new()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            if isinstance(error, FormatTooNew):
                raise
            self._note_unreadable(self._journal_path, error)
            return
        if self.damage is None and self._journal.line not in ("", self._line):
            reason = "it belongs to another catalogue than the one beside it"
            self.damage, self._is_mismatched = CatalogDamaged(self._journal_path, reason), True
            return
        if self.damage is None and not self._belongs(self._journal):
            if not self._merge_previous(self._journal):
                self._merge_journal(self._journal, found)
            return
        if self.damage is None and self._is_ahead(self._journal) and self._merge_previous(self._journal):
            return
        self._apply_scanned(found)
        if self._journal.base > self.number:
            self._is_mismatched = self.damage is None
            reason = f"it follows on the change {self._journal.base}, the catalogue ends with {self.number}"
            self.damage = self.damage or CatalogDamaged(self._journal_path, reason)

    def _belongs(self, journal: Journal) -> bool:
        """Return True if the records of ``journal`` and the snapshot belong to the same history."""
        if not (journal.chained and self._is_chained and journal.points):
            return True
        if journal.base <= self.number <= journal.points[-1][0]:
            return (self.number, self._link) in journal.points
        return journal.base > self.number or journal.points[-1] in self._trail

    def _is_ahead(self, journal: Journal) -> bool:
        """Return True if the journal starts after the snapshot's last change and no fold is in progress."""
        return journal.base > self.number and self._catalog_is_the_same

    def _merge_previous(self, journal: Journal) -> bool:
        """Merge the history that ``journal`` belongs to: another program has replaced its catalogue.

        Return False if the previous files do not contain that history.
        """
        previous = previous_history(self.folder)
        if previous is None or not journal.points or previous.end != journal.points[-1]:
            return False
        since = self._trail.last_common(previous.trail)
        ours = Side(previous.tables, previous.touched_since(since))
        merged = merge(Side(self.resident.tables), ours)
        is_new = merged != self.resident.tables
        self.fork = Fork(_MERGED, previous.snapshot()) if is_new else Fork()
        self.resident.replace(merged)
        self._trail.add_merged(previous.trail, (self.number, self._link), previous.end)
        self.number = max(self.number, previous.end[0])
        self._forget_journal()
        return True

    def _merge_journal(self, journal: Journal, found: Scan) -> None:
        """Merge the changes of a journal that belongs to another history, for example from a synchroniser."""
        since = self._trail.last_common(Trail(journal.points))
        payloads = [one for one in found.payloads if since is None or one.get("n", 0) > since]
        last: dict[str, dict[str, bytes | None]] = defaultdict(dict)
        for payload in payloads:
            for name, documents in encoded_changes(payload["t"]).items():
                last[name].update(documents or {})
        theirs = Resident(
            {name: Documents(dict(table.encoded)) for name, table in self.resident.tables.items()}
        )
        theirs.apply(last)
        touched: Touched = {name: documents.keys() for name, documents in last.items()}
        merged = merge(Side(self.resident.tables), Side(theirs.tables, touched))
        self.fork = Fork(_MERGED if merged != self.resident.tables else "")
        self.resident.replace(merged)
        # Without a common change the state before the first record is unknown, so its point is left out.
        points = journal.points if since is not None else journal.points[1:]
        self._trail.add_merged(Trail(points), (self.number, self._link), *points[-1:])
        self.number = max(self.number, journal.points[-1][0])
        self._forget_journal()

    def _opened_journal(self) -> Journal:
        try:
            return Journal(self._disk, self._journal_path)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            return Journal(self._disk, self._journal_path, writable=False)

    def _take_new(self) -> None:
        """Apply the records that were added to the open journal since the last call."""
        assert self._journal is not None
        self._apply_scanned(self._journal.scan_new())

    def _apply_scanned(self, found: Scan) -> None:
        assert self._journal is not None
        self._trail.add(self._journal.points[-len(found.payloads) - 1 :])
        self._apply(found.payloads)
        if self._journal.points and self._journal.points[-1][0] == self.number:
            self._link = self._journal.link
        if found.end is End.DAMAGED:
            self.damage = self.damage or CatalogDamaged(
                self._journal_path,
                "a record in its middle is damaged; what is whole around it was read",
            )
        if self.damage is not None:
            self._salvage(self._journal_path)

    def _apply(self, payloads: Iterable[dict[str, Any]]) -> None:
        for payload in payloads:
            number = payload.get("n", 0)
            if number == self.number + 1:
                self.resident.apply(encoded_changes(payload["t"]))
                self.number = number
                self.taken_over += 1
            elif number > self.number:
                self.damage = self.damage or CatalogDamaged(
                    self._journal_path, f"the changes {self.number + 1} to {number - 1} are missing"
                )
                return

    def _salvage(self, path: Path) -> None:
        """Apply every intact record of a damaged journal; the result is only read, never written."""
        with contextlib.suppress(OSError):
            for payload in salvage(path.read_bytes()):
                if payload.get("n", 0) > self.number:
                    self.resident.apply(encoded_changes(payload["t"]))
                    self.number = payload["n"]

    @property
    def vanished(self) -> bool:
        """True if the catalogue file is gone, for example with its disk. Memory still has the tables."""
        return self._catalog_identity is not None and self._disk.identity(self.path) is None

    def follow(self) -> None:
        """Read what other processes wrote. Raises FormatTooNew, OSError."""
        if self.vanished:
            return
        journal, identity = self._journal, self._disk.identity(self._journal_path)
        if self.damage is not None or self.fork is not None:  # no program writes until it is repaired
            if identity != self._journal_identity or not self._catalog_is_the_same:
                self._reload()
        elif identity is None and self._catalog_is_the_same:
            if journal is not None:  # the journal was removed, so nothing can be appended to it
                self._suspect, self.fork = True, Fork()
        elif journal is None or journal.identity != identity:
            if not self._switch_journal():
                self._reload()
        elif journal.rewritten:  # a record was withdrawn, or the library was replaced
            self._reload()
        else:
            self._take_new()

    def follow_alone(self) -> None:
        """Follow the files while holding the lock: no other process can be in the middle of a renewal."""
        previous = self._journal
        self.follow()
        if previous is None or self._journal is not previous or self.vanished or self.fork is not None:
            return
        if not self._catalog_is_the_same or not previous.writable:
            self._reload()  # a crash separated the new catalogue from its journal, or it has become writable

    @property
    def differs_from_files(self) -> bool:
        """True if memory and the files differ, so that a program holding the lock has to write or reload."""
        if self.damage is not None or self.vanished:
            return False
        return self.fork is not None or not self._catalog_is_the_same

    @property
    def _catalog_is_the_same(self) -> bool:
        return self._disk.identity(self.path) == self._catalog_identity

    def _switch_journal(self) -> bool:
        """Switch to the journal that another process started by folding ours.

        Return False if the journal is not the result of such a fold.
        """
        if self._journal is None or self._suspect:
            return False
        with contextlib.suppress(OSError):
            self._take_new()  # the last records before the fold
            journal = self._opened_journal()
            found = journal.scan_new()
            last = found.payloads[-1].get("n", 0) if found.payloads else journal.base
            same = not journal.chained or (self.number, self._link) in journal.points
            if journal.line == self._line and 0 <= journal.base <= self.number <= last and same:
                self._forget_journal()
                self._journal, self._journal_identity = journal, journal.identity
                self._catalog_identity = self._disk.identity(self.path)
                self._snapshot_number, self._is_chained = journal.base, journal.chained
                self._apply_scanned(found)
                return True
            journal.close()
        return False

    def _reload(self) -> None:
        """Read everything again, and merge changes that only memory has. Raises OSError.

        If the files are damaged, the tables in memory stay.
        """
        fresh = FollowedCatalog(self.folder, self._disk)
        if fresh._unreadable is not None:
            fresh.close()
            raise fresh._unreadable
        merged = None if fresh.damage is not None or self._is_in(fresh) else self._merged_with(fresh)
        kept = self.own_snapshot() if merged is not None else None
        if fresh._is_mismatched and self._sound and self.damage is None:
            self._rescue()
        self._forget_journal()
        self._format, self.damage = fresh._format, fresh.damage
        self._catalog_identity, self._journal_identity = fresh._catalog_identity, fresh._journal_identity
        if fresh.damage is not None:
            self._journal = fresh._journal
            return
        self.taken_over += (merged or fresh.resident.tables) != self.resident.tables
        older = (fresh.number, fresh._link) in self._trail
        ends = () if merged is None else ((self.number, self._link), (fresh.number, fresh._link))
        fresh._trail.add_merged(self._trail if merged is not None else Trail(), *ends)
        self._trail = fresh._trail
        if merged is None or merged == fresh.resident.tables:
            self.fork, self._journal = fresh.fork, fresh._journal
            self.number, self._link, self._sound = fresh.number, fresh._link, True
            self._line, self._is_chained, self._own = fresh._line, fresh._is_chained, -1
            self._snapshot_number, self._folder_identity = fresh._snapshot_number, fresh._folder_identity
            self._suspect = False
            self.resident.replace(fresh.resident.tables)
            self._forget_rescue()
            return
        fresh.close()
        self.fork = Fork(_WRITTEN_AGAIN if older else _MERGED, kept)
        self.number, self._line = max(self.number, fresh.number), fresh._line or self._line
        self.resident.replace(merged)

    def _is_in(self, fresh: FollowedCatalog) -> bool:
        """Return True if the files, as read by ``fresh``, contain or replace all changes in memory."""
        point = (self.number, self._link)
        if not self._sound or fresh._folder_identity != self._folder_identity or not self._line:
            return True
        if self.fork is not None:
            return False
        if point in fresh._trail:
            return True
        if fresh._line == self._line and not fresh._is_chained:
            return fresh.number >= self.number  # an older program wrote it
        withdrawn = self._journal_identity == fresh._journal_identity and self._own < self.number
        return withdrawn and self._trail.last_common(fresh._trail) == self.number - 1

    def _merged_with(self, fresh: FollowedCatalog) -> Tables:
        """Return the tables in memory merged with those of the files."""
        since = self._trail.last_common(fresh._trail)
        base = None if since is None or self.fork or fresh.fork else fresh._tables_at(since)
        ours = Side(self.resident.tables, None if self.fork else self._touched_since(since))
        theirs = Side(fresh.resident.tables, None if fresh.fork else fresh._touched_since(since))
        return merge(ours, theirs, base)

    def _touched_since(self, number: int | None) -> Touched | None:
        """Return the ids that changed after the change ``number``; None if the journal does not show it."""
        journal = self._journal
        if journal is None or number is None or not 0 <= journal.base <= number:
            return None
        touched: dict[str, set[str]] = defaultdict(set)
        found = scan(journal.read(0))
        if tuple(journal.heads) != found.heads[1:]:  # another program has overwritten a part of the file
            return None
        for payload in found.payloads:
            if payload.get("n", 0) > number:
                for name, documents in payload["t"].items():
                    if documents is None:
                        return None
                    touched[name].update(documents)
        return touched

    def _tables_at(self, number: int) -> Tables | None:
        """Return all tables after the change ``number``; None if the files no longer contain that state."""
        journal = self._journal
        if journal is None or not journal.base <= self._snapshot_number <= number:
            return None
        snapshot = self._read_snapshot(self.path)
        if snapshot is None or snapshot.number != self._snapshot_number:
            return None
        resident = Resident(migrated(snapshot.tables, snapshot.format))
        for payload in salvage(journal.read(0)):
            if snapshot.number < payload.get("n", 0) <= number:
                resident.apply(encoded_changes(payload["t"]))
        return resident.tables

    def is_apart(self, previous: PreviousHistory) -> bool:
        """Return True if these tables belong to a different history from ``previous``."""
        return self._is_chained and previous.is_apart_from(self._line, self._trail)

    def has_passed(self, point: Point) -> bool:
        """Return True if the change with this number and link is part of this history."""
        return bool(point[1]) and point in self._trail

    def own_snapshot(self) -> Snapshot:
        """Return the state in memory as a snapshot."""
        tables = {name: table.copy() for name, table in self.resident.tables.items()}
        return Snapshot(tables, self.number, self._line, link=self._link, trail=Trail(self._trail))

    def _rescue(self) -> None:
        """Save the state in memory to a new folder: one of the files was replaced by another catalogue's."""
        folder = free_name(self.folder / CONFLICT)
        with contextlib.suppress(OSError):
            make_folders(self._disk, folder)
            replace_file(self._disk, folder / MEMORY_NAME, encode_snapshot(self.own_snapshot()))
            self._rescued = folder

    def _forget_rescue(self) -> None:
        """Remove the copy that ``_rescue`` made, once the files contain everything."""
        if self._rescued is not None:
            with contextlib.suppress(OSError):
                self._disk.unlink(self._rescued / MEMORY_NAME)
                self._rescued.rmdir()
            self._rescued = None

    def close(self) -> None:
        """Close the files."""
        self._forget_journal()

    def _forget_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _previous(self, path: Path) -> Path:
        return path.with_name(path.name + PREVIOUS)
