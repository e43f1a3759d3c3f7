"""The catalogue on the disk: a snapshot, a journal, and what is done so that a crash loses nothing."""

from __future__ import annotations

import contextlib
import errno
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from library.errors import CatalogDamaged, FormatTooNew, StoreUnwritable
from library.store.disk import (
    Disk,
    free_name,
    make_folders,
    put_in_place,
    removed_after_error,
    replace_file,
    write_new,
)
from library.store.journal import Journal
from library.store.migrations import FORMAT, migrated
from library.store.records import End, Scan, encode_change, salvage
from library.store.resident import Changes, Resident, encoded_changes
from library.store.snapshot import Fold, Snapshot, decode_snapshot, encode_snapshot

CATALOG_NAME = "catalog.json"
JOURNAL_NAME = "catalog.journal"
LOCK_NAME = "catalog.lock"
PREVIOUS = ".previous"
_TRIES = 5


class CatalogFiles:
    """The files of one catalogue and the tables that they hold.

    ``damage`` says what is wrong where the files are damaged: then all that is whole can be read and
    nothing is written. ``notices`` are sentences about what was mended. Not for two threads at once.
    Raises FormatTooNew.
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

    # Reading

    def _read_all(self) -> None:
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
        fresh = CatalogFiles(self.folder, self._disk)
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

    # Writing

    def commit(self, changes: Changes) -> None:
        """Make ``changes`` durable, then take them over. The lock is held. Raises StoreUnwritable."""
        if self.damage is not None:
            raise StoreUnwritable(self.path, f"the catalogue is damaged: {self.damage.reason}")
        try:
            journal = self._journal
            if journal is None or journal.base < 0 or self._suspect or self._format < FORMAT:
                self.renew()
            else:
                self.set_tail_aside()
            self._append(encode_change(self.number + 1, changes))
        except OSError as error:
            raise StoreUnwritable(self.folder, error.strerror or str(error)) from error
        self.number += 1
        self.resident.apply(changes)

    def _append(self, record: bytes) -> None:
        assert self._journal is not None
        try:
            self._journal.append(record)
        except BaseException:
            # What the disk now holds is unknown, and a second fsync would not tell: see docs/design.md.
            self._suspect = True
            with contextlib.suppress(OSError):
                self._suspect = not self._journal.withdraw()
            raise

    @property
    def has_tail(self) -> bool:
        """Whether something that is no record follows the last one: one under way, or torn by a crash."""
        return self._journal is not None and self.damage is None and bool(self._journal.tail())

    def set_tail_aside(self) -> None:
        """Keep what a crash left of a record in a file of its own, and go on behind the last whole one."""
        assert self._journal is not None
        tail = self._journal.tail()
        if not tail:
            return
        aside = free_name(self.folder / f"{JOURNAL_NAME}.torn")
        write_new(self._disk, aside, [tail])
        self._disk.sync_folder(self.folder)
        self._suspect = True  # until the cut is known to be on the disk
        self._journal.cut()
        self._suspect = False
        self.notices.append(
            f"The last change before a crash was not whole; the {len(tail)} bytes of it are kept in {aside}."
        )

    def renew(self) -> None:
        """Write a fresh snapshot and journal from what is in memory. The lock is held. Raises OSError.

        Where a record failed, its number and one more are passed over: so the failed record counts as folded,
        and followers, whatever they saw of it, find that changes are missing and read everything afresh.
        """
        number = self.number + 2 if self._suspect else self.number
        self._suspect = True  # until all of it is done
        self._line = self._line or secrets.token_hex(8)
        if self._format < FORMAT:
            self._back_up_old_format()
        snapshot = Snapshot(self.resident.tables, number, self._line)
        replace_file(self._disk, self.path, encode_snapshot(snapshot), keep=self._previous(self.path))
        self._begin_journal(number, b"")
        self._catalog_identity = self._disk.identity(self.path)
        self.number, self._suspect = number, False

    def _back_up_old_format(self) -> None:
        """Keep the catalogue of a former program before it is written in the present format."""
        backup = self.folder / "backups" / f"catalog-format-{self._format}.json"
        make_folders(self._disk, backup.parent)
        replace_file(self._disk, backup, [self.path.read_bytes()])
        self._format = FORMAT

    def _begin_journal(self, base: int, records: bytes) -> None:
        """Replace the journal by one that follows on the change ``base`` with ``records``."""
        keep = self._previous(self._journal_path)
        replace_file(self._disk, self._journal_path, [Journal.header(base, self._line), records], keep=keep)
        journal = Journal(self._disk, self._journal_path)
        self._forget_journal()
        self._journal = journal
        journal.scan_new()
        journal.durable = True
        self._journal_identity = journal.identity

    # Folding

    @property
    def journal_length(self) -> int:
        """The length of the journal, in bytes."""
        return self._journal.length if self._journal is not None else 0

    def begin_fold(self) -> Fold | None:
        """What a fold needs to know, taken in an instant; None where there is nothing to fold."""
        if self._journal is None or self.damage is not None or self._suspect:
            return None
        tables = {name: table.copy() for name, table in self.resident.tables.items()}
        return Fold(Snapshot(tables, self.number, self._line), self._journal.length, self._journal)

    def write_fold(self, fold: Fold) -> Path:
        """Write the new snapshot beside the old one; needs no lock, and may take a while. Raises OSError."""
        path = self.path.with_name(f".{CATALOG_NAME}.{secrets.token_hex(4)}.fold")
        with removed_after_error(self._disk, path):
            write_new(self._disk, path, encode_snapshot(fold.snapshot))
        return path

    def finish_fold(self, fold: Fold, written: Path) -> bool:
        """Put the new snapshot in place, and a journal of what came since. The lock is held. Raises OSError.

        False where another process was quicker; its fold is as good.
        """
        journal = self._journal
        with removed_after_error(self._disk, written):
            if journal is None or journal is not fold.journal or self._suspect or self.damage is not None:
                self._disk.unlink(written)
                return False
            journal.make_durable()  # as the previous journal it stands in for this snapshot
            records = journal.read(fold.length)
            put_in_place(self._disk, written, self.path, keep=self._previous(self.path))
        self._catalog_identity = self._disk.identity(self.path)
        self._remove_leftovers()
        self._begin_journal(fold.snapshot.number, records)
        return True

    def _remove_leftovers(self) -> None:
        """Remove what crashes left. A fold that another process has under way comes too late as well."""
        for pattern in (".catalog.*.tmp", ".catalog.*.fold"):
            for path in self.folder.glob(pattern):
                with contextlib.suppress(OSError):
                    self._disk.unlink(path)

    # The folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock that writers of several processes take turns under. Raises StoreUnwritable."""
        if self.vanished:
            raise StoreUnwritable(self.folder, f"its {CATALOG_NAME} is no longer there")
        with contextlib.ExitStack() as stack:
            try:
                make_folders(self._disk, self.folder)
                stack.enter_context(self._disk.locked(self.folder / LOCK_NAME))
            except OSError as error:
                raise StoreUnwritable(self.folder, error.strerror or str(error)) from error
            yield

    def close(self) -> None:
        """Let the files go."""
        self._forget_journal()

    def _forget_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _previous(self, path: Path) -> Path:
        return path.with_name(path.name + PREVIOUS)
