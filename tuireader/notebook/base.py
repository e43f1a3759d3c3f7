"""What the parts of the notebook's screen share: its widgets, what is looked at, and how it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import getters
from textual.message import Message
from textual.worker import get_current_worker

from tuireader.citations.copying import Citations
from tuireader.commands import Command
from tuireader.desk import Desk
from tuireader.events import Changed, What
from tuireader.filter_bar.completion import QueryCompletion
from tuireader.filter_bar.history import QueryHistory
from tuireader.filter_bar.line import FilterLine
from tuireader.messages import SettingsChosen
from tuireader.notebook.entries import Entry, Row, View, arranged, entries_of
from tuireader.notebook.entry_lines import Extent, extents_of
from tuireader.notebook.entry_list import NotebookList
from tuireader.notebook.sections import SectionLine
from tuireader.notes.editing import NoteEditing
from tuireader.notes.keeper import NoteKeeper
from tuireader.screens.over_panes import OverPanes
from tuireader.tags.prompt import TagPrompt
from tuireader.tags.question import TagQuestion
from tuireader.undo import UndoCommands
from tuireader.widgets.detail_pane import DetailPane
from tuireader.widgets.note_editor import NoteEditor


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How the notebook was left: what was looked at, and the entry to open, or the command to carry out."""

    view: View
    entry: Entry | None = None
    command: Command | None = None
    count: int | None = None


@dataclass
class NotebookFound(Message):
    """What ``view`` of the notebook holds: rows, extents, how many entries, how many are orphans."""

    view: View
    rows: tuple[Row, ...]
    extents: list[Extent]
    entries: int
    lost: int


class NotebookPanes(OverPanes[Departure]):
    """The widgets and the state of the notebook."""

    former_query: str | None = None
    """The query to come back to while another is being typed."""

    sections = getters.query_one(SectionLine)
    rows = getters.query_one(NotebookList)
    detail = getters.query_one(DetailPane)

    def __init__(
        self,
        desk: Desk,
        carry_out: Callable[[Command, int | None], None],
        notes: NoteKeeper,
        citations: Citations,
        history: QueryHistory,
        view: View,
    ) -> None:
        super().__init__(desk, carry_out)
        self.notes = notes
        self.citations = citations
        self.view = view
        self.filter_line = FilterLine("Everything · / to filter")
        self.editor = NoteEditor(id="note-editor")
        self.tag_prompt = TagPrompt(id="tag-prompt")
        self.completion = QueryCompletion(
            self.library,
            self.jobs,
            self.filter_line,
            history,
            keep_history=lambda queries: self.post_message(SettingsChosen(queries=queries)),
            finish=self.finish_filter,
        )
        self.editing = NoteEditing(self.editor, notes.keep_draft, self.changes, self.say, desk.app)
        self.tag_question = TagQuestion(self.tag_prompt, self.changes, lambda: self.set_focus(self.rows))
        self.commands.add(self.completion, self.editing, self.tag_question, UndoCommands(self.desk))

    def on_mount(self) -> None:
        self.notes.editors.append(self.editor)

    def on_unmount(self) -> None:
        self.notes.editors.remove(self.editor)

    def finish_filter(self) -> None:
        """Keep the query and leave the line."""

    def show_changed(self, what: What = What.MARKS | What.TAGS | What.ANNOTATIONS) -> None:
        """Tell everyone that something was changed."""
        self.desk.events.library_changed.publish(Changed(what))

    def library_changed(self, changed: Changed) -> None:
        self.refresh_rows(keep=changed.keep)

    def understood(self, text: str) -> str:
        """The query that ``text`` stands for: while it is typed it may go on. Raises QueryError."""
        return text if self.former_query is None else self.library.search.unfinished(text)

    def refresh_rows(self, *, keep: str | None = None) -> None:
        """Look again what the section holds; the cursor stays on its entry, or comes to ``keep``."""
        view = replace(self.view, cursor=keep)
        searched = replace(view, query=self.understood(view.query))

        def look() -> None:
            entries = entries_of(self.library, searched)
            rows = arranged(entries, view.order, self.library.calendar.day_of)
            extents = extents_of(rows, view.order, self.desk.find_article)
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
