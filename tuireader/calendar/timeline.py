"""The timeline above the list: how its articles are spread over time, as bars."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from library.models import DayCount
from library.query import shifted
from tuireader.calendar.words import month_in_words

BARS = "▁▂▃▄▅▆▇█"
"""A bar in eighths of a line."""

_Scale = tuple[list[date], Sequence[tuple[date, int]], str, str]
"""The first days of the bars, what is counted, and the labels of the ends."""

_WIDEST_BAR = 3
_FEW_DAYS = 62
"""Number of days up to which each day has its own bar, if there is room."""

_YEAR = 12
_ROUND = (1, 3, 6, *(_YEAR * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)))
"""Months that a bar may stand for."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars, each ``width`` cells, the first day of each, and what is at the ends."""

    counts: tuple[int, ...]
    starts: tuple[date, ...]
    width: int
    begin: str
    end: str

    @property
    def bars(self) -> str:
        """The bars as text; a space where there is nothing."""
        most = max(self.counts, default=1)
        eighths = len(BARS)
        drawn = (BARS[max(-(-count * eighths // most), 1) - 1] if count else " " for count in self.counts)
        return "".join(bar * self.width for bar in drawn)

    def day_at(self, column: int) -> date | None:
        """The first day of the bar at a column of ``bars``; None beside them."""
        number = column // self.width
        return self.starts[number] if 0 <= number < len(self.starts) else None


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts by day and by month (the first day of it), oldest first; the days only where they are few."""

    days: tuple[tuple[date, int], ...] = ()
    months: tuple[tuple[date, int], ...] = ()
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, counts: Sequence[DayCount]) -> Spread:
        """From what the library counted; what has no day is left out."""
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
        """The finest bars that fit, labels and all, into ``room`` cells; None if nothing does."""
        if self.first is None or self.last is None:
            return None
        for starts, counts, begin, end in self._scales(self.first, self.last):
            space = room - len(begin) - len(end) - 2
            if 1 < len(starts) <= space:
                width = min(space // len(starts), _WIDEST_BAR)
                return Timeline(_summed(starts, counts), tuple(starts), width, begin, end)
        return None

    def _scales(self, first: date, last: date) -> list[_Scale]:
        """What bars there can be, from days to many years."""
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
    """The first day of a month counted from the year 0."""
    return date(max(number // _YEAR, 1), number % _YEAR + 1, 1)


def _summed(starts: Sequence[date], counts: Sequence[tuple[date, int]]) -> tuple[int, ...]:
    sums = [0] * len(starts)
    for day, count in counts:
        sums[bisect_right(starts, day) - 1] += count
    return tuple(sums)


class TimelineLine(Widget):
    """Draws bars between the first and the last month; a click on one asks for its days."""

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
        """A bar was clicked that begins with ``day``."""

        day: date

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._spread = Spread()

    def show(self, spread: Spread) -> None:
        """Show how other articles spread."""
        if spread != self._spread:
            self._spread = spread
            self.refresh()

    @property
    def _timeline(self) -> Timeline | None:
        return self._spread.timeline(self.size.width)

    def render_line(self, y: int) -> Strip:
        timeline, width = self._timeline, self.size.width
        if timeline is None:
            return Strip.blank(width, self.rich_style)
        bars = self.get_component_rich_style("timeline-line--bars")
        label = self.get_component_rich_style("timeline-line--label")
        blank = Style(bgcolor=label.bgcolor)
        # Of another style: pictures of the screen lose the spaces that a segment begins with.
        segments = [Segment(timeline.begin, label), Segment(" ", blank), Segment(timeline.bars, bars)]
        return Strip([*segments, Segment(" ", blank), Segment(timeline.end, label)]).crop_extend(
            0, width, label
        )

    def on_click(self, event: events.Click) -> None:
        timeline, offset = self._timeline, event.get_content_offset(self)
        if timeline is None or offset is None:
            return
        day = timeline.day_at(offset.x - len(timeline.begin) - 1)
        if day is not None:
            self.post_message(self.Picked(day))
