"""Writes to the terminal, which may be slow, use another encoding, or be gone."""

from __future__ import annotations

import errno
import os
import select
from contextlib import suppress
from typing import TextIO

_GONE = frozenset({errno.EIO, errno.EPIPE, errno.EBADF, errno.ENXIO, errno.ENODEV})
_PATIENCE = 1.0
"""Seconds before writing is retried if the terminal accepts nothing."""


class TerminalOutput:
    """The file of a terminal. It raises no errors: output that a terminal does not accept is lost."""

    def __init__(self, file: TextIO | None) -> None:
        self._file = file
        self.is_gone = file is None
        """True if the terminal is gone."""

    def write(self, text: str) -> int:
        """Write ``text``, with question marks for characters not in the encoding. Return its length."""
        file = self._file
        if file is None:
            return len(text)
        rest = memoryview(text.encode(file.encoding or "utf-8", "replace"))
        while rest and not self.is_gone:
            try:
                rest = rest[os.write(file.fileno(), rest) :]
            except BlockingIOError:
                with suppress(OSError, ValueError):
                    select.select([], [file], [], _PATIENCE)
            except InterruptedError:
                continue
            except (OSError, ValueError) as error:  # a closed file raises ValueError
                if isinstance(error, ValueError) or error.errno in _GONE:
                    self.is_gone = True
                break
        return len(text)

    def flush(self) -> None:
        """Do nothing, because writes are not buffered."""

    def fileno(self) -> int:
        """Return the descriptor of the file, or -1."""
        return -1 if self._file is None else self._file.fileno()

    def isatty(self) -> bool:
        """Return True if the file is a terminal."""
        return self._file is not None and self._file.isatty()
