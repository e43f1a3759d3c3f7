"""The notebook screen: every note, highlight and bookmark of the library."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from tuireader.citations import Citations
from tuireader.commands import Context
from tuireader.desk import Desk
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.filter_bar.session import FilterSession
from tuireader.notebook.changes import EntryCommands
from tuireader.notebook.content import NotebookContent, NotebookFilter, SectionLine
from tuireader.notebook.entries import Entry, View
from tuireader.notebook.entry_lines import detail_of
from tuireader.notebook.entry_list import NotebookList
from tuireader.notes.editing import NoteEditing
from tuireader.notes.keeper import NoteKeeper
from tuireader.screens.view_screen import CarryOut, RowCommands, ViewScreen
from tuireader.tags.prompt import TagPrompt, TagQuestion
from tuireader.undo import UndoCommands
from tuireader.widgets.detail_pane import DetailPane
from tuireader.widgets.note_editor import NoteEditor


@dataclass(frozen=True, slots=True)
class NotebookResult:
    """The outcome of leaving the notebook: the last view, and the entry to open, if one was chosen."""

    view: View
    entry: Entry | None = None


class NotebookScreen(ViewScreen[NotebookResult]):
    """The notebook: sections, a query, rows, and the full text of the entry under the cursor."""

    AUTO_FOCUS = "NotebookList"

    DEFAULT_CSS = """
    NotebookScreen {
        background: $background;
        & #notebook-panes { height: 1fr; }
        & NotebookList { width: 1fr; }
        & DetailPane { display: none; }
        &.-medium DetailPane { display: block; width: 1fr; border-left: solid $border-blurred; }
        &.-wide DetailPane { display: block; width: 1fr; border-left: solid $border-blurred; }
        &.-medium DetailPane.-unused, &.-wide DetailPane.-unused { display: none; }
        &.-tall #notebook-panes { padding-top: 1; }
    }
    """

    def __init__(
        self,
        desk: Desk,
        carry_out: CarryOut,
        notes: NoteKeeper,
        citations: Citations,
        history: QueryHistory,
        view: View,
    ) -> None:
        super().__init__(
            desk,
            carry_out,
            Context.NOTEBOOK,
            result=lambda: NotebookResult(self.content.view_to_return_to),
            typing={
                Context.NOTE_EDITOR: lambda: self.editor.is_open,
                Context.TAG_PROMPT: lambda: self.tag_prompt.is_open,
                Context.FILTER_LINE: lambda: self.filter_line.editing,
            },
        )
        calendar = desk.library.calendar
        self.sections = SectionLine()
        self.filter_line = FilterLine("Everything · / to filter")
        self.rows = NotebookList(
            lookup=desk.find_article, today=calendar.today, day_of=calendar.day_of, id="entries"
        )
        self.detail = DetailPane(id="detail")
        self.editor = NoteEditor(id="note-editor")
        self.tag_prompt = TagPrompt(id="tag-prompt")
        self.notes = notes
        self.editing = NoteEditing(self.editor, notes.keep_draft, desk.changes, desk.say, desk.app)
        self.tag_question = TagQuestion(self.tag_prompt, desk.changes, self._focus_rows)
        self.content = NotebookContent(
            desk, self.jobs, self.sections, self.filter_line, self.rows, view, self.wait_for
        )
        query = NotebookFilter(
            desk,
            self.filter_line,
            self.content,
            focus_rows=self._focus_rows,
            wait_for=self.wait_for,
            leave=self.leave,
        )
        self.filtering = FilterSession(desk, self.jobs, self.filter_line, query, history, notes=True)
        self.entries = EntryCommands(desk, self.rows, self.editor, self.tag_question, notes, citations)
        self.commands.add(
            RowCommands(self.rows.moves),
            self.editing,
            self.tag_question,
            self.content,
            query,
            self.filtering,
            self.entries,
            UndoCommands(desk),
        )

    def compose(self) -> ComposeResult:
        yield self.sections
        yield self.filter_line
        with Horizontal(id="notebook-panes"):
            yield self.rows
            yield self.detail
        yield self.editor
        yield self.tag_prompt
        yield self.footer

    def on_mount(self) -> None:
        self.notes.editors.append(self.editor)
        self.desk.events.library_changed.subscribe(self.content.library_changed)
        view = self.content.view
        self.filter_line.show_query(view.query)
        self.content.look_at(view)
        self.content.refresh(keep=view.cursor)

    def on_unmount(self) -> None:
        self.desk.events.library_changed.unsubscribe(self.content.library_changed)
        self.notes.editors.remove(self.editor)

    # Focus

    def _focus_rows(self) -> None:
        self.set_focus(self.rows)

    @on(events.DescendantFocus)
    def _leave_typing(self, event: events.DescendantFocus) -> None:
        """Save the note and cancel other typing when the rows get the focus, as by a click."""
        if event.widget is self.rows:
            self.editor.finish()
            self.tag_question.cancel()
            self.filtering.leave()

    # Messages of the widgets

    @on(NotebookList.Highlighted)
    def _show_detail(self, message: NotebookList.Highlighted) -> None:
        entry = message.entry
        self.detail.set_class(entry is None, "-unused")
        if entry is None:
            self.detail.show(None)
            return
        day = self.desk.library.calendar.day_of(entry.made)
        self.detail.show(detail_of(entry, self.desk.find_article(entry.article_id), day))

    @on(NotebookList.Opened)
    def _open(self, message: NotebookList.Opened) -> None:
        self.leave_with(NotebookResult(self.content.view_to_return_to, message.entry))

    @on(SectionLine.Picked)
    def _section_picked(self, message: SectionLine.Picked) -> None:
        self.content.go_to(message.section)

    @on(FilterLine.Started)
    def _filter_entered(self) -> None:
        self.filtering.entered()
        self.show_keys()

    @on(FilterLine.Edited)
    def _query_typed(self, message: FilterLine.Edited) -> None:
        self.filtering.edited(message)

    @on(NoteEditor.Typed)
    def _note_typed(self, message: NoteEditor.Typed) -> None:
        self.editing.typed(message)

    @on(NoteEditor.Finished)
    def _note_finished(self, message: NoteEditor.Finished) -> None:
        self._focus_rows()
        self.entries.note_finished(message)

    @on(TagPrompt.Answered)
    def _tags_answered(self, message: TagPrompt.Answered) -> None:
        self.tag_question.answered(message)
