"""The reading pane: one article, set as a page.

It draws only the rows in view (Textual's line API), so that an article of any length opens at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial as partially
from sys import maxsize
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.worker import get_current_worker

from library.text.layout import Layout
from tuireader.terminal.textual_internals import resize_ahead
from tuireader.widgets.article_view.marks import Marks
from tuireader.widgets.article_view.moves import starts
from tuireader.widgets.article_view.page import Page, Sheet, compose_sheet, lay_out_body
from tuireader.widgets.article_view.pointing_view import PointingView
from tuireader.widgets.article_view.runs import COMPONENT_NAMES, COMPONENT_STYLES, Margins

NARROWEST = 40
WIDEST = 120
DEFAULT_MEASURE = 72
MEASURE_STEP = 4

LONG_TEXT = 20_000
"""Characters from which on a body is laid out beside the event loop."""

FIRST_LINES = 200
"""The lines of a long body that are laid out at once."""


class ArticleView(PointingView, can_focus=True, inherit_bindings=False):
    """Shows a ``Page``. Keys are bound elsewhere, to the actions of this widget."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"article-view--{name}" for name in COMPONENT_NAMES}
    DEFAULT_CSS = (
        """
    ArticleView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        min-width: 1;
        color: $foreground;
    }
    """
        + COMPONENT_STYLES
    )

    measure: reactive[int] = reactive(DEFAULT_MEASURE, init=False)
    """The width of the column of text, in cells: 40 to 120, less where the pane is narrower."""

    share: var[float] = var(0.0)
    """How much of the body has been on the screen, or stands above it: 0.0 to 1.0."""

    @dataclass
    class Moved(Message):
        """Other words stand on top: the character ``offset`` of the body; ``share`` as in the view."""

        view: ArticleView
        offset: int
        share: float

        @property
        def control(self) -> ArticleView:
            return self.view

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ArticleView.Moved) and message.view is self.view

    @dataclass
    class LinkClicked(Message):
        """A link was clicked. ``address`` is from outside: whoever opens it has to judge it."""

        view: ArticleView
        address: str

        @property
        def control(self) -> ArticleView:
            return self.view

    @dataclass
    class _LaidOut(Message):
        """A long body has been laid out, for ``page``."""

        page: Page
        layout: Layout

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._anchor: int | None = None
        self._head_row = 0
        self._restoring = False
        self._is_partial = False
        self._drawn_size = Size(0, 0)

    # What is shown

    @property
    def page(self) -> Page | None:
        """What is shown; None before the first ``show`` and after ``clear``."""
        return self._page

    @property
    def reading_offset(self) -> int:
        """The offset of the first character of the body on top (or below the headline)."""
        return self._sheet.offset_at(self.scroll_offset.y)

    def show(self, page: Page, position: int = 0) -> None:
        """Shows ``page`` with the character ``position`` of its body on top; 0 is the headline."""
        self.stop_choosing()
        self._point_nowhere()
        self._page = page
        self._marks = Marks(page)
        self._sheet = Sheet()
        self._anchor = position if position > 0 else None
        self._head_row = 0
        self._margins = replace(self._margins, shift=0)
        self._set_page(at_once=True)

    def update(self, page: Page) -> None:
        """Shows the article with other annotations, words or marks; the same words stay on top."""
        before = self._page
        same = before is not None and before.document == page.document and before.setting == page.setting
        self._page = replace(page, document=before.document) if before and same else page
        self._marks = Marks(self._page)
        if before and not page.document.text.startswith(before.document.text):
            self.stop_choosing()
            self._point_nowhere()
        self._mark_choice()
        if same and len(self._sheet):
            self._use(self._composed(self._page, self._sheet.layout), partial=self._is_partial)
        else:
            self._set_page()

    def clear(self) -> None:
        """Shows nothing."""
        self.stop_choosing()
        self._point_nowhere()
        self.workers.cancel_node(self)
        self._page = self._marks = self._anchor = None
        self._head_row = 0
        self._use(Sheet())

    def go_to(self, offset: int) -> None:
        """Puts the words at ``offset`` of the body on top, or as near as the page can, and in front."""
        self._scroll_to_row(self._sheet.row_of(offset))
        self._front, self._front_id = offset, ""
        self.refresh()
        if self.is_beginning:
            self._anchor = offset

    def bring(self, offset: int, end: int) -> None:
        """Shows the words from ``offset`` to ``end``: those out of view a third down from the top."""
        if not self.is_in_view(offset):
            self._scroll_to_row(self._sheet.row_of(offset) - self.size.height // 3)
        self.show_aside(offset, end)
        if self.is_beginning:
            self._anchor = offset

    # Layout

    def _set_page(self, *, at_once: bool = False) -> None:
        """Lays the page out at the present width, a long body in a worker.

        Until that is done the previous layout stands, or with ``at_once`` the new one of what is in view.
        """
        page, width = self._page, self._margins.column
        if page is None or width < 1:
            return
        if len(page.document.text) <= LONG_TEXT:
            self._use(self._composed(page, lay_out_body(page, width)))
            return
        if at_once:
            first = lay_out_body(page, width, limit=FIRST_LINES, start=self._anchor or 0)
            self._use(self._composed(page, first), partial=True)
        work = partially(self._lay_out_beside, page, width)
        self.jobs.in_thread(work, "layout")

    def _lay_out_beside(self, page: Page, width: int) -> None:
        worker = get_current_worker()
        layout = lay_out_body(page, width, cancelled=lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.post_message(self._LaidOut(page, layout))

    def _on_article_view__laid_out(self, message: _LaidOut) -> None:
        message.stop()
        page = self._page
        wanted = page is not None and page.document is message.page.document
        if page is not None and wanted and message.layout.width == self._margins.column:
            self._use(self._composed(page, message.layout))

    def _composed(self, page: Page, layout: Layout) -> Sheet:
        return compose_sheet(page, layout, self._margins.room)

    def _use(self, sheet: Sheet, *, partial: bool = False) -> None:
        """Shows ``sheet`` with the anchored words on top, as far as it has them."""
        self._sheet = sheet
        self._is_partial = partial
        self._strips.clear()
        self._restoring = True
        self._drawn_size = self.container_size
        self.virtual_size = Size(self._room, len(sheet))
        if self._anchor is None:
            self._scroll_to_row(min(self._head_row, sheet.body_start))
        else:
            self._scroll_to_row(sheet.row_of(self._anchor))
        self._restoring = False
        self.refresh()
        self._tell()

    @property
    def _room(self) -> int:
        """The cells beside the scroll bar, also while the page is hidden."""
        return max(0, self.container_size.width - self.scrollbar_gutter.width)

    def expect(self, size: Size) -> None:
        """Lays the page out for the ``size`` that it will have when it is no longer hidden.

        Then it is there in the frame that shows it, and does not have to be laid out and drawn again.
        """
        if resize_ahead(self, size):
            self.on_resize()

    def on_resize(self) -> None:
        if self.container_size != self._drawn_size:
            self._fit()

    def _fit(self) -> None:
        before = self._margins
        margins = Margins.of(self._room, self.measure)
        self._margins = replace(margins, shift=before.shift)
        if before.column != self._margins.column:
            self._set_page(at_once=True)
        elif self._page and len(self._sheet) and before.room != self._margins.room:
            self._use(self._composed(self._page, self._sheet.layout), partial=self._is_partial)
        else:
            self._use(self._sheet, partial=self._is_partial)

    def validate_measure(self, measure: int) -> int:
        return min(WIDEST, max(NARROWEST, measure))

    def watch_measure(self) -> None:
        self._fit()

    # Scrolling

    def _scroll_to_row(self, y: int) -> None:
        self.scroll_to(y=max(0, min(y, self.max_scroll_y)), animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) == round(new_value):
            return
        if not self._restoring:
            y = round(new_value)
            in_head = y < self._sheet.body_start
            self._head_row = y if in_head else 0
            self._anchor = None if in_head else self._sheet.offset_at(y)
            self._point_nowhere()
            self._tell()

    def _tell(self) -> None:
        """Says where the reader is, once that is known."""
        if self.is_beginning:
            return
        sheet = self._sheet
        last = sheet.body_end - self.container_size.height  # where the end of the body comes into view
        self.share = min(1.0, max(0.0, self.scroll_offset.y / last)) if last > 0 else 1.0
        if self._page is not None and self.is_attached:
            self.post_message(self.Moved(self, self.reading_offset, self.share))

    def _move(self, rows: int) -> None:
        self._scroll_to_row(self.scroll_offset.y + rows)

    def action_home(self) -> None:
        self._scroll_to_row(0)

    def action_end(self) -> None:
        self._scroll_to_row(len(self._sheet))
        if self.is_beginning:
            self._anchor = maxsize

    def _page_rows(self) -> int:
        return self.size.height

    def _paragraphs(self) -> list[int]:
        return starts(self._page.document.blocks) if self._page else []

    def _headings(self) -> list[int]:
        return starts(self._page.document.headings()) if self._page else []

    def action_wider(self) -> None:
        """Where the pane has no room for more, nothing happens."""
        if self._margins.column >= self.measure:
            self.measure += MEASURE_STEP

    def action_narrower(self) -> None:
        self.measure = min(self.measure, self._margins.column) - MEASURE_STEP

    def see_aside(self, count: int) -> bool:
        """Shows other columns of a wide table in view, further left where ``count`` is negative.

        False where there are none on that side.
        """
        column = self._margins.column
        last = max((self._sheet[row].line.wide for row in self.rows_in_view()), default=0) - column
        shift = max(0, min(self._margins.shift + count * max(1, column // 2), last))
        if last <= 0 or shift == self._margins.shift:
            return False
        self._margins = replace(self._margins, shift=shift)
        self.redraw()
        return True

    # Links

    def on_click(self, event: events.Click) -> None:
        address = event.style.meta.get("address")
        if address and self.text_selection is None:
            event.stop()
            self.post_message(self.LinkClicked(self, str(address)))
