"""The scroll bar of the article view: Textual's own, drawn at a tenth of the cost.

It changes with every scrolled line. Textual draws it with Rich's console, which takes longer than drawing
the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.color import Color
from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

SEGMENTS = 64
"""Maximum number of cached cells: three kinds, and eight fractions of a cell at both ends of the thumb."""


class PageScrollBar(ScrollBar):
    """A vertical scroll bar that caches its cells as strips."""

    DEFAULT_CSS = ""

    def __init__(self) -> None:
        super().__init__(vertical=True, name="vertical", thickness=1)
        self._strips: LRUCache[Segment, Strip] = LRUCache(SEGMENTS)

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
