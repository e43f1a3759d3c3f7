"""The state of the calendar, and how keys change it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from library.query import MONDAY, Period, days_value, period_of, shifted, shifted_months


class Layer(StrEnum):
    """The entries that are counted. Each layer has its own date field in the query language."""

    ARTICLES = "articles"
    NOTES = "notes"

    @property
    def clock(self) -> str:
        """The date field of the layer in the query language."""
        return "date" if self is Layer.ARTICLES else "noted"


class Zoom(StrEnum):
    """The period that the calendar shows."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The state of the view: its cursor, selection, zoom and layer.

    The selection reaches from ``anchor`` (None: the cursor) to the cursor, extended to whole periods.
    """

    cursor: date
    anchor: date | None = None
    period: Period = Period.DAY
    zoom: Zoom = Zoom.YEAR
    layer: Layer = Layer.ARTICLES
    first_weekday: int = MONDAY

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the selection."""
        first, last = sorted((self.cursor, self.anchor or self.cursor))
        return (
            period_of(first, self.period, self.first_weekday)[0],
            period_of(last, self.period, self.first_weekday)[1],
        )

    @property
    def chosen(self) -> bool:
        """True if a range or a whole period is selected."""
        return self.anchor is not None or self.period is not Period.DAY

    @property
    def term(self) -> str:
        """The selection as a term of the query language."""
        return f"{self.layer.clock}:{days_value(*self.span)}"

    def at(self, day: date) -> Look:
        """Return the view with the cursor on ``day``."""
        return replace(self, cursor=day)

    def right(self, count: int) -> Look:
        """Return the view with the cursor ``count`` cells to the right; to the left if negative."""
        return self.at(shifted(self.cursor, count * (7 if self.zoom is Zoom.YEAR else 1)))

    def down(self, count: int) -> Look:
        """Return the view with the cursor ``count`` cells down; up if negative."""
        return self.at(shifted(self.cursor, count * (7 if self.zoom is Zoom.MONTH else 1)))

    def months_on(self, count: int) -> Look:
        """Return the view with the cursor on the same day, ``count`` months later."""
        return self.at(shifted_months(self.cursor, count))

    def years_on(self, count: int) -> Look:
        """Return the view with the cursor on the same day, ``count`` years later."""
        return self.months_on(12 * count)

    def in_year(self, year: int) -> Look:
        """Return the view with the cursor on the same day in ``year``."""
        return self.years_on(year - self.cursor.year)

    def ranging(self) -> Look:
        """Return the view with a range that begins at the cursor; if there is a range, without it."""
        return replace(self, anchor=self.cursor if self.anchor is None else None)

    def whole(self, period: Period) -> Look:
        """Toggle between selecting whole periods and days."""
        return replace(self, period=Period.DAY if self.period is period else period)

    def released(self) -> Look:
        """Reduce the selection to the day under the cursor."""
        return replace(self, anchor=None, period=Period.DAY)

    def on_other_layer(self) -> Look:
        """Return the view on the other layer."""
        return replace(self, layer=Layer.NOTES if self.layer is Layer.ARTICLES else Layer.ARTICLES)
