"""The article view widget: one article, set as a page.

It draws only the rows in view (Textual's line API), so that an article of any length opens at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.selection import Selection
from textual.strip import Strip
from textual.worker import get_current_worker

from library.text.layout import Layout
from tuireader.jobs.jobs import Jobs
from tuireader.terminal.textual_internals import resize_ahead, vertical_scroll_bar
from tuireader.widgets.article_view.drawing import LineDrawing
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.moves import Moves
from tuireader.widgets.article_view.page import Page, PageRows, lay_out_body
from tuireader.widgets.article_view.pane import WidgetCanvas
from tuireader.widgets.article_view.pictures import Pictures
from tuireader.widgets.article_view.pointer import Pointer
from tuireader.widgets.article_view.position import ReadingPosition
from tuireader.widgets.article_view.runs import COMPONENT_NAMES, COMPONENT_STYLES, Margins
from tuireader.widgets.article_view.scroll_bar import PageScrollBar
from tuireader.widgets.article_view.selection import WordSelection

NARROWEST = 40
WIDEST = 120
DEFAULT_MEASURE = 72
MEASURE_STEP = 4

LONG_TEXT = 20_000
"""Characters from which on a body is laid out beside the event loop."""

FIRST_LINES = 200
"""The lines of a long body that are laid out at once."""


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a ``Page``. Keys are bound elsewhere, to what its parts can do.

    Attributes:
        lines: The lines of the page: what they are, which are on the screen, their links and hints.
        moves: Scrolling, and going from paragraph to paragraph.
        pointer: The paragraph or the annotation in front of the reader.
        selection: The words that are selected, by mouse or by keyboard.
        drawing: What draws the lines, in the styles of the widget.
        pictures: The pictures, as half blocks or as the terminal draws them.
    """

    ALLOW_SELECT = True
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
    """How much of the body has been on the screen, or is above it: 0.0 to 1.0."""

    @dataclass
    class Moved(Message):
        """Other words are on top: the character ``offset`` of the body; ``share`` as in the view."""

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
    class ChoiceMoved(Message):
        """Words are being chosen by keyboard, others than before, or no longer."""

        view: ArticleView

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ArticleView.ChoiceMoved)

    @dataclass
    class PictureFailed(Message):
        """The picture at ``path`` cannot be shown, for ``reason``."""

        path: str
        reason: str

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.jobs = Jobs(self)
        self._canvas = WidgetCanvas(self)
        self.lines = PageLines(self._canvas)
        self.pointer = Pointer(self.lines, self._canvas)
        self.selection = WordSelection(
            self.lines, self.pointer, self._canvas, lambda: self.post_message(self.ChoiceMoved(self))
        )
        self.pictures = Pictures(
            self.lines,
            self._canvas,
            self.jobs,
            lambda path, reason: self.post_message(self.PictureFailed(path, reason)),
        )
        self._position = ReadingPosition()
        self.moves = Moves(self.lines, self.pointer, self._position, self._canvas)
        self.drawing = LineDrawing(self.lines, self.pictures, self._canvas)
        self._restoring = False
        self._drawn_size = Size(0, 0)

    # What is shown

    @property
    def page(self) -> Page | None:
        """The page; None before the first ``show`` and after ``clear``."""
        return self.lines.page

    @property
    def reading_offset(self) -> int:
        """The offset of the first character of the body on top (or below the headline)."""
        return self.lines.top_offset

    def show(self, page: Page, position: int = 0) -> None:
        """Show ``page`` with the character ``position`` of its body on top; 0 is the headline."""
        self.selection.stop()
        self.pointer.clear()
        lines = self.lines
        lines.page, lines.rows = page, PageRows()
        lines.margins = replace(lines.margins, shift=0)
        self._position.begin(position)
        self._set_page(at_once=True)

    def update(self, page: Page) -> None:
        """Show the article with other annotations, words or marks; the same words stay on top."""
        before = self.page
        same = before is not None and before.document == page.document and before.setting == page.setting
        self.lines.page = replace(page, document=before.document) if before and same else page
        if before and not page.document.text.startswith(before.document.text):
            self.selection.stop()
            self.pointer.clear()
        self.selection.mark()
        if same and len(self.lines.rows):
            self._use_layout(self.lines.rows.layout, partial=self.lines.is_partial)
        else:
            self._set_page()

    def clear(self) -> None:
        """Show nothing."""
        self.selection.stop()
        self.pointer.clear()
        self.workers.cancel_node(self)
        self.lines.page = None
        self._position.begin()
        self._use(PageRows())

    def go_to(self, offset: int) -> None:
        """Put the words at ``offset`` of the body on top, or as near as the page can, and in front."""
        self.pointer.go_to(offset)
        if self.lines.is_beginning:
            self._position.aim_at(offset)

    def bring_into_view(self, offset: int, end: int) -> None:
        """Show the words from ``offset`` to ``end``: those out of view a third down from the top."""
        if not self.lines.shows(offset):
            self._canvas.scroll_to(self.lines.rows.row_of(offset) - self.size.height // 3)
        self.lines.show_columns(offset, end)
        if self.lines.is_beginning:
            self._position.aim_at(offset)

    # Layout

    def _set_page(self, *, at_once: bool = False) -> None:
        """Lay the page out at the present width, a long body in a worker.

        Until that is done the previous layout is shown, or with ``at_once`` the new one of what is in view.
        """
        page, width = self.page, self.lines.margins.column
        if page is None or width < 1:
            return
        if len(page.document.text) <= LONG_TEXT:
            self._use_layout(lay_out_body(page, width))
            return
        if at_once:
            first = lay_out_body(page, width, limit=FIRST_LINES, start=self._position.offset)
            self._use_layout(first, partial=True)

        def lay_out() -> Layout:
            worker = get_current_worker()
            return lay_out_body(page, width, cancelled=lambda: worker.is_cancelled)

        self.jobs.load("layout", lay_out, partial(self._laid_out, page))

    def _laid_out(self, page: Page, layout: Layout) -> None:
        """A long body has been laid out, for ``page``."""
        wanted = self.page is not None and self.page.document is page.document
        if wanted and layout.width == self.lines.margins.column:
            self._use_layout(layout)

    def _use_layout(self, layout: Layout, *, partial: bool = False) -> None:
        self._use(self.lines.compose(layout), partial=partial)

    def _use(self, rows: PageRows, *, partial: bool = False) -> None:
        """Show ``rows`` with the words of the reading position on top, as far as they have them."""
        self.lines.use(rows, partial=partial)
        self._restoring = True
        self._drawn_size = self.container_size
        self.virtual_size = Size(self._room, len(rows))
        self._canvas.scroll_to(self._position.row_in(rows))
        self._restoring = False
        self.refresh()
        self._post_moved()

    @property
    def _room(self) -> int:
        """The cells beside the scroll bar, also while the page is hidden."""
        return max(0, self.container_size.width - self.scrollbar_gutter.width)

    def expect(self, size: Size) -> None:
        """Lay the page out for the ``size`` that it will have when it is no longer hidden.

        Then it is there in the frame that shows it, and does not have to be laid out and drawn again.
        """
        if resize_ahead(self, size):
            self.on_resize()

    def on_resize(self) -> None:
        if self.container_size != self._drawn_size:
            self._fit()

    def _fit(self) -> None:
        lines = self.lines
        before = lines.margins
        lines.margins = replace(Margins.of(self._room, self.measure), shift=before.shift)
        if before.column != lines.margins.column:
            self._set_page(at_once=True)
        elif lines.page and len(lines.rows) and before.room != lines.margins.room:
            self._use_layout(lines.rows.layout, partial=lines.is_partial)
        else:
            self._use(lines.rows, partial=lines.is_partial)

    def validate_measure(self, measure: int) -> int:
        return min(WIDEST, max(NARROWEST, measure))

    def watch_measure(self) -> None:
        self._fit()

    def widen(self) -> None:
        """Make the column wider. Where the pane has no room for more, nothing happens."""
        if self.lines.margins.column >= self.measure:
            self.measure += MEASURE_STEP

    def narrow(self) -> None:
        """Make the column narrower."""
        self.measure = min(self.measure, self.lines.margins.column) - MEASURE_STEP

    # Scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and not self._restoring:
            self._position.scrolled(self.lines.rows, round(new_value))
            self.pointer.clear()
            self._post_moved()

    def _post_moved(self) -> None:
        """Say where the reader is, once that is known."""
        if self.lines.is_beginning:
            return
        last = self.lines.rows.body_end - self.container_size.height  # where the body's end comes into view
        self.share = min(1.0, max(0.0, self.scroll_offset.y / last)) if last > 0 else 1.0
        if self.page is not None and self.is_attached:
            self.post_message(self.Moved(self, self.reading_offset, self.share))

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, made when it is first asked for."""
        return vertical_scroll_bar(self, PageScrollBar)

    # Drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.drawing.forget_styles()

    def _pointer_row(self) -> int | None:
        """The row that the pointer is drawn beside; None for none."""
        is_shown = self.has_focus and self.selection.choice is None
        return self.pointer.row() if is_shown else None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of ``crop``, the same strips as before where they only are elsewhere now.

        Textual keeps with each strip how it was divided and written, which the usual way through borders,
        padding and opacity, of which a page has none, would make again at every step of scrolling.
        """
        pointer, top, width = self._pointer_row(), self.scroll_offset.y, self.size.width
        draw = self.drawing.strip
        strips = [draw(row, width, pointed=row == pointer) for row in range(top + crop.y, top + crop.bottom)]
        _, background = self.background_colors
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return self.pictures.over(strips, crop.y)

    def render_line(self, y: int) -> Strip:
        """The line ``y`` of the pane, which Textual asks for to know what words the mouse is over."""
        row = self.scroll_offset.y + y
        strip = self.drawing.strip(row, self.size.width, pointed=row == self._pointer_row())
        return strip.apply_offsets(0, row)

    # The mouse

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words that the mouse has selected."""
        return self.selection.text_of(selection), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        if selection is not None:
            self.selection.stop()
        self.lines.redraw()

    def on_click(self, event: events.Click) -> None:
        address = event.style.meta.get("address")
        if address and self.text_selection is None:
            event.stop()
            self.post_message(self.LinkClicked(self, str(address)))
