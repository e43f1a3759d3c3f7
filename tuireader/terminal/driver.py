"""Textual's terminal driver, adapted to the reader.

The terminal may be slow, use another encoding, or be gone.
"""

from __future__ import annotations

import errno
import os
import select
import selectors
import struct
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fcntl import ioctl
from typing import Any, TextIO, TypeVar

from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import InBandWindowResize

from tuireader.terminal.graphics import QUERY, Asked, Cell, Graphics, Replies, graphics_of
from tuireader.terminal.ground import FOLLOW, FOLLOW_NO_MORE, GroundKnown, dark_of
from tuireader.terminal.ground import QUERY as GROUND_QUERY
from tuireader.terminal.input import TerminalInput

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


_ALTERNATE_SCREEN = "\x1b[?1049h"

_GIVE_BACK = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[?2031l"
)
"""Switches off every mode that Textual has switched on."""

_KEYS = "\x1b[>25u"
_KEYS_WITH_PLACES = "\x1b[>29u"
"""Asks the terminal for keys by the Kitty protocol, also for the places of those of other keyboards."""

_INPUT_SIZE = 4096
"""Maximum number of bytes read from the terminal at once."""

_INPUT_PAUSE = 0.1
"""Seconds to wait for input before checking for a lone Esc and for the end of the program."""


@dataclass
class GraphicsKnown(Message):
    """The terminal has reported its graphics support."""

    graphics: Graphics


class HungUp(Message):
    """The terminal is gone."""


class ReaderDriver(LinuxDriver):
    """A driver that reads with ``TerminalInput``, writes with ``TerminalOutput``, and detects graphics."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._output = TerminalOutput(sys.__stderr__)
        self._file: Any = self._output
        self._in_band_questions = 0
        self._replies = Replies()
        self._follows_ground = False
        self.before_stop: Callable[[], None] = lambda: None
        """Called before the terminal is given back, when the program ends or is suspended."""

    @property
    def is_behind(self) -> bool:
        """True if the terminal has not yet accepted earlier output."""
        return self._writer_thread is not None and self._writer_thread._queue.qsize() > 0

    def ask_for_graphics(self) -> None:
        """Query the terminal's graphics support; the app gets ``GraphicsKnown`` if it answers."""
        self._replies.expect()
        self.write(QUERY)

    def ask_for_ground(self) -> None:
        """Ask whether the terminal is dark or light, now and whenever that changes.

        The app gets ``GroundKnown`` if the terminal answers.
        """
        self._follows_ground = True
        self._replies.expect(Asked.GROUND)
        self.write(FOLLOW + GROUND_QUERY)

    def write(self, data: str) -> None:
        """Write to the terminal. Ask for the places of keys when Textual asks for all keys."""
        super().write(_KEYS_WITH_PLACES if data == _KEYS else data)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._follows_ground:
            self.ask_for_ground()  # it may have changed while the program was suspended

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.before_stop()
        if self._follows_ground:
            self.write(FOLLOW_NO_MORE)
        super().stop_application_mode()

    def give_back_at_once(self) -> None:
        """Give the terminal back without waiting for it, from any thread, as a last resort."""
        with suppress(Exception):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            if select.select([], [self._output.fileno()], [], 0)[1]:
                self._output.write(_GIVE_BACK)

    def run_input_thread(self) -> None:
        """Pass on what is typed until the program ends or the terminal is gone."""
        typed = TerminalInput(self._replies, self._debug)
        typed.parser.may_resize = lambda: self._in_band_window_resize
        try:
            self._read_on(typed)
        except (OSError, ValueError):  # the descriptor is closed
            self.process_message(HungUp())
        finally:
            typed.end()

    def _read_on(self, typed: TerminalInput) -> None:
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_INPUT_PAUSE):
                    data = self._read()
                    if not data:
                        self.process_message(HungUp())
                        return
                    messages = typed.take(data)
                else:
                    messages = typed.pause()
                for message in messages:
                    self.process_message(message)
                if replies := self._replies.all():
                    self.process_message(GraphicsKnown(graphics_of(replies, self._cell())))
                if replies := self._replies.all(Asked.GROUND):
                    self.process_message(GroundKnown(dark_of(replies)))

    def _read(self) -> bytes:
        """Read the available input; empty if the terminal is gone."""
        try:
            return os.read(self.fileno, _INPUT_SIZE)
        except OSError:
            return b""

    def _query_in_band_window_resize(self) -> None:
        self._in_band_questions += 1
        super()._query_in_band_window_resize()

    def process_message(self, message: Message) -> None:
        """Pass a message on to the app.

        A report that the terminal supports in-band sizes counts only after a query, because Textual ignores
        SIGWINCH from then on.
        """
        if isinstance(message, InBandWindowResize):
            if not self._in_band_questions:
                return
            self._in_band_questions -= 1
        super().process_message(message)

    def _cell(self) -> Cell | None:
        """Compute the size of a cell from that of the window, which is all that some terminals report."""
        try:
            size = ioctl(self.fileno, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            return None
        rows, columns, width, height = struct.unpack("HHHH", size)
        known = 0 < columns <= width and 0 < rows <= height
        return (width // columns, height // rows) if known else None


D = TypeVar("D", bound=Driver)


def driver_of(app: App[Any], kind: type[D]) -> D | None:
    """Return the driver of ``app``, or None if it is not of this ``kind``, as in tests."""
    return app._driver if isinstance(app._driver, kind) else None


class ContinuingDriver(ReaderDriver):
    """A driver that does not select the alternate screen at the start, as some terminals would clear it."""

    _continued = False

    def write(self, data: str) -> None:
        """Write to the terminal, except for the first switch to the alternate screen."""
        if data == _ALTERNATE_SCREEN and not self._continued:
            self._continued = True
            return
        super().write(data)
