"""The notebook: every note, highlight and bookmark of the library, one under the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer

from library import QueryError
from library.query.editing import with_term
from library.text.counting import counted
from tuireader.citations.copying import Citations
from tuireader.commands import Command, Context, footer_for, reachable_in
from tuireader.desk import Desk
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.keys import KeySequences
from tuireader.notebook.base import NotebookFound
from tuireader.notebook.changes import NotebookChanges
from tuireader.notebook.detail import detail_of
from tuireader.notebook.entries import Order, Section, View
from tuireader.notebook.entry_list import NotebookList
from tuireader.notebook.sections import SectionLine
from tuireader.notes.keeper import NoteKeeper
from tuireader.presentation import shown_line
from tuireader.tags.prompt import TagPrompt
from tuireader.widgets.detail_pane import DetailPane
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.note_editor import NoteEditor

ORPHANED = "is:orphaned"

TYPING_PAUSE = 0.15
"""Seconds without a key after which a query that is being typed is carried out."""

_EMPTY = {
    Section.ALL: ("Nothing is noted yet.", "In an article a writes a note, H highlights."),
    Section.BOOKMARKS: ("Nothing is bookmarked yet.", "In the list and in an article b sets a bookmark."),
    Section.ON_THIS_DAY: ("Nothing was noted on this day in former years.",),
    Section.HANDFUL: ("Nothing is old enough to be seen again.", "Highlights come here after 30 days."),
}


class NotebookScreen(NotebookChanges):
    """Sections, a query, rows, and beside them the whole of the entry under the cursor.

    Commands that it does not have itself are carried out by the reader, once the notebook is left.
    """

    AUTO_FOCUS = "NotebookList"

    def __init__(
        self,
        desk: Desk,
        carry_out: Callable[[Command, int | None], None],
        notes: NoteKeeper,
        citations: Citations,
        history: QueryHistory,
        view: View,
    ) -> None:
        super().__init__(desk, carry_out, notes, citations, history, view)
        self._keys = {context: KeySequences(reachable_in(context)) for context in Context}
        self._typing_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield SectionLine()
        yield self.filter_line
        with Horizontal(id="notebook-panes"):
            yield NotebookList(
                lookup=self.desk.find_article,
                today=self.library.calendar.today,
                day_of=self.library.calendar.day_of,
                id="entries",
            )
            yield DetailPane(id="detail")
        yield self.editor
        yield self.tag_prompt
        yield KeyFooter(id="footer")

    def on_mount(self) -> None:
        self.filter_line.show_query(self.view.query)
        self._look_at(self.view)
        self.refresh_rows(keep=self.view.cursor)
        self._show_keys()

    # What is shown

    def _look_at(self, view: View) -> None:
        self.view = view
        self.sections.section = view.section

    @on(NotebookFound)
    def _show_found(self, message: NotebookFound) -> None:
        view = message.view
        if replace(view, cursor=None) != replace(self.view, cursor=None):
            return
        notice = (
            ("Nothing matches.", view.query, "F shows everything") if view.query else _EMPTY[view.section]
        )
        entry = self.rows.entry
        keep = view.cursor or (entry.key if entry else None)
        self.rows.set_rows(message.rows, message.extents, view.order, keep=keep, notice=notice)
        amount = counted(message.entries, "entry", "entries")
        parts = [amount] if self.size.width < 60 else [amount, view.order]
        if message.lost:
            parts.append(f"{message.lost:,} without a place")
        self.filter_line.show_count(" · ".join(parts))

    @on(NotebookList.Highlighted)
    def _show_detail(self, message: NotebookList.Highlighted) -> None:
        entry = message.entry
        if entry is None:
            self.detail.show(None)
            return
        article = self.desk.find_article(entry.article_id)
        self.detail.show(detail_of(entry, article, self.library.calendar.day_of(entry.made)))

    # Sections and orders

    @on(SectionLine.Picked)
    def _section_picked(self, message: SectionLine.Picked) -> None:
        self._go_to(message.section)

    def _go_to(self, section: Section) -> None:
        self._look_at(replace(self.view, section=section))
        self.refresh_rows()

    def _step_section(self, step: int) -> None:
        sections = list(Section)
        self._go_to(sections[(sections.index(self.view.section) + step) % len(sections)])

    def do_next_section(self, count: int | None) -> None:
        self._step_section(count or 1)

    def do_previous_section(self, count: int | None) -> None:
        self._step_section(-(count or 1))

    do_next_pane = do_next_section
    do_previous_pane = do_previous_section

    def do_go_notes(self, count: int | None) -> None:
        self._go_to(Section.ALL)

    def do_go_bookmarks(self, count: int | None) -> None:
        self._go_to(Section.BOOKMARKS)

    def do_sort(self, count: int | None) -> None:
        orders = list(Order)
        order = orders[(orders.index(self.view.order) + 1) % len(orders)]
        self._look_at(replace(self.view, order=order))
        self.refresh_rows()

    # The query

    def do_filter(self, count: int | None) -> None:
        self.filter_line.edit()
        self._query_begun()
        self.completion.look()

    @on(FilterLine.Begun)
    def _query_begun(self) -> None:
        if self.former_query is None and self.filter_line.editing:
            self.former_query = self.view.query
        self._show_keys()

    @on(FilterLine.Edited)
    def _query_typed(self, message: FilterLine.Edited) -> None:
        self._stop_typing_timer()
        self._typing_timer = self.set_timer(TYPING_PAUSE, partial(self._search_typed, message.query))
        self.completion.edited(message)

    def _search_typed(self, text: str) -> None:
        if self.former_query is not None:  # else the line has been left meanwhile
            self._search(text)
            self.awaited = None

    def _search(self, text: str) -> bool:
        """Show what ``text`` finds; where it has a mistake the rows stay, and the mistake is told."""
        try:
            self.library.search.parse(self.understood(text))
        except QueryError as error:
            self.filter_line.show_problem(error)
            return False
        self.filter_line.show_problem(None)
        self._look_at(replace(self.view, query=shown_line(text)))
        self.refresh_rows()
        return True

    def _stop_typing_timer(self) -> None:
        if self._typing_timer is not None:
            self._typing_timer.stop()
            self._typing_timer = None

    def _set_query(self, text: str) -> None:
        self._stop_typing_timer()
        former, self.former_query = self.former_query, None
        if self._search(text):
            self.filter_line.show_query(self.view.query)
            self.set_focus(self.rows)
        else:
            self.former_query = former

    def do_finish_filter(self, count: int | None) -> None:
        self.finish_filter()

    def finish_filter(self) -> None:
        if self.filter_line.offers.chosen is not None:
            self.filter_line.take_offer()
            return
        try:
            shown = self.completion.settle(self.filter_line.query_text, self._query_settled, notes=True)
        except QueryError as error:
            self.filter_line.show_problem(error)
            return
        self._set_query(shown)

    def _query_settled(self, shown: str, query: str) -> None:
        if self.view.query == shown != query and self.former_query is None:
            self._set_query(query)

    @on(NoteEditor.Typed)
    def _note_typed(self, message: NoteEditor.Typed) -> None:
        self.editing.typed(message)

    @on(TagPrompt.Answered)
    def _tags_answered(self, message: TagPrompt.Answered) -> None:
        self.tag_question.answered(message)

    def do_dismiss_filter(self, count: int | None) -> None:
        self._set_query(self.former_query or "")

    def do_clear_filter(self, count: int | None) -> None:
        self._set_query("")

    def do_view_orphaned(self, count: int | None) -> None:
        self._set_query(with_term(self.view.query, ORPHANED))

    # Opening and leaving

    def do_open_entry(self, count: int | None) -> None:
        self.rows.action_open()

    @on(NotebookList.Opened)
    def _open(self, message: NotebookList.Opened) -> None:
        self.leave(entry=message.entry)

    def do_back(self, count: int | None) -> None:
        if self.view.query:
            self._set_query("")
        else:
            self.leave()

    # Keys and commands

    @property
    def sequences(self) -> KeySequences:
        return self._keys[self.context]

    @property
    def moved(self) -> NotebookList:
        return self.rows

    @property
    def context(self) -> Context:
        """Whose keys hold now."""
        if self.editor.is_open:
            return Context.NOTE_EDITOR
        if self.tag_prompt.is_open:
            return Context.TAG_PROMPT
        return Context.FILTER_LINE if self.filter_line.editing else Context.NOTEBOOK

    def _show_keys(self) -> None:
        if self.is_mounted:
            self.footer.show_commands(footer_for(self.context))

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        if event.widget is self.rows:
            self._leave_typing()
        for keys in self._keys.values():
            keys.reset()
        self._show_keys()

    def _leave_typing(self) -> None:
        """The rows were clicked while something was being typed: a note is kept, the rest is given up."""
        self.editor.finish()
        if self.tag_prompt.is_open:
            self.tag_prompt.dismiss()
        if self.former_query is not None:
            self._set_query(self.former_query)
