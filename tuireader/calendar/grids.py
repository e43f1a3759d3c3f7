"""A year as weeks beside each other, a month as weeks below each other.

Weeks begin on ``first_weekday``; 0 is Monday.
"""

from __future__ import annotations

import calendar
from datetime import date

from library.query import MONDAY, shifted
from tuireader.presentation import WEEKDAYS

DAYS = 7
LABEL = 4
"""Cells of the names of the weekdays, with a space, at the left of a year."""

WEEKS = 6
"""Rows of a month; some months need fewer."""

Week = tuple[date | None, ...]
"""Seven days; None is a day of another year or month."""


def year_weeks(year: int, first_weekday: int = MONDAY) -> tuple[Week, ...]:
    """The weeks of ``year``, 53 or 54: its columns."""
    return _weeks(date(year, 1, 1), 366 if calendar.isleap(year) else 365, first_weekday)


def month_weeks(year: int, month: int, first_weekday: int = MONDAY) -> tuple[Week, ...]:
    """The weeks of a month, four to six: its rows."""
    return _weeks(date(year, month, 1), calendar.monthrange(year, month)[1], first_weekday)


def _weeks(first: date, length: int, first_weekday: int) -> tuple[Week, ...]:
    days: list[date | None] = [None] * ((first.weekday() - first_weekday) % DAYS)
    days += [shifted(first, number) for number in range(length)]
    days += [None] * (-len(days) % DAYS)
    return tuple(tuple(days[start : start + DAYS]) for start in range(0, len(days), DAYS))


def cell_width(year: int, width: int, first_weekday: int = MONDAY) -> int:
    """The cells that a day of ``year`` gets where there are ``width``: 2, or 1; 0 where there is no room."""
    weeks = len(year_weeks(year, first_weekday))
    return next((cells for cells in (2, 1) if LABEL + weeks * cells <= width), 0)


def month_columns(year: int, cells: int, first_weekday: int = MONDAY) -> list[tuple[int, int]]:
    """(column, month) of each month's name above the weeks of a year: that of the week with its first day."""
    before = (date(year, 1, 1).weekday() - first_weekday) % DAYS
    return [
        (LABEL + (date(year, month, 1).timetuple().tm_yday - 1 + before) // DAYS * cells, month)
        for month in range(1, 13)
    ]


def weekdays(first_weekday: int = MONDAY) -> tuple[str, ...]:
    """The names of the days of the week in three letters, in their order."""
    return tuple(WEEKDAYS[(first_weekday + number) % DAYS][:3] for number in range(DAYS))
