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
"""Maximum size of a source in bytes; no saved page with its pictures is larger."""

PATIENCE = 30.0
"""Maximum seconds that a pipe may be silent."""

_CHUNK = 1 << 16

TEXT_LIMIT = 16 * 1024 * 1024

LINE_LIMIT = 64 * 1024 * 1024
"""Maximum size of a line in bytes; no article with its notes is larger."""


class Source:
    """The input that articles are imported from; it is read only as far as a format needs it.

    Each property may raise OSError and ``ImportFailed``.
    """

    def __init__(self, name: str, read: Callable[[], bytes], path: Path | None = None) -> None:
        self.name = name
        self._read = read
        self._path = path

    @classmethod
    def of_file(cls, path: Path) -> Source:
        """Return the source for the file or pipe ``path``."""
        return cls(str(path), lambda: read_source(path), path)

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Source:
        """Return the source for ``data``, with ``name`` as its file name."""
        return cls(name, lambda: data)

    @classmethod
    def failed(cls, failure: ImportFailed) -> Source:
        """Return a source that cannot be read, for the reason in ``failure``."""

        def fail() -> bytes:
            raise failure

        return cls(failure.source, fail)

    @cached_property
    def data(self) -> bytes:
        """All bytes."""
        return self._read()

    @cached_property
    def first_line(self) -> bytes:
        """The bytes up to the first newline, or more of them; a file is not read any further."""
        if self._file is None:
            return self.data
        with self._file.open("rb") as file:
            return file.readline(LINE_LIMIT)

    def lines(self) -> Iterator[bytes]:
        """Yield the lines with their ends; longer ones in pieces of LINE_LIMIT + 1 bytes."""
        if self._file is None:
            yield from self.data.splitlines(keepends=True)
            return
        with self._file.open("rb") as file:
            while line := file.readline(LINE_LIMIT + 1):
                yield line

    @cached_property
    def _file(self) -> Path | None:
        """The path, if it is a file that can be read more than once."""
        return self._path if self._path is not None and stat.S_ISREG(self._path.stat().st_mode) else None

    @cached_property
    def text(self) -> str:
        """The decoded text. Raises ``ImportFailed`` if it is empty or too large."""
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
        """The text without its pictures, and with garbled letters repaired."""
        return repair_letters(self._without_pictures[0])

    @property
    def pictures(self) -> tuple[FoundPicture, ...]:
        """The pictures inside the text."""
        return self._without_pictures[1]

    @cached_property
    def _without_pictures(self) -> tuple[str, tuple[FoundPicture, ...]]:
        return take_inline_pictures(self.text)


def read_source(path: Path, *, patience: float = PATIENCE) -> bytes:
    """Read the file ``path``, or a pipe. Raises OSError, ``ImportFailed``.

    A device, an endless pipe and a file that is too large are refused before they fill the memory.
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
