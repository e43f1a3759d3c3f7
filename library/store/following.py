"""The catalogue as it is on the disk: read, and kept up with while other programs change it."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from library.errors import CatalogDamaged, CatalogTooLarge, FormatTooNew
from library.store.disk import Disk
from library.store.journal import Journal
from library.store.migrations import FORMAT, migrated
from library.store.names import CATALOG_NAME, JOURNAL_NAME, PREVIOUS
from library.store.records import End, Scan, salvage
from library.store.resident import Resident, encoded_changes
from library.store.snapshot import Snapshot, decode_snapshot

_TRIES = 5


class FollowedCatalog:
    """The files of one catalogue and the tables that they hold.

    ``damage`` says what is wrong where the files are damaged: then all that is whole can be read and
    nothing is written. ``notices`` are sentences about what was mended. Not for two threads at once.
    Raises CatalogTooLarge, FormatTooNew.
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
        self._suspect = False
        self._unreadable: OSError | None = None
        self._line = ""
        self._format = FORMAT
        self.resident = Resident()
        self.number = 0
        self.damage: CatalogDamaged | None = None
        self.notices: list[str] = []
        self._read_all()

    def _read_all(self) -> None:
        """Raises CatalogTooLarge, FormatTooNew."""
        try:
            self._read_whole_pair()
            return
        except MemoryError:
            pass  # what was read so far can go only when the error itself is gone
        self.close()
        raise CatalogTooLarge(self.path)

    def _read_whole_pair(self) -> None:
        for _ in range(_TRIES):
            self._load()
            base = self._journal.base if self._journal is not None else -1
            if base <= self.number or self._disk.identity(self.path) == self._catalog_identity:
                break  # else another process folded the journal while we read

    def _load(self) -> None:
        self._forget_journal()
        self.damage, self._unreadable = None, None
        self._catalog_identity = self._disk.identity(self.path)
        self._journal_identity = self._disk.identity(self._journal_path)
        snapshot = self._read_snapshot(self.path)
        others = (self._journal_path, self._previous(self.path))
        if snapshot is None and self.damage is None and any(map(self._disk.identity, others)):
            self.damage = CatalogDamaged(self.path, "it is missing")
        if self.damage is not None:
            snapshot = self._read_snapshot(self._previous(self.path))
        snapshot = snapshot or Snapshot({})
        if snapshot.format > FORMAT:
            raise FormatTooNew(self.path, snapshot.format, FORMAT)
        self._format = snapshot.format
        self.resident.replace(migrated(snapshot.tables, snapshot.format))
        self.number, self._line = snapshot.number, snapshot.line
        if self.damage is not None:
            self._salvage(self._previous(self._journal_path))
        self._open_journal()

    def _read_snapshot(self, path: Path) -> Snapshot | None:
        """None where there is none or it is damaged, which is then said in ``damage``."""
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
            self.damage = CatalogDamaged(self._journal_path, reason)
            return
        self._apply_scanned(found)
        if self._journal.base > self.number:
            reason = f"it follows on the change {self._journal.base}, the catalogue ends with {self.number}"
            self.damage = self.damage or CatalogDamaged(self._journal_path, reason)

    def _opened_journal(self) -> Journal:
        try:
            return Journal(self._disk, self._journal_path)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            return Journal(self._disk, self._journal_path, writable=False)

    def _take_new(self) -> None:
        """Take over the records that have come to the open journal since."""
        assert self._journal is not None
        self._apply_scanned(self._journal.scan_new())

    def _apply_scanned(self, found: Scan) -> None:
        self._apply(found.payloads)
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
        """Take over every whole record of a damaged journal, to be read only."""
        with contextlib.suppress(OSError):
            for payload in salvage(path.read_bytes()):
                if payload.get("n", 0) > self.number:
                    self.resident.apply(encoded_changes(payload["t"]))
                    self.number = payload["n"]

    @property
    def vanished(self) -> bool:
        """Whether the catalogue is no longer there, as when its disk was taken away; memory still has it."""
        return self._catalog_identity is not None and self._disk.identity(self.path) is None

    def follow(self) -> None:
        """Take over what other processes wrote. Raises FormatTooNew, OSError."""
        if self.vanished:
            return
        journal, identity = self._journal, self._disk.identity(self._journal_path)
        if self.damage is not None:  # nobody writes there until it is mended
            if identity != self._journal_identity or not self._catalog_is_the_same:
                self._reload()
        elif identity is None and self._catalog_is_the_same:
            self._suspect = self._suspect or journal is not None  # it lost its name: nothing to write to
        elif journal is None or journal.identity != identity:
            if not self._go_over():
                self._reload()
        elif journal.rewritten:  # a record was withdrawn, or another library was put in its place
            self._reload()
        else:
            self._take_new()

    def follow_alone(self) -> None:
        """``follow`` for one who holds the lock: no other process can be between two steps of a renewal."""
        former = self._journal
        self.follow()
        if former is None or self._journal is not former or self.vanished:
            return
        if not self._catalog_is_the_same or not former.writable:
            self._reload()  # a crash came between the new catalogue and its journal; or it can be written now

    @property
    def _catalog_is_the_same(self) -> bool:
        return self._disk.identity(self.path) == self._catalog_identity

    def _go_over(self) -> bool:
        """Go on with the journal that another process began when it folded ours; false where it is none."""
        if self._journal is None or self._suspect:
            return False
        with contextlib.suppress(OSError):
            self._take_new()  # the last records before it was folded
            journal = self._opened_journal()
            found = journal.scan_new()
            last = found.payloads[-1].get("n", 0) if found.payloads else journal.base
            if journal.line == self._line and 0 <= journal.base <= self.number <= last:
                self._forget_journal()
                self._journal, self._journal_identity = journal, journal.identity
                self._catalog_identity = self._disk.identity(self.path)
                self._apply_scanned(found)
                return True
            journal.close()
        return False

    def _reload(self) -> None:
        """Read everything afresh; where that is damaged, what is in memory stays. Raises OSError."""
        fresh = FollowedCatalog(self.folder, self._disk)
        if fresh._unreadable is not None:
            fresh.close()
            raise fresh._unreadable
        self._forget_journal()
        self._journal, self._format, self.damage = fresh._journal, fresh._format, fresh.damage
        self._catalog_identity, self._journal_identity = fresh._catalog_identity, fresh._journal_identity
        if fresh.damage is None:
            self.taken_over += self.resident.tables != fresh.resident.tables
            self.resident.replace(fresh.resident.tables)
            self.number, self._line = fresh.number, fresh._line

    def close(self) -> None:
        """Let the files go."""
        self._forget_journal()

    def _forget_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _previous(self, path: Path) -> Path:
        return path.with_name(path.name + PREVIOUS)
