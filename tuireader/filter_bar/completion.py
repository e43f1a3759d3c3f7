"""Suggestions while a query is typed: completions and previous queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from library import Completion, Library
from library.query import finished
from tuireader.commands.binding import Bound, once
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.jobs.jobs import Jobs


class QueryCompletion:
    """Completes and finishes the query in ``line``."""

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        line: FilterLine,
        history: QueryHistory,
        *,
        keep_history: Callable[[tuple[str, ...]], object],
        finish: Callable[[], object],
    ) -> None:
        self._library = library
        self._jobs = jobs
        self._line = line
        self.history = history
        self._keep_history = keep_history
        self._finish = finish

    def commands(self) -> Iterable[Bound]:
        yield once("complete-filter", self.complete)
        yield once("next-offer", self.next)
        yield once("previous-offer", self.previous)

    def look(self, *, anything: bool = False) -> None:
        """Find completions at the caret; after a space, only if ``anything`` is true."""
        line = self._line
        text, caret = line.query_text, line.caret
        if text.strip() and not anything and (caret < 1 or text[caret - 1].isspace()):
            self._jobs.drop("offers")
            line.show_offers(())
            return

        def show(offers: tuple[Completion, ...]) -> None:
            if line.editing and (line.query_text, line.caret) == (text, caret):
                line.show_offers(offers)

        self._jobs.load("offers", lambda: tuple(self._library.search.completions(text, caret)), show)

    def of(self, text: str) -> Iterable[tuple[str, str]]:
        """Yield completions of the query ``text`` at its end, each with its help."""
        for offer in self._library.search.completions(text, len(text)):
            yield text[: offer.start] + offer.text + text[offer.end :], offer.help

    def edited(self, message: FilterLine.Edited) -> None:
        """Refresh the suggestions after a key has changed the query."""
        if message.recalled:
            self._jobs.drop("offers")
            self._line.show_offers(())
        else:
            self.history.leave()
            self.look()

    def finish_query(self, text: str, then: Callable[[str, str], object], *, notes: bool = False) -> str:
        """Return the query to show at once for ``text``, while a worker finishes it.

        Args:
            text: The query as typed.
            then: Called with the query returned here and the finished one, if there is something to finish.
            notes: True for a query of the notebook.

        Raises:
            QueryError: The query is invalid.
        """
        shown = self._library.search.unfinished(text).strip()
        if shown == finished(text, self._library.search.parse).strip():
            self.keep(shown)
            return shown

        def show_finished(query: str) -> None:
            self.keep(query)
            then(shown, query)

        self._jobs.load(
            "finish-query", lambda: self._library.search.finished(text, notes=notes), show_finished
        )
        return shown

    def keep(self, text: str) -> None:
        """Remember a finished query in the history, and close the suggestions."""
        self._line.show_offers(())
        self.history.keep(text)
        self._keep_history(self.history.queries)

    def complete(self) -> None:
        """Accept the suggestion, or look for suggestions if there are none."""
        if not self._line.take_offer():
            self.look(anything=True)

    def next(self) -> None:
        """Go to the next suggestion or the newer query; without either, finish the query."""
        if self.history.is_under_way:
            self._line.put_query(self.history.newer())
        elif self._line.offers.is_open:
            self._line.offers.step(1)
        else:
            self._finish()

    def previous(self) -> None:
        """Go to the previous suggestion, or to the older query."""
        offers = self._line.offers
        if offers.chosen is not None:
            offers.step(-1)
        else:
            self._line.put_query(self.history.older(self._line.query_text))
