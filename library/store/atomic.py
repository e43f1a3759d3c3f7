"""Writing the files beside the catalogue, with the same steps as the catalogue's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from library.store.disk import Disk, make_folders, removed_after_error, replace_file, write_all


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable. Raises OSError."""
    Disk().sync_folder(folder)


def make_folder(folder: Path) -> None:
    """Create ``folder`` and what is missing above it, and make their names durable. Raises OSError."""
    make_folders(Disk(), folder)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``, as ``replace_file`` does. Raises OSError."""
    replace_file(Disk(), path, [data])


@contextmanager
def new_file(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Write a file that gets the name ``path`` once the block has ended well, durable and whole.

    Nothing is ever replaced. Raises OSError; FileExistsError where something has that name.
    """
    disk = Disk()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    disk.unlink(temporary)
    with removed_after_error(disk, temporary):
        descriptor = disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            yield partial(write_all, disk, descriptor)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        _name(disk, temporary, path)
    disk.unlink(temporary)
    disk.sync_folder(path.parent)


def _name(disk: Disk, source: Path, path: Path) -> None:
    """Give ``source`` the name ``path``, also. Raises FileExistsError where it is taken."""
    try:
        disk.link(source, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        disk.replace(source, path)
