"""Reads terminal input as events. No sequence of bytes can stop the reader.

Textual's parser is a generator: an error in it, such as for an invalid code point, would end it and the
program. It also passes unknown sequences on as keys, so the letters of an unexpected reply of the terminal
would run commands.
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
from tuireader.terminal.ground import GroundKnown, reported

_EXTENDED_KEY = re.compile(r"\x1b\[([\d:]*)(?:;([\d:]*))?(?:;([\d:]*))?([u~ABCDEFHPQRS])")
"""A key of the Kitty protocol: code point with variants, modifiers with event type, text."""
_RELEASED = "3"
PLACE = "place"
"""Name of the attribute of a key event that says where the key is, for keyboards that are not Latin."""
_CTRL = 4
_CONTROL_SEQUENCE = re.compile(r"\x1b\[[0-?]+[ -/]*[@-~]")
"""A complete control sequence with a parameter. Without one, it may be typed keys: Esc and two more."""
_READ_LATER = re.compile(r"\x1b\[(?:<?[-\d;]+[mM]|\?\d+;\d\$y|\d+;\d+R)")
"""Control sequences that Textual's parser tries after the keys: mouse, modes, cursor position."""
_STRING = re.compile(r"\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)")
"""A reply in the form of a string, about colours, pictures and others."""
_X10_MOUSE = re.compile(rb"\x1b\[M(...)", re.DOTALL)
_X10_PARTIAL = re.compile(rb"\x1b\[(?:M.{0,2})?\Z", re.DOTALL)

PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE_PAUSE = 30
"""Number of pauses of 0.1 seconds after which a paste ends without the terminal's end sequence."""

LARGEST_SCREEN = (2000, 1000)
"""Maximum columns and rows; a report of more is an error of the terminal."""
_FARTHEST = 20_000
"""Maximum coordinate of the mouse in cells."""


def _is_character(code: int) -> bool:
    return 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000


class EscParser(XTermParser):
    """A parser that reads Esc and an immediately following key as two keys, and survives every error.

    Over a slow line, both keys arrive together. Textual reads them as Alt and a letter, and loses the Esc
    before other characters. The reader has no Alt keys, so both must have been typed. The few sequences
    that Textual knows as Option keys of a Mac (words to the left and right, digits) keep that meaning.

    ``may_resize`` returns True if the terminal may report its size among the keys.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self.may_resize: Callable[[], bool] = lambda: False
        self._is_dark: bool | None = None  # as was just reported

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the events of ``data``; an empty text ends the input."""
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
                if self._is_dark is not None:
                    yield GroundKnown(self._is_dark)
                    self._is_dark = None
            except Exception:  # any error ends the generator
                if not data:
                    return
                self._begin_again()

    def tick(self) -> Iterable[Message]:
        """Yield the events caused by a pause."""
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
        if extended is not None and (place := _place_of(extended[1] or "")):
            for key in keys:
                setattr(key, PLACE, place)
        if not keys and _CONTROL_SEQUENCE.fullmatch(sequence) and not _READ_LATER.fullmatch(sequence):
            keys = [events.Key(Keys.Ignore, sequence)]
            self._is_dark = reported(sequence)
        yield from keys


def _plain_key(codes: str, modifiers: str, text: str, end: str) -> str:
    """Convert a key of the Kitty protocol to the form that Textual reads; empty for a released key.

    Variants of the key and the event type are left out. With Ctrl, a key of another alphabet is replaced by
    the key at its position on a Latin keyboard, which the third variant names.
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


def _place_of(codes: str) -> str:
    """Return the key of a US keyboard at the place of a key with these code points; empty if unknown."""
    code, _, latin = (*codes.split(":"), "", "")[:3]
    return chr(int(latin)) if latin and int(code or "1") > 127 and int(latin) < 128 else ""


def _is_far(event: Message) -> bool:
    return isinstance(event, events.MouseEvent) and max(abs(event.x), abs(event.y)) > _FARTHEST


class TerminalInput:
    """Converts the bytes that the terminal sends to events.

    Args:
        replies: Takes out the replies to the program's queries.
        debug: True if Textual's parser logs its input to a file.
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
        """Yield the events of ``data``."""
        self._pauses = 0
        data, self._held = self._held + data, b""
        data = _X10_MOUSE.sub(_sgr_mouse, data)
        if partial := _X10_PARTIAL.search(data):
            self._held = partial[0]
            data = data[: partial.start()]
        yield from self._events(self._replies.take(self._decoder.decode(data)))

    def pause(self) -> Iterator[Message]:
        """Yield the events caused by a pause of 0.1 seconds."""
        self._pauses += 1
        held, self._held = self._held, b""
        yield from self._events(
            self._replies.take(self._decoder.decode(held)) if held else self._replies.pause()
        )
        if self._is_pasting and self._pauses >= LONGEST_PASTE_PAUSE:
            yield from self._events(PASTE_ENDS)

    def end(self) -> None:
        """End the input."""
        with suppress(Exception):
            for _ in self.parser.feed(""):
                pass

    def _events(self, text: str) -> Iterator[Message]:
        if text and not self._is_pasting:
            text = _STRING.sub("", text)
        self._follow_pastes(text)
        # An empty text would end the parser.
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
    """Convert an X10 mouse report to SGR. X10 ends at column 223, and is not UTF-8 from column 96 on."""
    button, column, row = (max(0, byte - 32) for byte in found[1])
    released = button & 3 == 3 and not button & 96
    if released:
        button &= ~3
    return b"\x1b[<%d;%d;%d%s" % (button, column, row, b"m" if released else b"M")
