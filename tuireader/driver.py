"""The terminal as Textual drives it, but for three things that a reader needs otherwise."""

from __future__ import annotations

import os
import selectors
import struct
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fcntl import ioctl
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tuireader.graphics import QUERY, Cell, Graphics, Replies, graphics_of

_ALTERNATE_SCREEN = "\x1b[?1049h"

_INPUT_SIZE = 4096
"""Bytes that are read of the terminal at once."""

_INPUT_PAUSE = 0.1
"""Seconds to wait for input until a lone Esc is looked at, and whether the program ends."""


class EscParser(XTermParser):
    """Takes Esc and the key that follows it at once for two keys.

    Over a slow line they come in one piece. Textual takes them for Alt and a letter, and of other characters
    loses the Esc. Nothing in the reader is on Alt, so the two can only be what was typed. The few that it
    knows as Option keys of a Mac (words to the left and right, figures) stay those.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if alt:
            yield events.Key("escape", "\x1b")
        yield from super()._sequence_to_key_events(sequence)


@dataclass
class GraphicsKnown(Message):
    """The terminal has told how it draws pictures."""

    graphics: Graphics


class ReaderDriver(LinuxDriver):
    """Reads Esc as ``EscParser`` does, and asks for graphics; the rest is as Textual's own."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
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

    def run_input_thread(self) -> None:
        """Hand on what is typed until the program ends."""
        parser = EscParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_INPUT_PAUSE):
                    typed = self._replies.take(decode(os.read(self.fileno, _INPUT_SIZE)))
                else:
                    typed = self._replies.pause()
                # An empty text would tell the parser that all is over.
                for event in parser.feed(typed) if typed else ():
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
                if replies := self._replies.all():
                    self.process_message(GraphicsKnown(graphics_of(replies, self._cell())))

    def _cell(self) -> Cell | None:
        """The size of a cell by that of the window, which some terminals tell nowhere else."""
        try:
            size = ioctl(self.fileno, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            return None
        rows, columns, width, height = struct.unpack("HHHH", size)
        known = 0 < columns <= width and 0 < rows <= height
        return (width // columns, height // rows) if known else None


class ContinuingDriver(ReaderDriver):
    """Does not change to the alternate screen at the start, which some terminals would clear for it."""

    _continued = False

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == _ALTERNATE_SCREEN and not self._continued:
            self._continued = True
            return
        super().write(data)
