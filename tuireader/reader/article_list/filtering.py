"""Filters the article list while a query is typed."""

from __future__ import annotations

from collections.abc import Callable

from library import QueryError
from tuireader.commands import Context
from tuireader.desk import Desk
from tuireader.reader.article_list.count import CountLine
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.article_list.query_state import BeforeTyping
from tuireader.reader.panes import Panes
from tuireader.widgets.article_list.view import ArticleList


class ListFilter:
    """Lists what a query finds while it is typed, and the list before it where the query is cancelled."""

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
        """Whether a query is being typed."""
        return self._listing.state.before is not None

    def begin(self) -> None:
        """Remember the list, and show it, for what is found is seen while it is typed."""
        query = self._listing.query_text
        found = query if self._articles.ids else None
        self._listing.state.before = BeforeTyping(query, self._articles.cursor_id, found)
        self._panes.show(Context.LIST)
        self._count.show()

    def show_typed(self, text: str) -> None:
        """List what ``text`` finds, as far as it is typed."""
        self._listing.carry_out(text, keep=None, accept=False)

    def accept(self, query: str) -> None:
        """List what ``query`` finds, and go to the list."""
        self._listing.state.before = None
        self._listing.set_query(query)
        self._panes.focus(Context.LIST)

    def settled(self, shown: str, query: str) -> None:
        """List what the query finds in the end, where its beginning is still listed."""
        if self._listing.query_text == shown != query and not self.is_typing:
            is_shown = self._listing.listed_text == shown
            self._listing.set_query(query, keep=self._articles.cursor_id if is_shown else None)

    def cancel(self) -> None:
        """List what was listed before."""
        before, self._listing.state.before = self._listing.state.before or BeforeTyping(""), None
        self._listing.carry_out(before.query, keep=before.row, accept=True)
        self._panes.focus(Context.LIST)

    def leave(self, settle: Callable[[str], str]) -> None:
        """Let the line show the query that is carried out."""
        text = self._listing.query_text
        try:
            shown = settle(text)
        except QueryError:  # half a value, such as is:unr
            shown = self._desk.library.search.unfinished(text)
        self._listing.state.before = None
        self._listing.set_query(shown)

    def show_problem(self, error: QueryError) -> None:
        """Show why the query cannot be listed."""
        self._listing.show_problem(error)
