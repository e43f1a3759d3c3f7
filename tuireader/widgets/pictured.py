"""The pictures of the page: decoded beside the event loop when they come into view, drawn as half blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from library import LibraryError
from tuireader.pictures import PictureDamaged, Slot, pixels_of
from tuireader.widgets.page import Sheet
from tuireader.widgets.picture_rows import PictureRow

DECODED = 64
"""Pictures whose pixels are kept: at most 15 kB each."""

_Pixel = tuple[int, int, int]


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
        """The pixels of the picture in ``slot``; None where there are none."""

        slot: Slot
        pixels: bytes | None

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._sheet = Sheet()
        self._strips: LRUCache[int, Strip] = LRUCache(512)
        self._pixels: LRUCache[Slot, bytes] = LRUCache(DECODED)
        self._decoding: Slot | None = None
        self._waiting: dict[Slot, None] = {}

    def picture_strip(self, row: PictureRow, left: int) -> Strip:
        """A row of a picture behind ``left`` cells; until it is decoded, of the ground that it will cover."""
        before = Segment(" " * left, self.rich_style)
        pixels = self._pixels.get(row.slot)
        if pixels is not None:
            return Strip([before, *half_blocks(pixels, row)])
        self._decode(row.slot)
        ground = self.get_component_rich_style("article-view--code")
        return Strip([before, Segment(" " * row.slot.columns, ground)])

    def _decode(self, slot: Slot) -> None:
        """One at a time, for a large one takes much memory; the others wait."""
        if self._decoding is not None:
            self._waiting[slot] = None
        elif self.read_picture is not None:
            self._decoding = slot
            work = partial(self._decode_beside, self.read_picture, slot)
            self.call_later(self.run_worker, work, thread=True, group="pictures", description="picture")

    def _decode_beside(self, read: Callable[[str], bytes], slot: Slot) -> None:
        try:
            self.post_message(self._Decoded(slot, pixels_of(read(slot.path), slot)))
        except (LibraryError, PictureDamaged) as error:
            self.post_message(self.PictureFailed(slot.path, str(error)))
            self.post_message(self._Decoded(slot, None))

    def _on_pictured__decoded(self, message: _Decoded) -> None:
        message.stop()
        self._decoding = None
        if message.pixels is not None:
            self._pixels[message.slot] = message.pixels
        drawn = self._drawn()
        for y in drawn.pop(message.slot, ()) if message.pixels else ():
            self._strips.discard(y)
        self.refresh()
        while self._waiting and self._decoding is None:
            slot, _ = self._waiting.popitem()  # the one that came into view last
            if slot in drawn:
                self._decode(slot)

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
