"""Filters the article list while a query is typed."""

from __future__ import annotations

from collections.abc import Callable

from library import QueryError
from tuireader.commands import Context
from tuireader.desk import Desk
from tuireader.reader.article_list.count import CountLine
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.article_list.order import BeforeTyping
from tuireader.reader.panes import Panes
from tuireader.widgets.article_list.view import ArticleList


class ListFilter:
    """The filtering of the list while a query is typed. If it is cancelled, the previous list returns."""

    def __init__(
        self,
        desk: Desk,
        articles: ArticleList,
        listing: Listing,
        count: CountLine,
        panes: Panes,
    ) -> None:
        self._desk = desk
        self._articles = articles
        self._listing = listing
        self._count = count
        self._panes = panes

    @property
    def is_typing(self) -> bool:
        """True while a query is being typed."""
        return self._listing.state.before is not None

    def begin(self) -> None:
        """Remember the list and show its pane, so that results are visible while typing."""
        query = self._listing.query_text
        found = query if self._articles.ids else None
        self._listing.state.before = BeforeTyping(query, self._articles.cursor_id, found)
        self._panes.show(Context.LIST)
        self._count.show()

    def show_typed(self, text: str) -> None:
        """List the matches of ``text``, an unfinished query."""
        self._listing.carry_out(text, keep=None, accept=False)

    def accept(self, query: str) -> None:
        """List the matches of ``query`` and focus the list."""
        self._listing.state.before = None
        self._listing.set_query(query)
        self._panes.focus(Context.LIST)

    def finished(self, shown: str, query: str) -> None:
        """List the matches of the final ``query`` if ``shown`` is still the query of the list."""
        if self._listing.query_text == shown != query and not self.is_typing:
            is_shown = self._listing.listed_text == shown
            self._listing.set_query(query, keep=self._articles.cursor_id if is_shown else None)

    def cancel(self) -> None:
        """Restore the list from before typing."""
        before, self._listing.state.before = self._listing.state.before or BeforeTyping(""), None
        self._listing.carry_out(before.query, keep=before.row, accept=True)
        self._panes.focus(Context.LIST)

    def leave(self, finish: Callable[[str], str]) -> None:
        """End typing with the current query, completed by ``finish``."""
        text = self._listing.query_text
        try:
            shown = finish(text)
        except QueryError:  # half a value, such as is:unr
            shown = self._desk.library.search.unfinished(text)
        self._listing.state.before = None
        self._listing.set_query(shown)

    def show_problem(self, error: QueryError) -> None:
        """Show the mistake in the query."""
        self._listing.show_problem(error)
