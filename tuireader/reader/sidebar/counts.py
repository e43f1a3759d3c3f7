"""The counts in the sidebar: under the current query, updated when no keys are pressed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from library import DayCount, Library, QueryError, TagCount
from library.query.editing import units_of, with_term
from tuireader.commands import Context
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.events import Changed, SidebarCounted, TermPicked, What
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.panes import Panes
from tuireader.reader.sidebar.entries import Entry, build_entries
from tuireader.reader.sidebar.tree import SidebarTree
from tuireader.widgets.article_list.view import ArticleList

COUNT_PAUSE = 0.2
"""Seconds after a change until the sidebar is counted again, so that the list is updated first."""


class SidebarCounts:
    """The counts of the sidebar's entries."""

    def __init__(
        self, desk: Desk, tree: SidebarTree, articles: ArticleList, listing: Listing, panes: Panes
    ) -> None:
        self._desk = desk
        self._tree = tree
        self._articles = articles
        self._listing = listing
        self._panes = panes
        self._timer: Delay | None = None
        self._wanted = ""
        """Key of the entry to which the cursor moves after counting; empty for none."""
        self._are_counted = False
        """True after the first counting."""
        desk.events.library_changed.subscribe(self._library_changed)
        desk.events.query_changed.subscribe(self._query_changed)
        listing.query_shown.subscribe(lambda _: self.refresh())

    def _library_changed(self, changed: Changed) -> None:
        if changed.what is What.SEARCHES:
            self.count()
        elif changed.what is not What.OPENED or self._desk.library.searches.all():
            # When an article that was already read is opened, only counts of saved searches can change.
            self.refresh()

    def _query_changed(self, text: str) -> None:
        self._tree.set_active(frozenset(units_of(text)) if text.strip() else frozenset({""}))

    def picked(self, message: TermPicked) -> None:
        """Add the picked term to the query of the list, or remove it; without a term, list all articles."""
        query = message.query
        self._listing.set_query(with_term(self._listing.query_text, query) if query else "")
        self._panes.focus(Context.LIST)

    def go_to(self, key: str) -> None:
        """Count the entries, then move the cursor to the entry ``key``."""
        self._wanted = key
        self.count()

    def refresh(self) -> None:
        """Count again after a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._desk.jobs.later(COUNT_PAUSE, self.count)

    def put_off(self) -> None:
        """Postpone counting until no keys are pressed, because it would delay the response to keys."""
        if self._timer is not None and self._are_counted:
            self._timer.reset()

    def count(self) -> None:
        """Count now."""
        self._timer = None
        text, authors = self._listing.typed_query(), self._tree.rows.wants_authors
        library = self._desk.library

        def count() -> tuple[tuple[Entry, ...], Mapping[str, str]] | None:
            with contextlib.suppress(QueryError):  # a saved search may have been removed meanwhile
                return counted_entries(library, text, authors=authors), library.tags.colours()
            return None

        self._desk.jobs.load("sidebar", count, self._show)

    def _show(self, found: tuple[tuple[Entry, ...], Mapping[str, str]] | None) -> None:
        if found is None:
            return
        entries, colours = found
        self._are_counted = True
        self._tree.set_rows(self._tree.rows.with_entries(entries))
        if self._wanted:
            self._tree.go_to(self._wanted)
            self._wanted = ""
        self._articles.painter.tag_colours = colours
        self._desk.app.post_message(SidebarCounted())


def counted_entries(library: Library, query: str, *, authors: bool) -> tuple[Entry, ...]:
    """Return the entries with their counts under ``query``. For use in a worker. Raises QueryError.

    Without ``authors``, their section stays empty until it is expanded.
    """
    facets = library.search.facets(query, authors=authors)
    families = [TagCount(f"{name}/*", count) for name, count in facets.families.items()]
    return build_entries(
        tags=[*(TagCount(tag, count) for tag, count in facets.tags.items()), *families],
        days=[DayCount(day, count) for day, count in facets.days.items()],
        views={"all": facets.all, **facets.views},
        searches=[(search, facets.searches.get(search.name)) for search in library.searches.all()],
        colours=library.tags.colours(),
        sources=facets.sources,
        authors=facets.authors if authors or not facets.all else None,
    )
