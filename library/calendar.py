"""Counts by day: what a calendar shows. Days are the reader's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from library.arguments import each_text
from library.models import DayCount
from library.query import Query
from library.search import annotation_days, day_counts, same_day_counts
from library.search.indexes import Indexes
from library.search.service import Search
from library.workspace import Workspace


class Calendar:
    """How many articles and annotations there are of each day."""

    def __init__(self, workspace: Workspace, indexes: Indexes, search: Search) -> None:
        self._workspace = workspace
        self._facts = indexes.facts
        self._search = search

    @property
    def first_weekday(self) -> int:
        """The day on which the reader's weeks begin; 0 is Monday."""
        return self._workspace.first_weekday

    def today(self) -> date:
        """The reader's present day."""
        return self._workspace.today()

    def day_of(self, moment: datetime) -> date:
        """The reader's day of ``moment``."""
        return self._workspace.day_of(moment)

    def days(self, query: str | Query = "") -> list[DayCount]:
        """How many of the articles found appeared on each day, newest first; those without a day last.

        Raises QueryError.
        """
        return day_counts(self._facts.current(), self._search.ids(query))

    def days_of(self, ids: Sequence[str]) -> list[DayCount]:
        """The same of articles that are known already."""
        return day_counts(self._facts.current(), list(each_text(ids, "ids")))

    def annotation_days(self, query: str | Query = "") -> list[DayCount]:
        """How many of the annotations found were made on each day, newest first. Raises QueryError."""
        parsed, catalog = self._search.parse(query), self._workspace.catalog
        index, words = self._facts.current(), self._search.words_for(parsed)
        return annotation_days(parsed, catalog, catalog.annotations(), index, words)

    def on_this_day(self, day: date | None = None, query: str | Query = "") -> list[DayCount]:
        """Those of ``days`` that are the day of the year ``day`` (None: today) in other years.

        Raises QueryError.
        """
        return same_day_counts(self.days(query), day or self.today())
