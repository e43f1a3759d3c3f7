"""What can be done with the entry under the cursor of the notebook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import on

from library import Annotation, TagCount
from tuireader.notebook.base import NotebookPanes
from tuireader.notebook.entries import Entry
from tuireader.presentation import shown_line
from tuireader.widgets.note_editor import NoteEditor


class NotebookChanges(NotebookPanes):
    """The commands that change an entry. Every change can be undone."""

    _tagged: Annotation | None = None

    def _annotation(self) -> Annotation | None:
        """The annotation under the cursor; that the bookmark of an article is none is told."""
        entry = self.rows.entry
        if entry is not None and entry.annotation is None:
            self.say("This is the bookmark of a whole article; Enter opens the article.")
        return entry.annotation if entry else None

    # The text

    def do_edit_entry(self, count: int | None) -> None:
        annotation = self._annotation()
        if annotation is None:
            return
        article = self.desk.find_article(annotation.article)
        title = f"On “{article.title}”" if article else "On an article that is gone"
        self.editor.open(annotation.id, title, self.notes.text_to_edit(annotation))

    @on(NoteEditor.Finished)
    def _note_finished(self, message: NoteEditor.Finished) -> None:
        self.set_focus(self.rows)
        self.changes.start(partial(self.notes.keep, message.key, message.text.strip()))

    # Removing, and undo

    def do_delete_entry(self, count: int | None) -> None:
        entry = self.rows.entry
        if entry is not None:
            self.changes.start(partial(self._deleted, entry))

    async def _deleted(self, entry: Entry) -> None:
        change: Callable[[], Annotation | list[str]]
        if entry.annotation is None:
            change, what = partial(self.library.articles.remove_bookmark, [entry.article_id]), "bookmark"
        else:
            change = partial(self.library.annotations.remove, entry.annotation.id)
            what = str(entry.annotation.kind)
        if await self.changes.make(change) is not None:
            self.say(f"The {what} is taken away · u to undo")
        self.show_changed()

    # Tags

    def do_add_tag(self, count: int | None) -> None:
        annotation = self._annotation()
        if annotation is not None:
            self._tagged = annotation
            self.tag_question.ask(f"Tag this {annotation.kind}:", self.library.tags.counts(), self._retag)

    def do_remove_tag(self, count: int | None) -> None:
        annotation = self._annotation()
        if annotation is None:
            return
        worn = [TagCount(tag, 1) for tag in annotation.tags]
        if not worn:
            self.say("There is no tag to take away.")
            return
        self._tagged = annotation
        self.tag_question.ask(f"Remove tags from this {annotation.kind}:", worn, self._retag, remove=True)

    async def _retag(self, tags: tuple[str, ...], remove: bool) -> None:
        tagged = self._tagged
        if tagged and await self.changes.make(self.library.annotations.tag, tagged.id, tags, remove=remove):
            names = ", ".join(map(shown_line, tags))
            self.say(f"{'No longer tagged' if remove else 'Tagged'} {names} · u to undo")
        self.show_changed()

    # Citing

    def do_copy_citation(self, count: int | None) -> None:
        self._cite(choose=False)

    def do_choose_citation(self, count: int | None) -> None:
        self._cite(choose=True)

    def _cite(self, *, choose: bool) -> None:
        entry = self.rows.entry
        article = self.desk.find_article(entry.article_id) if entry else None
        if entry is None or article is None:
            return
        quote = entry.annotation.quote if entry.annotation else None
        self.citations.copy(article, quote.exact if quote else "", choose=choose)
