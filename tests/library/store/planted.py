"""Five planted mistakes of a journal, each of which the crash harness must find."""

from __future__ import annotations

import os
from pathlib import Path

from disks import RecordingDisk

from library.store.layout import CATALOG_NAME, JOURNAL_NAME


class _Mistaken(RecordingDisk):
    """A disk that records the file of each descriptor, and the name that was given last."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, strict=False)
        self.paths: dict[int, Path] = {}
        self.last_name = ""

    def open(self, path: Path, flags: int) -> int:
        descriptor = super().open(path, flags)
        self.paths[descriptor] = path
        return descriptor

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.last_name = target.name


class RecordNotSynced(_Mistaken):
    def sync(self, descriptor: int) -> None:
        if self.paths[descriptor].name != JOURNAL_NAME:
            super().sync(descriptor)


class NewJournalNotNamed(_Mistaken):
    def sync_folder(self, path: Path) -> None:
        if self.last_name != JOURNAL_NAME:
            super().sync_folder(path)


class SnapshotNotSynced(_Mistaken):
    def sync(self, descriptor: int) -> None:
        if not self.paths[descriptor].name.startswith(f".{CATALOG_NAME}"):
            super().sync(descriptor)


class SnapshotNotNamed(_Mistaken):
    def sync_folder(self, path: Path) -> None:
        if self.last_name != CATALOG_NAME:
            super().sync_folder(path)


class SnapshotInPlace(_Mistaken):
    def replace(self, source: Path, target: Path) -> None:
        if target.name != CATALOG_NAME or not target.exists():
            super().replace(source, target)
            return
        data = source.read_bytes()
        descriptor = self.open(target, os.O_WRONLY)
        self.truncate(descriptor, 0)
        self.seek(descriptor, 0)
        self.write(descriptor, data)
        self.sync(descriptor)
        self.close(descriptor)
        self.unlink(source)


MISTAKES = (RecordNotSynced, NewJournalNotNamed, SnapshotNotSynced, SnapshotNotNamed, SnapshotInPlace)
