"""The pictures of the page: decoded beside the event loop when they come into view, and drawn row by row.

Every row can be drawn as half blocks, and is where the terminal has nothing better or something covers it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Protocol

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from library import LibraryError
from tuireader.delay import Delay
from tuireader.jobs.jobs import Jobs
from tuireader.terminal.graphics import Graphics, Way
from tuireader.terminal.kitty import deletion
from tuireader.terminal.pictures import PictureDamaged, Slot
from tuireader.terminal.pixel_pictures import Fine, Ready, made_ready
from tuireader.widgets.article_view.page import Sheet
from tuireader.widgets.article_view.picture_rows import PictureRow
from tuireader.widgets.article_view.pixel_strips import SixelStrip, placeholder_strip

DECODED = 64
"""Pictures whose pixels are kept: at most 15 kB each."""

FINE = 16
"""Pictures that the terminal draws which are kept, beside those in view: of Sixel some 150 to 500 kB each."""

FIRST_NUMBER = 0x540001
"""The number of the first picture that the terminal is given; others begin with small or random ones."""


CATCHING_UP = 0.1
"""Seconds until it is looked at again whether the terminal has drawn what was written."""


class Terminal(Protocol):
    """What pictures are written to."""

    @property
    def is_behind(self) -> bool:
        """Whether it has not yet taken what was written before."""

    def write(self, data: str) -> None:
        """Write to the terminal."""


class Pictured(ScrollView):
    """Has the rows of a page, and draws those of pictures."""

    read_picture: Callable[[str], bytes] | None = None
    """What reads the file of a picture; raises LibraryError."""

    @dataclass
    class PictureFailed(Message):
        """The picture at ``path`` cannot be shown, for ``reason``."""

        path: str
        reason: str

    @dataclass
    class _Decoded(Message):
        """The picture in ``slot``, ready for ``graphics``; None where it cannot be shown."""

        slot: Slot
        graphics: Graphics
        ready: Ready | None

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.jobs = Jobs(self)
        self._sheet = Sheet()
        self._strips: LRUCache[int, Strip] = LRUCache(512)
        self._pixels: LRUCache[Slot, bytes] = LRUCache(DECODED)
        self._decoding: Slot | None = None
        self._waiting: dict[Slot, None] = {}
        self._graphics = Graphics()
        self._terminal: Terminal | None = None
        self._catching_up = False
        self._numbers = count(FIRST_NUMBER)
        self._fine: dict[Slot, Fine | None] = {}
        self._fine_strips: LRUCache[int, tuple[Strip, Strip]] = LRUCache(128)

    # What the terminal draws

    def use_graphics(self, graphics: Graphics, terminal: Terminal) -> None:
        """Draws pictures by ``graphics`` from now on."""
        self._terminal = terminal
        if graphics != self._graphics:
            self.forget_fine_pictures()
            self._graphics = graphics
            self.refresh()

    def forget_fine_pictures(self) -> None:
        """Takes what it was given from the terminal, which gets it again when it is drawn the next time."""
        for slot in list(self._fine):
            self._forget(slot)
        self._fine_strips.clear()

    def _forget(self, slot: Slot) -> None:
        fine = self._fine.pop(slot)
        if fine is not None and fine.number and self._terminal is not None:
            self._terminal.write(deletion(fine.number))

    def with_pictures(self, strips: list[Strip], first: int) -> list[Strip]:
        """The ``strips`` from the line ``first`` of the pane on, with what the terminal draws in their place.

        Over other screens it draws nothing. Nor is there Sixel on its last row, where it would scroll, and
        while it is behind with what was written, for that takes some hundred times as long to draw as words.
        """
        way = self._graphics.way
        if way is Way.HALF_BLOCKS or self.app.screen is not self.screen:
            return strips
        end = first + len(strips)
        if way is Way.SIXEL:
            end = self.app.size.height - 1 - self.region.y
            if self._terminal is not None and self._terminal.is_behind:
                self._catch_up()
                return strips
        top = self.scroll_offset.y
        end = min(end, len(self._sheet) - top)
        return [
            self._fine_strip(top + y, strip) if y < end else strip for y, strip in enumerate(strips, first)
        ]

    def _catch_up(self) -> None:
        """Draws all rows again when the terminal may be ready for it."""
        if not self._catching_up:
            self._catching_up = True
            Delay(self, CATCHING_UP, self._caught_up)

    def _caught_up(self) -> None:
        self._catching_up = False
        if self._terminal is not None and self._terminal.is_behind:
            self._catch_up()
        else:
            self.refresh()

    def _fine_strip(self, y: int, plain: Strip) -> Strip:
        row = self._sheet[y].picture
        if row is None:
            return plain
        if row.slot not in self._fine:
            self._decode(row.slot)
            return plain
        fine = self._fine[row.slot] = self._fine.pop(row.slot)  # the last one that was drawn
        if fine is None:
            return plain
        made_of, strip = self._fine_strips.get(y) or (None, plain)
        if made_of is not plain:
            strip = self._made_fine(plain, fine, row)
            self._fine_strips.discard(y)  # a key that is there keeps its value
            self._fine_strips[y] = (plain, strip)
        return strip

    def _made_fine(self, plain: Strip, fine: Fine, row: PictureRow) -> Strip:
        left, ground, width = self._picture_left, self.rich_style, plain.cell_length
        if left + row.slot.columns > width:  # it was set for a wider pane
            return plain
        if fine.number:
            return placeholder_strip(fine.number, row.row, row.slot.columns, left, width, ground)
        sixel = fine.rows[row.row] if row.row < len(fine.rows) else ""
        again = partial(self.call_later, self.refresh)
        return SixelStrip(plain, sixel, left=left, columns=row.slot.columns, ground=ground, was_cropped=again)

    @property
    def _picture_left(self) -> int:
        """The cells left of a picture."""
        raise NotImplementedError

    # Half blocks

    def picture_strip(self, row: PictureRow) -> Strip:
        """A row of a picture in half blocks; until it is decoded, of the ground that it will cover."""
        before = Segment(" " * self._picture_left, self.rich_style)
        pixels = self._pixels.get(row.slot)
        if pixels is not None:
            return Strip([before, *half_blocks(pixels, row)])
        self._decode(row.slot)
        ground = self.get_component_rich_style("article-view--code")
        return Strip([before, Segment(" " * row.slot.columns, ground)])

    def _decode(self, slot: Slot) -> None:
        """One at a time, for a large one takes much memory; the others wait."""
        if self._decoding is not None:
            if slot != self._decoding:
                self._waiting[slot] = None
        elif self.read_picture is not None:
            self._decoding = slot
            work = partial(self._decode_beside, self.read_picture, slot, self._graphics, next(self._numbers))
            self.call_later(self.jobs.in_thread, work, "pictures", exclusive=False)

    def _decode_beside(
        self, read: Callable[[str], bytes], slot: Slot, graphics: Graphics, number: int
    ) -> None:
        try:
            for ready in made_ready(read(slot.path), slot, graphics, number):
                self.post_message(self._Decoded(slot, graphics, ready))
        except (LibraryError, PictureDamaged) as error:
            self.post_message(self.PictureFailed(slot.path, str(error)))
            self.post_message(self._Decoded(slot, graphics, None))
        except Exception:
            self.post_message(self._Decoded(slot, graphics, None))  # the others still have their turn
            raise

    def _on_pictured__decoded(self, message: _Decoded) -> None:
        message.stop()
        slot, ready, drawn = message.slot, message.ready, self._drawn()
        is_last = ready is None or not ready.more
        if is_last and message.graphics == self._graphics:
            self._keep_fine(slot, ready)
        if ready is not None:
            self._pixels[slot] = ready.pixels
            for y in drawn.pop(slot, ()):
                self._strips.discard(y)
        self.refresh()
        if is_last:
            self._decoding = None
            self._decode_next(drawn)

    def _decode_next(self, drawn: Collection[Slot]) -> None:
        while self._waiting and self._decoding is None:
            slot, _ = self._waiting.popitem()  # the one that came into view last
            if slot in drawn:
                self._decode(slot)

    def _keep_fine(self, slot: Slot, ready: Ready | None) -> None:
        if self._graphics.way is Way.HALF_BLOCKS:
            return
        if slot in self._fine:
            self._forget(slot)
        if ready and ready.sent and self._terminal is not None:
            self._terminal.write(ready.sent)
        self._fine[slot] = ready.fine if ready else None
        in_view = self._slots_in_view()
        for other in [one for one in self._fine if one not in in_view][: max(0, len(self._fine) - FINE)]:
            self._forget(other)

    def _slots_in_view(self) -> set[Slot]:
        top = self.scroll_offset.y
        rows = (self._sheet[y].picture for y in range(top, min(top + self.size.height, len(self._sheet))))
        return {row.slot for row in rows if row is not None}

    def _drawn(self) -> dict[Slot, list[int]]:
        """The rows that are drawn of each picture."""
        rows: dict[Slot, list[int]] = {}
        for y in list(self._strips.keys()):
            picture = self._sheet[y].picture if y < len(self._sheet) else None
            if picture is not None:
                rows.setdefault(picture.slot, []).append(y)
        return rows


def half_blocks(pixels: bytes, row: PictureRow) -> list[Segment]:
    """A row of cells, each with one pixel above another; neighbours that are the same are one segment."""
    size = row.slot.columns * 3
    start = row.row * 2 * size
    above, below = pixels[start : start + size], pixels[start + size : start + 2 * size]
    segments: list[Segment] = []
    last, count = (above[:3], below[:3]), 0
    for at in range(0, size, 3):
        cell = (above[at : at + 3], below[at : at + 3])
        if cell != last:
            segments.append(_segment(*last, count))
            last, count = cell, 0
        count += 1
    return [*segments, _segment(*last, count)]


def _segment(above: bytes, below: bytes, count: int) -> Segment:
    ground = Color.from_triplet(ColorTriplet(*below))
    if above == below:
        return Segment(" " * count, Style(bgcolor=ground))
    return Segment("▀" * count, Style(color=Color.from_triplet(ColorTriplet(*above)), bgcolor=ground))
