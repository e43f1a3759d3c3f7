"""The content of the notebook: its section, its query, also while that is typed, and its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker

from library import QueryError
from library.query.editing import with_term
from library.text.amounts import counted
from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.filter_bar.line import FilterLine
from tuireader.jobs.jobs import Jobs
from tuireader.keys import key_map_of
from tuireader.notebook.entries import Order, Row, Section, View, arranged, entries_of
from tuireader.notebook.entry_lines import Extent, extents_of
from tuireader.notebook.entry_list import NotebookList
from tuireader.presentation import shown_line

_GAP = 3


class SectionLine(Widget):
    """A line with the names of the sections; a click picks one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"section-line--active", "section-line--other"}
    DEFAULT_CSS = """
    SectionLine {
        height: 1; padding: 0 1; background: $background;
        & .section-line--active { color: $accent; text-style: bold underline; }
        & .section-line--other { color: $text-muted; }
    }
    """

    section: reactive[Section] = reactive(Section.ALL)

    @dataclass
    class Picked(Message):
        """A section was clicked."""

        section: Section

    def _placed(self) -> list[tuple[int, Section]]:
        """Return (column, section) of each section shown: all, or just the current one if they do not fit."""
        placed, column = [], 0
        for section in Section:
            placed.append((column, section))
            column += len(section) + _GAP
        return placed if column - _GAP <= self.size.width else [(0, self.section)]

    def render_line(self, y: int) -> Strip:
        active = self.get_component_rich_style("section-line--active")
        other = self.get_component_rich_style("section-line--other")
        segments = list[Segment]()
        for _, section in self._placed():
            segments += [Segment(section, active if section is self.section else other)]
            # A segment of its own: screenshots lose the spaces at the beginning of a segment.
            segments += [Segment(" " * _GAP, Style(bgcolor=other.bgcolor))]
        return Strip(segments).crop_extend(0, self.size.width, other)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for column, section in self._placed():
            if offset is not None and column <= offset.x < column + len(section):
                self.post_message(self.Picked(section))


_EMPTY = {
    Section.ALL: ("No annotations yet.", "In an article: {note} adds a note, {highlight} highlights."),
    Section.BOOKMARKS: ("No bookmarks yet.", "In the list and in an article: {bookmark} adds a bookmark."),
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
        keys = key_map_of(self._desk.app)
        notice: tuple[str, ...] = ("No matches.", view.query, f"{keys.key('clear-filter')} clears the filter")
        if not view.query:
            notice = tuple(map(keys.named_in, _EMPTY[view.section]))
        entry = self._rows.entry
        keep = view.cursor or (entry.key if entry else None)
        self._rows.set_rows(found.rows, found.extents, view.order, keep=keep, notice=notice)
        amount = counted(found.entries, "entry", "entries")
        parts = [amount] if self._desk.app.size.width < 60 else [amount, view.order]
        if found.orphans:
            parts.append(counted(found.orphans, "orphan"))
        self._line.show_count(" · ".join(parts))


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
