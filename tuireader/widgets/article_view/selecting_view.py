"""The selected words of a page: those that the mouse was drawn over, or those chosen by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.message import Message
from textual.selection import Selection

from library.text.document import Document
from library.text.units import paragraph_at, sentence_at, word_after, word_at, word_before
from tuireader.widgets.article_view.choice import Choice, Unit
from tuireader.widgets.article_view.page import Mark
from tuireader.widgets.article_view.runs import Run, body_range, cell_of, cut_runs, offset_at_cell
from tuireader.widgets.article_view.sheet_view import SheetView


class SelectingView(SheetView, inherit_bindings=False):
    """A sheet whose words can be selected."""

    ALLOW_SELECT = True

    _choice: Choice | None = None

    @dataclass
    class ChoiceMoved(Message):
        """Words are being chosen by keyboard, others than before, or no longer."""

        view: SelectingView

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, SelectingView.ChoiceMoved)

    # By keyboard

    @property
    def choice(self) -> Choice | None:
        """The words that are being chosen by keyboard; None where none are."""
        return self._choice

    @property
    def _document(self) -> Document:
        return self._page.document if self._page else Document()

    def start_choosing(self) -> bool:
        """Puts the cursor on the first word in front, or takes what the mouse has selected.

        False where there are no words.
        """
        selected, text = self.selected_range(), self._document.text
        first = word_after(text, selected[0]) if selected else word_at(text, self._first_offset())
        last = word_before(text, selected[1]) if selected else first
        if first is None or last is None:
            return False
        if self.text_selection is not None:
            self.screen.clear_selection()
        self._choose(Choice(anchor=first, cursor=max(first, last)))
        return True

    def _first_offset(self) -> int:
        """Where choosing begins: at the first words in view."""
        return self._sheet.offset_at(self.scroll_offset.y)

    def stop_choosing(self) -> None:
        """Chooses nothing any more."""
        if self._choice is not None:
            self._choose(None)

    def choose_words(self, count: int) -> None:
        """The cursor goes ``count`` words on, back where it is negative."""
        if self._choice is not None:
            self._choose(self._choice.by_words(self._document.text, count))

    def choose_sentences(self, count: int) -> None:
        """The cursor goes ``count`` sentences on or back."""
        self._choose_units(sentence_at, count)

    def choose_paragraphs(self, count: int) -> None:
        """The cursor goes ``count`` paragraphs on or back."""
        self._choose_units(paragraph_at, count)

    def choose_other_end(self) -> None:
        """The cursor goes to the other end of what is chosen."""
        if self._choice is not None:
            self._choose(self._choice.turned())

    def choose_from_here(self) -> None:
        """What is chosen begins at the cursor, or the cursor goes alone again."""
        if self._choice is not None:
            self._choose(self._choice.from_here())

    def choose_lines(self, count: int) -> None:
        """The cursor goes ``count`` lines of words down, up where it is negative."""
        for _ in range(min(abs(count), len(self._sheet))):
            before = self._choice
            self._choose_line(1 if count > 0 else -1)
            if self._choice == before:
                break

    def _choose_units(self, unit: Unit, count: int) -> None:
        if self._choice is not None:
            self._choose(self._choice.by_units(self._document, unit, count))

    def _choose_line(self, step: int) -> None:
        if self._choice is None:
            return
        cursor, text = self._choice.cursor, self._document.text
        row = self._sheet.row_of(cursor[0])
        cell = cell_of(self._runs(row), cursor[0])
        while 0 <= (row := row + step) < len(self._sheet):
            offset = offset_at_cell(self._runs(row), cell) if self._sheet[row].in_body else None
            word = None if offset is None else word_at(text, offset)
            if word is not None and (word[0] - cursor[0]) * step > 0:
                self._choose(self._choice.at(word))
                return

    def _choose(self, choice: Choice | None) -> None:
        self._choice = choice
        self._mark_choice()
        if choice is not None:
            self._bring_to_view(choice.cursor)
        self.redraw()
        self.post_message(self.ChoiceMoved(self))

    def _mark_choice(self) -> None:
        """Puts what is chosen among the marks of the page."""
        if self._marks is not None:
            choice = self._choice
            self._marks.chosen = (
                (Mark(*choice.span, "chosen"), Mark(*choice.cursor, "chosen-cursor")) if choice else ()
            )

    def _bring_to_view(self, span: tuple[int, int]) -> None:
        """Scrolls no further than it takes to see all of ``span``, or its beginning."""
        first, last = self._sheet.row_of(span[0]), self._sheet.row_of(span[1] - 1)
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if first < top:
            top = first
        elif last >= top + height:
            top = min(first, last - height + 1)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)

    # All that is selected

    def selected_range(self) -> tuple[int, int] | None:
        """The offsets of the selected words of the body; None where none are selected."""
        if self._choice is not None:
            return self._choice.span
        selection = self.text_selection
        return self._range_of(selection) if selection else None

    def clear_selected(self) -> None:
        """Selects nothing any more."""
        self.stop_choosing()
        if self.text_selection is not None:
            self.screen.clear_selection()

    def _range_of(self, selection: Selection) -> tuple[int, int] | None:
        return body_range(self._selected(selection))

    def _selected(self, selection: Selection) -> Iterator[list[Run]]:
        """The selected part of each row."""
        first = selection.start.y if selection.start else 0
        last = selection.end.y if selection.end else len(self._sheet) - 1
        for y in range(max(0, first), min(last, len(self._sheet) - 1) + 1):
            span = selection.get_span(y)
            if span is not None:
                start, end = span
                runs = self._runs(y)
                yield cut_runs(runs, start, end if end >= 0 else sum(len(run.text) for run in runs))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words: those of the body without the breaks of its lines."""
        rows = list(self._selected(selection))
        body = self._range_of(selection)
        only_body = all(run.in_body or not run.text.strip() for row in rows for run in row)
        if body and self._page and only_body:
            return self._page.document.text[slice(*body)], "\n"
        lines = ("".join(run.text for run in row).strip() for row in rows)
        return "\n".join(lines).replace("\xa0", " "), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        if selection is not None:
            self.stop_choosing()
        self.redraw()
