"""Writing a file so that a crash leaves either the former or the new content, never a mix."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable. Needed after a create or rename: see fsync(2)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create ``folder`` and what is missing above it, and make their names durable."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def write_atomically(path: Path, data: bytes, *, keep: Path | None = None) -> None:
    """Replace ``path`` by ``data``: temporary file, fsync, rename, fsync of the folder.

    ``keep`` names a file that is made to hold the former content. Raises OSError; ``path`` then
    still has its former content and no temporary file is left.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if keep is not None and path.exists():
            _keep_former(path, keep)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def _keep_former(path: Path, keep: Path) -> None:
    """Make ``keep`` a second name of ``path``'s content, or a copy where links are not possible."""
    second = keep.with_name(keep.name + ".tmp")
    with contextlib.suppress(FileNotFoundError):
        second.unlink()
    try:
        os.link(path, second)
    except OSError:
        second.write_bytes(path.read_bytes())
    second.replace(keep)
