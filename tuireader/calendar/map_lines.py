"""Draws the calendar map as lines of styled text, with the position of each day and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from library.query import MONDAY, Period, period_of, shifted_months
from tuireader.calendar.counted import EMPTY, Counted, legend
from tuireader.calendar.grid import DAYS, GAP, YEAR_LINES, MonthGrid, Week, YearGrid, month_weeks, year_weeks
from tuireader.calendar.state import Layer, Look
from tuireader.calendar.words import counted_in_words, month_in_words
from tuireader.presentation import MONTHS, WEEKDAYS

TODAY, EMPTY_TODAY = "◉", "○"
"""Glyphs of today with and without entries."""

Counts = Mapping[Layer, Counted]


class Piece(NamedTuple):
    """A run of text; ``role`` names its style."""

    text: str
    role: str = ""


Line = tuple[Piece, ...]


class Region(NamedTuple):
    """The cells of a day, of the name of the month or year that contains ``day``, or of a step to ``day``."""

    x: int
    y: int
    width: int
    height: int
    day: date
    period: Period = Period.DAY
    is_step: bool = False


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


def weekdays(first_weekday: int = MONDAY) -> tuple[str, ...]:
    """Return the three-letter names of the weekdays, in order."""
    return tuple(WEEKDAYS[(first_weekday + number) % DAYS][:3] for number in range(DAYS))


def year_sheet(look: Look, counts: Counts, today: date, grid: YearGrid | None, height: int) -> Sheet:
    """Draw the years of ``grid``, each with its weeks side by side; nothing without a grid."""
    if grid is None:
        return Sheet(())
    counted = counts[look.layer]
    lines: list[Line] = []
    regions: list[Region] = []
    for start in range(0, len(grid.years), grid.columns):
        blocks = [
            _year_once(year, look, counted, today, grid) for year in grid.years[start : start + grid.columns]
        ]
        lines += [()] if lines else []
        lines += _side_by_side([block.lines for block in blocks], grid.block_width)
        regions += [region for block in blocks for region in block.regions]
    lines.append(_legend(counted, look, grid.width))
    return Sheet(tuple(lines[:height]), tuple(regions))


def _side_by_side(blocks: list[tuple[Line, ...]], width: int) -> list[Line]:
    """Return the lines of blocks, each ``width`` wide, with a gap between them."""
    lines = []
    for parts in zip(*blocks, strict=True):
        line: list[Piece] = []
        for part in parts:
            line += [Piece(" " * GAP)] if line else []
            line += _clipped(part, width)
        lines.append(_joined(line))
    return lines


def _clipped(line: Iterable[Piece], width: int) -> list[Piece]:
    """Return ``line`` cut or padded to ``width``."""
    pieces, room = [], width
    for piece in line:
        pieces.append(Piece(piece.text[:room], piece.role))
        room -= len(pieces[-1].text)
    return [*pieces, Piece(" " * room)]


def _joined(line: Iterable[Piece]) -> Line:
    """Return ``line`` with neighbouring pieces of one role as one piece."""
    return tuple(
        Piece("".join(piece.text for piece in run), role)
        for role, run in groupby(line, key=lambda piece: piece.role)
    )


def _year_once(year: int, look: Look, counted: Counted, today: date, grid: YearGrid) -> Sheet:
    """Draw one year; one without the cursor and the selection is drawn only once, as keys change others."""
    chosen = look.chosen and look.span[0].year <= year <= look.span[1].year
    if chosen or year == look.cursor.year:
        return _year(year, look, counted, today, grid)
    cursor = look.cursor.replace(month=1, day=1)
    plain = replace(look.released(), cursor=cursor)
    return _plain_year(year, plain, counted, today, replace(grid, cursor=cursor))


def _year(year: int, look: Look, counted: Counted, today: date, grid: YearGrid) -> Sheet:
    """Draw one year; its lines begin at the column 0, its regions are those of the whole map."""
    x, y = grid.origin(year)
    title, regions = _title(date(year, 1, 1), look, counted, Period.YEAR, (x, y))
    months: list[Piece] = []
    column = 0
    for number in range(1, 13):
        first = date(year, number, 1)
        start = grid.week_column(year, grid.week_of(first))
        months += [Piece(" " * (start - column)), Piece(MONTHS[number - 1][:3], "label")]
        column = start + 3
        regions.append(Region(x + start, y + 1, 3, 1, first, Period.MONTH))
    lines: list[Line] = [title, tuple(months)]
    weeks = year_weeks(year, grid.first_weekday)
    # Looked up once: a year has many days, and is drawn at each key.
    places = [(grid.week_column(year, number), grid.week_width(year, number)) for number in range(len(weeks))]
    for weekday, name in enumerate(weekdays(grid.first_weekday)):
        row = [Piece(name[: grid.label - 1].ljust(grid.label), "label")]
        for (column, width), week in zip(places, weeks, strict=True):
            day = week[weekday]
            if day is None:
                row.append(Piece(" " * width))
                continue
            row.append(_year_cell(day, look, counted, today, width))
            regions.append(Region(x + column, y + 2 + weekday, width, 1, day))
        lines.append(_joined(row))
    assert len(lines) == YEAR_LINES
    return Sheet(tuple(lines), tuple(regions))


_plain_year = lru_cache(maxsize=16)(_year)


def _title(
    first: date, look: Look, counted: Counted, period: Period, origin: tuple[int, int]
) -> tuple[Line, list[Region]]:
    """Draw the name of a year or month; for that of the cursor, between steps to the ones beside it."""
    name = str(first.year) if period is Period.YEAR else month_in_words(first)
    words = counted_in_words(counted.between(*period_of(first, period)), look.layer)
    x, y = origin
    if not period_of(first, period)[0] <= look.cursor <= period_of(first, period)[1]:
        named = Region(x + 2, y, len(name), 1, first, period)
        return (Piece("  "), Piece(name, "label"), Piece(f" · {words}", "label")), [named]
    months = 12 if period is Period.YEAR else 1
    steps = (
        Region(x + column, y, 2, 1, shifted_months(look.cursor, step), period, is_step=True)
        for column, step in ((0, -months), (len(name) + 2, months))
    )
    named = Region(x + 2, y, len(name), 1, look.cursor, period)
    line = (Piece("‹ ", "step"), Piece(name, "title"), Piece(" ›", "step"), Piece(f" · {words}", "label"))
    return line, [named, *steps]


def _year_cell(day: date, look: Look, counted: Counted, today: date, width: int) -> Piece:
    if day == look.cursor:
        return Piece(f"{day.day:>2}", "cursor")
    shade = counted.shade(day) * width
    if day == today:
        shade = shade[1:] + (TODAY if counted.on(day) else EMPTY_TODAY)
    return Piece(shade, _role(day, look, counted))


def _role(day: date, look: Look, counted: Counted) -> str:
    # The span is asked for only if needed: there are many days.
    if look.chosen and look.span[0] <= day <= look.span[1]:
        return "chosen" if counted.on(day) else "chosen-empty"
    return str(look.layer) if counted.on(day) else "empty"


def _legend(counted: Counted, look: Look, width: int) -> Line:
    """Return the legend of the shades, right-aligned; empty without counts or if it does not fit."""
    shades: list[Piece] = []
    for glyph, words in legend(counted):
        shade = Piece(glyph * 2, "empty" if glyph == EMPTY else str(look.layer))
        shades += [*([Piece("  ")] if shades else []), shade, Piece(f" {words}", "label")]
    today = [Piece(TODAY, str(look.layer)), Piece(" today", "label"), Piece("  ")]
    for pieces in ([*today, *shades], shades):
        length = sum(len(piece.text) for piece in pieces)
        if counted.thresholds and length <= width:
            return (Piece(" " * (width - length)), *pieces)
    return ()


def month_sheet(look: Look, counts: Counts, today: date, grid: MonthGrid, height: int) -> Sheet:
    """Draw the months of ``grid``, each with its weeks below each other."""
    blocks = [_month(month, look, counts, today, grid) for month in grid.months]
    lines = _side_by_side([block.lines for block in blocks], grid.block_width)
    lines += [] if grid.week > 1 else [()]
    lines.append(_legend(counts[look.layer], look, grid.width))
    return Sheet(tuple(lines[:height]), tuple(region for block in blocks for region in block.regions))


def _month(month: date, look: Look, counts: Counts, today: date, grid: MonthGrid) -> Sheet:
    """Draw one month; its lines begin at the column 0, its regions are those of the whole map."""
    title, regions = _title(month, look, counts[look.layer], Period.MONTH, (grid.left(month), 0))
    letters = 3 if grid.cell > 5 else 2
    names = tuple(
        Piece(f" {name[:letters]}".ljust(grid.cell), "label") for name in weekdays(grid.first_weekday)
    )
    lines: list[Line] = [title, names]
    weeks = month_weeks(month.year, month.month, grid.first_weekday)
    no_week: Week = (None,) * DAYS
    for week in (*weeks, *[no_week] * (6 - len(weeks))):
        below: list[list[Piece]] = [[] for _ in range(grid.week)]
        for day in week:
            drawn: tuple[Line, ...] = ((Piece(" " * grid.cell),),) * grid.week
            if day is not None:
                drawn = _month_cell(day, look, counts, today, grid)
                place = grid.place(day)
                regions.append(Region(place.x, place.y, place.width, grid.week, day))
            for line, pieces in zip(below, drawn, strict=True):
                line += pieces
        lines += map(tuple, below)
    return Sheet(tuple(lines), tuple(regions))


def _month_cell(day: date, look: Look, counts: Counts, today: date, grid: MonthGrid) -> tuple[Line, ...]:
    """Draw a day of a month: a bar if it is selected, its number, its shade and its count."""
    cell, counted, notes = grid.cell, counts[look.layer], counts[Layer.NOTES].on(day)
    role = _role(day, look, counted)
    chosen = role.startswith("chosen")
    bar = Piece("▌" if day == look.cursor else "▎" if chosen else " ", "bar")
    number = Piece(f"{day.day:>2}", "cursor" if day == look.cursor else "today" if day == today else "number")
    count = f" {counted.on(day):,}" if counted.on(day) else ""
    mark = (TODAY, "bar") if day == today else (" ", "")
    if grid.week == 1:
        room = cell - 4  # without the bar, the number and the cell after it
        shade = (counted.shade(day) * (1 if room < 4 else 2), role)
        if room < 2:
            return ((bar, number, *_filled((mark if day == today else shade,), cell - 3)),)
        words = count if len(shade[0]) + 1 + len(count) < room else ""
        return ((bar, number, *_filled((mark, shade, (words, "label")), cell - 3)),)
    noted = f"✎{notes}" if notes and look.layer is Layer.ARTICLES else ""
    wide = counted.shade(day) * max(min(cell - 5 - len(count), 6), 2)
    above = (bar, number, *_filled((mark, (noted, "notes")), cell - 3))
    return above, (bar, *_filled(((wide, role), (count, "label")), cell - 1)), (Piece(" " * cell),)


def _filled(pieces: tuple[tuple[str, str], ...], width: int) -> Line:
    """Return ``pieces`` padded to ``width``; only spaces if they are wider."""
    length = sum(len(text) for text, _ in pieces)
    if length > width:
        return (Piece(" " * width),)
    return (*(Piece(text, role) for text, role in pieces if text), Piece(" " * (width - length)))
