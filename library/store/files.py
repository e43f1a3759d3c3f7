"""The catalogue on the disk: a snapshot, a journal, and what is done so that a crash loses nothing."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library.errors import CatalogDamaged, FormatTooNew, StoreUnwritable
from library.store.disk import Disk, make_folders, put_in_place, replace_file, write_new
from library.store.journal import Journal
from library.store.migrations import FORMAT, migrated
from library.store.records import End, Scan, encode_change, salvage
from library.store.resident import Changes, Resident
from library.store.snapshot import Snapshot, decode_snapshot, encode_snapshot

CATALOG_NAME = "catalog.json"
JOURNAL_NAME = "catalog.journal"
LOCK_NAME = "catalog.lock"
PREVIOUS = ".previous"
_TRIES = 5


class CatalogFiles:
    """The files of one catalogue and the tables that they hold.

    ``damage`` says what is wrong where the files are damaged: then all that is whole can be read and
    nothing is written. ``notices`` are sentences about what was mended. Not for two threads at once.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._disk = disk
        self.folder = folder
        self.path = folder / CATALOG_NAME
        self._journal_path = folder / JOURNAL_NAME
        self._journal: Journal | None = None
        self.taken_over = 0
        self._catalog_identity: tuple[int, int] | None = None
        self._suspect = False
        self._line = ""
        self._format = FORMAT
        self.resident = Resident()
        self.number = 0
        self.damage: CatalogDamaged | None = None
        self.notices: list[str] = []
        self.load()

    # Reading

    def load(self) -> None:
        """Read everything afresh. Raises FormatTooNew."""
        for _ in range(_TRIES):
            self._load()
            base = self._journal.base if self._journal is not None else -1
            if base <= self.number or self._identity(self.path) == self._catalog_identity:
                break  # else another process folded the journal while we read

    def _load(self) -> None:
        self._forget_journal()
        self.damage, self._suspect = None, False
        self._catalog_identity = self._identity(self.path)
        snapshot = self._read_snapshot(self.path)
        journals = [self._journal_path]
        if snapshot is None and self.damage is not None:
            snapshot = self._read_snapshot(self._previous(self.path))
            journals.insert(0, self._previous(self._journal_path))
        snapshot = snapshot or Snapshot({})
        if snapshot.format > FORMAT:
            raise FormatTooNew(self.path, snapshot.format, FORMAT)
        self._format = snapshot.format
        self.resident.replace(migrated(snapshot.tables, snapshot.format))
        self.number, self._line = snapshot.number, snapshot.line
        for path in journals[:-1]:
            self._salvage(path)
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
            self.damage = self.damage or CatalogDamaged(path, error.strerror or str(error))
        return None

    def _open_journal(self) -> None:
        try:
            self._journal = self._opened_journal()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            self.damage = self.damage or CatalogDamaged(self._journal_path, error.strerror or str(error))
            return
        found = self._journal.scan_new()
        self._apply_scanned(found)
        if self._journal.base > self.number and not found.payloads:
            reason = f"it follows on the change {self._journal.base}, the catalogue ends with {self.number}"
            self.damage = self.damage or CatalogDamaged(self._journal_path, reason)
        if self._line and self._journal.line not in ("", self._line):
            reason = "it belongs to another catalogue than the one beside it"
            self.damage = self.damage or CatalogDamaged(self._journal_path, reason)

    def _opened_journal(self) -> Journal:
        try:
            return Journal(self._disk, self._journal_path)
        except PermissionError:
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
            self._salvage(self._journal_path)

    def _apply(self, payloads: Iterable[dict[str, Any]]) -> None:
        for payload in payloads:
            number = payload.get("n", 0)
            if number == self.number + 1:
                self.resident.apply(payload["t"])
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
                    self.resident.apply(payload["t"])
                    self.number = payload["n"]

    def follow(self) -> None:
        """Take over what other processes wrote. Raises FormatTooNew."""
        identity = self._identity(self._journal_path)
        if self._journal is not None and identity == self._journal.identity and not self._journal.shrunk:
            self._take_new()
            return
        if identity is None and self._identity(self.path) == self._catalog_identity:
            return
        if self._journal is not None:
            self._take_new()  # the last records before the journal was folded
        former, number, line = self._journal, self.number, self._line
        self._journal = None
        with contextlib.suppress(OSError):
            journal = self._opened_journal()
            found = journal.scan_new()
            if journal.line == line and 0 <= journal.base <= number:
                self._journal = journal
                self._catalog_identity = self._identity(self.path)
                self._apply(found.payloads)
            else:
                journal.close()
        if former is not None:
            former.close()
        if self._journal is None:
            self.load()
            self.taken_over += 1

    # Writing

    def commit(self, changes: Changes) -> None:
        """Make ``changes`` durable, then take them over. The lock is held. Raises StoreUnwritable."""
        if self.damage is not None:
            raise StoreUnwritable(self.path, f"the catalogue is damaged: {self.damage.reason}")
        record = encode_change(self.number + 1, changes)
        try:
            if self._journal is None or self._suspect or self._format < FORMAT:
                self.renew()
            else:
                self.set_tail_aside()
            assert self._journal is not None
            self._append(record)
        except OSError as error:
            raise StoreUnwritable(self.folder, error.strerror or str(error)) from error
        self.number += 1
        self.resident.apply(changes)

    def _append(self, record: bytes) -> None:
        assert self._journal is not None
        try:
            self._journal.append(record)
        except OSError:
            # What the disk now holds is unknown, and a second fsync would not tell: see docs/design.md.
            self._suspect = True
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
        aside = self._free_name(f"{JOURNAL_NAME}.torn")
        write_new(self._disk, aside, [tail])
        self._disk.sync_folder(self.folder)
        self._journal.cut()
        self.notices.append(
            f"The last change before a crash was not whole; the {len(tail)} bytes of it are kept in {aside}."
        )

    def _free_name(self, name: str) -> Path:
        count = 1
        while (path := self.folder / f"{name}-{count}").exists():
            count += 1
        return path

    def renew(self) -> None:
        """Write a fresh snapshot and journal from what is in memory. The lock is held. Raises OSError."""
        if self._suspect or not self._line:  # another line of history tells followers to read all afresh
            self._line = secrets.token_hex(8)
        if self._format < FORMAT:
            self._back_up_old_format()
        snapshot = Snapshot(self.resident.tables, self.number, self._line)
        replace_file(self._disk, self.path, encode_snapshot(snapshot), keep=self._previous(self.path))
        self._begin_journal(self.number, b"")
        self._catalog_identity = self._identity(self.path)
        self._suspect = False

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
        self._forget_journal()
        self._journal = Journal(self._disk, self._journal_path)
        self._journal.scan_new()

    # Folding

    @property
    def journal_length(self) -> int:
        """The length of the journal, in bytes."""
        return self._journal.length if self._journal is not None else 0

    def begin_fold(self) -> Fold | None:
        """What a fold needs to know, taken in an instant; None where there is nothing to fold."""
        if self._journal is None or self.damage is not None or self._suspect:
            return None
        tables = {name: dict(table) for name, table in self.resident.tables.items()}
        return Fold(Snapshot(tables, self.number, self._line), self._journal.length, self._journal.identity)

    def write_fold(self, fold: Fold) -> Path:
        """Write the new snapshot beside the old one; needs no lock, and may take a while. Raises OSError."""
        path = self.path.with_name(f".{CATALOG_NAME}.fold")
        write_new(self._disk, path, encode_snapshot(fold.snapshot))
        return path

    def finish_fold(self, fold: Fold, written: Path) -> bool:
        """Put the new snapshot in place, and a journal of what came since. The lock is held. Raises OSError.

        False where another process was quicker; its fold is as good.
        """
        journal = self._journal
        if journal is None or journal.identity != fold.journal or self._suspect:
            self._disk.unlink(written)
            return False
        records = journal.read(fold.length)
        put_in_place(self._disk, written, self.path, keep=self._previous(self.path))
        self._begin_journal(fold.snapshot.number, records)
        self._catalog_identity = self._identity(self.path)
        return True

    # The folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock that writers of several processes take turns under. Raises StoreUnwritable."""
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

    def _identity(self, path: Path) -> tuple[int, int] | None:
        try:
            return self._disk.identity(path)
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class Fold:
    """The tables to fold, the length of the journal whose changes are in them, and which journal it is."""

    snapshot: Snapshot
    length: int
    journal: tuple[int, int] | None
