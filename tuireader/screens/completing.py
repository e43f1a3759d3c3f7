"""What a screen's filter line offers while a query is typed: how it can go on, and the queries before."""

from __future__ import annotations

from typing import TypeVar

from textual import getters, on
from textual.worker import get_current_worker

from library.query import finished
from tuireader.query_history import QueryHistory
from tuireader.screens.messages import Offered, QueryKept, QuerySettled
from tuireader.screens.writing import WritingScreen
from tuireader.widgets.filter_line import FilterLine

R = TypeVar("R")


class Completing(WritingScreen[R]):
    """The handlers of completion and history. Both are of the query that stands in the line."""

    filter_line = getters.query_one(FilterLine)

    queries: QueryHistory
    """The queries that were kept before."""

    def look_for_offers(self, *, anything: bool = False) -> None:
        """Find how the query can go on at the caret; after a space only where ``anything`` is asked for."""
        line = self.filter_line
        text, caret = line.query_text, line.caret
        if text.strip() and not anything and (caret < 1 or text[caret - 1].isspace()):
            line.show_offers(())
            return

        def look() -> None:
            offers = tuple(self.library.completions(text, caret))
            if not get_current_worker().is_cancelled:
                self.post_message(Offered(text, caret, offers))

        self.jobs.in_thread(look, "offers")

    @on(Offered)
    def _show_offers(self, message: Offered) -> None:
        line = self.filter_line
        if line.editing and (line.query_text, line.caret) == (message.text, message.caret):
            line.show_offers(message.offers)

    @on(FilterLine.Edited)
    def _look_again(self, message: FilterLine.Edited) -> None:
        if message.recalled:
            self.filter_line.show_offers(())
        else:
            self.queries.leave()
            self.look_for_offers()

    def settle(self, text: str, *, notes: bool = False) -> str:
        """The query that stands in for ``text``, which is finished, until ``QuerySettled`` tells what it is.

        Raises QueryError.
        """
        shown = self.library.typed(text).strip()
        if shown == finished(text, self.library.parse).strip():
            self.keep_query(shown)
            return shown

        def look() -> None:
            self.post_message(QuerySettled(shown, self.library.settled(text, notes=notes)))

        self.jobs.in_thread(look, "settle", exclusive=False)
        return shown

    def keep_query(self, text: str) -> None:
        """A query was finished: it can be had again."""
        self.filter_line.show_offers(())
        self.queries.keep(text)
        self.post_message(QueryKept(self.queries.queries))

    def do_complete_filter(self, count: int | None) -> None:
        if not self.filter_line.take_offer():
            self.look_for_offers(anything=True)

    def do_next_offer(self, count: int | None) -> None:
        if self.queries.is_under_way:
            self.filter_line.put_query(self.queries.newer())
        elif self.filter_line.offers.is_open:
            self.filter_line.offers.step(1)
        else:
            self.do_finish_filter(None)

    def do_previous_offer(self, count: int | None) -> None:
        offers = self.filter_line.offers
        if offers.chosen is not None:
            offers.step(-1)
        else:
            self.filter_line.put_query(self.queries.older(self.filter_line.query_text))

    def do_finish_filter(self, count: int | None) -> None:
        """Keep the query and leave the line."""
        raise NotImplementedError
