"""Notes: nothing that was typed is lost, whatever becomes of the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import on

from library import Annotation, AnnotationKind, Library, LibraryError
from tuireader.commands import Context
from tuireader.screens.base import ReaderPanes
from tuireader.widgets.note_editor import NoteEditor
from tuireader.writer import Writer


class Noting(ReaderPanes):
    """The handlers of the note editor."""

    _pane_before = Context.LIST
    _edited: Annotation | None = None
    _draft_failed = False

    def __init__(self, library: Library, writer: Writer) -> None:
        super().__init__(library, writer)
        self._unwritten: dict[str, str] = {}  # key → text that could not even be kept as a draft

    def do_note(self, count: int | None) -> None:
        article = self.find_article(self.front_id) if self.front_id else None
        if article is None:
            return
        draft = self._draft(article.id)
        self._edit(article.id, article.id, f"Note on “{article.title}”", draft)
        if draft:
            self.say("The draft that was kept is here again.")

    def do_edit_note(self, count: int | None) -> None:
        annotations = self.library.annotations_of(self.front_id) if self.front_id else []
        notes = [note for note in annotations if note.kind is AnnotationKind.NOTE]
        if not notes:
            self.say("There is no note to change; a writes one.")
            return
        text = self.text_to_edit(notes[-1])
        self._edit(notes[-1].article, notes[-1].id, "Your last note on this article", text)

    def text_to_edit(self, annotation: Annotation) -> str:
        self._edited = annotation
        return self._draft(annotation.id) or annotation.body

    def _draft(self, key: str) -> str:
        return self._unwritten.get(key) or self.library.drafts.get(key)

    def _edit(self, article_id: str, key: str, title: str, text: str) -> None:
        """Open the editor below the article, which comes to the page where that is hidden."""
        self.look_at(article_id)
        self._pane_before = self.pane
        self.pane = Context.PAGE
        self.editor.open(key, title, text)

    def do_finish_note(self, count: int | None) -> None:
        self.editor.finish()

    @on(NoteEditor.Typed)
    def _note_typed(self, message: NoteEditor.Typed) -> None:
        self.start(self.draft_typed(message.key, message.text))

    async def draft_typed(self, key: str, text: str) -> None:
        await self._keep_draft(key, text)

    async def _keep_draft(self, key: str, text: str) -> bool:
        """Whether the draft is on the disk; that it is not is told once, not at every key."""
        try:
            await self.writer(self.library.drafts.keep, key, text)
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
        self.start(self.keep_note(message.key, message.text.strip()))

    async def keep_note(self, key: str, text: str) -> None:
        """Write the note, then take its draft away; where that fails the text stays, here if need be."""
        change = self._change_of(key, text)
        done = await self.change(change) if change else None
        if change is not None and done is None:
            if not await self._keep_draft(key, text):
                self._unwritten[key] = text
            return
        self._unwritten.pop(key, None)
        await self._keep_draft(key, "")
        if done is not None:
            self.say("The note is kept · u undoes" if text else "The note is taken away · u undoes")
            self.articles.refresh_row(done.article)
            self.refresh_page()
            self.refresh_places()

    def _change_of(self, key: str, text: str) -> Callable[[], Annotation] | None:
        """What makes ``text`` the note that ``key`` (an article: a new note) stands for; None: nothing."""
        if self.find_article(key) is not None:
            return partial(self.library.note, key, text) if text else None
        former = self._edited
        if former is None or text == former.body:
            return None
        if not self._is_there(key):  # another program has taken it away meanwhile
            return partial(self.library.note, former.article, text) if text else None
        change = partial(self.library.edit_note, key, text)
        if text or former.kind is not AnnotationKind.NOTE:  # a highlight stays one without words of its own
            return change
        return partial(self.library.remove_annotation, key)

    def _is_there(self, annotation_id: str) -> bool:
        try:
            self.library.annotation(annotation_id)
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
