"""Saves notes, and keeps what was typed even if the disk fails."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from library import Annotation, AnnotationKind, LibraryError, Passage, QuoteNotFound
from tuireader.desk import Desk
from tuireader.events import Changed, What
from tuireader.widgets.note_editor import NoteEditor


class NoteKeeper:
    """Keeps drafts and notes. A screen adds its editor to ``editors`` while the screen is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.editors: list[NoteEditor] = []
        self._edited: Annotation | None = None
        self._draft_failed = False
        self._unwritten: dict[str, str] = {}  # key → text that could not even be saved as a draft
        self._passages: dict[str, Passage] = {}  # article → the passage of the note being written

    def begin(self, article_id: str, passage: Passage | None) -> tuple[str, Passage | None]:
        """Begin a new note on ``passage``. Return the existing draft, if any, and its passage."""
        draft = self.draft(article_id)
        if draft and article_id not in self._unwritten:
            passage = self._desk.library.drafts.passage(article_id)
        elif draft:
            passage = self._passages.get(article_id)
        self._passages.pop(article_id, None)
        if passage is not None:
            self._passages[article_id] = passage
        return draft, passage

    def _open_editors(self) -> list[NoteEditor]:
        return [editor for editor in self.editors if editor.is_attached and editor.is_open]

    def text_to_edit(self, annotation: Annotation) -> str:
        """Return the text of an annotation to edit: its draft, if there is one."""
        self._edited = annotation
        return self.draft(annotation.id) or annotation.body

    def draft(self, key: str) -> str:
        """Return the draft for ``key``, an article or an annotation."""
        return self._unwritten.get(key) or self._desk.library.drafts.get(key)

    async def keep_draft(self, key: str, text: str) -> bool:
        """Save a draft; return whether that succeeded. A failure is reported once, not at every key."""
        try:
            await self._desk.changes.writer.draft(
                self._desk.library.drafts.keep, key, text, self._passages.get(key)
            )
        except LibraryError as error:
            if not self._draft_failed:
                self._desk.say(str(error), "error")
            self._draft_failed = True
            return False
        self._draft_failed = False
        return True

    async def keep(self, key: str, text: str) -> None:
        """Save the note, then remove its draft. If saving fails, the text is kept, in memory if necessary."""
        change = self._change_of(key, text)
        done = await self._desk.changes.make(change) if change else None
        if change is not None and done is None:
            if not await self.keep_draft(key, text):
                self._unwritten[key] = text
            return
        self._unwritten.pop(key, None)
        await self.keep_draft(key, "")
        self._passages.pop(key, None)
        if done is not None:
            self._desk.say(f"Note {'saved' if text else 'removed'} · {self._desk.to_undo}")
            pointed = done if text else None
            self._desk.events.library_changed.publish(
                Changed(What.ANNOTATIONS, (done.article,), annotation=pointed)
            )

    def _change_of(self, key: str, text: str) -> Callable[[], Annotation] | None:
        """Return the change that saves ``text`` as the note ``key`` (an article: a new note), or None."""
        if self._desk.find_article(key) is not None:
            return partial(self._new_note, key, text, self._passages.get(key)) if text else None
        previous = self._edited
        if previous is None or text == previous.body:
            return None
        if not self._is_there(key):  # another program has removed it in the meantime
            return partial(self._desk.library.note, previous.article, text) if text else None
        change = partial(self._desk.library.annotations.edit_note, key, text)
        if text or previous.kind is not AnnotationKind.NOTE:  # a highlight remains without its note
            return change
        return partial(self._desk.library.annotations.remove, key)

    def _new_note(self, article_id: str, text: str, passage: Passage | None) -> Annotation:
        """Add a note on ``passage``. If that is no longer in the text, quote it in a note on the article."""
        if passage is None:
            return self._desk.library.note(article_id, text)
        try:
            return self._desk.library.note(article_id, text, quote=passage.words, at=passage.start)
        except QuoteNotFound:
            words = passage.words.replace("\n", "\n> ")
            return self._desk.library.note(article_id, f"> {words}\n\n{text}")

    def _is_there(self, annotation_id: str) -> bool:
        try:
            self._desk.library.annotations.get(annotation_id)
        except LibraryError:
            return False
        return True

    async def save_all(self) -> bool:
        """Save the open editors and all unsaved texts. Return True if everything is on the disk."""
        for editor in self._open_editors():
            note = editor.close()
            await self.keep(note.key, note.text.strip())
        for key, text in list(self._unwritten.items()):
            await self.keep(key, text)
        return not self._unwritten

    async def keep_drafts(self) -> None:
        """Save the open editors and all unsaved texts as drafts."""
        for editor in self._open_editors():
            await self.keep_draft(editor.key, editor.text)
        for key, text in list(self._unwritten.items()):
            await self.keep_draft(key, text)
