"""Saved searches: the query that is listed is kept under a name, and the names stand among the places."""

from __future__ import annotations

from functools import partial

from library import LibraryError, SavedSearch
from library.query.formatting import quoted
from tuireader.commands import Context
from tuireader.dialogs.naming import NamingScreen
from tuireader.events import Changed, What
from tuireader.place_tree import SEARCHES
from tuireader.screens.finding import Finding


class Saving(Finding):
    """The commands of saved searches. Every change can be undone."""

    def do_go_searches(self, count: int | None) -> None:
        self.focus_pane(Context.PLACES)
        if self.places.go_to(SEARCHES):
            return
        if self.library.searches.all():  # saved a moment ago
            self.wanted_place = SEARCHES
            self.count_places()
        else:
            self.say("No search is saved yet: gS saves the query that is listed.")

    def do_save_search(self, count: int | None) -> None:
        query = self.query_text.strip()
        if not query:
            self.say("Write a query first (/); then it can be saved.")
            return
        known = next((search.name for search in self.library.searches.all() if search.query == query), "")
        screen = NamingScreen("Save this search under the name:", known, f"{query}")
        self.app.push_screen(screen, partial(self._named, query))

    def _named(self, query: str, name: str | None) -> None:
        if name:
            self.changes.start(self._saved(name, query))

    async def _saved(self, name: str, query: str) -> None:
        names = {search.name.casefold() for search in self.library.searches.all()}
        saved = await self.changes.make(self.library.searches.save, name, query)
        if saved is not None:
            what = "Replaced" if name.casefold() in names else "Saved"
            self.say(f"{what}: {saved.name} · gs shows the saved searches · u to undo")
            self.desk.events.library_changed.publish(Changed(What.SEARCHES, ()))

    def do_rename_search(self, count: int | None) -> None:
        search = self._at_cursor()
        if search is not None:
            screen = NamingScreen(f"Another name for “{search.name}”:", search.name)
            self.app.push_screen(screen, partial(self._named_anew, search))

    def _named_anew(self, search: SavedSearch, name: str | None) -> None:
        if name and name != search.name:
            self.changes.start(self._renamed(search.name, name))

    async def _renamed(self, former: str, name: str) -> None:
        if await self.changes.make(self.library.searches.rename, former, name) is not None:
            self.say(f"Renamed: {name} · u to undo")
            if self.query_text == f"saved:{quoted(former, 'saved')}":
                self.set_query(f"saved:{quoted(name, 'saved')}")
            self.desk.events.library_changed.publish(Changed(What.SEARCHES, ()))

    def do_remove_search(self, count: int | None) -> None:
        search = self._at_cursor()
        if search is not None:
            self.changes.start(self._removed(search.name))

    async def _removed(self, name: str) -> None:
        if await self.changes.make(self.library.searches.remove, name) is not None:
            self.say(f"The search “{name}” is removed · u to undo")
            self.desk.events.library_changed.publish(Changed(What.SEARCHES, ()))

    def _at_cursor(self) -> SavedSearch | None:
        """The saved search under the cursor of the places; that there is none is told."""
        prefix, _, key = (self.places.cursor_key or "").partition(":")
        try:
            return next(one for one in self.library.searches.all() if prefix == "search" and one.id == key)
        except (StopIteration, LibraryError):
            self.say("Put the cursor on a saved search: gs goes to them.")
            return None
