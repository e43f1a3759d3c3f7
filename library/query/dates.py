"""Date values of the query language: parsing and formatting."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONDAY = 0
NAMED = ("today", "yesterday", *WEEKDAYS)
_USAGE = "Write it as 2020-10-22, 2020-10, 2020, today, monday, 7d or “last week”."
PERIODS = ("week", "month", "year")

Span = tuple[date | None, date | None]
"""First and last day, inclusive; None is an open end."""


class DateValueError(ValueError):
    """An invalid date value. ``message`` says what is wrong; ``usage`` what to write, or is empty."""

    def __init__(self, message: str, usage: str = "") -> None:
        self.message = message
        self.usage = usage
        super().__init__(f"{message} {usage}".rstrip())


def as_written(text: str) -> str:
    """Normalise a date value: lower case and single spaces."""
    return " ".join(text.casefold().split())


def parse_days(text: str, today: date, first_weekday: int = MONDAY) -> Span:
    """Parse a date value, relative to ``today``.

    Values are ``2020``, ``2020-10``, ``2020-10-22``, ``a..b``, ``a..``, ``..b``, ``>=a``, ``>a``, ``<=a``,
    ``<a``, ``today``, ``yesterday``, ``monday`` (the latest one), ``7d 2w 3m 1y`` (the last …, including
    today), ``last week``, ``this month``. Weeks begin on ``first_weekday`` (0 is Monday). Raises
    DateValueError.
    """
    value = as_written(text)
    if ".." in value:
        return _between(value, today, first_weekday)
    comparison = re.match(r"(>=|<=|>|<|=)\s*(.*)", value)
    if comparison is None:
        return _single(value, today, first_weekday)
    first, last = _single(comparison[2], today, first_weekday)
    match comparison[1]:
        case ">=":
            return first, None
        case ">":
            if last == date.max:
                raise DateValueError(f"There is no day after {last}.")
            return shifted(last, 1), None
        case "<=":
            return None, last
        case "<":
            if first == date.min:
                raise DateValueError(f"There is no day before {first}.")
            return None, shifted(first, -1)
    return first, last


def _between(value: str, today: date, first_weekday: int) -> Span:
    left, _, right = value.partition("..")
    left, right = left.strip(), right.strip()
    if not left and not right:
        raise DateValueError("A range needs at least one day, as in date:2020-09.. or date:..2020-10.")
    first = _single(left, today, first_weekday)[0] if left else None
    last = _single(right, today, first_weekday)[1] if right else None
    if first and last and first > last:
        raise DateValueError("The range is reversed. Write the earlier day first.")
    return first, last


def _single(value: str, today: date, first_weekday: int) -> tuple[date, date]:
    if value == "today":
        return today, today
    if value == "yesterday":
        return shifted(today, -1), shifted(today, -1)
    if value in WEEKDAYS:
        day = shifted(today, -((today.weekday() - WEEKDAYS.index(value)) % 7))
        return day, day
    ago = re.fullmatch(r"(\d{1,5})\s*([dwmy])", value)
    if ago:
        return _last(int(ago[1]), ago[2], today)
    named = re.fullmatch(r"(last|this) (week|month|year)", value)
    if named:
        return _period(named[2], today, first_weekday, back=named[1] == "last")
    return _calendar(value)


def _calendar(value: str) -> tuple[date, date]:
    parts = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", value)
    if parts is None:
        raise DateValueError(f"“{value}” is not a date.", _USAGE)
    year, month, day = int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)
    try:
        first = date(year, month, day)
    except ValueError:
        raise DateValueError(f"The date {value} does not exist.") from None
    if parts[3]:
        return first, first
    if parts[2]:
        return first, date(year, month, calendar.monthrange(year, month)[1])
    return first, date(year, 12, 31)


def _last(count: int, unit: str, today: date) -> tuple[date, date]:
    """Return the last ``count`` days, weeks, months or years, including today."""
    if count == 0:
        raise DateValueError("A period of 0 days is empty. For today, write 1d.")
    try:
        match unit:
            case "d":
                before = today - timedelta(days=count)
            case "w":
                before = today - timedelta(weeks=count)
            case "m":
                before = _months_before(today, count)
            case _:
                before = _months_before(today, 12 * count)
    except (OverflowError, ValueError):
        return date.min, today
    return shifted(before, 1), today


def _months_before(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 - count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _period(name: str, today: date, first_weekday: int, *, back: bool) -> tuple[date, date]:
    if name == "week":
        first = shifted(today, -((today.weekday() - first_weekday) % 7) - (7 if back else 0))
        return first, shifted(first, 6)
    if name == "month":
        start = today.replace(day=1)
        start = _months_before(start, 1) if back else start
        return start, start.replace(day=calendar.monthrange(start.year, start.month)[1])
    year = today.year - (1 if back else 0)
    return date(year, 1, 1), date(year, 12, 31)


class Period(StrEnum):
    """A calendar period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def period_of(day: date, period: Period, first_weekday: int = MONDAY) -> tuple[date, date]:
    """Return first and last day of the ``period`` around ``day``; weeks begin on ``first_weekday``."""
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
    """Return the day ``days`` after ``day``, or the first or last day of the calendar if it is outside."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def shifted_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, clamped to the length of the month and to the calendar."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_value(first: date, last: date) -> str:
    """Return the shortest date value for the days from ``first`` to ``last``, inclusive.

    It is ``2021``, ``2021-03``, ``2021-03-04``, or a range of two of the same kind: ``2021-03..2021-05``.
    """
    for period, length in ((Period.YEAR, 4), (Period.MONTH, 7), (Period.DAY, 10)):
        if period_of(first, period)[0] == first and period_of(last, period)[1] == last:
            start, end = first.isoformat()[:length], last.isoformat()[:length]
            return start if start == end else f"{start}..{end}"
    raise AssertionError("every day is one")
