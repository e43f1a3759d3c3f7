"""Formats days and counts as words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from library.query import Period, period_of
from library.text.amounts import counted
from tuireader.calendar.state import Layer, Look
from tuireader.presentation import MONTHS, WEEKDAYS


def day_in_words(day: date, *, short: bool = False) -> str:
    """Format a day: “Thursday, 4 March 2021”, or short “Thu 4 Mar 2021”."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return f"{weekday[:3]} {_day(day, short)}" if short else f"{weekday}, {day.day} {month} {day.year}"


def days_in_words(first: date, last: date, *, short: bool = False) -> str:
    """Format a range of days.

    “Thursday, 4 March 2021”, “1–7 March 2021”, “March 2021”, “2019–2021”, “28 February – 3 March 2021”.
    """
    if first == last:
        return day_in_words(first, short=short)
    for period in (Period.YEAR, Period.MONTH):
        if period_of(first, period)[0] == first and period_of(last, period)[1] == last:
            start, end = (_period(day, period, short) for day in (first, last))
            return (
                start if start == end else f"{start}–{end}" if period is Period.YEAR else f"{start} – {end}"
            )
    end = _day(last, short)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = _day(first, short)
    return f"{start.rpartition(' ')[0] if first.year == last.year else start} – {end}"


def _period(day: date, period: Period, short: bool) -> str:
    return str(day.year) if period is Period.YEAR else month_in_words(day, short=short)


def month_in_words(day: date, *, short: bool = False) -> str:
    """Format a month: “March 2021”, or short “Mar 2021”."""
    return f"{MONTHS[day.month - 1][: 3 if short else None]} {day.year}"


def _day(day: date, short: bool) -> str:
    return f"{day.day} {month_in_words(day, short=short)}"


def counted_in_words(count: int, layer: Layer) -> str:
    """Format a count: “12 articles”, “1 note”, “no articles”."""
    return counted(count, layer.removesuffix("s")) if count else f"no {layer}"


def sentence(look: Look, amounts: Mapping[Layer, int], *, room: int, today: date) -> str:
    """Describe the selection: “Thursday, 4 March 2021 · 12 articles · 2 notes”, shortened to fit ``room``.

    The count of the other layer is left out if it is 0.
    """
    first, last = look.span
    in_words = {layer: counted_in_words(count, layer) for layer, count in amounts.items()}
    counts = [in_words[layer] for layer, count in amounts.items() if count or layer is look.layer]
    now = ["today"] if first == last == today else []
    full, short = (days_in_words(first, last, short=short) for short in (False, True))
    variants = (
        (full, *now, *counts),
        (short, *now, *counts),
        (short, *counts),
        (short, in_words[look.layer]),
    )
    lines = [" · ".join(variant) for variant in variants]
    return next((line for line in lines if len(line) <= room), lines[-1])
