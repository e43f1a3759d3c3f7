"""A source to import: its bytes, up to a size limit, and its text.

Text that another program garbled is repaired: UTF-8 read as Windows-1252, and printers' ligatures.
"""

from __future__ import annotations

import os
import re
import select
import stat
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

from library.errors import ImportFailed
from library.importing.decoding import decode
from library.importing.folders import kind_of_file
from library.importing.pictures import take_inline_pictures
from library.models import FoundPicture

_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\ufffd]"
    "|[\u0420\u0421][\u0400-\u040f\u0450-\u0457\u00a0-\u00bb\u2018-\u201e]"
)
"""Two characters that are rarely adjacent, except where UTF-8 was decoded as another encoding."""

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
_LOST_QUOTE = "\u00e2\u20ac\ufffd"
"""A closing quotation mark whose last byte is undefined in Windows-1252."""


def repair_letters(text: str) -> str:
    """Replace ligatures with their letters, and repair mojibake.

    Only lines that look like mojibake are decoded again.
    """
    text = text.translate(_LIGATURES)
    if _MOJIBAKE.search(text) is None:
        return text
    import ftfy

    lines = text.replace(_LOST_QUOTE, "\u00e2\u20ac\u009d").split("\n")
    return "\n".join(ftfy.fix_encoding(line) if _MOJIBAKE.search(line) else line for line in lines)


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
