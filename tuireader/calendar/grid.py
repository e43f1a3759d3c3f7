"""The grids of the calendar: which years or months are shown, and the cells of each day.

Years and months stand side by side as far as there is room. In a year, weeks are beside each other; in a
month, below each other. Weeks begin on ``first_weekday``; 0 is Monday.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from library.query import MONDAY, shifted, shifted_months

DAYS = 7
GAP = 2
"""Cells between years or months side by side."""

YEAR_LINES = 9
"""Number of lines of a year: the title, the months and seven days."""

MONTH_LINES = 2 + 6
"""Number of lines of a month: the title, the weekdays and at most six weeks."""

TALL_WEEK = 3
"""Number of lines of a tall week: the day numbers, the counts and a blank line."""

TALL_MONTH_LINES = 2 + 6 * TALL_WEEK
"""Number of lines of a month with tall weeks."""

_LABEL, _SHORT_LABEL = 4, 3
"""Widths in cells of the names of the weekdays at the left of a year, including a space."""
_WEEKS = 54
"""Maximum number of weeks in a year."""
_NUMBER = 2
"""Width in cells of the number of a day."""
_MOST_YEARS = 4
"""Maximum number of years side by side."""
_NARROWEST_CELL, _ROOMY_CELL, _WIDEST_CELL = 4, 11, 15
"""Widths in cells of a day of a month; several months need roomy ones."""
_FIRST_MONTH, _LAST_MONTH = (one.year * 12 + one.month - 1 for one in (date.min, date.max))

Week = tuple[date | None, ...]
"""Seven days; None stands for a day of another year or month."""


class Place(NamedTuple):
    """The cells of a day on the map."""

    x: int
    y: int
    width: int


def year_weeks(year: int, first_weekday: int = MONDAY) -> tuple[Week, ...]:
    """Return the weeks of ``year``, 53 or 54: the columns of its map."""
    return _weeks(date(year, 1, 1), 366 if calendar.isleap(year) else 365, first_weekday)


def month_weeks(year: int, month: int, first_weekday: int = MONDAY) -> tuple[Week, ...]:
    """Return the weeks of a month, four to six: the rows of its map."""
    return _weeks(date(year, month, 1), calendar.monthrange(year, month)[1], first_weekday)


def _weeks(first: date, length: int, first_weekday: int) -> tuple[Week, ...]:
    days: list[date | None] = [None] * ((first.weekday() - first_weekday) % DAYS)
    days += [shifted(first, number) for number in range(length)]
    days += [None] * (-len(days) % DAYS)
    return tuple(tuple(days[start : start + DAYS]) for start in range(0, len(days), DAYS))


def window(cursor: int, amount: int, first: int, last: int) -> range:
    """Return ``amount`` numbers around ``cursor``, moved so that they lie from ``first`` to ``last``."""
    begin = min(cursor - amount // 2, max(last, cursor) - amount + 1)
    begin = max(begin, min(first, cursor))
    return range(begin, begin + amount)


@dataclass(frozen=True, slots=True)
class YearGrid:
    """Years in rows of ``columns``, each day ``cells`` wide; the cursor's week is as wide as a number."""

    years: tuple[int, ...]
    columns: int
    cells: int
    label: int
    cursor: date
    first_weekday: int = MONDAY

    @classmethod
    def of(
        cls,
        cursor: date,
        known: Sequence[int],
        width: int,
        rows: int = 1,
        first_weekday: int = MONDAY,
    ) -> YearGrid | None:
        """Return the grid with the most years on ``width`` cells, or None if no year fits.

        Args:
            cursor: The day under the cursor.
            known: Years that have entries; no more years are shown than from the first to the last of these
                and the cursor's year.
            width: Number of cells.
            rows: Maximum number of years below each other.
            first_weekday: First day of the week.
        """
        years = (cursor.year, *known)
        first, last = min(years), max(years)
        fitting = min((width + GAP) // (_block_width(1, _SHORT_LABEL) + GAP), _MOST_YEARS)
        if fitting < 1:
            return None
        amount = min(fitting * rows, last - first + 1)
        columns = min(fitting, amount)
        room = (width + GAP) // columns - GAP
        shapes = ((cells, label) for cells in (2, 1) for label in (_LABEL, _SHORT_LABEL))
        cells, label = next(shape for shape in shapes if _block_width(*shape) <= room)
        shown = window(cursor.year, amount, first, last)
        return cls(tuple(shown), columns, cells, label, cursor, first_weekday)

    @property
    def block_width(self) -> int:
        """Width of a year in cells."""
        return _block_width(self.cells, self.label)

    @property
    def width(self) -> int:
        """Width of all years in cells."""
        return self.columns * (self.block_width + GAP) - GAP

    @property
    def rows(self) -> int:
        """Number of years below each other."""
        return -(-len(self.years) // self.columns)

    @property
    def height(self) -> int:
        """Number of lines, with a blank one between rows."""
        return self.rows * (YEAR_LINES + 1) - 1

    def origin(self, year: int) -> tuple[int, int]:
        """Return the first column and line of ``year``."""
        row, column = divmod(self.years.index(year), self.columns)
        return column * (self.block_width + GAP), row * (YEAR_LINES + 1)

    def week_of(self, day: date) -> int:
        """Return the number of the week of ``day`` in its year, from 0."""
        return (day.timetuple().tm_yday - 1 + self._before(day.year)) // DAYS

    def week_width(self, year: int, week: int) -> int:
        """Return the width in cells of a week of ``year``."""
        return max(self.cells, _NUMBER) if self._is_cursor_week(year, week) else self.cells

    def week_column(self, year: int, week: int) -> int:
        """Return the first column of a week, from the first column of its year."""
        wider = year == self.cursor.year and week > self.week_of(self.cursor)
        return self.label + week * self.cells + (max(_NUMBER - self.cells, 0) if wider else 0)

    def place(self, day: date) -> Place:
        """Return the cells of ``day``, which is in one of the years."""
        x, y = self.origin(day.year)
        week = self.week_of(day)
        weekday = (day.weekday() - self.first_weekday) % DAYS
        column = self.week_column(day.year, week)
        return Place(x + column, y + 2 + weekday, self.week_width(day.year, week))

    def _before(self, year: int) -> int:
        return (date(year, 1, 1).weekday() - self.first_weekday) % DAYS

    def _is_cursor_week(self, year: int, week: int) -> bool:
        return year == self.cursor.year and week == self.week_of(self.cursor)


def _block_width(cells: int, label: int) -> int:
    return label + _WEEKS * cells + max(_NUMBER - cells, 0)


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """Months side by side, named by their first days; days are ``cell`` wide, weeks ``week`` lines high."""

    months: tuple[date, ...]
    cell: int
    week: int
    first_weekday: int = MONDAY

    @classmethod
    def of(cls, cursor: date, width: int, height: int, first_weekday: int = MONDAY) -> MonthGrid:
        """Return the grid with the most months on ``width`` cells and ``height`` lines."""
        amount = max((width + GAP) // (DAYS * _ROOMY_CELL + GAP), 1)
        cell = ((width + GAP) // amount - GAP) // DAYS
        cell = max(min(cell, _WIDEST_CELL), _NARROWEST_CELL)
        tall = height >= TALL_MONTH_LINES and cell > _NARROWEST_CELL + 3
        number = cursor.year * 12 + cursor.month - 1
        shown = window(number, amount, _FIRST_MONTH, _LAST_MONTH)
        first = shifted_months(cursor.replace(day=1), shown.start - number)
        months = tuple(shifted_months(first, step) for step in range(amount))
        return cls(months, cell, TALL_WEEK if tall else 1, first_weekday)

    @property
    def block_width(self) -> int:
        """Width of a month in cells."""
        return self.cell * DAYS

    @property
    def width(self) -> int:
        """Width of all months in cells."""
        return len(self.months) * (self.block_width + GAP) - GAP

    def left(self, month: date) -> int:
        """Return the first column of a month."""
        return self.months.index(month) * (self.block_width + GAP)

    def place(self, day: date) -> Place:
        """Return the cells of ``day`` on the first line of its week; it is in one of the months."""
        first = day.replace(day=1)
        before = (first.weekday() - self.first_weekday) % DAYS
        week, weekday = divmod(day.day - 1 + before, DAYS)
        return Place(self.left(first) + weekday * self.cell, 2 + week * self.week, self.cell)
