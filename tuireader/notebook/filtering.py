"""Filters the notebook while a query is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from library import QueryError
from library.query.editing import with_term
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.filter_bar.line import FilterLine
from tuireader.notebook.content import NotebookContent
from tuireader.presentation import shown_line

ORPHANED = "is:orphaned"


class NotebookFilter:
    """Filters the notebook while a query is typed, and restores it if the query is cancelled."""

    def __init__(
        self,
        desk: Desk,
        line: FilterLine,
        content: NotebookContent,
        *,
        focus_rows: Callable[[], object],
        wait_for: Callable[[None], object],
        leave: Callable[[], object],
    ) -> None:
        self._desk = desk
        self._line = line
        self._content = content
        self._focus_rows = focus_rows
        self._wait_for = wait_for
        self._leave = leave

    def commands(self) -> Iterable[Bound]:
        yield once("clear-filter", lambda: self.accept(""))
        yield once("view-orphaned", lambda: self.accept(with_term(self._content.view.query, ORPHANED)))
        yield once("back", self._back)

    @property
    def is_typing(self) -> bool:
        """True while a query is being typed."""
        return self._content.query_before is not None

    def begin(self) -> None:
        """Remember the current query."""
        self._content.query_before = self._content.view.query

    def show_typed(self, text: str) -> None:
        """Show the matches of the unfinished ``text``; the next keys do not wait for them."""
        self._search(text)
        self._wait_for(None)

    def _search(self, text: str) -> bool:
        """Show the matches of ``text``. If it is invalid, keep the rows, show the error and return False."""
        try:
            self._desk.library.search.parse(self._content.understood(text))
        except QueryError as error:
            self.show_problem(error)
            return False
        self._line.show_problem(None)
        self._content.look_at(replace(self._content.view, query=shown_line(text)))
        self._content.refresh()
        return True

    def accept(self, query: str) -> None:
        """Show the matches of ``query``, and focus the rows."""
        before, self._content.query_before = self._content.query_before, None
        if self._search(query):
            self._line.show_query(self._content.view.query)
            self._focus_rows()
        else:
            self._content.query_before = before

    def finished(self, shown: str, query: str) -> None:
        """Show the matches of the finished ``query`` if its unfinished form is still shown."""
        if self._content.view.query == shown != query and not self.is_typing:
            self.accept(query)

    def cancel(self) -> None:
        """Restore the query from before typing."""
        self.accept(self._content.query_before or "")

    def leave(self, finish: Callable[[str], str]) -> None:
        """Cancel the query that was being typed."""
        self.cancel()

    def show_problem(self, error: QueryError) -> None:
        """Show why the query cannot be executed."""
        self._line.show_problem(error)

    def _back(self) -> None:
        """Remove the query; without one, go back to the panes."""
        if self._content.view.query:
            self.accept("")
        else:
            self._leave()
