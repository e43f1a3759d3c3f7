"""Counts articles and notes by day, for the calendar. Days are in the reader's time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from library.arguments import each_text
from library.models import DayCount
from library.query import Query
from library.search.counts import day_counts, same_day_counts
from library.search.indexes import Indexes
from library.search.service import Search, annotation_days
from library.workspace import Workspace


class Calendar:
    """Counts articles and annotations by day."""

    def __init__(self, workspace: Workspace, indexes: Indexes, search: Search) -> None:
        self._workspace = workspace
        self._facts = indexes.facts
        self._search = search

    @property
    def first_weekday(self) -> int:
        """First day of the reader's weeks; 0 is Monday."""
        return self._workspace.first_weekday

    def today(self) -> date:
        """Return today in the reader's time zone."""
        return self._workspace.today()

    def day_of(self, moment: datetime) -> date:
        """Return the day of ``moment`` in the reader's time zone."""
        return self._workspace.day_of(moment)

    def days(self, query: str | Query = "") -> list[DayCount]:
        """Count the articles of a query by day of publication.

        Args:
            query: A query as in the filter bar; empty is all articles.

        Returns:
            The newest day first, undated articles last.

        Raises:
            QueryError: The query is invalid.
        """
        return day_counts(self._facts.current(), self._search.ids(query))

    def days_of(self, ids: Sequence[str]) -> list[DayCount]:
        """Count the articles ``ids`` by day of publication."""
        return day_counts(self._facts.current(), list(each_text(ids, "ids")))

    def annotation_days(self, query: str | Query = "") -> list[DayCount]:
        """Count the annotations of a query by the day they were made.

        Args:
            query: A query as in the notebook; empty is all annotations.

        Returns:
            The newest day first.

        Raises:
            QueryError: The query is invalid.
        """
        parsed, catalog = self._search.parse(query), self._workspace.catalog
        index, words = self._facts.current(), self._search.words_for(parsed)
        return annotation_days(parsed, catalog, catalog.annotations(), index, words)

    def on_this_day(self, day: date | None = None, query: str | Query = "") -> list[DayCount]:
        """Count the articles of a query on the same day of other years.

        Args:
            day: The day; None is today.
            query: A query as in the filter bar; empty is all articles.

        Raises:
            QueryError: The query is invalid.
        """
        return same_day_counts(self.days(query), day or self.today())
