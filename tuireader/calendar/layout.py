"""The layout of the calendar: which parts fit on a screen of a given size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from textual.geometry import Size

from tuireader.calendar.grid import GAP, MONTH_LINES, TALL_MONTH_LINES, YEAR_LINES, YearGrid
from tuireader.calendar.state import Look, Zoom


class Pane(StrEnum):
    """A pane of the calendar, in the order of Tab."""

    MAP = "map"
    ARTICLES = "day-articles"
    YEARS = "years"
    OTHER_YEARS = "other-years"


WIDEST = 4 * (59 + GAP)
"""Maximum width of the calendar in cells, about four years; on a wider screen it is centred."""

_HEAD_FROM = 13
"""Minimum height of the screen, in lines, at which the query is shown."""
_PANES_FROM = 4
"""Minimum number of lines for the panes below the map."""
_ROOMY_PANES = 9
"""Number of lines for those panes at which there may be blank lines between the parts."""
_TALL_FROM = 30
"""Minimum height of the screen at which the first line is blank."""
_SIDE_FROM = 76
"""Minimum width at which the years stand beside the articles."""
_BOTH_FROM = 16
"""Minimum number of lines for years and this day in other years below each other."""


@dataclass(frozen=True, slots=True)
class CalendarLayout:
    """The layout of the view ``look`` on a screen of ``size``; ``years`` have entries."""

    size: Size
    look: Look
    years: Sequence[int] = ()

    @property
    def width(self) -> int:
        """Width of the calendar's content in cells."""
        return min(self.size.width, WIDEST) - 2

    @property
    def has_head(self) -> bool:
        """True if the query is shown at the top."""
        return self.size.height >= _HEAD_FROM

    @property
    def _height(self) -> int:
        """Number of lines between the head and the footer."""
        return self.size.height - 1 - self.has_head - (self.size.height >= _TALL_FROM)

    def _grid(self) -> YearGrid | None:
        rows = max(self._height // 2 // (YEAR_LINES + 1), 1)
        return YearGrid.of(self.look.cursor, self.years, self.width, rows, self.look.first_weekday)

    @property
    def has_room_for_year(self) -> bool:
        """True if a year fits."""
        return self._grid() is not None and self._height > YEAR_LINES + 1

    @property
    def map_lines(self) -> int:
        """Height of the map in lines, with its legend."""
        if self.look.zoom is Zoom.YEAR:
            grid = self._grid()
            return YEAR_LINES + 1 if grid is None else grid.height + 1
        room = self._height - 3 - _ROOMY_PANES
        shapes = (TALL_MONTH_LINES + 1, MONTH_LINES + 2)
        return next((lines for lines in shapes if room >= lines), MONTH_LINES)

    @property
    def _lines(self) -> int:
        """Number of lines below the map and the summary of the selection."""
        return self._height - self.map_lines - 1

    @property
    def is_roomy(self) -> bool:
        """True if there is room for blank lines between the parts."""
        return self._lines - 2 >= _ROOMY_PANES

    @property
    def _pane_lines(self) -> int:
        return self._lines - 2 * self.is_roomy

    @property
    def has_panes(self) -> bool:
        """True if panes below the map fit."""
        return self._pane_lines >= _PANES_FROM

    def panes(self, focused: Pane) -> frozenset[Pane]:
        """Return the panes that are shown while ``focused`` has the focus."""
        if self.look.zoom is Zoom.DAY:
            return frozenset({Pane.ARTICLES})
        if not self.has_panes:
            return frozenset({Pane.MAP})
        sides = frozenset({Pane.YEARS, Pane.OTHER_YEARS})
        if self.width < _SIDE_FROM:
            return frozenset({Pane.MAP, focused if focused in sides else Pane.ARTICLES})
        if self._pane_lines >= _BOTH_FROM:
            return frozenset(Pane)
        side = focused if focused in sides else Pane.YEARS
        return frozenset({Pane.MAP, Pane.ARTICLES, side})
