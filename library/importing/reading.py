"""Reads the bytes of a source, never more than any article has."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Iterator
from pathlib import Path

from library.errors import ImportFailed
from library.importing.folders import kind_of_file
from library.importing.formats.jsonl import LINE_LIMIT, is_own_export

READ_LIMIT = 64 * 1024 * 1024
"""No article, and no saved page with its pictures, is larger."""

PATIENCE = 30.0
"""So many seconds a pipe may be silent."""

_CHUNK = 1 << 16


def read_source(path: Path, *, patience: float = PATIENCE) -> bytes:
    """The bytes of the file ``path``, or what comes through a pipe. Raises OSError, ``ImportFailed``.

    A device, a pipe without end and a file that is too large are refused before memory is filled with them.
    """
    status = path.stat()
    if stat.S_ISFIFO(status.st_mode):
        return _from_pipe(path, patience)
    if not stat.S_ISREG(status.st_mode):
        raise ImportFailed(str(path), f"is {kind_of_file(status.st_mode)}, not a file.")
    if status.st_size > READ_LIMIT:
        size = status.st_size / 1024 / 1024
        raise ImportFailed(str(path), f"is larger than 64 MB ({size:,.0f} MB), which no article is.")
    with path.open("rb") as file:
        return file.read(READ_LIMIT + 1)


def export_lines(path: Path) -> Iterator[bytes] | None:
    """The lines of the file ``path`` if this program exported it; None for any other. Raises OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as file:
        start = file.readline(LINE_LIMIT)
    return _lines(path) if is_own_export(start) else None


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(LINE_LIMIT + 1):
            yield line


def _from_pipe(path: Path, patience: float) -> bytes:
    data = bytearray()
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while len(data) <= READ_LIMIT:
            if not select.select([handle], [], [], patience)[0]:
                raise ImportFailed(
                    str(path), f"is a pipe into which nothing was written for {patience:g} seconds."
                )
            chunk = os.read(handle, _CHUNK)
            if not chunk:
                break
            data += chunk
    finally:
        os.close(handle)
    if len(data) > READ_LIMIT:
        raise ImportFailed(str(path), "is a pipe that gave more than 64 MB, which no article is.")
    if not data:
        raise ImportFailed(str(path), "is a pipe that gave nothing.")
    return bytes(data)
