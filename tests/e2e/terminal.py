"""A real terminal for a program: a pseudo-terminal with a screen that interprets the program's output."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte

ROOT = Path(__file__).resolve().parents[2]

PATIENCE = 300.0
"""Timeout of a condition in seconds, far longer than any takes, even on a busy machine."""


def cells(screen: pyte.Screen, line: int) -> list[tuple[str, str, str, bool]]:
    """Return character, colour, background and boldness of each cell; only the background if it is blank."""
    row = [screen.buffer[line][column] for column in range(screen.columns)]
    return [
        (one.data, one.fg, one.bg, one.bold) if one.data.strip() else (" ", "", one.bg, False) for one in row
    ]


class Terminal:
    """Runs ``python -m tuireader`` with ``arguments`` in a pseudo-terminal of ``columns`` × ``rows`` cells.

    A context manager: the program is ended at the end of the block. ``before`` runs in the child process
    before the program starts.
    """

    def __init__(
        self,
        arguments: Sequence[str] = (),
        *,
        environment: Mapping[str, str],
        columns: int = 100,
        rows: int = 30,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        self.output = bytearray()
        self._is_closed = False
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = threading.Condition()
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)

        def start() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            before()

        self._program = subprocess.Popen(
            [sys.executable, "-m", "tuireader", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", **environment},
            start_new_session=True,
            preexec_fn=start,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._program.poll() is None:
            self._program.kill()
        self._program.wait()
        self._reader.join(PATIENCE)
        if not self._is_closed:
            os.close(self._master)

    # Output

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # Linux: the program has closed its side
                data = b""
            with self._drawn:
                self.output += data
                self._stream.feed(data)
                self._drawn.notify_all()
            if not data:
                return

    def text(self) -> str:
        """The text on the screen: its rows without trailing blanks."""
        with self._drawn:
            return self._text()

    def cells(self, line: int) -> list[tuple[str, str, str, bool]]:
        """Return the appearance of each cell of a line; see ``cells``."""
        with self._drawn:
            return cells(self._screen, line)

    def _text(self) -> str:
        # The second cell of a wide character is empty; pyte's own ``display`` fails where a resize split one.
        columns, rows = range(self._screen.columns), range(self._screen.lines)
        lines = ("".join(self._screen.buffer[row][column].data for column in columns) for row in rows)
        return "\n".join(line.rstrip() for line in lines)

    def wait_for(self, wanted: str | Callable[[str], bool], patience: float = PATIENCE) -> str:
        """Wait until ``wanted`` is on the screen, or is true for its text; return the text.

        Fail after ``patience`` seconds, or if the program has ended, and show the screen.
        """
        end = time.monotonic() + patience
        with self._drawn:
            while True:
                text = self._text()
                if wanted in text if isinstance(wanted, str) else wanted(text):
                    return text
                left = end - time.monotonic()
                if left <= 0 or not self._reader.is_alive():
                    state = "the program has ended" if left > 0 else f"{patience:.0f} seconds have passed"
                    raise AssertionError(f"{state}, and {wanted!r} was not seen on this screen:\n{text}")
                self._drawn.wait(min(left, 0.5))

    def wait_until_gone(self, unwanted: str) -> str:
        """Wait until ``unwanted`` is no longer on the screen; return the text."""
        return self.wait_for(lambda text: unwanted not in text)

    # Input

    def send(self, keys: str) -> None:
        """Press keys: characters as they are typed, ``\\r`` for Enter, ``\\x1b`` for Esc."""
        os.write(self._master, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Resize the terminal; the program is notified as by a real one."""
        with self._drawn:
            self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # The program

    @property
    def running(self) -> bool:
        """True while the program runs."""
        return self._program.poll() is None

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._program.send_signal(number)

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as a terminal may, or line noise."""
        os.write(self._master, data)

    def close(self) -> None:
        """Close the window: the program loses its terminal."""
        self._is_closed = True
        os.close(self._master)

    @property
    def modes(self) -> list[Any]:
        """The input modes of the terminal: the attributes of ``termios`` without the speed."""
        return termios.tcgetattr(self._master)[:4]

    def kill(self) -> None:
        """End the program with SIGKILL, as in a crash."""
        self._program.send_signal(signal.SIGKILL)
        self._program.wait(PATIENCE)

    def ended(self) -> int:
        """Wait until the program ends by itself; return its exit status."""
        try:
            status = self._program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the program has not ended; it shows:\n{self.text()}") from None
        self._reader.join(PATIENCE)
        return status


def wait_until(condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait for a ``condition`` outside the terminal, such as of a file; fail with ``what`` in the message."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, f"{patience:.0f} seconds have passed without: {what}"
        time.sleep(0.02)
