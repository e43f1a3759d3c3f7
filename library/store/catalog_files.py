"""Writes the catalogue's files so that a crash at any moment loses no acknowledged change."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from library.errors import DamagedUnwritable, LibraryAway, StoreError, StoreUnwritable
from library.store.catalog_reading import FollowedCatalog, Fork
from library.store.checksum_chain import Trail, first_link, new_link, next_link
from library.store.disk import (
    free_name,
    make_folders,
    put_in_place,
    removed_after_error,
    replace_file,
    write_new,
)
from library.store.journal import HEAD, Journal, encode_change
from library.store.layout import CATALOG_NAME, CONFLICT, FORMAT, JOURNAL_NAME, LOCK_NAME, MEMORY_NAME
from library.store.previous_history import previous_history
from library.store.snapshot import Fold, Snapshot, encode_snapshot
from library.store.tables import Changes
from library.text.amounts import counted


class CatalogFiles(FollowedCatalog):
    """The files of one catalogue: ``FollowedCatalog`` reads them, this class writes them under the lock."""

    _has_warned = False

    perhaps_written = False
    """True if the change that failed last may reappear after a power loss: its state on disk is unknown."""

    # Writing

    def commit(self, changes: Changes) -> None:
        """Make ``changes`` durable, then apply them in memory. The caller holds the lock.

        Raises StoreUnwritable.
        """
        if self.damage is not None:
            raise DamagedUnwritable(self.path, f"it is damaged: {self.damage.reason}")
        self.perhaps_written = False
        try:
            if self.fork is not None:
                self.write_merged()
            journal = self._journal
            if (
                journal is None
                or self._suspect
                or self._format < FORMAT
                or not journal.ends_with(self.number)
            ):
                self.renew()
            else:
                self.set_tail_aside()
            self._append(encode_change(self.number + 1, changes))
        except OSError as error:
            raise StoreUnwritable(self.folder, error.strerror or str(error)) from error
        assert self._journal is not None
        self.number += 1
        self._own, self._link = self.number, self._journal.link
        self._trail.add([(self.number, self._link)])
        self.resident.apply(changes)

    def _append(self, record: Sequence[bytes]) -> None:
        assert self._journal is not None
        try:
            self._journal.append(record, self.number + 1)
        except BaseException:
            # A program that read the record finds its link in the next snapshot, and discards the record.
            self._trail.add([(self.number + 1, next_link(self._journal.link, record[0][:HEAD]))])
            # The state of the disk is unknown now, and a second fsync would not show it:
            # see docs/decisions/002.
            self._suspect = True
            with contextlib.suppress(OSError):
                self._suspect = not self._journal.withdraw()
            self.perhaps_written = self._suspect
            raise

    @property
    def has_tail(self) -> bool:
        """True if an incomplete record follows the last one: being written, or torn by a crash."""
        return self._journal is not None and self.damage is None and bool(self._journal.tail())

    def set_tail_aside(self) -> None:
        """Move a torn record to a file of its own, so that writing continues after the last whole record."""
        assert self._journal is not None
        tail = self._journal.tail()
        if not tail:
            return
        aside = free_name(self.folder / f"{JOURNAL_NAME}.torn")
        write_new(self._disk, aside, [tail])
        self._disk.sync_folder(self.folder)
        self._suspect = True  # until the cut is durable
        self._journal.cut()
        self._suspect = False
        self.notices.append(
            "The last change before a crash is incomplete; "
            f"the rest of it ({counted(len(tail), 'byte')}) is kept in {aside}."
        )

    def renew(self) -> None:
        """Write a new snapshot and journal from memory. The caller holds the lock. Raises OSError.

        After a failed record two change numbers are skipped: its own and one more. So the failed record
        counts as folded. Other programs, whether they read it or not, see a gap and read everything again.
        """
        number = self.number + 2 if self._suspect or self.fork is not None else self.number
        link = new_link() if number > self.number else self._link
        self._suspect = True  # until everything is written
        self._line = self._line or secrets.token_hex(8)
        link = link or first_link(self._line, number)
        self._trail.add([(number, link)])
        if self._format < FORMAT:
            self._back_up_old_format()
        beside = self._disk.identity(self._journal_path) is not None
        snapshot = Snapshot(
            self.resident.tables, number, self._line, link=link, trail=self._trail, journal=beside
        )
        self._keep_previous()
        if self._catalog_identity is not None:
            self._disk.sync_folder(self.folder)  # a killed program may not have synced its rename
        replace_file(self._disk, self.path, encode_snapshot(snapshot), keep=self._previous(self.path))
        self._begin_journal(number, link, b"")
        self._catalog_identity = self._disk.identity(self.path)
        self._folder_identity = self._disk.identity(self.folder)
        self.number, self._link, self._suspect, self.fork = number, link, False, None
        self._snapshot_number = number
        self._is_chained = self._sound = True
        self._forget_rescue()

    def write_merged(self) -> None:
        """Write the merged tables, and keep the files of the diverged histories. The caller holds the lock.

        Raises OSError.
        """
        fork, folder = self.fork, None
        if fork is None:
            return
        if fork.reason:
            folder = self._keep_apart(fork)
        self.renew()
        if folder is not None:
            self.notices.append(f"{fork.reason} The previous files are in {folder}.")

    def _keep_apart(self, fork: Fork) -> Path:
        """Copy the files of both histories to a new folder, and return it."""
        folder = free_name(self.folder / CONFLICT)
        make_folders(self._disk, folder)
        if fork.memory is not None:  # first: it exists nowhere else
            replace_file(self._disk, folder / MEMORY_NAME, encode_snapshot(fork.memory))
        for path in (self.path, self._journal_path):
            with contextlib.suppress(FileNotFoundError):
                write_new(self._disk, folder / path.name, [path.read_bytes()])
        self._disk.sync_folder(folder)
        return folder

    def _keep_previous(self) -> None:
        """Copy the previous files to a folder if they hold another history: they are overwritten next.

        Raises OSError.
        """
        previous = previous_history(self.folder) if self._catalog_identity is not None else None
        if previous is None or not self.is_apart(previous):
            return
        folder = free_name(self.folder / CONFLICT)
        make_folders(self._disk, folder)
        replace_file(self._disk, folder / CATALOG_NAME, encode_snapshot(previous.snapshot()))
        self._disk.sync_folder(folder)
        self.notices.append(
            "Another program, such as a file synchroniser, has replaced the catalogue. The previous "
            f"one is in {folder}; “tuireader doctor --repair” merges what is missing here."
        )

    def _back_up_old_format(self) -> None:
        """Copy a catalogue in an older format to ``backups`` before it is written in the current format."""
        backup = self.folder / "backups" / f"catalog-format-{self._format}.json"
        make_folders(self._disk, backup.parent)
        replace_file(self._disk, backup, [self.path.read_bytes()])
        self._format = FORMAT

    def _begin_journal(self, base: int, link: str, records: bytes) -> None:
        """Replace the journal by one that starts after the change ``base`` and contains ``records``."""
        keep = self._previous(self._journal_path)
        header = Journal.header(base, self._line, link)
        replace_file(self._disk, self._journal_path, [header, records], keep=keep)
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

    @property
    def records_length(self) -> int:
        """The length of the journal's records, in bytes."""
        return self._journal.records_length if self._journal is not None else 0

    @property
    def snapshot_length(self) -> int:
        """The length of the snapshot, in bytes; 0 if it cannot be read."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def begin(self) -> None:
        """Write the files of a new library. The caller holds the lock. Raises StoreUnwritable."""
        if self._journal is None and self._catalog_identity is None and self.damage is None:
            try:
                self.renew()
            except OSError as error:
                raise StoreUnwritable(self.folder, error.strerror or str(error)) from error

    def begin_fold(self) -> Fold | None:
        """Return the state that a fold needs, without waiting; None if nothing can be folded."""
        if self._journal is None or self.damage is not None or self._suspect or self.fork is not None:
            return None
        tables = {name: table.copy() for name, table in self.resident.tables.items()}
        snapshot = Snapshot(
            tables, self.number, self._line, link=self._link, trail=Trail(self._trail), journal=True
        )
        return Fold(snapshot, self._journal.length, self._journal)

    def write_fold(self, fold: Fold) -> Path:
        """Write the new snapshot beside the old one, and return its path. Slow; needs no lock.

        Raises OSError.
        """
        path = self.path.with_name(f".{CATALOG_NAME}.{secrets.token_hex(4)}.fold")
        with removed_after_error(self._disk, path):
            write_new(self._disk, path, encode_snapshot(fold.snapshot))
        return path

    def finish_fold(self, fold: Fold, written: Path) -> bool:
        """Put the new snapshot in place, with a journal of the later changes. The caller holds the lock.

        Return False if another process has folded first; its fold is just as good. Raises OSError.
        """
        journal = self._journal
        with removed_after_error(self._disk, written):
            if journal is None or journal is not fold.journal or self._suspect or self.damage is not None:
                self._disk.unlink(written)
                return False
            journal.make_durable()  # as the previous journal it is the fallback for this snapshot
            records = journal.read(fold.length)
            self._keep_previous()
            put_in_place(self._disk, written, self.path, keep=self._previous(self.path))
        self._catalog_identity = self._disk.identity(self.path)
        self._remove_leftovers()
        self._begin_journal(fold.snapshot.number, fold.snapshot.link, records)
        self._snapshot_number, self._is_chained = fold.snapshot.number, True
        return True

    def _remove_leftovers(self) -> None:
        """Remove temporary files of crashes, and of another process's fold: it is too late now."""
        for pattern in (".catalog.*.tmp", ".catalog.*.fold"):
            for path in self.folder.glob(pattern):
                with contextlib.suppress(OSError):
                    self._disk.unlink(path)

    # The folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock under which processes take turns writing. Raises StoreUnwritable."""
        if self.vanished:
            raise LibraryAway(self.folder, f"its {CATALOG_NAME} is no longer there")
        with contextlib.ExitStack() as stack:
            try:
                make_folders(self._disk, self.folder)
                held = stack.enter_context(self._disk.locked(self.folder / LOCK_NAME))
            except StoreError:
                raise
            except OSError as error:
                raise StoreUnwritable(self.folder, error.strerror or str(error)) from error
            if not held:
                self._warn_of_locks()
            yield

    def _warn_of_locks(self) -> None:
        if not self._has_warned:
            self._has_warned = True
            self.notices.append(
                f"The file system of {self.folder} does not support locks. "
                "Change this library with one program at a time."
            )
