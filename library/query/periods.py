"""Days, weeks, months and years of the calendar, and how the query language writes them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum

from library.query.dates import MONDAY


class Period(StrEnum):
    """A stretch of the calendar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def period_of(day: date, period: Period, first_weekday: int = MONDAY) -> tuple[date, date]:
    """The first and the last day of the ``period`` that ``day`` is in; weeks begin on ``first_weekday``."""
    match period:
        case Period.DAY:
            return day, day
        case Period.WEEK:
            since = (day.weekday() - first_weekday) % 7
            return shifted(day, -since), shifted(day, 6 - since)
        case Period.MONTH:
            return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        case Period.YEAR:
            return date(day.year, 1, 1), date(day.year, 12, 31)


def shifted(day: date, days: int) -> date:
    """``days`` after ``day``; the end of the calendar where that goes beyond it."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def shifted_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last one of a shorter month, inside the calendar."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_value(first: date, last: date) -> str:
    """The shortest date value of the query language for the days from ``first`` to ``last``, both included.

    ``2021``, ``2021-03``, ``2021-03-04``, or a range of two of the same kind: ``2021-03..2021-05``.
    """
    for period, length in ((Period.YEAR, 4), (Period.MONTH, 7), (Period.DAY, 10)):
        if period_of(first, period)[0] == first and period_of(last, period)[1] == last:
            start, end = first.isoformat()[:length], last.isoformat()[:length]
            return start if start == end else f"{start}..{end}"
    raise AssertionError("every day is one")
