"""The terminal as Textual drives it, but for two things that a reader needs otherwise."""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

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


class ReaderDriver(LinuxDriver):
    """Reads Esc as ``EscParser`` does; the rest is as Textual's own."""

    def run_input_thread(self) -> None:
        """Hand on what is typed until the program ends."""
        parser = EscParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_INPUT_PAUSE):
                    typed = decode(os.read(self.fileno, _INPUT_SIZE))
                    # An empty text would tell the parser that all is over.
                    for event in parser.feed(typed) if typed else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)


class ContinuingDriver(ReaderDriver):
    """Does not change to the alternate screen at the start, which some terminals would clear for it."""

    _continued = False

    def write(self, data: str) -> None:
        """Write to the terminal."""
        if data == _ALTERNATE_SCREEN and not self._continued:
            self._continued = True
            return
        super().write(data)
