"""The content of the calendar: the period shown, and its counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from textual.worker import get_current_worker

from library import Library, QueryError
from library.query import Query
from library.query.editing import Part, replacing_part, without_part
from tuireader.calendar.counted import Counted
from tuireader.calendar.state import Layer, Look, Zoom
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed, Signal
from tuireader.jobs.jobs import Jobs
from tuireader.widgets.article_list.painting import Notice
from tuireader.widgets.article_list.view import ArticleList

Counts = dict[Layer, Counted]
"""The counts by day of each layer."""


def counted_under(library: Library, query: str, part: Part) -> Query:
    """Return the query that the calendar counts: ``query`` without the terms of ``part`` and its limit."""
    try:
        parsed = library.search.parse(without_part(query, part))
    except QueryError:
        parsed = library.search.parse(query)
    return replace(parsed, limit=None)


class CalendarContent:
    """The counts of the query's matches by day, and the articles of the selected days."""

    def __init__(
        self, desk: Desk, jobs: Jobs, articles: ArticleList, query: str, look: Look, *, placed: bool
    ) -> None:
        self._desk = desk
        self._jobs = jobs
        self._articles = articles
        self.query = query
        self.look = look
        self.wanted_zoom = look.zoom
        """The requested zoom. If a year does not fit, a month is shown instead."""
        self.counts: Counts = {layer: Counted.of() for layer in Layer}
        self.is_counted = False
        self.changed: Signal[None] = Signal()
        self._placed = placed
        """True if the cursor has its day. If not, the first count moves it to the last day with entries."""

    def commands(self) -> Iterable[Bound]:
        yield once("clear-filter", self._clear_filter)

    def _clear_filter(self) -> None:
        self.query = ""
        self.count()

    @property
    def look_to_return_to(self) -> Look:
        """The current view, without a selection."""
        return replace(self.look.released(), zoom=self.wanted_zoom)

    def go(self, look: Look) -> None:
        """Change the view to ``look``."""
        if look != self.look:
            self.look = look
            self.changed.publish(None)
            self._list_chosen()

    def show_what_fits(self, *, has_room_for_year: bool) -> None:
        """Show a month if a year was requested but does not fit."""
        if self.look.zoom is not Zoom.DAY:
            fits = has_room_for_year or self.wanted_zoom is not Zoom.YEAR
            self.look = replace(self.look, zoom=self.wanted_zoom if fits else Zoom.MONTH)

    def library_changed(self, changed: Changed) -> None:
        """Count again."""
        self.count()

    def count(self) -> None:
        """Count the entries of each day in a worker."""
        self._jobs.load("calendar", partial(self._counted, self.query), self._show_counts)

    def _counted(self, query: str) -> Counts:
        library, worker = self._desk.library, get_current_worker()
        ids = library.search.ids(counted_under(library, query, Part.DATE), lambda: worker.is_cancelled)
        notes = library.calendar.annotation_days(counted_under(library, query, Part.NOTED))
        return {
            Layer.ARTICLES: Counted.of(library.calendar.days_of(ids)),
            Layer.NOTES: Counted.of(notes),
        }

    def _show_counts(self, counts: Counts) -> None:
        self.counts, self.is_counted = counts, True
        last = counts[self.look.layer].last
        if not self._placed and last is not None:
            self.look = self.look.at(last)
        self._placed = True
        self.changed.publish(None)
        self._list_chosen()

    @property
    def _chosen_query(self) -> str:
        """The query for the articles of the selected days."""
        return replacing_part(self.query, self.look.term)

    def _list_chosen(self) -> None:
        """Find the articles of the selected days."""
        query = self._chosen_query
        self._jobs.load("day", partial(self._find_articles, query), partial(self._show_chosen, query))

    def _find_articles(self, query: str) -> tuple[str, ...]:
        worker = get_current_worker()
        return tuple(self._desk.library.search.ids(query, lambda: worker.is_cancelled))

    def _show_chosen(self, query: str, ids: tuple[str, ...]) -> None:
        if query == self._chosen_query:
            nothing = "No articles" if self.look.layer is Layer.ARTICLES else "No annotations"
            first, last = self.look.span
            self._articles.painter.notice = Notice(
                f"{nothing} on {'this day' if first == last else 'these days'}."
            )
            self._articles.set_ids(ids)
