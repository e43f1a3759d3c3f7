"""The pictures of the article view: decoded in a job when they become visible, drawn row by row.

Every row can be drawn as half blocks, which are used if the terminal supports nothing better or something
covers the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from itertools import count

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from library import LibraryError
from tuireader.jobs.jobs import Jobs
from tuireader.terminal.graphics import Graphics
from tuireader.terminal.pictures import PictureDamaged, Slot
from tuireader.terminal.pixel_pictures import Ready, made_ready
from tuireader.widgets.article_view.fine_pictures import FinePictures, Terminal
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.pane import Canvas
from tuireader.widgets.article_view.picture_rows import PictureRow

DECODED = 64
"""Number of pictures whose pixels are cached: at most 15 kB each."""

FIRST_NUMBER = 0x540001
"""Number of the first picture sent to the terminal; other programs use small or random numbers."""


class Pictures:
    """The pictures of the article, drawn in the best way that the terminal supports.

    ``read`` reads the file of a picture and raises LibraryError. ``failed`` is called with the path of a
    picture that cannot be shown and the reason.
    """

    def __init__(
        self,
        lines: PageLines,
        canvas: Canvas,
        jobs: Jobs,
        failed: Callable[[str, str], object],
    ) -> None:
        self.read: Callable[[str], bytes] | None = None
        self._lines = lines
        self._canvas = canvas
        self._jobs = jobs
        self._failed = failed
        self._fine = FinePictures(lines, canvas, jobs, self._decode)
        self._pixels: LRUCache[Slot, bytes] = LRUCache(DECODED)
        self._decoding: Slot | None = None
        self._waiting: dict[Slot, None] = {}
        self._numbers = count(FIRST_NUMBER)

    @property
    def decoded(self) -> Collection[Slot]:
        """The pictures whose pixels are cached."""
        return self._pixels.keys()

    def use_graphics(self, graphics: Graphics, terminal: Terminal) -> None:
        """Draw pictures with ``graphics`` from now on."""
        self._fine.use(graphics, terminal)

    def forget_fine(self) -> None:
        """Delete the pictures from the terminal. They are sent again when drawn next."""
        self._fine.forget()

    def strip(self, row: PictureRow) -> Strip:
        """Return a row of a picture in half blocks, or in its background until it is decoded."""
        before = Segment(" " * self._lines.margins.left, self._canvas.ground)
        pixels = self._pixels.get(row.slot)
        if pixels is not None:
            return Strip([before, *half_blocks(pixels, row)])
        self._decode(row.slot)
        return Strip([before, Segment(" " * row.slot.columns, self._canvas.picture_ground)])

    def over(self, strips: list[Strip], first: int) -> list[Strip]:
        """Return ``strips``, which start at the line ``first`` of the pane, with the terminal's pictures."""
        return self._fine.over(strips, first)

    def _decode(self, slot: Slot) -> None:
        """Decode pictures one at a time, because a large one takes much memory; the others wait."""
        if self._decoding is not None:
            if slot != self._decoding:
                self._waiting[slot] = None
        elif self.read is not None:
            self._decoding = slot
            work = partial(self._decode_beside, self.read, slot, self._fine.graphics, next(self._numbers))
            self._canvas.call_later(self._jobs.in_thread, work, "pictures", exclusive=False)

    def _decode_beside(
        self, read: Callable[[str], bytes], slot: Slot, graphics: Graphics, number: int
    ) -> None:
        show = partial(self._canvas.call_later, self._show, slot, graphics)
        try:
            for ready in made_ready(read(slot.path), slot, graphics, number):
                show(ready)
        except (LibraryError, PictureDamaged) as error:
            self._canvas.call_later(self._failed, slot.path, str(error))
            show(None)
        except Exception:
            show(None)  # go on with the others
            raise

    def _show(self, slot: Slot, graphics: Graphics, ready: Ready | None) -> None:
        """Show the picture in ``slot``, prepared for ``graphics``; None if it cannot be shown."""
        drawn = self._drawn()
        is_last = ready is None or not ready.more
        if is_last and graphics == self._fine.graphics:
            self._fine.keep(slot, ready)
        if ready is not None:
            self._pixels[slot] = ready.pixels
            for row in drawn.pop(slot, ()):
                self._lines.drawn.discard(row)
        self._canvas.refresh()
        if is_last:
            self._decoding = None
            self._decode_next(drawn)

    def _decode_next(self, drawn: Collection[Slot]) -> None:
        while self._waiting and self._decoding is None:
            slot, _ = self._waiting.popitem()  # the one that came into view most recently
            if slot in drawn:
                self._decode(slot)

    def _drawn(self) -> dict[Slot, list[int]]:
        """Return the drawn rows of each picture."""
        rows: dict[Slot, list[int]] = {}
        for row in list(self._lines.drawn.keys()):
            picture = self._lines.rows[row].picture if row < len(self._lines.rows) else None
            if picture is not None:
                rows.setdefault(picture.slot, []).append(row)
        return rows


def half_blocks(pixels: bytes, row: PictureRow) -> list[Segment]:
    """Return a row of cells, each with two pixels, one above the other. Equal neighbours form one segment."""
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
