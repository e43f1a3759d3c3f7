"""Detects how the terminal can draw pictures, from its replies to queries.

The terminal's name comes from XTVERSION (``CSI > 0 q``), the cell size from ``CSI 16 t``, and its abilities
from DA1 (``CSI c``). DA1 is sent last, because every terminal answers it. See XTerm Control Sequences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from tuireader.terminal.pictures import USUAL_CELL

QUERY = "\x1b[>0q\x1b[16t\x1b[c"

_NAME = re.compile(r"\x1bP>\|([^\x1b]*)\x1b\\")
_CELL = re.compile(r"\x1b\[6;(\d+);(\d+)t")
_ATTRIBUTES = re.compile(r"\x1b\[\?([\d;]*)c")
_GROUND = re.compile(r"\x1b\]11;[^\x07\x1b]{0,100}(?:\x07|\x1b\\)")
_REPLY = re.compile("|".join(one.pattern for one in (_NAME, _CELL, _ATTRIBUTES, _GROUND)))
_PARTIAL = re.compile(
    r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{0,100}\x1b?)?)?)?|P(?:>(?:\|[^\x1b]{0,200}\x1b?)?)?|\[(?:\?[\d;]{0,100}|6(?:;\d{0,5}){0,2})?)?\Z"
)
"""A possible beginning of a reply at the end of the input."""

_TYPED = 3
"""Maximum length of a beginning that may have been typed: Esc and one or two keys."""
_PATIENCE = 10
"""Number of pauses after which a longer beginning no longer counts as one of a reply."""

_KITTY = re.compile(r"kitty\((\d+)\.(\d+)")
_FIRST_KITTY = (0, 28)
"""The first version of Kitty that has Unicode placeholders."""
_SIXEL = "4"

MULTIPLEXERS = frozenset({"TMUX", "STY"})
"""Environment variables set by tmux and GNU Screen, which do not pass pictures on."""

Cell = tuple[int, int]
"""The width and height of a cell in pixels."""
_LIKELY_CELL = (10, 20)
_SIDES = range(2, 65)
"""Valid widths and heights of a cell in pixels; a report of other values is ignored."""


class Way(Enum):
    """A way to draw pictures."""

    HALF_BLOCKS = auto()
    PLACEHOLDERS = auto()
    """Kitty's graphics protocol, with Unicode placeholders."""
    SIXEL = auto()


@dataclass(frozen=True, slots=True)
class Graphics:
    """The way of drawing pictures, and the size of a cell."""

    way: Way = Way.HALF_BLOCKS
    cell: Cell = USUAL_CELL


def graphics_of(replies: str, cell: Cell | None) -> Graphics:
    """Evaluate the ``replies`` to ``QUERY``; ``cell`` is the cell size if they do not contain it."""
    name, size, attributes = (_last(one, replies) for one in (_NAME, _CELL, _ATTRIBUTES))
    if size is not None:
        cell = (int(size[2]), int(size[1]))
    if cell is not None and not all(side in _SIDES for side in cell):
        cell = None
    program = name[1] if name else ""
    kitty = _KITTY.match(program)
    if program.startswith("ghostty") or (kitty and (int(kitty[1]), int(kitty[2])) >= _FIRST_KITTY):
        return Graphics(Way.PLACEHOLDERS, cell or _LIKELY_CELL)
    has_sixel = attributes is not None and _SIXEL in attributes[1].split(";")[1:]
    if has_sixel and cell and not program.startswith("tmux"):
        return Graphics(Way.SIXEL, cell)
    return Graphics()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda found: found.start(), default=None)


class Asked(Enum):
    """What the terminal is asked about. Each query ends with DA1."""

    GRAPHICS = auto()
    GROUND = auto()
    """The background: see ``tuireader.terminal.ground``."""


class Replies:
    """Separates the replies to queries from the keys in the terminal's input."""

    def __init__(self) -> None:
        self._expected = list[Asked]()
        self._held = ""
        self._pauses = 0
        self._current = ""
        self._taken = dict[Asked, str]()

    def expect(self, asked: Asked = Asked.GRAPHICS) -> None:
        """Expect a reply, because a query is about to be written."""
        self._expected.append(asked)

    def take(self, text: str) -> str:
        """Return ``text`` without replies. A possible beginning of one is held back until more arrives."""
        text, self._held, self._pauses = self._held + text, "", 0
        while self._expected and (reply := _REPLY.search(text)):
            self._current += reply[0]
            if _ATTRIBUTES.match(reply[0]):
                asked = self._expected.pop(0)
                self._taken[asked] = self._taken.get(asked, "") + self._current
                self._current = ""
            text = text[: reply.start()] + text[reply.end() :]
        partial = _PARTIAL.search(text) if self._expected else None
        if partial is None:
            return text
        self._held = partial[0]
        return text[: partial.start()]

    def pause(self) -> str:
        """Handle a pause of 0.1 seconds. Return text that was held back but is not a reply after all."""
        self._pauses += 1
        if len(self._held) > _TYPED and self._pauses < _PATIENCE:
            return ""
        held, self._held = self._held, ""
        return held

    def all(self, asked: Asked = Asked.GRAPHICS) -> str:
        """Return the replies to a query once, as soon as they are complete; otherwise, an empty text.

        If the query was written several times, its replies follow each other.
        """
        return "" if asked in self._expected else self._taken.pop(asked, "")
