"""Annotating the page: highlights, passage bookmarks, deleting, re-attaching; choosing words."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import on
from textual.app import App

from library import Annotation, AnnotationKind, Library, Passage
from library.models import HIGHLIGHT_COLOURS
from library.text.counting import counted
from library.text.document import Document
from library.text.folding import count_words
from library.text.units import Span
from tuireader.events import Changed, What
from tuireader.presentation import quoted
from tuireader.screens.base import ReaderPanes
from tuireader.widgets.pointing_view import annotations_on
from tuireader.widgets.selecting_view import SelectingView
from tuireader.writer import Writer


class Annotating(ReaderPanes):
    """The commands on the words of the page. Their changes come one after the other."""

    def __init__(self, app: App[Any], library: Library, writer: Writer) -> None:
        super().__init__(app, library, writer)
        self._in_turn = asyncio.Lock()
        self._counted: tuple[Document, Span, int] | None = None

    # The words in front

    def passage(self) -> Passage | None:
        span, page = self.page.selected_range() or self.page.front_paragraph(), self.page.page
        text = page.document.text[slice(*span)] if page and span else ""
        words = text.strip()
        return Passage(words, span[0] + text.index(words)) if span and words else None

    def _taken(self) -> tuple[str, Passage, bool] | None:
        """The article, the words in front, and whether they were selected; they are no longer."""
        selected, passage = self.page.selected_range() is not None, self.desk.front.passage()
        if self.shown_id is None or passage is None:
            self.say("There are no words here.")
            return None
        self.page.clear_selected()
        return self.shown_id, passage, selected

    # Highlights and bookmarks

    def do_highlight(self, count: int | None) -> None:
        if count is not None and count > len(HIGHLIGHT_COLOURS):
            self.say("There are five colours: 1H to 5H.")
            return
        taken = self._taken()
        if taken is not None:
            self.changes.start(self._highlighted(*taken, HIGHLIGHT_COLOURS[count - 1] if count else ""))

    async def _highlighted(self, article_id: str, passage: Passage, selected: bool, colour: str) -> None:
        async with self._in_turn:
            front = "" if selected else self.page.front_id
            done = await self.changes.make(self._highlight, article_id, passage, front, colour)
            if done is not None:
                self._show_change(
                    done, f"{done.colour.capitalize()} highlight · H next colour · dd takes away"
                )

    def _highlight(self, article_id: str, passage: Passage, front: str, colour: str) -> Annotation:
        """A new highlight, or the one that is meant in ``colour``, in the next one where that is empty."""
        there = self._highlight_on(article_id, passage, front)
        if there is None:
            wanted = colour or HIGHLIGHT_COLOURS[0]
            return self.library.highlight(article_id, passage.words, colour=wanted, at=passage.start)
        following = dict(zip(HIGHLIGHT_COLOURS, HIGHLIGHT_COLOURS[1:] + HIGHLIGHT_COLOURS[:1], strict=True))
        return self.library.annotations.recolour(
            there.id, colour or following.get(there.colour, HIGHLIGHT_COLOURS[0])
        )

    def _highlight_on(self, article_id: str, passage: Passage, front: str) -> Annotation | None:
        """The highlight that is meant: the one in front, or one that holds the whole passage."""
        start, end = passage.start, passage.start + len(passage.words)
        on_words = annotations_on(self.library.annotations.of(article_id), (start, end))
        highlights = [one for one in on_words if one.kind is AnnotationKind.HIGHLIGHT]
        in_front = (one for one in highlights if one.id == front)
        around = (one for one in highlights if one.quote and one.quote.start <= start <= end <= one.quote.end)
        return next(in_front, None) or next(around, None)

    def do_bookmark_passage(self, count: int | None) -> None:
        self.bookmark_passage()

    def bookmark_passage(self) -> None:
        taken = self._taken()
        if taken is not None:
            self.changes.start(self._passage_bookmarked(taken[0], taken[1]))

    async def _passage_bookmarked(self, article_id: str, passage: Passage) -> None:
        words, start = passage.words, passage.start
        async with self._in_turn:
            there = self._bookmark_on(article_id, passage)
            if there is not None:
                await self._annotation_removed(there)
                return
            done = await self.changes.make(self.library.annotations.bookmark, article_id, words, at=start)
            if done is not None:
                self._show_change(done, f"Bookmark on {quoted(words)} · u to undo")

    def _bookmark_on(self, article_id: str, passage: Passage) -> Annotation | None:
        for one in self.library.annotations.of(article_id):
            bookmark = one.kind is AnnotationKind.BOOKMARK and not one.orphan and one.quote
            if bookmark and (bookmark.exact, bookmark.start) == (passage.words, passage.start):
                return one
        return None

    def _show_change(self, annotation: Annotation, what: str, *, point: bool = True) -> None:
        self.say(what)
        self.desk.events.library_changed.publish(
            Changed(What.ANNOTATIONS, (annotation.article,), annotation=annotation if point else None)
        )

    # Those that are there

    def do_next_annotation(self, count: int | None) -> None:
        self._go_to_annotation(count or 1)

    def do_previous_annotation(self, count: int | None) -> None:
        self._go_to_annotation(-(count or 1))

    def _go_to_annotation(self, step: int) -> None:
        page = self.page.page
        if page is None or not page.annotations:
            self.say("There is no note or highlight here; a and H make them.")
        elif step > 0:
            self.page.action_next_annotation(step)
        else:
            self.page.action_previous_annotation(-step)

    def do_delete_annotation(self, count: int | None) -> None:
        span = self.page.selected_range()
        self.page.clear_selected()
        if self.shown_id is not None:
            self.changes.start(self._annotation_deleted(self.shown_id, span))

    async def _annotation_deleted(self, article_id: str, span: tuple[int, int] | None) -> None:
        async with self._in_turn:
            annotations = self.library.annotations.of(article_id)
            on_span = annotations_on(annotations, span) if span else []
            annotation = next(iter(on_span), None) if span else self.page.in_front(annotations)
            if annotation is None:
                self.say("There is nothing to delete here; ]a goes to the next note or highlight.")
            else:
                await self._annotation_removed(annotation)

    async def _annotation_removed(self, annotation: Annotation) -> None:
        removed = await self.changes.make(self.library.annotations.remove, annotation.id)
        if removed is not None:
            words = f" on {quoted(removed.quote.exact)}" if removed.quote else ""
            self._show_change(
                removed, f"The {removed.kind}{words} is taken away · u brings it back", point=False
            )

    def do_reattach(self, count: int | None) -> None:
        """Put what lost its words on the selection: the one in front, else the oldest."""
        annotations = self.library.annotations.of(self.shown_id) if self.shown_id else []
        lost = [one for one in annotations if one.orphan]
        if not lost:
            self.say("No note or highlight of this article has lost its words.")
        elif self.page.selected_range() is None:
            self.say("Select words first, by v or the mouse: R puts on them what has lost its own.")
        else:
            front = next((one for one in lost if one.id == self.page.front_id), lost[0])
            taken = self._taken()
            if taken is not None:
                self.changes.start(self._annotation_reattached(front, taken[1], len(lost) - 1))

    async def _annotation_reattached(self, lost: Annotation, passage: Passage, others: int) -> None:
        async with self._in_turn:
            done = await self.changes.make(
                self.library.annotations.reattach, lost.id, passage.words, at=passage.start
            )
            if done is not None:
                more = f" · {others:,} more without words" if others else ""
                self._show_change(
                    done, f"The {done.kind} stands on {quoted(passage.words)}{more} · u to undo"
                )

    # Choosing words

    def do_choose_words(self, count: int | None) -> None:
        if not self.page.start_choosing():
            self.say("There are no words to choose.")

    def do_choose_next_word(self, count: int | None) -> None:
        self.page.choose_words(count or 1)

    def do_choose_previous_word(self, count: int | None) -> None:
        self.page.choose_words(-(count or 1))

    def do_choose_next_sentence(self, count: int | None) -> None:
        self.page.choose_sentences(count or 1)

    def do_choose_previous_sentence(self, count: int | None) -> None:
        self.page.choose_sentences(-(count or 1))

    def do_choose_next_paragraph(self, count: int | None) -> None:
        self.page.choose_paragraphs(count or 1)

    def do_choose_previous_paragraph(self, count: int | None) -> None:
        self.page.choose_paragraphs(-(count or 1))

    def do_choose_line_down(self, count: int | None) -> None:
        self.page.choose_lines(count or 1)

    def do_choose_line_up(self, count: int | None) -> None:
        self.page.choose_lines(-(count or 1))

    def do_choose_other_end(self, count: int | None) -> None:
        self.page.choose_other_end()

    def do_choose_from_here(self, count: int | None) -> None:
        self.page.choose_from_here()

    def do_leave_choosing(self, count: int | None) -> None:
        self.page.stop_choosing()

    @on(SelectingView.ChoiceMoved)
    def _choice_moved(self) -> None:
        self.show_keys()
        self.show_share()

    def chosen_words(self) -> str:
        choice, page = self.page.choice, self.page.page
        if choice is None or page is None:
            return ""
        if not choice.extending:
            return "moving"
        return counted(self._count(page.document, choice.span), "word")

    def _count(self, document: Document, span: Span) -> int:
        """The words of ``span``, counted once: it may be the whole of a long text."""
        before = self._counted
        if before is None or before[0] is not document or before[1] != span:
            self._counted = before = (document, span, count_words(document.text[slice(*span)]))
        return before[2]
