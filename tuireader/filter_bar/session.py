"""A session in the filter bar: the query takes effect while it is typed, then is kept or cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from library import Completion, Library, QueryError
from library.query import finished
from tuireader.commands.binding import Argument, Bound, once
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.events import Remembered
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


TYPING_PAUSE = 0.15
"""Debounce time in seconds: a query being typed is executed after this pause."""


class Filtered(Protocol):
    """Rows filtered by a query. While it is typed, they remember what to restore."""

    @property
    def is_typing(self) -> bool:
        """True while a query is being typed."""

    def begin(self) -> None:
        """Remember what is shown, before a query is typed."""

    def show_typed(self, text: str) -> None:
        """Show the matches of the unfinished query ``text``."""

    def accept(self, query: str) -> None:
        """Show the matches of the finished ``query``, and focus the rows."""

    def finished(self, shown: str, query: str) -> None:
        """Replace the accepted query ``shown`` with its finished form ``query``."""

    def cancel(self) -> None:
        """Restore what was shown before, and focus the rows."""

    def leave(self, finish: Callable[[str], str]) -> None:
        """Handle leaving the line without Enter or Esc. ``finish`` returns the query to accept for a text."""

    def show_problem(self, error: QueryError) -> None:
        """Show why the query cannot be finished."""


class FilterSession:
    """The filter line of a screen, from the first key to Enter or Esc."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        line: FilterLine,
        rows: Filtered,
        history: QueryHistory,
        *,
        notes: bool = False,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Build the session.

        Args:
            desk: The library, and the app that remembers queries.
            jobs: The jobs of the screen.
            line: The line for typing the query.
            rows: The rows that it filters.
            history: The previous queries.
            notes: True for a query of the notebook.
            prepare: Called before the cursor is put into the line.
        """
        self._jobs = jobs
        self._say = desk.say
        self._line = line
        self._rows = rows
        self._notes = notes
        self._prepare = prepare
        self._timer: Delay | None = None
        self._completion = QueryCompletion(
            desk.library,
            jobs,
            line,
            history,
            keep_history=lambda queries: desk.app.post_message(Remembered(queries=queries)),
            finish=self.finish,
        )

    def commands(self) -> Iterable[Bound]:
        yield once("filter", self.edit, Argument(self.apply, self._completion.of))
        yield once("finish-filter", self.finish)
        yield once("dismiss-filter", self.cancel)
        yield from self._completion.commands()

    def edit(self) -> None:
        """Put the cursor into the line."""
        self._prepare()
        self._line.edit()
        self.entered()
        self._completion.look()

    def apply(self, query: str) -> None:
        """Filter by ``query``, which was typed on the command line."""
        self._prepare()
        self.leave()
        try:
            shown = self._finish_query(query)
        except QueryError as error:
            self._say(str(error), "warning")
        else:
            self._rows.accept(shown)

    def entered(self) -> None:
        """Begin filtering when the cursor enters the line."""
        if self._line.editing and not self._rows.is_typing:
            self._rows.begin()

    def edited(self, message: FilterLine.Edited) -> None:
        """Execute the query after a pause, because a key has changed it."""
        self._stop_timer()
        self._timer = self._jobs.later(TYPING_PAUSE, partial(self._show_typed, message.query))
        self._completion.edited(message)

    def _show_typed(self, text: str) -> None:
        if self._rows.is_typing:  # false if the line has been left in the meantime
            self._rows.show_typed(text)

    def finish(self) -> None:
        """Accept the selected suggestion, or, if none is selected, keep the query and leave the line."""
        self._stop_timer()
        if self._line.offers.chosen is not None:
            self._line.take_offer()
            return
        try:
            shown = self._finish_query(self._line.query_text)
        except QueryError as error:
            self._rows.show_problem(error)
        else:
            self._rows.accept(shown)

    def cancel(self) -> None:
        """Restore what was shown before."""
        self._stop_timer()
        self._rows.cancel()

    def leave(self) -> None:
        """Handle leaving the line without Enter or Esc."""
        if self._rows.is_typing:
            self._stop_timer()
            self._rows.leave(self._finish_query)

    def _finish_query(self, text: str) -> str:
        return self._completion.finish_query(text, self._rows.finished, notes=self._notes)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
