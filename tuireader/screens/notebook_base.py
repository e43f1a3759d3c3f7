"""What the parts of the notebook's screen share: its widgets, what is looked at, and how it is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual import getters
from textual.worker import get_current_worker

from library import Change
from tuireader.commands import Command
from tuireader.notebook import Entry, View, arranged, entries_of
from tuireader.screens.base import ReaderPanes
from tuireader.screens.completing import Completing
from tuireader.screens.messages import NotebookFound
from tuireader.screens.writing_over import WritingOverPanes
from tuireader.widgets.entry_lines import extents_of
from tuireader.widgets.filter_line import FilterLine
from tuireader.widgets.notebook_detail import NotebookDetail
from tuireader.widgets.notebook_list import NotebookList
from tuireader.widgets.section_line import SectionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How the notebook was left: what was looked at, and the entry to open, or the command to carry out."""

    view: View
    entry: Entry | None = None
    command: Command | None = None
    count: int | None = None


class NotebookPanes(WritingOverPanes[Departure], Completing[Departure]):
    """The widgets and the state of the notebook. ``reader`` is the main screen that it was opened from."""

    former_query: str | None = None
    """The query to come back to while another is being typed."""

    filter_line = getters.query_one(FilterLine)
    sections = getters.query_one(SectionLine)
    rows = getters.query_one(NotebookList)
    detail = getters.query_one(NotebookDetail)

    def __init__(self, reader: ReaderPanes, view: View) -> None:
        super().__init__(reader.library, reader.writer)
        self.reader = reader
        self.queries = reader.queries
        self.view = view

    def show_changed(self, *, keep: str | None = None) -> None:
        """Something was changed: show it here, or in the panes where the notebook was left meanwhile."""
        if self.is_attached:
            self.refresh_rows(keep=keep)
        else:
            self.reader.refresh_list()
            self.reader.refresh_places()
            self.reader.refresh_page()

    def show_replayed(self, change: Change, told: str) -> None:
        self.say(told)
        self.show_changed(keep=change.ids[0] if change.ids else None)

    def understood(self, text: str) -> str:
        """The query that ``text`` stands for: while it is typed it may go on. Raises QueryError."""
        return text if self.former_query is None else self.library.typed(text)

    def refresh_rows(self, *, keep: str | None = None) -> None:
        """Look again what the section holds; the cursor stays on its entry, or comes to ``keep``."""
        view = replace(self.view, cursor=keep)
        searched = replace(view, query=self.understood(view.query))

        def look() -> None:
            entries = entries_of(self.library, searched)
            rows = arranged(entries, view.order, self.library.day_of)
            extents = extents_of(rows, view.order, self.find_article)
            lost = sum(one.annotation is not None and one.annotation.orphan for one in entries)
            if not get_current_worker().is_cancelled:
                self.post_message(NotebookFound(view, rows, extents, len(entries), lost))

        self.awaited = self.jobs.in_thread(look, "notebook")

    def go_back(self, command: Command | None = None, count: int | None = None) -> None:
        self.leave(command=command, count=count)

    def leave(
        self, *, entry: Entry | None = None, command: Command | None = None, count: int | None = None
    ) -> None:
        """Go back to the panes."""
        if self.is_current:
            at_cursor = self.rows.entry
            view = replace(self.view, cursor=at_cursor.key if at_cursor else None)
            self.dismiss(Departure(view=view, entry=entry, command=command, count=count))
