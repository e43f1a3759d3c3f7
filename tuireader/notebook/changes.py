"""The commands that change the annotation under the cursor of the notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from library import Annotation, TagCount
from tuireader.citations import Citations
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed, What
from tuireader.notebook.entries import Entry
from tuireader.notebook.entry_list import NotebookList
from tuireader.notes.keeper import NoteKeeper
from tuireader.presentation import shown_line
from tuireader.tags.prompt import TagQuestion
from tuireader.widgets.note_editor import NoteEditor


class EntryCommands:
    """Commands that open, change, delete, tag and cite an entry. Every change can be undone."""

    def __init__(
        self,
        desk: Desk,
        rows: NotebookList,
        editor: NoteEditor,
        question: TagQuestion,
        notes: NoteKeeper,
        citations: Citations,
    ) -> None:
        self._desk = desk
        self._rows = rows
        self._editor = editor
        self._question = question
        self._notes = notes
        self._citations = citations

    def commands(self) -> Iterable[Bound]:
        yield once("open-entry", self._rows.action_open)
        yield once("edit-entry", self._edit)
        yield once("delete-entry", self._start_deleting)
        yield once("add-tag", self._ask_for_tags)
        yield once("remove-tag", self._ask_for_tags_to_remove)
        yield once("copy-citation", lambda: self._cite(choose=False))
        yield once("choose-citation", lambda: self._cite(choose=True))

    def _annotation(self) -> Annotation | None:
        """Return the annotation under the cursor, or None; say so if it is the bookmark of an article."""
        entry = self._rows.entry
        if entry is not None and entry.annotation is None:
            self._desk.say("This bookmark is on the whole article; Enter opens it.")
        return entry.annotation if entry else None

    def _show_changed(self) -> None:
        self._desk.events.library_changed.publish(Changed(What.MARKS | What.TAGS | What.ANNOTATIONS))

    # Editing

    def _edit(self) -> None:
        annotation = self._annotation()
        if annotation is None:
            return
        article = self._desk.find_article(annotation.article)
        title = f"On “{article.title}”" if article else "On an article no longer in the library"
        self._editor.open(annotation.id, title, self._notes.text_to_edit(annotation))

    def note_finished(self, message: NoteEditor.Finished) -> None:
        """Save the note that was written."""
        self._desk.changes.start(partial(self._notes.keep, message.key, message.text.strip()))

    # Deleting

    def _start_deleting(self) -> None:
        entry = self._rows.entry
        if entry is not None:
            self._desk.changes.start(partial(self._delete, entry))

    async def _delete(self, entry: Entry) -> None:
        library = self._desk.library
        change: Callable[[], Annotation | list[str]]
        if entry.annotation is None:
            change, what = partial(library.articles.remove_bookmark, [entry.article_id]), "bookmark"
        else:
            change = partial(library.annotations.remove, entry.annotation.id)
            what = str(entry.annotation.kind)
        if await self._desk.changes.make(change) is not None:
            self._desk.say(f"{what.capitalize()} removed · {self._desk.to_undo}")
        self._show_changed()

    # Tags

    def _ask_for_tags(self) -> None:
        annotation = self._annotation()
        if annotation is not None:
            known = self._desk.library.tags.counts()
            self._question.ask(f"Tag this {annotation.kind}:", known, partial(self._retag, annotation))

    def _ask_for_tags_to_remove(self) -> None:
        annotation = self._annotation()
        if annotation is None:
            return
        worn = [TagCount(tag, 1) for tag in annotation.tags]
        if not worn:
            self._desk.say("No tags to remove.")
            return
        label = f"Remove tags from this {annotation.kind}:"
        self._question.ask(label, worn, partial(self._retag, annotation), remove=True)

    async def _retag(self, annotation: Annotation, tags: tuple[str, ...], remove: bool) -> None:
        change = self._desk.library.annotations.tag
        if await self._desk.changes.make(change, annotation.id, tags, remove=remove):
            names = ", ".join(map(shown_line, tags))
            self._desk.say(f"{'Removed tags:' if remove else 'Tagged'} {names} · {self._desk.to_undo}")
        self._show_changed()

    # Citing

    def _cite(self, *, choose: bool) -> None:
        entry = self._rows.entry
        article = self._desk.find_article(entry.article_id) if entry else None
        if entry is None or article is None:
            return
        quote = entry.annotation.quote if entry.annotation else None
        self._citations.copy(article, quote.exact if quote else "", choose=choose)
