"""The timeline above the list: its articles over time, as bars."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from library.models import DayCount
from library.query import shifted
from library.text.amounts import counted
from tuireader.calendar.words import month_in_words

BARS = "▁▂▃▄▅▆▇█"
"""Bars of one to eight eighths of a line."""

_Scale = tuple[list[date], Sequence[tuple[date, int]], str, str]
"""The first day of each bar, the counts, and the labels of both ends."""

_WIDEST_BAR = 3
_FEW_DAYS = 62
"""Number of days up to which each day has its own bar, if there is room."""

_YEAR = 12
_LONGEST_UNIT = 10
"""Cells for the name of the time that a bar covers."""
_ROOMY = 90
"""Minimum width of the line for the word for what is counted."""

_ROUND = (1, 3, 6, *(_YEAR * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)))
"""Numbers of months that a bar may cover."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of ``width`` cells each, with their first days and the labels of both ends."""

    counts: tuple[int, ...]
    starts: tuple[date, ...]
    width: int
    begin: str
    end: str

    @property
    def bars(self) -> str:
        """The bars as text, with spaces for a count of 0."""
        most = max(self.counts, default=1)
        eighths = len(BARS)
        drawn = (BARS[max(-(-count * eighths // most), 1) - 1] if count else " " for count in self.counts)
        return "".join(bar * self.width for bar in drawn)

    @property
    def unit(self) -> str:
        """The time that a bar covers: “day”, “3 months”, “year”."""
        first, second = self.starts[:2]
        months = (second.year - first.year) * _YEAR + second.month - first.month
        if second - first == timedelta(days=1):
            return "day"
        amount, unit = (months // _YEAR, "year") if months >= _YEAR else (months, "month")
        return unit if amount == 1 else counted(amount, unit)

    def day_at(self, column: int) -> date | None:
        """Return the first day of the bar at a column of ``bars``, or None outside them."""
        number = column // self.width
        return self.starts[number] if 0 <= number < len(self.starts) else None


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts by day and by first day of the month, oldest first. ``days`` is empty for a long time span."""

    days: tuple[tuple[date, int], ...] = ()
    months: tuple[tuple[date, int], ...] = ()
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, counts: Sequence[DayCount]) -> Spread:
        """Build the spread from the library's counts, without undated entries."""
        days = sorted((one.day, one.count) for one in counts if one.day is not None)
        if not days:
            return cls()
        months: Counter[date] = Counter()
        for day, count in days:
            months[day.replace(day=1)] += count
        first, last = days[0][0], days[-1][0]
        few = (last - first).days < _FEW_DAYS
        return cls(tuple(days) if few else (), tuple(sorted(months.items())), first, last)

    def timeline(self, room: int) -> Timeline | None:
        """Return the finest bars that fit into ``room`` cells with their labels, or None if none do."""
        if self.first is None or self.last is None:
            return None
        for starts, counts, begin, end in self._scales(self.first, self.last):
            space = room - len(begin) - len(end) - 2
            if 1 < len(starts) <= space:
                width = min(space // len(starts), _WIDEST_BAR)
                return Timeline(_summed(starts, counts), tuple(starts), width, begin, end)
        return None

    def _scales(self, first: date, last: date) -> list[_Scale]:
        """Return the possible scales, from days to many years."""
        scales: list[_Scale] = []
        if self.days:
            starts = [shifted(first, number) for number in range((last - first).days + 1)]
            begin, end = (f"{day.day} {month_in_words(day, short=True)}" for day in (first, last))
            scales.append((starts, self.days, begin, end))
        begin_month, end_month = first.year * _YEAR + first.month - 1, last.year * _YEAR + last.month - 1
        for months in _ROUND:
            starts = [
                _month(number) for number in range(begin_month // months * months, end_month + 1, months)
            ]
            begin, end = (
                month_in_words(day, short=True) if months < _YEAR else str(day.year) for day in (first, last)
            )
            scales.append((starts, self.months, begin, end))
        return scales


def _month(number: int) -> date:
    """Return the first day of a month, numbered from the year 0."""
    return date(max(number // _YEAR, 1), number % _YEAR + 1, 1)


def _summed(starts: Sequence[date], counts: Sequence[tuple[date, int]]) -> tuple[int, ...]:
    sums = [0] * len(starts)
    for day, count in counts:
        sums[bisect_right(starts, day) - 1] += count
    return tuple(sums)


class TimelineLine(Widget):
    """A line of bars between the labels of its ends; a click picks a bar."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline-line--bars", "timeline-line--label"}
    DEFAULT_CSS = """
    TimelineLine {
        display: none; height: 1; padding: 0 1; background: $background;
        & .timeline-line--bars { color: $scrollbar-hover; }
        & .timeline-line--label { color: $text-muted; }
    }
    """

    @dataclass
    class Picked(Message):
        """A bar that begins on ``day`` was clicked."""

        day: date

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._spread = Spread()

    def show(self, spread: Spread) -> None:
        """Show the counts of ``spread``."""
        if spread != self._spread:
            self._spread = spread
            self.refresh()

    @property
    def _timeline(self) -> Timeline | None:
        return self._spread.timeline(self.size.width - len(self._words) - _LONGEST_UNIT - 3)

    @property
    def _words(self) -> str:
        return "articles by " if self.size.width >= _ROOMY else "by "

    def render_line(self, y: int) -> Strip:
        timeline, width = self._timeline, self.size.width
        if timeline is None:
            return Strip.blank(width, self.rich_style)
        bars = self.get_component_rich_style("timeline-line--bars")
        label = self.get_component_rich_style("timeline-line--label")
        blank = Style(bgcolor=label.bgcolor)
        # The spaces are segments of their own: screenshots lose those at the beginning of a segment.
        segments = [Segment(timeline.begin, label), Segment(" ", blank), Segment(timeline.bars, bars)]
        segments += [Segment(" ", blank), Segment(timeline.end, label)]
        unit = f"{self._words}{timeline.unit}"
        drawn = Strip(segments)
        gap = max(0, width - drawn.cell_length - len(unit))
        return Strip([*drawn, Segment(" " * gap, blank), Segment(unit, label)]).crop_extend(0, width, label)

    def on_click(self, event: events.Click) -> None:
        timeline, offset = self._timeline, event.get_content_offset(self)
        if timeline is None or offset is None:
            return
        day = timeline.day_at(offset.x - len(timeline.begin) - 1)
        if day is not None:
            self.post_message(self.Picked(day))
