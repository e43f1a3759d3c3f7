"""The query of the notebook: it is carried out while it is typed, and kept or cancelled at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from textual.timer import Timer

from library import QueryError
from library.query.editing import with_term
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.filter_bar.completion import QueryCompletion
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.jobs import Jobs
from tuireader.messages import SettingsChosen
from tuireader.notebook.content import NotebookContent
from tuireader.presentation import shown_line

ORPHANED = "is:orphaned"

TYPING_PAUSE = 0.15
"""Seconds without a key after which a query that is being typed is carried out."""


class NotebookFilter:
    """The filter line of the notebook, from the first key to Enter or Esc."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        line: FilterLine,
        content: NotebookContent,
        history: QueryHistory,
        *,
        focus_rows: Callable[[], object],
        wait_for: Callable[[None], object],
        leave: Callable[[], object],
    ) -> None:
        self._desk = desk
        self._jobs = jobs
        self._line = line
        self._content = content
        self._focus_rows = focus_rows
        self._wait_for = wait_for
        self._leave = leave
        self._timer: Timer | None = None
        self._completion = QueryCompletion(
            desk.library,
            jobs,
            line,
            history,
            keep_history=lambda queries: desk.app.post_message(SettingsChosen(queries=queries)),
            finish=self._finish,
        )

    def commands(self) -> Iterable[Bound]:
        yield once("filter", self._edit)
        yield once("finish-filter", self._finish)
        yield once("dismiss-filter", lambda: self._set_query(self._content.query_before or ""))
        yield once("clear-filter", lambda: self._set_query(""))
        yield once("view-orphaned", lambda: self._set_query(with_term(self._content.view.query, ORPHANED)))
        yield once("back", self._back)
        yield from self._completion.commands()

    def _edit(self) -> None:
        self._line.edit()
        self.begun()
        self._completion.look()

    def begun(self) -> None:
        """The cursor has come into the line."""
        if self._content.query_before is None and self._line.editing:
            self._content.query_before = self._content.view.query

    def edited(self, message: FilterLine.Edited) -> None:
        """The query was changed by a key: carry it out in a moment."""
        self._stop_timer()
        self._timer = self._jobs.later(TYPING_PAUSE, partial(self._search_typed, message.query))
        self._completion.edited(message)

    def _search_typed(self, text: str) -> None:
        if self._content.query_before is not None:  # otherwise the line has been left meanwhile
            self._search(text)
            self._wait_for(None)

    def _search(self, text: str) -> bool:
        """Show what ``text`` finds; where it has a mistake the rows stay, and the mistake is shown."""
        try:
            self._desk.library.search.parse(self._content.understood(text))
        except QueryError as error:
            self._line.show_problem(error)
            return False
        self._line.show_problem(None)
        self._content.look_at(replace(self._content.view, query=shown_line(text)))
        self._content.refresh()
        return True

    def _set_query(self, text: str) -> None:
        self._stop_timer()
        before, self._content.query_before = self._content.query_before, None
        if self._search(text):
            self._line.show_query(self._content.view.query)
            self._focus_rows()
        else:
            self._content.query_before = before

    def _finish(self) -> None:
        """Keep the query and leave the line."""
        if self._line.offers.chosen is not None:
            self._line.take_offer()
            return
        try:
            shown = self._completion.settle(self._line.query_text, self._settled, notes=True)
        except QueryError as error:
            self._line.show_problem(error)
            return
        self._set_query(shown)

    def _settled(self, shown: str, query: str) -> None:
        if self._content.view.query == shown != query and self._content.query_before is None:
            self._set_query(query)

    def leave_line(self) -> None:
        """The line was left without a key of its own: the query is as before."""
        if self._content.query_before is not None:
            self._set_query(self._content.query_before)

    def _back(self) -> None:
        """Remove the query; without one, go back to the panes."""
        if self._content.view.query:
            self._set_query("")
        else:
            self._leave()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
