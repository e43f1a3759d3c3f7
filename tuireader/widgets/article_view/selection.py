"""The selected words of the article view, by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.geometry import Offset
from textual.selection import Selection

from library.text.document import Document
from library.text.units import (
    Span,
    paragraph_at,
    sentence_at,
    whole_words,
    word_after,
    word_at,
    word_before,
    words_between,
)
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.page import Mark, PageRows
from tuireader.widgets.article_view.pane import Pane
from tuireader.widgets.article_view.pointer import Pointer
from tuireader.widgets.article_view.runs import Run, body_range, cell_of, cut_runs, offset_at_cell

Unit = Callable[[Document, int], Span | None]
"""A function that returns the span of the unit around a character: ``sentence_at``, ``paragraph_at``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The words from ``anchor`` to ``cursor``, as offsets. If not ``extending``, only the cursor moves."""

    anchor: Span
    cursor: Span
    extending: bool = True

    @property
    def span(self) -> Span:
        """The chosen characters."""
        if not self.extending:
            return self.cursor
        return min(self.anchor[0], self.cursor[0]), max(self.anchor[1], self.cursor[1])

    def at(self, cursor: Span) -> Choice:
        """Return the choice with its cursor on other words."""
        return replace(self, cursor=cursor, anchor=self.anchor if self.extending else cursor)

    def from_here(self) -> Choice:
        """Return a choice that starts extending at the cursor, or stops extending."""
        return Choice(anchor=self.cursor, cursor=self.cursor, extending=not self.extending)

    def turned(self) -> Choice:
        """Return the choice with its cursor at the other end."""
        return replace(self, anchor=self.cursor, cursor=self.anchor)

    def by_words(self, text: str, count: int) -> Choice:
        """Return the choice with its cursor moved by ``count`` words, as far as there are words."""
        cursor = self.cursor
        for _ in range(abs(count)):
            found = word_after(text, cursor[1]) if count > 0 else word_before(text, cursor[0])
            if found is None:
                break
            cursor = found
        return self.at(cursor)

    def by_units(self, document: Document, unit: Unit, count: int) -> Choice:
        """Return the choice with its cursor moved by ``count`` sentences or paragraphs.

        A choice that extends forward includes units up to their ends. Otherwise, the cursor moves to their
        beginnings.
        """
        choice = self
        for _ in range(abs(count)):
            moved = choice._on(document, unit) if count > 0 else choice._back(document, unit)
            if moved == choice:
                break
            choice = moved
        return choice

    def _on(self, document: Document, unit: Unit) -> Choice:
        here = unit(document, self.cursor[1] - 1) or self.cursor
        forward = self.extending and self.cursor[0] >= self.anchor[0]
        following = word_after(document.text, max(here[1], self.cursor[1]))
        if not forward:
            return self._to_start(document, unit, following)
        if self.cursor[1] >= here[1]:
            if following is None:
                return self
            here = unit(document, following[0]) or following
        last = word_before(document.text, here[1]) or self.cursor
        return self.at((max(last[0], here[0]), here[1]))

    def _back(self, document: Document, unit: Unit) -> Choice:
        here = unit(document, self.cursor[0]) or self.cursor
        if self.cursor[0] > here[0]:
            return self._to_start(document, unit, word_after(document.text, here[0]))
        return self._to_start(document, unit, word_before(document.text, self.cursor[0]))

    def _to_start(self, document: Document, unit: Unit, word: Span | None) -> Choice:
        """Return the choice with its cursor on the first word of the unit of ``word``, with leading signs."""
        if word is None:
            return self
        start = (unit(document, word[0]) or word)[0]
        first = word_after(document.text, start) or word
        return self.at((start, first[1]))


class WordSelection:
    """The selected words. ``changed`` is called when the keyboard selection changes or ends."""

    def __init__(self, lines: PageLines, pointer: Pointer, pane: Pane, changed: Callable[[], object]) -> None:
        self._lines = lines
        self._pointer = pointer
        self._pane = pane
        self._changed = changed
        self._choice: Choice | None = None
        everything = Selection(None, None)
        self._extended = everything, PageRows(), everything
        """The last mouse selection, the rows it is on, and the same extended to whole words."""

    # By keyboard

    @property
    def choice(self) -> Choice | None:
        """The keyboard selection; None if there is none."""
        return self._choice

    def start(self) -> bool:
        """Start at the first word in front, or with the mouse selection.

        After a step to a match, start with the match. Return False if there are no words.
        """
        selected, text = self.span() or self._match_in_front(), self._lines.document.text
        first = word_after(text, selected[0]) if selected else word_at(text, self._pointer.offset)
        last = word_before(text, selected[1]) if selected else first
        if first is None or last is None:
            return False
        self._pane.clear_selected()
        self._choose(Choice(anchor=first, cursor=max(first, last)))
        return True

    def _match_in_front(self) -> Span | None:
        """Return the current match if it is in view, and no other words were jumped to after it."""
        page, lines = self._lines.page, self._lines
        match = next((mark for mark in page.marks if mark.name == "current-match"), None) if page else None
        if match is None or not lines.shows(match.start):
            return None
        return (match.start, match.end) if self._pointer.offset in (lines.top_offset, match.start) else None

    def stop(self) -> None:
        """End the keyboard selection."""
        if self._choice is not None:
            self._choose(None)

    def by_words(self, count: int) -> None:
        """Move the cursor by ``count`` words, back if negative."""
        if self._choice is not None:
            self._choose(self._choice.by_words(self._lines.document.text, count))

    def by_sentences(self, count: int) -> None:
        """Move the cursor by ``count`` sentences, back if negative."""
        self._by_units(sentence_at, count)

    def by_paragraphs(self, count: int) -> None:
        """Move the cursor by ``count`` paragraphs, back if negative."""
        self._by_units(paragraph_at, count)

    def by_lines(self, count: int) -> None:
        """Move the cursor down by ``count`` lines with words, up if negative."""
        for _ in range(min(abs(count), len(self._lines.rows))):
            before = self._choice
            self._by_line(1 if count > 0 else -1)
            if self._choice == before:
                break

    def swap_ends(self) -> None:
        """Move the cursor to the other end of the selection."""
        if self._choice is not None:
            self._choose(self._choice.turned())

    def from_here(self) -> None:
        """Start extending the selection at the cursor, or stop extending it."""
        if self._choice is not None:
            self._choose(self._choice.from_here())

    def _by_units(self, unit: Unit, count: int) -> None:
        if self._choice is not None:
            self._choose(self._choice.by_units(self._lines.document, unit, count))

    def _by_line(self, step: int) -> None:
        if self._choice is None:
            return
        lines, cursor, text = self._lines, self._choice.cursor, self._lines.document.text
        row = lines.rows.row_of(cursor[0])
        cell = cell_of(lines.runs(row), cursor[0])
        while 0 <= (row := row + step) < len(lines.rows):
            offset = offset_at_cell(lines.runs(row), cell) if lines.rows[row].in_body else None
            word = None if offset is None else word_at(text, offset)
            if word is not None and (word[0] - cursor[0]) * step > 0:
                self._choose(self._choice.at(word))
                return

    def _choose(self, choice: Choice | None) -> None:
        self._choice = choice
        self.mark()
        if choice is not None:
            self._bring_to_view(choice.cursor)
        self._lines.redraw()
        self._changed()

    def mark(self) -> None:
        """Add the keyboard selection to the marks of the page, which may have been replaced."""
        marks, choice = self._lines.marks, self._choice
        if marks is not None:
            marks.chosen = (
                (Mark(*choice.span, "chosen"), Mark(*choice.cursor, "chosen-cursor")) if choice else ()
            )

    def _bring_to_view(self, span: Span) -> None:
        """Scroll just far enough to show all of ``span``, or its beginning if it is too long."""
        rows = self._lines.rows
        first, last = rows.row_of(span[0]), rows.row_of(span[1] - 1)
        top, height = self._pane.top, max(1, self._pane.height)
        if first < top:
            top = first
        elif last >= top + height:
            top = min(first, last - height + 1)
        if top != self._pane.top:
            self._pane.scroll_to(top)

    # Selected words

    def span(self) -> Span | None:
        """Return the offsets of the selected words of the body, or None if none are selected."""
        if self._choice is not None:
            return self._choice.span
        selection = self.by_mouse
        return body_range(self._runs(selection)) if selection else None

    @property
    def by_mouse(self) -> Selection | None:
        """The rows and characters selected with the mouse, extended to whole words of the body."""
        selection = self._pane.selected
        return self._of_whole_words(selection) if selection else None

    def _of_whole_words(self, selection: Selection) -> Selection:
        before, rows, extended = self._extended
        if before != selection or rows is not self._lines.rows:
            extended = self._extend(selection)
            self._extended = selection, self._lines.rows, extended
        return extended

    def _extend(self, selection: Selection) -> Selection:
        body = body_range(self._runs(selection))
        if body is None:
            return selection
        (start, end), (first, last) = selection, whole_words(self._lines.document.text, *body)
        if start is not None and self._is_in_body(start.y):
            start = self._place(first) or start
        if end is not None and self._is_in_body(end.y):
            end = self._place_after(last) or end
        return Selection(start, end)

    def _is_in_body(self, row: int) -> bool:
        return 0 <= row < len(self._lines.rows) and self._lines.rows[row].in_body

    def _place(self, offset: int) -> Offset | None:
        """Return the place of the character ``offset`` in its row; None if that part is not shown."""
        row, column = self._lines.rows.row_of(offset), 0
        for run in self._lines.runs(row):
            if run.start is not None and run.start <= offset < run.start + len(run.text):
                return Offset(column + offset - run.start, row)
            column += len(run.text)
        return None

    def _place_after(self, offset: int) -> Offset | None:
        """Return the place after the character before ``offset``."""
        last = self._place(offset - 1)
        return Offset(last.x + 1, last.y) if last is not None else None

    def words_at(self, row: int, cell: int, *, paragraph: bool) -> Selection | None:
        """Return the word at a ``cell`` of ``row``, or its whole ``paragraph``; None if there is none."""
        if not 0 <= row < len(self._lines.rows):
            return None
        runs, document = self._lines.runs(row), self._lines.document
        offset = offset_at_cell(runs, cell) if self._lines.rows[row].in_body else None
        if offset is not None:
            span = paragraph_at(document, offset) if paragraph else word_at(document.text, offset)
            return Selection(self._place(span[0]), self._place_after(span[1])) if span else None
        text = "".join(run.text for run in runs)
        words = list(words_between(text, 0, len(text)))
        if not paragraph:
            words = [word for word in words if cell_len(text[: word[0]]) <= cell < cell_len(text[: word[1]])]
        return Selection(Offset(words[0][0], row), Offset(words[-1][1], row)) if words else None

    def clear(self) -> None:
        """Clear the selection."""
        self.stop()
        self._pane.clear_selected()

    def text_of(self, selection: Selection) -> str:
        """Return the words of a mouse ``selection``; those of the body without its line breaks."""
        rows = list(self._runs(self._of_whole_words(selection)))
        body = body_range(rows)
        only_body = all(run.in_body or not run.text.strip() for row in rows for run in row)
        if body and only_body:
            return self._lines.document.text[slice(*body)]
        lines = ("".join(run.text for run in row).strip() for row in rows)
        return "\n".join(lines).replace("\xa0", " ")

    def _runs(self, selection: Selection) -> Iterator[list[Run]]:
        """Yield the selected part of each row."""
        end_row = len(self._lines.rows) - 1
        first = selection.start.y if selection.start else 0
        last = selection.end.y if selection.end else end_row
        for row in range(max(0, first), min(last, end_row) + 1):
            span = selection.get_span(row)
            if span is not None:
                start, end = span
                runs = self._lines.runs(row)
                yield cut_runs(runs, start, end if end >= 0 else sum(len(run.text) for run in runs))
