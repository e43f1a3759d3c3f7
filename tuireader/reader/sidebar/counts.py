"""What the sidebar counts: under the query of the list, when the keyboard rests."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

from textual.timer import Timer

from library import QueryError
from library.query.editing import units_of, with_term
from tuireader.commands import Context
from tuireader.desk import Desk
from tuireader.events import Changed, What
from tuireader.messages import PlacesCounted
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.panes import Panes
from tuireader.reader.sidebar.tree import Place
from tuireader.reader.sidebar.tree_counts import counted_places
from tuireader.reader.sidebar.tree_view import Places
from tuireader.widgets.article_list.view import ArticleList

PLACES_PAUSE = 0.2
"""Seconds after a change until the sidebar is counted again: what the person looks at comes first."""


class SidebarCounts:
    """Counts what the sidebar shows."""

    def __init__(
        self, desk: Desk, places: Places, articles: ArticleList, listing: Listing, panes: Panes
    ) -> None:
        self._desk = desk
        self._places = places
        self._articles = articles
        self._listing = listing
        self._panes = panes
        self._timer: Timer | None = None
        self._wanted = ""
        """The key of the entry that the cursor is to come to when everything has been counted."""
        self._are_counted = False
        """Whether anything has been counted yet."""
        desk.events.library_changed.subscribe(self._library_changed)
        desk.events.query_changed.subscribe(self._query_changed)
        listing.query_shown.subscribe(lambda _: self.refresh())

    def _library_changed(self, changed: Changed) -> None:
        if changed.what is What.SEARCHES:
            self.count()
        elif changed.what is not What.OPENED or self._desk.library.searches.all():
            # Only a saved search may ask when an article that was read was opened.
            self.refresh()

    def _query_changed(self, text: str) -> None:
        self._places.active = frozenset(units_of(text)) if text.strip() else frozenset({""})

    def picked(self, message: Places.Picked) -> None:
        """An entry was picked: it becomes a term of the query."""
        query = message.query
        self._listing.set_query(with_term(self._listing.query_text, query) if query else "")
        self._panes.focus(Context.LIST)

    def go_to(self, key: str) -> None:
        """Put the cursor on the entry ``key``, once it has been counted."""
        self._wanted = key
        self.count()

    def refresh(self) -> None:
        """Count again after a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._desk.jobs.later(PLACES_PAUSE, self.count)

    def put_off(self) -> None:
        """Count when the keyboard rests: counting would hold up the answers to keys."""
        if self._timer is not None and self._are_counted:
            self._timer.reset()

    def count(self) -> None:
        """Count now."""
        self._timer = None
        text, authors = self._listing.typed_query(), self._places.wants_authors
        library = self._desk.library

        def count() -> tuple[tuple[Place, ...], Mapping[str, str]] | None:
            with contextlib.suppress(QueryError):  # a saved search may have gone meanwhile
                return counted_places(library, text, authors=authors), library.tags.colours()
            return None

        self._desk.jobs.load("places", count, self._show)

    def _show(self, found: tuple[tuple[Place, ...], Mapping[str, str]] | None) -> None:
        if found is None:
            return
        places, colours = found
        self._are_counted = True
        self._places.set_places(places)
        if self._wanted:
            self._places.go_to(self._wanted)
            self._wanted = ""
        self._articles.tag_colours = colours
        self._desk.app.post_message(PlacesCounted())
