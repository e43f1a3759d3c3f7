"""The lines of the article view: laid-out rows with margins and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.cells import cell_len
from textual.cache import LRUCache
from textual.strip import Strip

from library.text.document import Document
from library.text.layout import Layout
from library.text.layout.lines import Line
from tuireader.widgets.article_view.links import Link, links_in, with_hints
from tuireader.widgets.article_view.marks import Marks
from tuireader.widgets.article_view.page import Page, PageRows, compose_rows
from tuireader.widgets.article_view.pane import Pane
from tuireader.widgets.article_view.runs import Margins, Run, runs_of

DRAWN = 512
"""Maximum number of drawn rows in the cache."""


class PageLines:
    """The lines of a page. The other parts of the article view work on them."""

    def __init__(self, pane: Pane) -> None:
        self._pane = pane
        self._page: Page | None = None
        self._marks: Marks | None = None
        self._hints: Mapping[tuple[int, int], str] = {}
        self.rows = PageRows()
        self.margins = Margins(0, 0)
        self.is_partial = False
        """True if only a part of the body is laid out so far."""
        self.drawn: LRUCache[int, Strip] = LRUCache(DRAWN)
        """The cache of drawn rows, by row number."""

    # The page and its layout

    @property
    def page(self) -> Page | None:
        """The current page."""
        return self._page

    @page.setter
    def page(self, page: Page | None) -> None:
        self._page = page
        self._marks = Marks(page) if page else None

    @property
    def marks(self) -> Marks | None:
        """The marks on the words of the page."""
        return self._marks

    @property
    def document(self) -> Document:
        """The body of the page; empty if there is no page."""
        return self._page.document if self._page else Document()

    def compose(self, layout: Layout) -> PageRows:
        """Return the rows of the page for this ``layout`` of its body."""
        assert self._page is not None
        return compose_rows(self._page, layout, self.margins.room)

    def use(self, rows: PageRows, *, partial: bool = False) -> None:
        """Show ``rows`` from now on."""
        self.rows = rows
        self.is_partial = partial
        self.drawn.clear()

    @property
    def is_beginning(self) -> bool:
        """True if only a part of the body is loaded or laid out so far."""
        return self.is_partial or (self._page is not None and not self._page.complete)

    # Visible rows

    @property
    def top_offset(self) -> int:
        """Offset of the first character of the body on the top row or below it."""
        return self.rows.offset_at(self._pane.top)

    def in_view(self) -> range:
        """Return the rows on the screen."""
        top = self._pane.top
        return range(top, min(top + self._pane.height, len(self.rows)))

    def shows(self, offset: int) -> bool:
        """Return True if the character ``offset`` of the body is on the screen."""
        return self.rows.row_of(offset) in self.in_view()

    def links(self) -> list[Link]:
        """Return the links on the screen, from top to bottom."""
        return links_in(((row, self.runs(row)) for row in self.in_view()), self.document)

    # Appearance

    def runs(self, row: int) -> list[Run]:
        """Return the runs of ``row``, from the left edge of the pane."""
        runs = runs_of(self.rows[row], self.margins, self._marks)
        return with_hints(self._hints, row, runs) if self._hints else runs

    def redraw(self) -> None:
        """Draw all rows again."""
        self.drawn.clear()
        self._pane.refresh()

    def show_hints(self, hints: Mapping[tuple[int, int], str]) -> None:
        """Show letters over the page, by the row and cell where they start."""
        self._hints = hints
        self.redraw()

    # Wide tables

    def shift_columns(self, count: int) -> bool:
        """Scroll the wide tables on the screen sideways, to the left if ``count`` is negative.

        Return False if there is nothing more on that side.
        """
        column = self.margins.column
        last = max((self.rows[row].line.wide for row in self.in_view()), default=0) - column
        shift = max(0, min(self.margins.shift + count * max(1, column // 2), last))
        if last <= 0 or shift == self.margins.shift:
            return False
        self.margins = replace(self.margins, shift=shift)
        self.redraw()
        return True

    def show_columns(self, start: int, end: int) -> None:
        """Scroll a wide table sideways so that the characters ``start`` to ``end`` are visible."""
        row, column = self.rows.row_of(start), self.margins.column
        line = self.rows[row].line if row < len(self.rows) else Line()
        if line.wide <= column:
            return
        first, last = line.cells_of(start, end, cell_len)
        shift = min(self.margins.shift, line.wide - column)
        if first < shift or last > shift + column:
            middle = first - max(0, column - (last - first)) // 2
            self.margins = replace(self.margins, shift=max(0, min(middle, line.wide - column)))
            self.redraw()
