"""The content of the notebook: its section, its query and its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from textual.worker import Worker

from library.text.amounts import counted
from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.filter_bar.line import FilterLine
from tuireader.jobs.jobs import Jobs
from tuireader.notebook.entries import Order, Row, Section, View, arranged, entries_of
from tuireader.notebook.entry_lines import Extent, extents_of
from tuireader.notebook.entry_list import NotebookList
from tuireader.notebook.sections import SectionLine

_EMPTY = {
    Section.ALL: ("No annotations yet.", "In an article: a adds a note, H highlights."),
    Section.BOOKMARKS: ("No bookmarks yet.", "In the list and in an article: b adds a bookmark."),
    Section.ON_THIS_DAY: ("Nothing was noted on this day in earlier years.",),
    Section.REVIEW: ("Nothing to review yet.", "Highlights appear here after 30 days."),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The content of ``view``: rows, their heights, and the numbers of entries and orphans."""

    view: View
    rows: tuple[Row, ...]
    extents: list[Extent]
    entries: int
    orphans: int


class NotebookContent:
    """Finds the entries of a view of the notebook, and shows them."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        sections: SectionLine,
        line: FilterLine,
        rows: NotebookList,
        view: View,
        wait_for: Callable[[Worker[None]], object],
    ) -> None:
        self._desk = desk
        self._jobs = jobs
        self._sections = sections
        self._line = line
        self._rows = rows
        self._wait_for = wait_for
        self.view = view
        self.query_before: str | None = None
        """The query to restore if the one being typed is cancelled; None if none is typed."""

    def commands(self) -> Iterable[Bound]:
        yield times("next-section", self._step_section)
        yield back("previous-section", self._step_section)
        yield times("next-pane", self._step_section)
        yield back("previous-pane", self._step_section)
        yield once("go-notes", lambda: self.go_to(Section.ALL))
        yield once("go-bookmarks", lambda: self.go_to(Section.BOOKMARKS))
        yield once("sort", self._sort)

    @property
    def view_to_return_to(self) -> View:
        """The current view, with the entry under the cursor."""
        entry = self._rows.entry
        return replace(self.view, cursor=entry.key if entry else None)

    def look_at(self, view: View) -> None:
        """Change the view; ``refresh`` shows its content."""
        self.view = view
        self._sections.section = view.section

    def go_to(self, section: Section) -> None:
        """Show another section."""
        self.look_at(replace(self.view, section=section))
        self.refresh()

    def _step_section(self, step: int) -> None:
        sections = list(Section)
        self.go_to(sections[(sections.index(self.view.section) + step) % len(sections)])

    def _sort(self) -> None:
        orders = list(Order)
        order = orders[(orders.index(self.view.order) + 1) % len(orders)]
        self.look_at(replace(self.view, order=order))
        self.refresh()

    def library_changed(self, changed: Changed) -> None:
        """Refresh after a change of the library."""
        self.refresh(keep=changed.keep)

    def understood(self, text: str) -> str:
        """Return the query to execute for ``text``; while it is typed, it may be incomplete.

        Raises:
            QueryError: The query is invalid.
        """
        return text if self.query_before is None else self._desk.library.search.unfinished(text)

    def refresh(self, *, keep: str | None = None) -> None:
        """Read the entries of the section. The cursor stays on its entry, or moves to ``keep``."""
        view = replace(self.view, cursor=keep)
        searched = replace(view, query=self.understood(view.query))
        library = self._desk.library

        def find() -> Found:
            entries = entries_of(library, searched)
            rows = arranged(entries, view.order, library.calendar.day_of)
            extents = extents_of(rows, view.order, self._desk.find_article)
            orphans = sum(one.annotation is not None and one.annotation.orphan for one in entries)
            return Found(view, rows, extents, len(entries), orphans)

        self._wait_for(self._jobs.load("notebook", find, self._show))

    def _show(self, found: Found) -> None:
        view = found.view
        if replace(view, cursor=None) != replace(self.view, cursor=None):
            return
        notice = ("No matches.", view.query, "F clears the filter") if view.query else _EMPTY[view.section]
        entry = self._rows.entry
        keep = view.cursor or (entry.key if entry else None)
        self._rows.set_rows(found.rows, found.extents, view.order, keep=keep, notice=notice)
        amount = counted(found.entries, "entry", "entries")
        parts = [amount] if self._desk.app.size.width < 60 else [amount, view.order]
        if found.orphans:
            parts.append(counted(found.orphans, "orphan"))
        self._line.show_count(" · ".join(parts))
