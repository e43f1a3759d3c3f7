"""Textual's terminal driver, adapted to the reader."""

from __future__ import annotations

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
from typing import Any, TypeVar

from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import InBandWindowResize

from tuireader.terminal.graphics import QUERY, Cell, Graphics, Replies, graphics_of
from tuireader.terminal.input import TerminalInput
from tuireader.terminal.output import TerminalOutput

_ALTERNATE_SCREEN = "\x1b[?1049h"

_GIVE_BACK = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Ends all that Textual has switched on."""

_INPUT_SIZE = 4096
"""Bytes that are read of the terminal at once."""

_INPUT_PAUSE = 0.1
"""Seconds to wait for input until a lone Esc is looked at, and whether the program ends."""


@dataclass
class GraphicsKnown(Message):
    """The terminal has reported how it draws pictures."""

    graphics: Graphics


class HungUp(Message):
    """The terminal is gone."""


class ReaderDriver(LinuxDriver):
    """Reads by ``TerminalInput``, writes by ``TerminalOutput``, and asks for graphics."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._output = TerminalOutput(sys.__stderr__)
        self._file: Any = self._output
        self._in_band_questions = 0
        self._replies = Replies()
        self.before_stop: Callable[[], None] = lambda: None
        """Is called while the terminal is still the program's, when it ends or steps aside."""

    @property
    def is_behind(self) -> bool:
        """Whether the terminal has not yet taken what was written before."""
        return self._writer_thread is not None and self._writer_thread._queue.qsize() > 0

    def ask_for_graphics(self) -> None:
        """Ask the terminal how it draws pictures; the app gets ``GraphicsKnown`` if it answers."""
        self._replies.expect()
        self.write(QUERY)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.before_stop()
        super().stop_application_mode()

    def give_back_at_once(self) -> None:
        """Give the terminal back without waiting for it, from any thread, when nothing else may work."""
        with suppress(Exception):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            if select.select([], [self._output.fileno()], [], 0)[1]:
                self._output.write(_GIVE_BACK)

    def run_input_thread(self) -> None:
        """Hand on what is typed until the program ends, or the terminal is gone."""
        typed = TerminalInput(self._replies, self._debug)
        typed.parser.may_resize = lambda: self._in_band_window_resize
        try:
            self._read_on(typed)
        except (OSError, ValueError):  # no descriptor any more
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

    def _read(self) -> bytes:
        """What has come; nothing where there is no terminal any more."""
        try:
            return os.read(self.fileno, _INPUT_SIZE)
        except OSError:
            return b""

    def _query_in_band_window_resize(self) -> None:
        self._in_band_questions += 1
        super()._query_in_band_window_resize()

    def process_message(self, message: Message) -> None:
        """Hand a message on to the app.

        The terminal is believed to report its size among the keys only where it was asked: the usual way is
        not listened to from then on.
        """
        if isinstance(message, InBandWindowResize):
            if not self._in_band_questions:
                return
            self._in_band_questions -= 1
        super().process_message(message)

    def _cell(self) -> Cell | None:
        """The size of a cell by that of the window, which some terminals tell nowhere else."""
        try:
            size = ioctl(self.fileno, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            return None
        rows, columns, width, height = struct.unpack("HHHH", size)
        known = 0 < columns <= width and 0 < rows <= height
        return (width // columns, height // rows) if known else None


D = TypeVar("D", bound=Driver)


def driver_of(app: App[Any], kind: type[D]) -> D | None:
    """The driver of ``app``; None if it is not of this ``kind``, as in tests."""
    return app._driver if isinstance(app._driver, kind) else None


class ContinuingDriver(ReaderDriver):
    """Does not select the alternate screen again at the start, because some terminals would clear it."""

    _continued = False

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == _ALTERNATE_SCREEN and not self._continued:
            self._continued = True
            return
        super().write(data)
