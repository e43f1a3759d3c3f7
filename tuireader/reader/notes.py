"""Writes notes on the article in front or on selected words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from library import AnnotationKind, Passage
from tuireader.commands import Context
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.notes.keeper import NoteKeeper
from tuireader.presentation import quoted
from tuireader.reader.article_view.loading import PageLoader
from tuireader.reader.panes import Panes
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.note_editor import NoteEditor


class NoteCommands:
    """The commands that open the note editor of the main screen."""

    def __init__(
        self,
        desk: Desk,
        panes: Panes,
        page: ArticleView,
        editor: NoteEditor,
        keeper: NoteKeeper,
        loader: PageLoader,
    ) -> None:
        self._desk = desk
        self._panes = panes
        self._page = page
        self._editor = editor
        self._keeper = keeper
        self._loader = loader
        self._pane_before = Context.LIST
        keeper.editors.append(editor)

    def commands(self) -> Iterable[Bound]:
        yield once("note", self.write)
        yield once("note-on-article", lambda: self._write(None))
        yield once("edit-note", self.edit_front)

    def write(self) -> None:
        """Write a note on the words in front in the article view, or on the article in other panes."""
        self._write(self._desk.front.passage() if self._panes.current is Context.PAGE else None)

    def _write(self, passage: Passage | None) -> None:
        """Open the editor for a new note, or with an existing draft, which keeps its own passage."""
        article = self._desk.article_in_front()
        if article is None:
            return
        draft, passage = self._keeper.begin(article.id, passage)
        title = quoted(passage.words if passage else article.title)
        self._edit(article.id, article.id, f"Note on {title}", draft)
        if draft:
            self._desk.say("Draft restored.")

    def edit_front(self) -> None:
        key = self._desk.front.article_id()
        annotations = self._desk.library.annotations.of(key) if key else []
        notes = [note for note in annotations if note.kind is AnnotationKind.NOTE]
        if not notes:
            self._desk.say("No note to edit; a adds one.")
            return
        front = self._page.pointer.annotation(notes) if self._panes.current is Context.PAGE else None
        note = front or notes[-1]
        title = f"Your note on {quoted(note.quote.exact)}" if note.quote else "Your note on this article"
        self._edit(note.article, note.id, title, self._keeper.text_to_edit(note))

    def _edit(self, article_id: str, key: str, title: str, text: str) -> None:
        """Show the article and open the editor below it."""
        self._loader.look_at(article_id)
        self._page.selection.clear()
        self._pane_before = self._panes.current
        self._panes.show(Context.PAGE)
        self._editor.open(key, title, text)

    def finished(self, message: NoteEditor.Finished) -> None:
        """Save the note of the editor that was closed."""
        self._panes.focus(self._pane_before)
        self._desk.changes.start(partial(self._keeper.keep, message.key, message.text.strip()))
