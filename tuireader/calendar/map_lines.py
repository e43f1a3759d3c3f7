"""Draws the calendar map as lines of styled text, with the position of each day and name.

A year is drawn with its weeks side by side, a month with its weeks below each other. Weeks begin on
``first_weekday``; 0 is Monday.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from library.query import MONDAY, Period, period_of, shifted
from tuireader.calendar.counted import EMPTY, Counted, legend
from tuireader.calendar.state import Layer, Look
from tuireader.calendar.words import counted_in_words, month_in_words
from tuireader.presentation import MONTHS, WEEKDAYS

DAYS = 7
LABEL = 4
"""Width in cells of the weekday names at the left of a year, including a space."""

WEEKS = 6
"""Maximum number of weeks in a month."""

Week = tuple[date | None, ...]
"""Seven days; None stands for a day of another year or month."""

YEAR_LINES = 10
"""Number of lines of a year: the title, the months, seven days and the legend."""

MONTH_LINES = 2 + WEEKS
"""Number of lines of a month: the title, the weekdays and the weeks."""

TALL_MONTH_LINES = 3 + WEEKS * 3
"""Number of lines of a month with tall weeks: the title, the weekdays, the weeks and the legend."""

_CURSOR = "╋"
"""The cursor in a cell too narrow for the day's number."""

_TALL = 3
"""Number of lines of a tall week: the day numbers, the counts and a blank line."""

_WIDEST_CELL = 15

Counts = Mapping[Layer, Counted]


class Piece(NamedTuple):
    """A run of text; ``role`` names its style."""

    text: str
    role: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """The cells of a day, or of the name of the month or year that contains ``day``."""

    x: int
    y: int
    width: int
    height: int
    day: date
    period: Period = Period.DAY


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a map, and the regions in them that can be clicked."""

    lines: tuple[Line, ...]
    regions: tuple[Region, ...] = field(default=())

    def at(self, x: int, y: int) -> Region | None:
        """Return the region at a cell, or None."""
        return next(
            (
                region
                for region in self.regions
                if region.x <= x < region.x + region.width and region.y <= y < region.y + region.height
            ),
            None,
        )


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


def cell_width(year: int, width: int, first_weekday: int = MONDAY) -> int:
    """Return the width of a day of ``year`` on ``width`` cells: 2 or 1, or 0 if the year does not fit."""
    weeks = len(year_weeks(year, first_weekday))
    return next((cells for cells in (2, 1) if LABEL + weeks * cells <= width), 0)


def month_columns(year: int, cells: int, first_weekday: int = MONDAY) -> list[tuple[int, int]]:
    """Return the (column, month) of each month's name above a year: the column of its first day's week."""
    before = (date(year, 1, 1).weekday() - first_weekday) % DAYS
    return [
        (LABEL + (date(year, month, 1).timetuple().tm_yday - 1 + before) // DAYS * cells, month)
        for month in range(1, 13)
    ]


def weekdays(first_weekday: int = MONDAY) -> tuple[str, ...]:
    """Return the three-letter names of the weekdays, in order."""
    return tuple(WEEKDAYS[(first_weekday + number) % DAYS][:3] for number in range(DAYS))


def year_sheet(look: Look, counts: Counts, today: date, width: int, height: int) -> Sheet:
    """Draw the year of the cursor with its weeks side by side, as wide as fits."""
    year, counted = look.cursor.year, counts[look.layer]
    cells = cell_width(year, width, look.first_weekday) or 1
    weeks, names = year_weeks(year, look.first_weekday), month_columns(year, cells, look.first_weekday)
    title, regions = _title(str(year), look, counted, Period.YEAR)
    months: list[Piece] = []
    column = 0
    for start, month in names:
        months += [Piece(" " * (start - column)), Piece(MONTHS[month - 1][:3], "label")]
        column = start + 3
        regions.append(Region(start, 1, 3, 1, date(year, month, 1), Period.MONTH))
    lines = [title, tuple(months)]
    for weekday, name in enumerate(weekdays(look.first_weekday)):
        row = [Piece(name.ljust(LABEL), "label")]
        for number, week in enumerate(weeks):
            day = week[weekday]
            if day is None:
                row.append(Piece(" " * cells))
                continue
            row.append(_year_cell(day, look, counted, cells))
            regions.append(Region(LABEL + number * cells, 2 + weekday, cells, 1, day))
        lines.append(tuple(row))
    lines.append(_legend(counted, look, LABEL + len(weeks) * cells))
    return Sheet(tuple(lines[:height]), tuple(regions))


def _title(name: str, look: Look, counted: Counted, period: Period) -> tuple[Line, list[Region]]:
    words = counted_in_words(counted.between(*period_of(look.cursor, period)), look.layer)
    line = (Piece(name, "title"), Piece(f" · {words}", "label"))
    return line, [Region(0, 0, len(name), 1, look.cursor, period)]


def _year_cell(day: date, look: Look, counted: Counted, cells: int) -> Piece:
    if day == look.cursor:
        return Piece(f"{day.day:>2}" if cells > 1 else _CURSOR, "cursor")
    return Piece(counted.shade(day) * cells, _role(day, look, counted))


def _role(day: date, look: Look, counted: Counted) -> str:
    first, last = look.span
    if look.chosen and first <= day <= last:
        return "chosen" if counted.on(day) else "chosen-empty"
    return str(look.layer) if counted.on(day) else "empty"


def _legend(counted: Counted, look: Look, width: int) -> Line:
    """Return the legend of the shades, right-aligned; empty without counts or if it does not fit."""
    pieces: list[Piece] = []
    for glyph, words in legend(counted):
        gap = [Piece("  ")] if pieces else []
        shade = Piece(glyph * 2, "empty" if glyph == EMPTY else str(look.layer))
        pieces += [*gap, shade, Piece(f" {words}", "label")]
    length = sum(len(piece.text) for piece in pieces)
    return (Piece(" " * (width - length)), *pieces) if counted.thresholds and length <= width else ()


def month_sheet(look: Look, counts: Counts, today: date, width: int, height: int) -> Sheet:
    """Draw the month of the cursor with its weeks below each other, as large as fits."""
    cell = max(min(width // DAYS, _WIDEST_CELL), 4)
    rows = _TALL if height >= TALL_MONTH_LINES and cell > 7 else 1
    title, regions = _title(month_in_words(look.cursor), look, counts[look.layer], Period.MONTH)
    letters = 3 if cell > 5 else 2
    names = tuple(Piece(f" {name[:letters]}".ljust(cell), "label") for name in weekdays(look.first_weekday))
    lines: list[Line] = [title, names]
    weeks = month_weeks(look.cursor.year, look.cursor.month, look.first_weekday)
    for number, week in enumerate(weeks):
        below: list[list[Piece]] = [[] for _ in range(rows)]
        for weekday, day in enumerate(week):
            if day is None:
                drawn: tuple[Line, ...] = ((Piece(" " * cell),),) * rows
            else:
                drawn = _month_cell(day, look, counts, today, cell, rows)
                regions.append(Region(weekday * cell, 2 + number * rows, cell, rows, day))
            for line, pieces in zip(below, drawn, strict=True):
                line += pieces
        lines += map(tuple, below)
    blank = () if rows > 1 else ((),)
    lines += [*blank, _legend(counts[look.layer], look, cell * DAYS)]
    return Sheet(tuple(lines[:height]), tuple(regions))


def _month_cell(day: date, look: Look, counts: Counts, today: date, cell: int, rows: int) -> tuple[Line, ...]:
    """Draw a day of a month: a bar if it is selected, its number, its shade and its count."""
    counted, notes = counts[look.layer], counts[Layer.NOTES].on(day)
    role = _role(day, look, counted)
    chosen = role.startswith("chosen")
    bar = Piece("▌" if day == look.cursor else "▎" if chosen else " ", "bar")
    number = Piece(f"{day.day:>2}", "cursor" if day == look.cursor else "today" if day == today else "number")
    count = f" {counted.on(day):,}" if counted.on(day) else ""
    if rows == 1:
        room = cell - 4  # without the bar, the number and the space after it
        shade = counted.shade(day) * (1 if room < 4 else 2)
        words = count if len(shade) + 1 + len(count) < room else ""
        gap = " " if room > 1 else ""
        return ((bar, number, *_filled(((gap, ""), (shade, role), (words, "label")), cell - 3)),)
    noted = f"✎{notes}" if notes and look.layer is Layer.ARTICLES else ""
    shade = counted.shade(day) * max(min(cell - 5 - len(count), 6), 2)
    above = (bar, number, *_filled(((" ", ""), (noted, "notes")), cell - 3))
    return above, (bar, *_filled(((shade, role), (count, "label")), cell - 1)), (Piece(" " * cell),)


def _filled(pieces: tuple[tuple[str, str], ...], width: int) -> Line:
    """Return ``pieces`` padded to ``width``; only spaces if they are wider."""
    length = sum(len(text) for text, _ in pieces)
    if length > width:
        return (Piece(" " * width),)
    return (*(Piece(text, role) for text, role in pieces if text), Piece(" " * (width - length)))
