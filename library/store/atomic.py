"""Writing the files beside the catalogue, with the same steps as the catalogue's own."""

from __future__ import annotations

from pathlib import Path

from library.store.disk import Disk, make_folders, replace_file


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable. Raises OSError."""
    Disk().sync_folder(folder)


def make_folder(folder: Path) -> None:
    """Create ``folder`` and what is missing above it, and make their names durable. Raises OSError."""
    make_folders(Disk(), folder)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``, as ``replace_file`` does. Raises OSError."""
    replace_file(Disk(), path, [data])
