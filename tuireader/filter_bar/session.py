"""A session in the filter bar: the query takes effect while it is typed, then is kept or cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from library import QueryError
from tuireader.commands.binding import Argument, Bound, once
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.events import Remembered
from tuireader.filter_bar.completion import QueryCompletion
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.jobs.jobs import Jobs

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
