"""Commands on the words in front: highlight, bookmark, note, delete, re-attach, cite."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial

from library import Annotation, AnnotationKind, Passage
from library.models import HIGHLIGHT_COLOURS
from library.text.amounts import counted
from tuireader.citations import Citations
from tuireader.commands import Context
from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.events import Changed, What
from tuireader.notes.keeper import NoteKeeper
from tuireader.presentation import quoted
from tuireader.reader.article_view.loading import PageLoader
from tuireader.reader.front import InView
from tuireader.reader.panes import Panes
from tuireader.widgets.article_view.pointer import annotations_on
from tuireader.widgets.article_view.view import ArticleView
from tuireader.widgets.note_editor import NoteEditor


class AnnotationCommands:
    """The commands that annotate the words in front. Changes run one after the other."""

    def __init__(self, desk: Desk, page: ArticleView, in_view: InView) -> None:
        self._desk = desk
        self._page = page
        self._in_view = in_view
        self._in_turn = asyncio.Lock()

    def commands(self) -> Iterable[Bound]:
        yield Bound("highlight", self.highlight)
        yield once("bookmark-passage", self.bookmark_passage)
        yield times("next-annotation", self._go_to_annotation)
        yield back("previous-annotation", self._go_to_annotation)
        yield once("delete-annotation", self.delete)
        yield once("reattach", self.reattach)

    def _taken(self) -> tuple[str, Passage, bool] | None:
        """Return the article, the words in front, and True if they were selected. Clear the selection."""
        selected, passage = self._page.selection.span() is not None, self._desk.front.passage()
        if self._in_view.shown_id is None or passage is None:
            self._desk.say("No text here.")
            return None
        self._page.selection.clear()
        return self._in_view.shown_id, passage, selected

    # Highlights and bookmarks

    def highlight(self, count: int | None) -> None:
        """Highlight the words in front in the colour number ``count``.

        For None, use the first colour, or for an existing highlight the next one.
        """
        if count is not None and count > len(HIGHLIGHT_COLOURS):
            self._desk.say("Five colours: 1H to 5H.")
            return
        taken = self._taken()
        if taken is not None:
            self._desk.changes.start(
                partial(self._highlighted, *taken, HIGHLIGHT_COLOURS[count - 1] if count else "")
            )

    async def _highlighted(self, article_id: str, passage: Passage, selected: bool, colour: str) -> None:
        async with self._in_turn:
            front = "" if selected else self._page.pointer.annotation_id
            done = await self._desk.changes.make(self._highlight, article_id, passage, front, colour)
            if done is not None:
                self._show_change(done, f"{done.colour.capitalize()} highlight · H next colour · D removes")

    def _highlight(self, article_id: str, passage: Passage, front: str, colour: str) -> Annotation:
        """Add a highlight, or recolour an existing one in ``colour`` (empty: the next one); return it."""
        there = self._highlight_on(article_id, passage, front)
        if there is None:
            wanted = colour or HIGHLIGHT_COLOURS[0]
            return self._desk.library.highlight(article_id, passage.words, colour=wanted, at=passage.start)
        following = dict(zip(HIGHLIGHT_COLOURS, HIGHLIGHT_COLOURS[1:] + HIGHLIGHT_COLOURS[:1], strict=True))
        return self._desk.library.annotations.recolour(
            there.id, colour or following.get(there.colour, HIGHLIGHT_COLOURS[0])
        )

    def _highlight_on(self, article_id: str, passage: Passage, front: str) -> Annotation | None:
        """Return the existing highlight: the one in front, otherwise one around the whole passage."""
        start, end = passage.start, passage.start + len(passage.words)
        on_words = annotations_on(self._desk.library.annotations.of(article_id), (start, end))
        highlights = [one for one in on_words if one.kind is AnnotationKind.HIGHLIGHT]
        in_front = (one for one in highlights if one.id == front)
        around = (one for one in highlights if one.quote and one.quote.start <= start <= end <= one.quote.end)
        return next(in_front, None) or next(around, None)

    def bookmark_passage(self) -> None:
        """Set or remove a bookmark on the words in front."""
        taken = self._taken()
        if taken is not None:
            self._desk.changes.start(partial(self._passage_bookmarked, taken[0], taken[1]))

    async def _passage_bookmarked(self, article_id: str, passage: Passage) -> None:
        words, start = passage.words, passage.start
        async with self._in_turn:
            there = self._bookmark_on(article_id, passage)
            if there is not None:
                await self._annotation_removed(there)
                return
            done = await self._desk.changes.make(
                self._desk.library.annotations.bookmark, article_id, words, at=start
            )
            if done is not None:
                self._show_change(done, f"Bookmark on {quoted(words)} · {self._desk.to_undo}")

    def _bookmark_on(self, article_id: str, passage: Passage) -> Annotation | None:
        for one in self._desk.library.annotations.of(article_id):
            bookmark = one.kind is AnnotationKind.BOOKMARK and not one.orphan and one.quote
            if bookmark and (bookmark.exact, bookmark.start) == (passage.words, passage.start):
                return one
        return None

    def _show_change(self, annotation: Annotation, what: str, *, point: bool = True) -> None:
        self._desk.say(what)
        self._desk.events.library_changed.publish(
            Changed(What.ANNOTATIONS, (annotation.article,), annotation=annotation if point else None)
        )

    # Existing annotations

    def _go_to_annotation(self, step: int) -> None:
        page = self._page.page
        if page is None or not page.annotations:
            self._desk.say("No annotations in this article; a adds a note, H highlights.")
        else:
            self._page.pointer.step_annotation(step)

    def delete(self) -> None:
        span = self._page.selection.span()
        self._page.selection.clear()
        if self._in_view.shown_id is not None:
            self._desk.changes.start(partial(self._annotation_deleted, self._in_view.shown_id, span))

    async def _annotation_deleted(self, article_id: str, span: tuple[int, int] | None) -> None:
        async with self._in_turn:
            annotations = self._desk.library.annotations.of(article_id)
            on_span = annotations_on(annotations, span) if span else []
            annotation = next(iter(on_span), None) if span else self._page.pointer.annotation(annotations)
            if annotation is None:
                self._desk.say("Nothing to delete here; ]a goes to the next annotation.")
            else:
                await self._annotation_removed(annotation)

    async def _annotation_removed(self, annotation: Annotation) -> None:
        removed = await self._desk.changes.make(self._desk.library.annotations.remove, annotation.id)
        if removed is not None:
            words = f" on {quoted(removed.quote.exact)}" if removed.quote else ""
            self._show_change(
                removed, f"{removed.kind.capitalize()}{words} removed · {self._desk.to_undo}", point=False
            )

    def reattach(self) -> None:
        """Re-attach an orphaned annotation to the selection: the one in front, otherwise the first."""
        annotations = (
            self._desk.library.annotations.of(self._in_view.shown_id) if self._in_view.shown_id else []
        )
        lost = [one for one in annotations if one.orphan]
        if not lost:
            self._desk.say("No orphaned annotations in this article.")
        elif self._page.selection.span() is None:
            self._desk.say(
                "Select words first (v or mouse); R re-attaches an orphaned note to the selection."
            )
        else:
            front = next((one for one in lost if one.id == self._page.pointer.annotation_id), lost[0])
            taken = self._taken()
            if taken is not None:
                self._desk.changes.start(partial(self._annotation_reattached, front, taken[1], len(lost) - 1))

    async def _annotation_reattached(self, lost: Annotation, passage: Passage, others: int) -> None:
        async with self._in_turn:
            done = await self._desk.changes.make(
                self._desk.library.annotations.reattach, lost.id, passage.words, at=passage.start
            )
            if done is not None:
                more = f" · {counted(others, 'orphan')} left" if others else ""
                self._show_change(
                    done,
                    f"{done.kind.capitalize()} re-attached to {quoted(passage.words)}{more}"
                    f" · {self._desk.to_undo}",
                )


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


class CitationCommands:
    """The commands that copy the citation of the article in front."""

    def __init__(self, desk: Desk, panes: Panes, page: ArticleView, citations: Citations) -> None:
        self._desk = desk
        self._panes = panes
        self._page = page
        self._citations = citations

    def commands(self) -> Iterable[Bound]:
        yield once("copy-citation", lambda: self._cite_front(choose=False))
        yield once("choose-citation", lambda: self._cite_front(choose=True))

    def _cite_front(self, *, choose: bool) -> None:
        article = self._desk.article_in_front()
        if article is not None:
            words = self._words_in_front() if self._panes.current is Context.PAGE else ""
            self._page.selection.stop()
            self._citations.copy(article, words, choose=choose)

    def _words_in_front(self) -> str:
        """Return the selected words, otherwise those of the annotation in front."""
        page, chosen = self._page.page, self._page.selection.span()
        if page is None:
            return ""
        if chosen:
            return page.document.text[slice(*chosen)]
        front = self._page.pointer.annotation(page.annotations)
        return front.quote.exact if front and front.quote else ""
