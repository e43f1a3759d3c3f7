"""The part of the façade that counts by day: what a calendar shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from library.given import each_text
from library.models import DayCount
from library.query import Query
from library.search import annotation_days, day_counts, find, same_day_counts
from library.searching import Searching


class Dating(Searching):
    """Counts by day; ``Library`` sets the attributes. Days are the reader's."""

    @property
    def first_weekday(self) -> int:
        """The day on which the reader's weeks begin; 0 is Monday."""
        return self._first_weekday

    def dates(self, query: str | Query = "") -> list[DayCount]:
        """How many of the articles found appeared on each day, newest first; those without a day last.

        Raises QueryError.
        """
        parsed = self.parse(query) if isinstance(query, str) else query
        index = self._index.current()
        return day_counts(index, find(parsed, self._catalog, index, self._word_index(parsed)))

    def dates_of(self, ids: Sequence[str]) -> list[DayCount]:
        """The same of articles that are known already."""
        return day_counts(self._index.current(), list(each_text(ids, "ids")))

    def annotation_dates(self, query: str | Query = "") -> list[DayCount]:
        """How many of ``annotations`` were made on each day, newest first. Raises QueryError."""
        parsed = self.parse(query) if isinstance(query, str) else query
        annotations, index = self._catalog.annotations(), self._index.current()
        return annotation_days(parsed, self._catalog, annotations, index, self._word_index(parsed))

    def dates_on_this_day(self, day: date | None = None, query: str | Query = "") -> list[DayCount]:
        """Those of ``dates`` that are the day of the year ``day`` (None: today) in other years.

        Raises QueryError.
        """
        return same_day_counts(self.dates(query), day or self.today())
