"""A source to import: its bytes, up to a size limit, and its text."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from library.errors import ImportFailed
from library.importing.decoding import decode
from library.importing.folders import kind_of_file
from library.importing.mojibake import repair_letters
from library.importing.pictures import take_inline_pictures
from library.models import FoundPicture

READ_LIMIT = 64 * 1024 * 1024
"""No article, and no saved page with its pictures, is larger."""

PATIENCE = 30.0
"""Seconds that a pipe may be silent."""

_CHUNK = 1 << 16

TEXT_LIMIT = 16 * 1024 * 1024

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes of a line: no article with its notes is larger."""


class Source:
    """What articles are imported from; read as far as a format asks for it.

    Each property may raise OSError and ``ImportFailed``.
    """

    def __init__(self, name: str, read: Callable[[], bytes], path: Path | None = None) -> None:
        self.name = name
        self._read = read
        self._path = path

    @classmethod
    def of_file(cls, path: Path) -> Source:
        """The file (or pipe) ``path``."""
        return cls(str(path), lambda: read_source(path), path)

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Source:
        """``data``, with ``name`` as its file name."""
        return cls(name, lambda: data)

    @classmethod
    def failed(cls, failure: ImportFailed) -> Source:
        """A source that cannot be read, for the reason in ``failure``."""

        def fail() -> bytes:
            raise failure

        return cls(failure.source, fail)

    @cached_property
    def data(self) -> bytes:
        """All its bytes."""
        return self._read()

    @cached_property
    def first_line(self) -> bytes:
        """Its bytes to the first newline, or further; the whole of it is not read for them."""
        if self._file is None:
            return self.data
        with self._file.open("rb") as file:
            return file.readline(LINE_LIMIT)

    def lines(self) -> Iterator[bytes]:
        """Its lines with their ends, one by one; of a longer one as much as shows that it is too long."""
        if self._file is None:
            yield from self.data.splitlines(keepends=True)
            return
        with self._file.open("rb") as file:
            while line := file.readline(LINE_LIMIT + 1):
                yield line

    @cached_property
    def _file(self) -> Path | None:
        """The file, where it can be read more than once."""
        return self._path if self._path is not None and stat.S_ISREG(self._path.stat().st_mode) else None

    @cached_property
    def text(self) -> str:
        """All of it as text, which is empty or larger than any article in no case."""
        data = self.data
        if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
            raise ImportFailed(self.name, "is empty.")
        if len(data) > TEXT_LIMIT:
            size = len(data) / 1024 / 1024
            raise ImportFailed(
                self.name, f"is larger than 16 MB ({size:.0f} MB); split it into its articles first."
            )
        return decode(data, self.name)

    @cached_property
    def repaired_text(self) -> str:
        """Its text without the pictures in it, its letters as they were meant."""
        return repair_letters(self._without_pictures[0])

    @property
    def pictures(self) -> tuple[FoundPicture, ...]:
        """The pictures that its text has in it."""
        return self._without_pictures[1]

    @cached_property
    def _without_pictures(self) -> tuple[str, tuple[FoundPicture, ...]]:
        return take_inline_pictures(self.text)


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
        raise ImportFailed(str(path), f"is larger than 64 MB ({size:,.0f} MB), too large for an article.")
    with path.open("rb") as file:
        return file.read(READ_LIMIT + 1)


def _from_pipe(path: Path, patience: float) -> bytes:
    data = bytearray()
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while len(data) <= READ_LIMIT:
            if not select.select([handle], [], [], patience)[0]:
                raise ImportFailed(str(path), f"is a pipe that sent nothing for {patience:g} seconds.")
            chunk = os.read(handle, _CHUNK)
            if not chunk:
                break
            data += chunk
    finally:
        os.close(handle)
    if len(data) > READ_LIMIT:
        raise ImportFailed(str(path), "is a pipe that sent more than 64 MB, too large for an article.")
    if not data:
        raise ImportFailed(str(path), "is a pipe that sent nothing.")
    return bytes(data)
