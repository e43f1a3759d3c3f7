"""The article view widget: one article, typeset as a page.

It draws only the visible rows (Textual's line API), so that an article of any length opens at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from rich.color import Color
from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.selection import Selection
from textual.strip import Strip
from textual.worker import get_current_worker

from library.text.layout import Layout
from tuireader.events import TermPicked
from tuireader.jobs.jobs import Jobs
from tuireader.settings.declared import NARROWEST, WIDEST
from tuireader.terminal.textual_internals import resize_ahead, vertical_scroll_bar
from tuireader.widgets.article_view.drawing import LineDrawing
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.moves import Moves, ReadingPosition
from tuireader.widgets.article_view.page import Page, PageRows, lay_out_body
from tuireader.widgets.article_view.pane import WidgetCanvas
from tuireader.widgets.article_view.pictures import Pictures
from tuireader.widgets.article_view.pointer import Pointer
from tuireader.widgets.article_view.runs import COMPONENT_NAMES, COMPONENT_STYLES, Margins
from tuireader.widgets.article_view.selection import WordSelection

DEFAULT_MEASURE = 72
MEASURE_STEP = 4

LONG_TEXT = 20_000
"""Number of characters above which a body is laid out in a worker."""

FIRST_LINES = 200
"""Number of lines of a long body that are laid out at once."""


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """A view of a ``Page``. Keys are bound elsewhere, to the methods of its parts.

    Attributes:
        lines: The lines of the page, with their links and hints.
        moves: The movements: scrolling, and steps from paragraph to paragraph.
        pointer: The paragraph or annotation in front.
        selection: The words selected with the mouse or the keyboard.
        drawing: The drawing of the lines, in the styles of the widget.
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
    """Maximum width of the column of text, in cells: 40 to 120. A narrower pane limits it further."""

    share: var[float] = var(0.0)
    """Share of the body that has been scrolled through, 0.0 to 1.0; 1.0 when its end is in view."""

    @dataclass
    class Moved(Message):
        """A move to other words: ``offset`` is the first character on top, ``share`` that of the view."""

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
        """A click on a link. ``address`` is outside text, which must be checked before it is opened."""

        view: ArticleView
        address: str

        @property
        def control(self) -> ArticleView:
            return self.view

    @dataclass
    class ChoiceMoved(Message):
        """A change or the end of the keyboard selection."""

        view: ArticleView

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ArticleView.ChoiceMoved)

    @dataclass
    class PictureFailed(Message):
        """A picture at ``path`` that cannot be shown, because of ``reason``."""

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
        self.drawing = LineDrawing(self.lines, self.selection, self.pictures, self._canvas)
        self._restoring = False
        self._drawn_size = Size(0, 0)

    # Content

    @property
    def page(self) -> Page | None:
        """The page; None before the first ``show`` and after ``clear``."""
        return self.lines.page

    @property
    def reading_offset(self) -> int:
        """Offset of the first character of the body on the top row or below it."""
        return self.lines.top_offset

    def show(self, page: Page, position: int = 0) -> None:
        """Show ``page`` with the character ``position`` of its body on top; 0 shows the headline."""
        self.selection.stop()
        self.pointer.clear()
        lines = self.lines
        lines.page, lines.rows = page, PageRows()
        lines.margins = replace(lines.margins, shift=0)
        self._position.begin(position)
        self._set_page(at_once=True)

    def update(self, page: Page) -> None:
        """Show the article with other annotations, text or marks. The same words stay on top."""
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
        """Point at the words at ``offset`` of the body, and put them on top, or as near as possible."""
        self.pointer.go_to(offset)
        if self.lines.is_beginning:
            self._position.aim_at(offset)

    def bring_into_view(self, offset: int, end: int) -> None:
        """Show the words from ``offset`` to ``end``. If they are out of view, put them a third down."""
        if not self.lines.shows(offset):
            self._canvas.scroll_to(self.lines.rows.row_of(offset) - self.size.height // 3)
        self.lines.show_columns(offset, end)
        self.pointer.aim_at(offset)
        if self.lines.is_beginning:
            self._position.aim_at(offset)

    # Layout

    def _set_page(self, *, at_once: bool = False) -> None:
        """Lay the page out at the present width, a long body in a worker.

        Meanwhile, show the previous layout or, with ``at_once``, a layout of the visible lines.
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
        """Use the layout of a long body, unless the page or the width has changed meanwhile."""
        wanted = self.page is not None and self.page.document is page.document
        if wanted and layout.width == self.lines.margins.column:
            self._use_layout(layout)

    def _use_layout(self, layout: Layout, *, partial: bool = False) -> None:
        self._use(self.lines.compose(layout), partial=partial)

    def _use(self, rows: PageRows, *, partial: bool = False) -> None:
        """Show ``rows`` with the words of the reading position on top, if they include them."""
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
        """Number of cells beside the scroll bar, also while the article view is hidden."""
        return max(0, self.container_size.width - self.scrollbar_gutter.width)

    def expect(self, size: Size) -> None:
        """Lay the page out for the ``size`` that it will have when it is no longer hidden.

        The first frame then shows it, and it need not be laid out and drawn again.
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
        """Make the column wider, if the pane has room."""
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
        """Post the reading position, once it is known."""
        if self.lines.is_beginning:
            return
        last = self.lines.rows.body_end - self.container_size.height  # where the body's end comes into view
        self.share = min(1.0, max(0.0, self.scroll_offset.y / last)) if last > 0 else 1.0
        if self.page is not None and self.is_attached:
            self.post_message(self.Moved(self, self.reading_offset, self.share))

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, created on first use."""
        return vertical_scroll_bar(self, PageScrollBar)

    # Drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.drawing.forget_styles()

    @property
    def cursor_lines(self) -> range:
        """The line of the screen with the selection's cursor, otherwise with the pointer."""
        choice = self.selection.choice
        row = self.pointer.row() if choice is None else self.lines.rows.row_of(choice.cursor[0])
        line = -1 if row is None else row - self.scroll_offset.y
        visible = 0 <= line < self.container_size.height
        return range(self.region.y + line, self.region.y + line + 1) if visible else range(0)

    def _pointer_row(self) -> int | None:
        """Return the row beside which the pointer is drawn, or None."""
        is_shown = self.has_focus and self.selection.choice is None
        return self.pointer.row() if is_shown else None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of ``crop``. Lines that have only moved are the same strips as before.

        Textual caches with each strip how it was divided and rendered. Its usual path, for borders, padding
        and opacity, none of which a page has, would compute this again at every step of scrolling.
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
        """Return the line ``y`` of the pane. Textual uses it to find the words under the mouse."""
        row = self.scroll_offset.y + y
        strip = self.drawing.strip(row, self.size.width, pointed=row == self._pointer_row())
        return strip.apply_offsets(0, row)

    # The mouse

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the words that are selected with the mouse."""
        return self.selection.text_of(selection), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        if selection is not None:
            self.selection.stop()
        self.lines.redraw()

    def on_click(self, event: events.Click) -> None:
        if event.chain > 1:  # Textual would select all
            event.prevent_default()
            self._select_at(event)
            return
        address, term = event.style.meta.get("address"), event.style.meta.get("term")
        if term and self.text_selection is None:
            event.stop()
            self.post_message(TermPicked(str(term)))
        if address and self.text_selection is None:
            event.stop()
            self.post_message(self.LinkClicked(self, str(address)))

    def _select_at(self, event: events.Click) -> None:
        """Select the word that was clicked twice, or the paragraph that was clicked three times."""
        place = event.get_content_offset(self)
        if place is None:
            return
        row = place.y + self.scroll_offset.y
        words = self.selection.words_at(row, place.x, paragraph=event.chain > 2)
        if words is not None:
            self.screen.selections = {self: words}


_BAR_CELLS = 64
"""Maximum number of cached cells: three kinds, and eight fractions of a cell at both ends of the thumb."""


class PageScrollBar(ScrollBar):
    """Textual's vertical scroll bar, drawn at a tenth of the cost, from cached cells.

    It changes with every scrolled line. Textual draws it with Rich's console, which takes longer than drawing
    the page.
    """

    DEFAULT_CSS = ""

    def __init__(self) -> None:
        super().__init__(vertical=True, name="vertical", thickness=1)
        self._strips: LRUCache[Segment, Strip] = LRUCache(_BAR_CELLS)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the cells of the bar, each as a line."""
        cells = list(self._cells())
        strips = [self._strip(cell) for cell in cells[crop.y : crop.bottom]]
        _, background = self.background_colors
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return strips

    def _cells(self) -> Iterable[Segment]:
        bar = self.render()
        assert isinstance(bar, ScrollBarRender)
        style = self.app.console.get_style(bar.style)
        drawn = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            back_color=style.bgcolor or Color.default(),
            bar_color=style.color or Color.default(),
        )
        return drawn.segments

    def _strip(self, cell: Segment) -> Strip:
        strip = self._strips.get(cell)
        if strip is None:
            strip = self._strips[cell] = Strip([cell], 1)
        return strip
