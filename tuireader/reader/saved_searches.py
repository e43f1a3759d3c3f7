"""Saves the current query under a name, and shows saved searches in the sidebar."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from library import LibraryError, SavedSearch
from library.query.formatting import field_term
from tuireader.commands import Context
from tuireader.commands.binding import Argument, Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed, What
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.panes import Panes
from tuireader.reader.sidebar.counts import SidebarCounts
from tuireader.reader.sidebar.entries import SEARCHES
from tuireader.reader.sidebar.tree import SidebarTree


class SavedSearchCommands:
    """The commands that save, rename and remove searches. Every change can be undone."""

    def __init__(
        self, desk: Desk, panes: Panes, sidebar: SidebarTree, counts: SidebarCounts, listing: Listing
    ) -> None:
        self._desk = desk
        self._panes = panes
        self._sidebar = sidebar
        self._counts = counts
        self._listing = listing

    def commands(self) -> Iterable[Bound]:
        yield once("go-searches", self.go_to_searches)
        yield once("save-search", self.save, Argument(self._save_as, lambda _: self._names()))
        yield once("rename-search", self.rename)
        yield once("remove-search", self.remove)

    def go_to_searches(self) -> None:
        self._panes.focus(Context.SIDEBAR)
        if self._sidebar.go_to(SEARCHES):
            return
        if self._desk.library.searches.all():  # saved a moment ago
            self._counts.go_to(SEARCHES)
        else:
            self._desk.say("No saved searches yet: gS saves the current query.")

    def save(self) -> None:
        query = self._listing.query_text.strip()
        if not query:
            self._desk.say("No query to save; type one with /.")
            return
        known = next(
            (search.name for search in self._desk.library.searches.all() if search.query == query), ""
        )
        from tuireader.dialogs.naming import NamingScreen

        screen = NamingScreen("Save this search as", known, f"{query}")
        self._desk.app.push_screen(screen, partial(self._named, query))

    def _save_as(self, name: str) -> None:
        query = self._listing.query_text.strip()
        if query:
            self._named(query, name)
        else:
            self.save()

    def _names(self) -> list[tuple[str, str]]:
        return [(search.name, f"replaces {search.query}") for search in self._desk.library.searches.all()]

    def _named(self, query: str, name: str | None) -> None:
        if name:
            self._desk.changes.start(partial(self._saved, name, query))

    async def _saved(self, name: str, query: str) -> None:
        names = {search.name.casefold() for search in self._desk.library.searches.all()}
        saved = await self._desk.changes.make(self._desk.library.searches.save, name, query)
        if saved is not None:
            what = "Replaced" if name.casefold() in names else "Saved"
            where = f"{self._desk.key('go-searches')} shows the saved searches"
            self._desk.say(f"{what}: {saved.name} · {where} · {self._desk.to_undo}")
            self._desk.events.library_changed.publish(Changed(What.SEARCHES, ()))

    def rename(self) -> None:
        search = self._at_cursor()
        if search is not None:
            from tuireader.dialogs.naming import NamingScreen

            screen = NamingScreen(f"New name for “{search.name}”", search.name)
            self._desk.app.push_screen(screen, partial(self._rename, search))

    def _rename(self, search: SavedSearch, name: str | None) -> None:
        if name and name != search.name:
            self._desk.changes.start(partial(self._renamed, search.name, name))

    async def _renamed(self, previous: str, name: str) -> None:
        if await self._desk.changes.make(self._desk.library.searches.rename, previous, name) is not None:
            self._desk.say(f"Renamed: {name} · {self._desk.to_undo}")
            if self._listing.query_text == field_term("saved", previous):
                self._listing.set_query(field_term("saved", name))
            self._desk.events.library_changed.publish(Changed(What.SEARCHES, ()))

    def remove(self) -> None:
        search = self._at_cursor()
        if search is not None:
            self._desk.changes.start(partial(self._removed, search.name))

    async def _removed(self, name: str) -> None:
        if await self._desk.changes.make(self._desk.library.searches.remove, name) is not None:
            self._desk.say(f"Saved search “{name}” removed · {self._desk.to_undo}")
            self._desk.events.library_changed.publish(Changed(What.SEARCHES, ()))

    def _at_cursor(self) -> SavedSearch | None:
        """Return the saved search under the cursor of the sidebar, or None after a message."""
        prefix, _, key = (self._sidebar.cursor_key or "").partition(":")
        try:
            return next(
                one for one in self._desk.library.searches.all() if prefix == "search" and one.id == key
            )
        except (StopIteration, LibraryError):
            self._desk.say("Move the cursor to a saved search first (gs).")
            return None
