"""Pictures in the terminal's own pixels, with the Kitty protocol or Sixel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Protocol

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from tuireader.jobs.jobs import Jobs
from tuireader.terminal.graphics import Graphics, Way
from tuireader.terminal.kitty import colour_of, deletion, placeholders
from tuireader.terminal.pictures import Slot
from tuireader.terminal.pixel_pictures import Fine, Ready
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.pane import Canvas
from tuireader.widgets.article_view.picture_rows import PictureRow

_placeholders = lru_cache(64)(placeholders)


def placeholder_strip(number: int, row: int, columns: int, left: int, width: int, ground: Style) -> Strip:
    """Return a row of the picture ``number`` after ``left`` cells, in ``width`` cells of ``ground``."""
    ink = ground + Style(color=Color.from_triplet(ColorTriplet(*colour_of(number))))
    cells = Segment(_placeholders(row, columns), ink)
    right = Segment(" " * (width - left - columns), ground)
    return Strip([Segment(" " * left, ground), cells, right], width)


class SixelStrip(Strip):
    """A row of blanks with ``sixel`` drawn over it: ``columns`` cells after ``left`` others.

    It is drawn whole or not at all: if something covers a part of it, the rest is taken from ``plain``.
    ``was_cropped`` is called when only a part of it is redrawn.
    """

    __slots__ = ("_columns", "_drawn", "_ground", "_left", "_pieces", "_sixel", "_was_cropped")

    def __init__(
        self,
        plain: Strip,
        sixel: str,
        *,
        left: int,
        columns: int,
        ground: Style,
        was_cropped: Callable[[], object],
    ) -> None:
        super().__init__(list(plain), plain.cell_length)
        self._sixel = sixel
        self._drawn: str | None = None
        self._left = left
        self._columns = columns
        self._ground = ground
        self._was_cropped = was_cropped
        self._pieces: dict[tuple[int, ...], list[Strip]] = {}

    def render(self, console: Console) -> str:
        """Return the escape sequences that draw the row and move the cursor to its end."""
        if self._drawn is None:
            width = self.cell_length
            blank = Strip([Segment(" " * width, self._ground)], width).render(console)
            back = width - self._left
            self._drawn = f"{blank}\x1b[{back}D\x1b7{self._sixel}\x1b8\x1b[{back}C"
        return self._drawn

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Return the pieces between ``cuts``. The picture stays in the piece that contains all of it."""
        ends = tuple(cuts)
        pieces = self._pieces.get(ends)
        if pieces is None:
            starts = (0, *ends)
            pieces = [
                self._piece(plain, start) for start, plain in zip(starts, super().divide(ends), strict=False)
            ]
            self._pieces[ends] = pieces
        return pieces

    def crop(self, start: int, end: int | None = None) -> Strip:
        """Return the cells from ``start`` to ``end``."""
        piece = self._piece(super().crop(start, end), start)
        if not isinstance(piece, SixelStrip):
            self._was_cropped()
        return piece

    def _piece(self, plain: Strip, start: int) -> Strip:
        if plain is self or not start <= self._left <= start + plain.cell_length - self._columns:
            return plain
        return SixelStrip(
            plain,
            self._sixel,
            left=self._left - start,
            columns=self._columns,
            ground=self._ground,
            was_cropped=self._was_cropped,
        )


FINE = 16
"""Maximum number of cached pictures, unless more are in view. A Sixel picture takes 150 to 500 kB."""

CATCHING_UP = 0.1
"""Seconds between two checks whether the terminal has caught up with the output."""


class Terminal(Protocol):
    """The terminal to which pictures are written."""

    @property
    def is_behind(self) -> bool:
        """True if the terminal has not yet read all previous output."""

    def write(self, data: str) -> None:
        """Write to the terminal."""


class FinePictures:
    """The rows of pictures as the terminal draws them, over their half blocks.

    ``decode`` is called with a picture that is not prepared yet; the result is passed to ``keep``.
    """

    def __init__(
        self,
        lines: PageLines,
        canvas: Canvas,
        jobs: Jobs,
        decode: Callable[[Slot], object],
    ) -> None:
        self._lines = lines
        self._canvas = canvas
        self._jobs = jobs
        self._decode = decode
        self.graphics = Graphics()
        self._terminal: Terminal | None = None
        self._catching_up = False
        self._pictures: dict[Slot, Fine | None] = {}
        self._strips: LRUCache[int, tuple[Strip, Strip]] = LRUCache(128)

    def use(self, graphics: Graphics, terminal: Terminal) -> None:
        """Let ``terminal`` draw with ``graphics`` from now on."""
        self._terminal = terminal
        if graphics != self.graphics:
            self.forget()
            self.graphics = graphics
            self._canvas.refresh()

    def forget(self) -> None:
        """Delete the pictures from the terminal. They are sent again when drawn next."""
        for slot in list(self._pictures):
            self._forget(slot)
        self._strips.clear()

    def _forget(self, slot: Slot) -> None:
        fine = self._pictures.pop(slot)
        if fine is not None and fine.number and self._terminal is not None:
            self._terminal.write(deletion(fine.number))

    def keep(self, slot: Slot, ready: Ready | None) -> None:
        """Store the picture for ``slot``; None if it cannot be shown."""
        if self.graphics.way is Way.HALF_BLOCKS:
            return
        if slot in self._pictures:
            self._forget(slot)
        if ready and ready.sent and self._terminal is not None:
            self._terminal.write(ready.sent)
        self._pictures[slot] = ready.fine if ready else None
        in_view = self._slots_in_view()
        others = [one for one in self._pictures if one not in in_view]
        for other in others[: max(0, len(self._pictures) - FINE)]:
            self._forget(other)

    def _slots_in_view(self) -> set[Slot]:
        rows = (self._lines.rows[row].picture for row in self._lines.in_view())
        return {row.slot for row in rows if row is not None}

    def over(self, strips: list[Strip], first: int) -> list[Strip]:
        """Return ``strips``, which start at the line ``first`` of the pane, with the terminal's pictures.

        There are no pictures under another screen. There is no Sixel on the terminal's last row, where it
        would scroll, nor while the terminal is behind with the output, because Sixel takes about a hundred
        times as long to draw as text.
        """
        way = self.graphics.way
        if way is Way.HALF_BLOCKS or self._canvas.is_covered:
            return strips
        end = first + len(strips)
        if way is Way.SIXEL:
            end = self._canvas.lines_above_bottom
            if self._terminal is not None and self._terminal.is_behind:
                self._catch_up()
                return strips
        top = self._canvas.top
        end = min(end, len(self._lines.rows) - top)
        return [self._strip(top + y, strip) if y < end else strip for y, strip in enumerate(strips, first)]

    def _catch_up(self) -> None:
        """Redraw all rows once the terminal has caught up."""
        if not self._catching_up:
            self._catching_up = True
            self._jobs.later(CATCHING_UP, self._caught_up)

    def _caught_up(self) -> None:
        self._catching_up = False
        if self._terminal is not None and self._terminal.is_behind:
            self._catch_up()
        else:
            self._canvas.refresh()

    def _strip(self, y: int, plain: Strip) -> Strip:
        row = self._lines.rows[y].picture
        if row is None:
            return plain
        if row.slot not in self._pictures:
            self._decode(row.slot)
            return plain
        fine = self._pictures[row.slot] = self._pictures.pop(row.slot)  # most recently used comes last
        if fine is None:
            return plain
        made_of, strip = self._strips.get(y) or (None, plain)
        if made_of is not plain:
            strip = self._made(plain, fine, row)
            self._strips.discard(y)  # an existing key would keep its value
            self._strips[y] = (plain, strip)
        return strip

    def _made(self, plain: Strip, fine: Fine, row: PictureRow) -> Strip:
        left, ground, width = self._lines.margins.left, self._canvas.ground, plain.cell_length
        if left + row.slot.columns > width:  # it was laid out for a wider pane
            return plain
        if fine.number:
            return placeholder_strip(fine.number, row.row, row.slot.columns, left, width, ground)
        sixel = fine.rows[row.row] if row.row < len(fine.rows) else ""
        again = partial(self._canvas.call_later, self._canvas.refresh)
        return SixelStrip(plain, sixel, left=left, columns=row.slot.columns, ground=ground, was_cropped=again)
