"""Notes: nothing that was typed is lost, whatever becomes of the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual import on
from textual.app import App

from library import Annotation, AnnotationKind, Library, LibraryError, Passage, QuoteNotFound
from tuireader.commands import Context
from tuireader.events import Changed, What
from tuireader.presentation import quoted
from tuireader.screens.base import ReaderPanes
from tuireader.widgets.note_editor import NoteEditor
from tuireader.writer import Writer


class Noting(ReaderPanes):
    """The handlers of the note editor."""

    _pane_before = Context.LIST
    _edited: Annotation | None = None
    _draft_failed = False

    def __init__(self, app: App[Any], library: Library, writer: Writer) -> None:
        super().__init__(app, library, writer)
        self._unwritten: dict[str, str] = {}  # key → text that could not even be kept as a draft
        self._passages: dict[str, Passage] = {}  # article → the words that the note being written is on

    def do_note(self, count: int | None) -> None:
        """On the page, a note on the words in front; elsewhere, on the article."""
        passage = self.desk.front.passage() if self.pane is Context.PAGE else None
        self._write(passage)

    def do_note_on_article(self, count: int | None) -> None:
        self._write(None)

    def _write(self, passage: Passage | None) -> None:
        """Open the editor for a new note, or with the draft of one, which keeps its words."""
        article = self.desk.article_in_front()
        if article is None:
            return
        draft = self._draft(article.id)
        if draft and article.id not in self._unwritten:
            passage = self.library.drafts.passage(article.id)
        elif draft:
            passage = self._passages.get(article.id)
        self._passages.pop(article.id, None)
        if passage is not None:
            self._passages[article.id] = passage
        title = quoted(passage.words if passage else article.title)
        self._edit(article.id, article.id, f"Note on {title}", draft)
        if draft:
            self.say("The draft that was kept is here again.")

    def do_edit_note(self, count: int | None) -> None:
        key = self.desk.front.article_id()
        annotations = self.library.annotations.of(key) if key else []
        notes = [note for note in annotations if note.kind is AnnotationKind.NOTE]
        if not notes:
            self.say("There is no note to change; a writes one.")
            return
        front = self.page.in_front(notes) if self.pane is Context.PAGE else None
        note = front or notes[-1]
        title = f"Your note on {quoted(note.quote.exact)}" if note.quote else "Your note on this article"
        self._edit(note.article, note.id, title, self.text_to_edit(note))

    def text_to_edit(self, annotation: Annotation) -> str:
        self._edited = annotation
        return self._draft(annotation.id) or annotation.body

    def _draft(self, key: str) -> str:
        return self._unwritten.get(key) or self.library.drafts.get(key)

    def _edit(self, article_id: str, key: str, title: str, text: str) -> None:
        """Open the editor below the article, which comes to the page where that is hidden."""
        self.look_at(article_id)
        self.page.clear_selected()
        self._pane_before = self.pane
        self.pane = Context.PAGE
        self.editor.open(key, title, text)

    async def keep_draft(self, key: str, text: str) -> bool:
        try:
            await self.changes.writer.draft(self.library.drafts.keep, key, text, self._passages.get(key))
        except LibraryError as error:
            if not self._draft_failed:
                self.say(str(error), "error")
            self._draft_failed = True
            return False
        self._draft_failed = False
        return True

    @on(NoteEditor.Finished)
    def _note_finished(self, message: NoteEditor.Finished) -> None:
        self.focus_pane(self._pane_before)
        self.changes.start(self.keep_note(message.key, message.text.strip()))

    async def keep_note(self, key: str, text: str) -> None:
        """Write the note, then take its draft away; where that fails the text stays, here if need be."""
        change = self._change_of(key, text)
        done = await self.changes.make(change) if change else None
        if change is not None and done is None:
            if not await self.keep_draft(key, text):
                self._unwritten[key] = text
            return
        self._unwritten.pop(key, None)
        await self.keep_draft(key, "")
        self._passages.pop(key, None)
        if done is not None:
            self.say("The note is kept · u to undo" if text else "The note is taken away · u to undo")
            pointed = done if text else None
            self.desk.events.library_changed.publish(
                Changed(What.ANNOTATIONS, (done.article,), annotation=pointed)
            )

    def _change_of(self, key: str, text: str) -> Callable[[], Annotation] | None:
        """What makes ``text`` the note that ``key`` (an article: a new note) stands for; None: nothing."""
        if self.desk.find_article(key) is not None:
            return partial(self._new_note, key, text, self._passages.get(key)) if text else None
        former = self._edited
        if former is None or text == former.body:
            return None
        if not self._is_there(key):  # another program has taken it away meanwhile
            return partial(self.library.note, former.article, text) if text else None
        change = partial(self.library.annotations.edit_note, key, text)
        if text or former.kind is not AnnotationKind.NOTE:  # a highlight stays one without words of its own
            return change
        return partial(self.library.annotations.remove, key)

    def _new_note(self, article_id: str, text: str, passage: Passage | None) -> Annotation:
        """A note on ``passage``; where the text has changed meanwhile, on the article, with the words."""
        if passage is None:
            return self.library.note(article_id, text)
        try:
            return self.library.note(article_id, text, quote=passage.words, at=passage.start)
        except QuoteNotFound:
            words = passage.words.replace("\n", "\n> ")
            return self.library.note(article_id, f"> {words}\n\n{text}")

    def _is_there(self, annotation_id: str) -> bool:
        try:
            self.library.annotations.get(annotation_id)
        except LibraryError:
            return False
        return True

    async def save_notes(self) -> bool:
        """Keep what is in the editor and what could not be written before; whether all is on the disk."""
        for editor in self.open_editors():
            note = editor.close()
            await self.keep_note(note.key, note.text.strip())
        for key, text in list(self._unwritten.items()):
            await self.keep_note(key, text)
        return not self._unwritten

    async def keep_drafts(self) -> None:
        """Put what is in the editors, and what could not be written before, on the disk as drafts."""
        for editor in self.open_editors():
            await self.keep_draft(editor.key, editor.text)
        for key, text in list(self._unwritten.items()):
            await self.keep_draft(key, text)
