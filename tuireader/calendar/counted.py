"""Counts by day for the calendar: for a period, for every year, and as levels of shade."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from math import ceil

from library.models import DayCount

EMPTY = "∙"
"""What stands for a day on which there is nothing."""

SHADES = {0: "", 1: "▓", 2: "▒█", 3: "░▒█", 4: "░▒▓█"}
"""Number of steps → the glyph of each, the lightest first."""

_STEPS = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by day; made by ``Counted.of``.

    ``days`` and ``years`` have what there is, newest first; ``thresholds`` the least count of each step
    of shade.
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
        """From what the library counted, in any order."""
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
        """The first day on which there is something."""
        return self._days[0] if self._days else None

    @property
    def last(self) -> date | None:
        """The last day on which there is something."""
        return self._days[-1] if self._days else None

    @property
    def total(self) -> int:
        """All of it, with and without a day."""
        return self._sums[-1] + self.undated

    def on(self, day: date) -> int:
        """How many there are on ``day``."""
        return self.by_day.get(day, 0)

    def between(self, first: date, last: date) -> int:
        """How many there are from the day ``first`` to the day ``last``."""
        return self._sums[bisect_right(self._days, last)] - self._sums[bisect_left(self._days, first)]

    def shade(self, day: date) -> str:
        """The glyph that stands for ``day``: the more there is, the darker it is."""
        step = bisect_right(self.thresholds, self.on(day))
        return SHADES[len(self.thresholds)][step - 1] if step else EMPTY


def _thresholds(counts: list[int]) -> tuple[int, ...]:
    """The least count of each step, from all counts in order.

    The steps are the quarters of the days; where most days are alike, equal ratios up to the largest count.
    """
    distinct = sorted(set(counts))
    if len(distinct) <= _STEPS:
        return tuple(distinct)
    quarters = {counts[len(counts) * step // _STEPS] for step in range(_STEPS)}
    ratios = {ceil(distinct[-1] ** (step / _STEPS)) for step in range(_STEPS)}
    return tuple(sorted(quarters if len(quarters) == _STEPS else ratios))


def legend(counted: Counted) -> list[tuple[str, str]]:
    """Each glyph, and which counts it stands for: ``("▒", "2–3")``."""
    shades, thresholds = [(EMPTY, "none")], counted.thresholds
    most = max(counted.by_day.values(), default=0)
    for number, least in enumerate(thresholds):
        above = thresholds[number + 1] - 1 if number + 1 < len(thresholds) else most
        amount = (
            f"{least:,}" if above == least else f"{least:,}+" if above is None else f"{least:,}–{above:,}"
        )
        shades.append((SHADES[len(thresholds)][number], amount))
    return shades
