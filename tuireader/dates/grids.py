"""A year as weeks beside each other, a month as weeks below each other. Weeks begin on Monday."""

from __future__ import annotations

import calendar
from datetime import date

from library.search import shifted
from tuireader.presentation import MONTHS, WEEKDAYS

DAYS = 7
LABEL = 4
"""Cells of the names of the weekdays, with a space, at the left of a year."""

WEEKS = 6
"""Rows of a month; some months need fewer."""

Week = tuple[date | None, ...]
"""Seven days from Monday on; None is a day of another year or month."""


def year_weeks(year: int) -> tuple[Week, ...]:
    """The weeks of ``year``, 53 or 54: its columns."""
    return _weeks(date(year, 1, 1), 366 if calendar.isleap(year) else 365)


def month_weeks(year: int, month: int) -> tuple[Week, ...]:
    """The weeks of a month, four to six: its rows."""
    return _weeks(date(year, month, 1), calendar.monthrange(year, month)[1])


def _weeks(first: date, length: int) -> tuple[Week, ...]:
    days: list[date | None] = [None] * first.weekday()
    days += [shifted(first, number) for number in range(length)]
    days += [None] * (-len(days) % DAYS)
    return tuple(tuple(days[start : start + DAYS]) for start in range(0, len(days), DAYS))


def cell_width(year: int, width: int) -> int:
    """The cells that a day of ``year`` gets where there are ``width``: 2, or 1; 0 where there is no room."""
    weeks = len(year_weeks(year))
    return next((cells for cells in (2, 1) if LABEL + weeks * cells <= width), 0)


def month_columns(year: int, cells: int) -> list[tuple[int, int]]:
    """(column, month) of each month's name above the weeks of a year: that of the week with its first day."""
    before = date(year, 1, 1).weekday()
    return [
        (LABEL + (date(year, month, 1).timetuple().tm_yday - 1 + before) // DAYS * cells, month)
        for month in range(1, 13)
    ]


def month_names(year: int, cells: int) -> str:
    """The line of the months' names above the weeks of a year."""
    line = ""
    for column, month in month_columns(year, cells):
        line = f"{line.ljust(column)}{MONTHS[month - 1][:3]}"
    return line


def weekday_name(weekday: int) -> str:
    """The name of a day of the week, as wide as ``LABEL``; 0 is Monday."""
    return WEEKDAYS[weekday][:3].ljust(LABEL)
