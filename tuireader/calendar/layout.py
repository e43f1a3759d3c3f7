"""The layout of the calendar: which parts fit on a screen of a given size."""

from __future__ import annotations

from dataclasses import dataclass

from textual.geometry import Size

from tuireader.calendar.map_lines import MONTH_LINES, TALL_MONTH_LINES, YEAR_LINES, cell_width
from tuireader.calendar.state import Look, Zoom

WIDEST = 116
"""Maximum width of the calendar in cells; on a wider screen it is centred."""

_HEAD_FROM = 13
"""Minimum height of the screen, in lines, at which the query is shown."""

_LISTS_FROM = 5
"""Minimum number of lines for the lists below the map."""


@dataclass(frozen=True, slots=True)
class CalendarLayout:
    """The layout of the view ``look`` on a screen of ``size``."""

    size: Size
    look: Look

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
        return self.size.height - 1 - self.has_head

    @property
    def has_room_for_year(self) -> bool:
        """True if a year fits."""
        cells = cell_width(self.look.cursor.year, self.width, self.look.first_weekday)
        return cells > 0 and self._height > YEAR_LINES

    @property
    def has_lists(self) -> bool:
        """True if the lists below the map fit."""
        return self._height - self.map_lines - 3 >= _LISTS_FROM

    @property
    def map_lines(self) -> int:
        """Height of the map in lines."""
        if self.look.zoom is Zoom.YEAR:
            return YEAR_LINES
        room = self._height - 3 - _LISTS_FROM
        return next((lines for lines in (TALL_MONTH_LINES, MONTH_LINES + 2) if room >= lines), MONTH_LINES)
