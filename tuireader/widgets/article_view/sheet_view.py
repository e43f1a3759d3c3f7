"""The drawing of a page: the rows in view, by Textual's line API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from library.text.layout.lines import Line
from tuireader.terminal.textual_internals import vertical_scroll_bar
from tuireader.widgets.article_view.in_view import InView
from tuireader.widgets.article_view.marks import Marks
from tuireader.widgets.article_view.page import Page
from tuireader.widgets.article_view.pictured import Pictured
from tuireader.widgets.article_view.runs import DOUBLY_UNDERLINED, NOTES_GAP, Margins, Run, cut_runs, runs_of
from tuireader.widgets.article_view.scroll_bar import PageScrollBar

POINTER = "▸"
"""Stands left of the paragraph or annotation that commands are about."""


class SheetView(Pictured, InView, inherit_bindings=False):
    """Draws the rows of a ``Sheet`` between margins, with the marks on their words."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._page: Page | None = None
        self._marks: Marks | None = None
        self._margins = Margins(0, 0)
        self._styles: dict[tuple[str, ...], Style] = {}

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, made when it is first asked for."""
        return vertical_scroll_bar(self, PageScrollBar)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    @property
    def _picture_left(self) -> int:
        return self._margins.left

    def _pointer_row(self) -> int | None:
        """The row that the pointer stands beside; None for none."""
        return None

    def show_aside(self, start: int, end: int) -> None:
        """Shows the columns of a table wider than the page that have the characters ``start`` to ``end``."""
        row, column = self._sheet.row_of(start), self._margins.column
        line = self._sheet[row].line if row < len(self._sheet) else Line()
        if line.wide <= column:
            return
        first, last = line.cells_of(start, end, cell_len)
        shift = min(self._margins.shift, line.wide - column)
        if first < shift or last > shift + column:
            middle = first - max(0, column - (last - first)) // 2
            self._margins = replace(self._margins, shift=max(0, min(middle, line.wide - column)))
            self.redraw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of ``crop``, the same strips as before where they only stand elsewhere now.

        Textual keeps with each strip how it was divided and written, which the usual way through borders,
        padding and opacity, of which a page has none, would compute again at every step of scrolling.
        """
        pointer, top, width = self._pointer_row(), self.scroll_offset.y, self.size.width
        strips = [self._line(top + y, width, pointer) for y in crop.line_range]
        _, background = self.background_colors
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return self.with_pictures(strips, crop.y)

    def render_line(self, y: int) -> Strip:
        """The line ``y`` of the pane, which Textual asks for to know what words the mouse is over."""
        row = self.scroll_offset.y + y
        return self._line(row, self.size.width, self._pointer_row()).apply_offsets(0, row)

    def _line(self, row: int, width: int, pointer: int | None) -> Strip:
        strip = self._strips.get(row)
        if strip is None or strip.cell_length != width:
            words = self._strip(row) if row < len(self._sheet) else Strip.blank(0)
            strip = words.crop_extend(0, width, self._style())
            self._strips[row] = strip
        return self._pointed(strip) if row == pointer else strip

    def _pointed(self, strip: Strip) -> Strip:
        """``strip`` with the pointer before its words and the mark in the margin."""
        place = max(0, self._margins.left - 3)
        if not strip.crop(place, place + 1).text.isspace():
            return strip
        sign = Strip([Segment(POINTER, self._style("pointer"))])
        return Strip.join([strip.crop(0, place), sign, strip.crop(place + 1)])

    def _runs(self, row: int) -> list[Run]:
        return self.with_hints(row, runs_of(self._sheet[row], self._margins, self._marks))

    def _strip(self, row: int) -> Strip:
        if (picture := self._sheet[row].picture) is not None:
            return self.picture_strip(picture)
        runs = self._runs(row)
        return Strip([*self._words(row, runs), *self._beside(row, runs)])

    def _words(self, row: int, runs: list[Run]) -> list[Segment]:
        """The words of a row, in the colours of the selection where they are selected."""
        selection = self.text_selection
        span = selection.get_span(row) if selection else None
        if span is None:
            return self._segments(runs)
        length = sum(len(run.text) for run in runs)
        start, end = max(self._margins.left, span[0]), span[1] if span[1] >= 0 else length
        if end <= start:
            return self._segments(runs)
        selected = self.screen.get_component_rich_style("screen--selection")
        return [
            *self._segments(cut_runs(runs, 0, start)),
            *self._segments(cut_runs(runs, start, end), selected),
            *self._segments(cut_runs(runs, end, length)),
        ]

    def _beside(self, row: int, runs: list[Run]) -> list[Segment]:
        """The row of a note that stands beside the words, if one does."""
        note = self._sheet.beside.get(row)
        if note is None:
            return []
        place = self._margins.left + self._margins.column + NOTES_GAP
        gap = max(0, place - sum(cell_len(run.text) for run in runs))
        words = runs_of(note, Margins(0, self._margins.room), None)
        return self._segments([Run(" " * gap), *words])

    def _segments(self, runs: Iterable[Run], over: Style | None = None) -> list[Segment]:
        return [self._segment(run, over) for run in runs]

    def _segment(self, run: Run, over: Style | None = None) -> Segment:
        style = self._style(*run.names)
        if not run.names and run.text.isspace():
            # Of another style: pictures of the screen lose the spaces that a segment begins with.
            style = Style(bgcolor=style.bgcolor)
        if not DOUBLY_UNDERLINED.isdisjoint(run.names):  # Textual's visual styles do not carry it
            style += Style(underline2=True)
        if run.target:
            style += Style.from_meta({"address": run.target})
        return Segment(run.text, style + over if over else style)

    def _style(self, *names: str) -> Style:
        """The style of the component ``names``, one over the other; for none that of the page."""
        style = self._styles.get(names)
        if style is None:
            visual = self.get_visual_style(*(f"article-view--{name}" for name in names))
            style = self._styles[names] = visual.rich_style
        return style
