"""Rows of the article view that the terminal draws pictures over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tuireader.terminal.kitty import colour_of, placeholders

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
