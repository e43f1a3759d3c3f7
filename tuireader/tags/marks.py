"""Marks in the tags view: tags to include, and tags to exclude."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from library import QueryError
from library.text.amounts import counted
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import Signal
from tuireader.jobs.jobs import Jobs
from tuireader.presentation import shown_line
from tuireader.tags.head_line import HeadLine
from tuireader.tags.tag_list import TagList
from tuireader.tags.tree import TagMark, query_for


class TagMarks:
    """Marks tags, and lists the articles that they select."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        head: HeadLine,
        rows: TagList,
        filter_query: str,
        leave: Callable[[str | None], object],
    ) -> None:
        self._desk = desk
        self._jobs = jobs
        self._head = head
        self._rows = rows
        self._filter_query = filter_query
        self._leave = leave
        self.given: dict[str, TagMark] = {}
        """Terms of rows → their marks."""
        self.changed: Signal[None] = Signal()

    def commands(self) -> Iterable[Bound]:
        yield once("mark-every", lambda: self._mark(TagMark.EVERY))
        yield once("mark-some", lambda: self._mark(TagMark.SOME))
        yield once("mark-none", lambda: self._mark(TagMark.NONE))
        yield once("list-tagged", self.list_tagged)
        yield once("back", self._back)

    def _mark(self, mark: TagMark) -> None:
        """Set or remove a mark on the tag under the cursor, and move the cursor down."""
        row = self._rows.tag_row
        if row is None:
            return
        if self.given.get(row.term) is mark:
            del self.given[row.term]
        else:
            self.given[row.term] = mark
        self._rows.set_marks(self.given)
        self._rows.moves.down()
        self.changed.publish(None)

    def list_tagged(self) -> None:
        """List the articles that the marks select; without marks, those with the tag under the cursor."""
        row = self._rows.tag_row
        marks = self.given or ({row.term: TagMark.EVERY} if row is not None else {})
        if marks:
            self._leave(query_for(marks, self._filter_query))

    def _back(self) -> None:
        """Remove the marks; without any, go back to the list."""
        if self.given:
            self.given.clear()
            self._rows.set_marks(self.given)
            self.changed.publish(None)
        else:
            self._leave(None)

    def show(self) -> None:
        """Show the query of the marks, and the number of articles that it finds."""
        query = query_for(self.given, self._filter_query)
        self._head.title = shown_line(query)
        self._head.amount = "…"
        self._jobs.load("marked", partial(self._count, query), self._show_count)

    def _count(self, query: str) -> int | None:
        try:
            return len(self._desk.library.search.at_once(query).ids)
        except QueryError:
            return None

    def _show_count(self, articles: int | None) -> None:
        if self.given and articles is not None:  # the marks may have been removed in the meantime
            self._head.amount = counted(articles, "article")
