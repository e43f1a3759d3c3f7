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

    ``keep`` names a file that is made to hold the former content. Raises OSError; no temporary file is
    left then, and ``path`` has its former content (if only the fsync of the folder failed: where ``keep``
    is given).
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        kept = keep if keep is not None and path.exists() else None
        if kept is not None:
            _copy_name(path, kept)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    try:
        sync_folder(path.parent)
    except OSError:
        _take_back(path, keep, kept)
        raise


def _take_back(path: Path, keep: Path | None, kept: Path | None) -> None:
    """Give ``path`` the content of ``kept`` again, or take it away where it is new."""
    with contextlib.suppress(OSError):
        if kept is not None:
            _copy_name(kept, path)
        elif keep is not None:
            path.unlink()


def _copy_name(path: Path, name: Path) -> None:
    """Make ``name`` a second name of ``path``'s content, or a copy where links are not possible."""
    second = name.with_name(f".{name.name}.second.tmp")
    second.unlink(missing_ok=True)
    try:
        try:
            os.link(path, second)
        except OSError:
            second.write_bytes(path.read_bytes())
        second.replace(name)
    except BaseException:
        with contextlib.suppress(OSError):
            second.unlink()
        raise
