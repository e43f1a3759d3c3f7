"""The layout of the calendar: which parts fit on a screen of a given size."""

from __future__ import annotations

from dataclasses import dataclass

from textual.geometry import Size

from tuireader.calendar.map_lines import MONTH_LINES, TALL_MONTH_LINES, YEAR_LINES, cell_width
from tuireader.calendar.state import Look, Zoom

WIDEST = 116
"""Cells of the calendar, which is in the middle of a wider screen."""

_HEAD_FROM = 13
"""Lines of the screen from which on the query is shown."""

_LISTS_FROM = 5
"""Lines that the lists below the map need."""


@dataclass(frozen=True, slots=True)
class CalendarLayout:
    """What a screen of ``size`` shows of what is looked at."""

    size: Size
    look: Look

    @property
    def width(self) -> int:
        """The cells of a line."""
        return min(self.size.width, WIDEST) - 2

    @property
    def has_head(self) -> bool:
        """Whether the query is shown above."""
        return self.size.height >= _HEAD_FROM

    @property
    def _height(self) -> int:
        """Lines between the head and the foot."""
        return self.size.height - 1 - self.has_head

    @property
    def has_room_for_year(self) -> bool:
        """Whether a year can be shown."""
        cells = cell_width(self.look.cursor.year, self.width, self.look.first_weekday)
        return cells > 0 and self._height > YEAR_LINES

    @property
    def has_lists(self) -> bool:
        """Whether the lists below the map are shown."""
        return self._height - self.map_lines - 3 >= _LISTS_FROM

    @property
    def map_lines(self) -> int:
        """The lines of the map."""
        if self.look.zoom is Zoom.YEAR:
            return YEAR_LINES
        room = self._height - 3 - _LISTS_FROM
        return next((lines for lines in (TALL_MONTH_LINES, MONTH_LINES + 2) if room >= lines), MONTH_LINES)
