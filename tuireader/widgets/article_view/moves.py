"""The position in the article: the words at the top, and the movements, for binding to keys."""

from __future__ import annotations

from collections.abc import Iterable
from sys import maxsize

from library.text.document import Block
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.page import PageRows
from tuireader.widgets.article_view.pane import Pane
from tuireader.widgets.article_view.pointer import Pointer


class ReadingPosition:
    """The position of the words on top of the pane, or of the row on top if it is above the body."""

    def __init__(self) -> None:
        self._offset: int | None = None
        self._head_row = 0

    @property
    def offset(self) -> int:
        """Offset of the words on top; 0 above the body."""
        return self._offset or 0

    def begin(self, offset: int = 0) -> None:
        """Start another article at ``offset``; 0 is its headline."""
        self._offset = offset if offset > 0 else None
        self._head_row = 0

    def aim_at(self, offset: int) -> None:
        """Put the words at ``offset`` on top as soon as the page includes them."""
        self._offset = offset

    def scrolled(self, rows: PageRows, top: int) -> None:
        """Record that the row ``top`` of ``rows`` is on top now."""
        in_head = top < rows.body_start
        self._head_row = top if in_head else 0
        self._offset = None if in_head else rows.offset_at(top)

    def row_in(self, rows: PageRows) -> int:
        """Return the row of ``rows`` to put on top."""
        if self._offset is None:
            return min(self._head_row, rows.body_start)
        return rows.row_of(self._offset)


class Moves:
    """The movements by lines, screens, paragraphs and headings."""

    def __init__(self, lines: PageLines, pointer: Pointer, position: ReadingPosition, pane: Pane) -> None:
        self._lines = lines
        self._pointer = pointer
        self._position = position
        self._pane = pane

    def home(self) -> None:
        """Go to the headline."""
        self._pane.scroll_to(0)

    def end(self) -> None:
        """Go to the end, even if it is not laid out yet."""
        self._pane.scroll_to(len(self._lines.rows))
        if self._lines.is_beginning:
            self._position.aim_at(maxsize)

    def line_down(self, count: int = 1) -> None:
        self._pane.scroll_to(self._pane.top + count)

    def line_up(self, count: int = 1) -> None:
        self.line_down(-count)

    def page_down(self, count: int = 1) -> None:
        """Scroll down by screens. One row of the previous screen stays in view."""
        self.line_down(count * max(1, self._pane.height - 1))

    def page_up(self, count: int = 1) -> None:
        self.page_down(-count)

    def half_page_down(self, count: int = 1) -> None:
        self.line_down(count * max(1, self._pane.height // 2))

    def half_page_up(self, count: int = 1) -> None:
        self.half_page_down(-count)

    def next_paragraph(self, count: int = 1) -> None:
        self._pointer.step(self._paragraphs(), count, past=True)

    def previous_paragraph(self, count: int = 1) -> None:
        self._pointer.step(self._paragraphs(), -count)

    def next_heading(self, count: int = 1) -> None:
        self._pointer.step(self._headings(), count)

    def previous_heading(self, count: int = 1) -> None:
        self._pointer.step(self._headings(), -count)

    def _paragraphs(self) -> list[int]:
        return _starts(self._lines.document.blocks)

    def _headings(self) -> list[int]:
        return _starts(self._lines.document.headings())


def _starts(blocks: Iterable[Block]) -> list[int]:
    """Return the offsets of the blocks that have text, in ascending order."""
    return [block.start for block in blocks if block.end > block.start]
