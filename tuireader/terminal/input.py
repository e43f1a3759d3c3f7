"""Reads terminal input as events. No sequence of bytes can stop the reader.

Textual's parser is a generator: an error in it, such as an invalid code point, would end it and the program.
It also passes unknown sequences on as keys, so the letters of an unexpected reply of the terminal would run
commands.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from tuireader.terminal.graphics import Replies

_EXTENDED_KEY = re.compile(r"\x1b\[([\d:]*)(?:;([\d:]*))?(?:;([\d:]*))?([u~ABCDEFHPQRS])")
"""A key of the Kitty protocol: code point with its variants, modifiers with the kind of event, text."""
_RELEASED = "3"
_CTRL = 4
_CONTROL_SEQUENCE = re.compile(r"\x1b\[[0-?]+[ -/]*[@-~]")
"""A complete control sequence with a parameter; without one it may have been typed: Esc and two keys."""
_READ_LATER = re.compile(r"\x1b\[(?:<?[-\d;]+[mM]|\?\d+;\d\$y|\d+;\d+R)")
"""Those that Textual's parser looks at after the keys: mouse, modes, the cursor's place."""
_STRING = re.compile(r"\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)")
"""An answer in the form of a string: colours of the terminal, pictures, and others."""
_X10_MOUSE = re.compile(rb"\x1b\[M(...)", re.DOTALL)
_X10_PARTIAL = re.compile(rb"\x1b\[(?:M.{0,2})?\Z", re.DOTALL)

PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE_PAUSE = 30
"""Pauses of a tenth of a second after which a paste ends although the terminal has not said so."""

LARGEST_SCREEN = (2000, 1000)
"""Columns and rows; a terminal that reports more has made a mistake."""
_FARTHEST = 20_000
"""Cells; the mouse is not farther away."""


def _is_character(code: int) -> bool:
    return 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000


class EscParser(XTermParser):
    """Takes Esc and the key that follows it at once for two keys, and goes on after anything.

    Over a slow line they come in one piece. Textual takes them for Alt and a letter, and of other characters
    loses the Esc. Nothing in the reader is on Alt, so the two can only be what was typed. The few that it
    knows as Option keys of a Mac (words to the left and right, figures) stay those.

    ``may_resize`` says whether the terminal may report its size among the keys.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self.may_resize: Callable[[], bool] = lambda: False

    def feed(self, data: str) -> Iterable[Message]:
        """The events of ``data``; an empty text means that all is over."""
        for character in data or [""]:
            size, pixels = self.terminal_size, self.terminal_pixel_size
            in_pixels = self.mouse_pixels
            try:
                for event in super().feed(character):
                    if isinstance(event, events.Resize) and not self._believes(event):
                        self.terminal_size, self.terminal_pixel_size = size, pixels
                        self.mouse_pixels = in_pixels
                    elif not _is_far(event):
                        yield event
            except Exception:  # any that its code may raise: it ends the generator
                if not data:
                    return
                self._begin_again()

    def tick(self) -> Iterable[Message]:
        """The events that follow from a pause."""
        try:
            yield from super().tick()
        except Exception:
            self._begin_again()

    def _begin_again(self) -> None:
        self._tokens.clear()
        self._timeout_time = None
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)

    def _believes(self, event: events.Resize) -> bool:
        columns, rows = LARGEST_SCREEN
        return self.may_resize() and 0 < event.size.width <= columns and 0 < event.size.height <= rows

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if alt:
            yield events.Key("escape", "\x1b")
        extended = _EXTENDED_KEY.fullmatch(sequence)
        plain = sequence if extended is None else _plain_key(*extended.groups(default=""))
        keys = list(super()._sequence_to_key_events(plain)) if plain else []
        if not keys and _CONTROL_SEQUENCE.fullmatch(sequence) and not _READ_LATER.fullmatch(sequence):
            keys = [events.Key(Keys.Ignore, sequence)]
        yield from keys


def _plain_key(codes: str, modifiers: str, text: str, end: str) -> str:
    """A key of the Kitty protocol in the form that Textual reads; empty if it is none.

    The variants of a key and the kind of its event are left out, a key that is released is none. With Ctrl a
    key of another alphabet is the one at its place on a Latin keyboard, which the third variant names.
    """
    code, _, latin = (*codes.split(":"), "", "")[:3]
    held, kind = (*modifiers.split(":"), "")[:2]
    if latin and int(code or "1") > 127 and (int(held or "1") - 1) & _CTRL:
        code = latin
    characters = [part for part in text.split(":") if part]
    if kind == _RELEASED or not all(_is_character(int(one)) for one in (code or "1", *characters)):
        return ""
    held = "" if int(held or "0") > 256 else held
    fields = [code, held, ":".join(characters)]
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    return f"\x1b[{';'.join(fields)}{end}"


def _is_far(event: Message) -> bool:
    return isinstance(event, events.MouseEvent) and max(abs(event.x), abs(event.y)) > _FARTHEST


class TerminalInput:
    """Makes events of the bytes that the terminal sends.

    Args:
        replies: Takes out the answers that the program has asked for.
        debug: Whether Textual's parser writes what it gets to a file.
    """

    def __init__(self, replies: Replies, debug: bool = False) -> None:
        self.parser = EscParser(debug)
        self._replies = replies
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._held = b""
        self._tail = ""
        self._is_pasting = False
        self._pauses = 0

    def take(self, data: bytes) -> Iterator[Message]:
        """The events of ``data``."""
        self._pauses = 0
        data, self._held = self._held + data, b""
        data = _X10_MOUSE.sub(_sgr_mouse, data)
        if partial := _X10_PARTIAL.search(data):
            self._held = partial[0]
            data = data[: partial.start()]
        yield from self._events(self._replies.take(self._decoder.decode(data)))

    def pause(self) -> Iterator[Message]:
        """The events that follow where nothing has come for a tenth of a second."""
        self._pauses += 1
        held, self._held = self._held, b""
        yield from self._events(
            self._replies.take(self._decoder.decode(held)) if held else self._replies.pause()
        )
        if self._is_pasting and self._pauses >= LONGEST_PASTE_PAUSE:
            yield from self._events(PASTE_ENDS)

    def end(self) -> None:
        """The input has ended."""
        with suppress(Exception):
            for _ in self.parser.feed(""):
                pass

    def _events(self, text: str) -> Iterator[Message]:
        if text and not self._is_pasting:
            text = _STRING.sub("", text)
        self._follow_pastes(text)
        # An empty text would tell the parser that all is over.
        if text:
            yield from self.parser.feed(text)
        yield from self.parser.tick()

    def _follow_pastes(self, text: str) -> None:
        seen = self._tail + text
        begins, ends = seen.rfind(PASTE_BEGINS), seen.rfind(PASTE_ENDS)
        if begins != ends:
            self._is_pasting = begins > ends
        self._tail = seen[-(len(PASTE_ENDS) - 1) :]


def _sgr_mouse(found: re.Match[bytes]) -> bytes:
    """A mouse report in bytes, which end at column 223 and are no UTF-8 from 96 on, in its newer form."""
    button, column, row = (max(0, byte - 32) for byte in found[1])
    released = button & 3 == 3 and not button & 96
    if released:
        button &= ~3
    return b"\x1b[<%d;%d;%d%s" % (button, column, row, b"m" if released else b"M")
