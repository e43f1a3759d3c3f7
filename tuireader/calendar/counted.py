"""Counts by day for the calendar: for a period, for every year, and as levels of shade."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from math import ceil

from library.models import DayCount
from tuireader.calendar.state import Layer

EMPTY = "∙"
"""Glyph of a day without entries."""

SHADES = {0: "", 1: "▓", 2: "▒█", 3: "░▒█", 4: "░▒▓█"}
"""Number of shades → their glyphs, the lightest first."""

_STEPS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Counts by day; made by ``Counted.of``.

    ``days`` and ``years`` leave out counts of 0, and are newest first; ``thresholds`` are the lowest counts
    of the shades.
    """

    days: tuple[DayCount, ...]
    years: tuple[tuple[int, int], ...]
    undated: int
    thresholds: tuple[int, ...]
    by_day: Mapping[date, int]
    _days: tuple[date, ...]
    _sums: tuple[int, ...]

    @classmethod
    def of(cls, counts: Sequence[DayCount] = ()) -> Counted:
        """Build from the library's counts, in any order."""
        by_day = {one.day: one.count for one in counts if one.day is not None}
        ordered = tuple(sorted(by_day))
        years = groupby(reversed(ordered), lambda day: day.year)
        return cls(
            days=tuple(DayCount(day, by_day[day]) for day in reversed(ordered)),
            years=tuple((year, sum(by_day[day] for day in days)) for year, days in years),
            undated=sum(one.count for one in counts if one.day is None),
            thresholds=_thresholds(sorted(by_day.values())),
            by_day=by_day,
            _days=ordered,
            _sums=tuple(accumulate((by_day[day] for day in ordered), initial=0)),
        )

    @property
    def first(self) -> date | None:
        """The first day with entries, or None."""
        return self._days[0] if self._days else None

    @property
    def last(self) -> date | None:
        """The last day with entries, or None."""
        return self._days[-1] if self._days else None

    @property
    def total(self) -> int:
        """Number of entries, dated and undated."""
        return self._sums[-1] + self.undated

    def on(self, day: date) -> int:
        """Return the count of ``day``."""
        return self.by_day.get(day, 0)

    def between(self, first: date, last: date) -> int:
        """Return the count of the days from ``first`` to ``last``, both included."""
        return self._sums[bisect_right(self._days, last)] - self._sums[bisect_left(self._days, first)]

    def shade(self, day: date) -> str:
        """Return the glyph of ``day``; a higher count has a darker one."""
        step = bisect_right(self.thresholds, self.on(day))
        return SHADES[len(self.thresholds)][step - 1] if step else EMPTY


def known_years(counts: Mapping[Layer, Counted]) -> tuple[int, ...]:
    """Return the years with entries in any layer."""
    return tuple(year for counted in counts.values() for year, _ in counted.years)


def _thresholds(counts: list[int]) -> tuple[int, ...]:
    """Return the lowest count of each shade, from all counts in order.

    Up to four distinct counts have a shade each. Otherwise, the shades are quartiles of the days or, if these
    coincide, equal ratios up to the largest count.
    """
    distinct = sorted(set(counts))
    if len(distinct) <= _STEPS:
        return tuple(distinct)
    quarters = {counts[len(counts) * step // _STEPS] for step in range(_STEPS)}
    ratios = {ceil(distinct[-1] ** (step / _STEPS)) for step in range(_STEPS)}
    return tuple(sorted(quarters if len(quarters) == _STEPS else ratios))


def legend(counted: Counted) -> list[tuple[str, str]]:
    """Return each glyph with the counts that it represents: ``("▒", "2–3")``."""
    shades, thresholds = [(EMPTY, "none")], counted.thresholds
    most = max(counted.by_day.values(), default=0)
    for number, least in enumerate(thresholds):
        above = thresholds[number + 1] - 1 if number + 1 < len(thresholds) else most
        amount = (
            f"{least:,}" if above == least else f"{least:,}+" if above is None else f"{least:,}–{above:,}"
        )
        shades.append((SHADES[len(thresholds)][number], amount))
    return shades
