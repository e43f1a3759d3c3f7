"""Typing a query: it is carried out meanwhile, and kept or cancelled at the end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.timer import Timer

from library import QueryError
from tuireader.commands import Context
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.filter_bar.completion import QueryCompletion
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.messages import SettingsChosen
from tuireader.reader.article_list.count import CountLine
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.article_list.query_state import BeforeTyping
from tuireader.reader.panes import Panes
from tuireader.widgets.article_list.view import ArticleList

TYPING_PAUSE = 0.15
"""Seconds without a key after which a query that is being typed is carried out."""


class FilterSession:
    """The filter line of the main screen, from the first key to Enter or Esc."""

    def __init__(
        self,
        desk: Desk,
        line: FilterLine,
        articles: ArticleList,
        listing: Listing,
        count: CountLine,
        panes: Panes,
        history: QueryHistory,
    ) -> None:
        self._desk = desk
        self._line = line
        self._articles = articles
        self._listing = listing
        self._count = count
        self._panes = panes
        self._timer: Timer | None = None
        self.completion = QueryCompletion(
            desk.library,
            desk.jobs,
            line,
            history,
            keep_history=lambda queries: desk.app.post_message(SettingsChosen(queries=queries)),
            finish=self.finish,
        )

    def commands(self) -> Iterable[Bound]:
        yield once("filter", self.edit)
        yield once("finish-filter", self.finish)
        yield once("dismiss-filter", self.cancel)
        yield from self.completion.commands()

    def edit(self) -> None:
        """Put the cursor into the line."""
        self._panes.leave_zen()
        self._line.edit()
        self.begun()
        self.completion.look()

    def begun(self) -> None:
        """The cursor has come into the line."""
        if self._listing.state.before is None and self._line.editing:
            query = self._listing.query_text
            found = query if self._articles.ids else None
            self._listing.state.before = BeforeTyping(query, self._articles.cursor_id, found)
            self._panes.show(Context.LIST)  # what is found is seen while it is typed
            self._count.show()

    def edited(self, message: FilterLine.Edited) -> None:
        """The query was changed by a key: carry it out in a moment."""
        self._stop_timer()
        self._timer = self._desk.jobs.later(TYPING_PAUSE, partial(self._search_typed, message.query))
        self.completion.edited(message)

    def _search_typed(self, text: str) -> None:
        if self._listing.state.before is not None:  # otherwise the line has been left meanwhile
            self._listing.carry_out(text, keep=None, accept=False)

    def finish(self) -> None:
        """Keep the query and leave the line."""
        self._stop_timer()
        if self._line.offers.chosen is not None:
            self._line.take_offer()
            return
        try:
            shown = self.completion.settle(self._line.query_text, self._settled)
        except QueryError as error:
            self._listing.show_problem(error)
            return
        self._listing.state.before = None
        self._listing.set_query(shown)
        self._panes.focus(Context.LIST)

    def _settled(self, shown: str, query: str) -> None:
        listing = self._listing
        if listing.query_text == shown != query and listing.state.before is None:
            listing.set_query(query, keep=self._articles.cursor_id)

    def cancel(self) -> None:
        """List what was listed before."""
        self._stop_timer()
        before, self._listing.state.before = self._listing.state.before or BeforeTyping(""), None
        self._listing.carry_out(before.query, keep=before.row, accept=True)
        self._panes.focus(Context.LIST)

    def leave(self) -> None:
        """The line was left without a key of its own: it shows the query that is carried out."""
        listing = self._listing
        if listing.state.before is None:
            return
        self._stop_timer()
        try:
            shown = self.completion.settle(listing.query_text, self._settled)
        except QueryError:  # half a value, such as is:unr
            shown = self._desk.library.search.unfinished(listing.query_text)
        listing.state.before = None
        listing.set_query(shown)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
