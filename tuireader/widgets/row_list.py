"""A list widget that draws only visible rows, with a cursor and rows of several lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

STRIP_ROWS = 512
"""Maximum number of drawn rows in the cache: several screenfuls."""


class RowTops:
    """The top lines of stacked rows of ``heights`` lines, each at least one. Lines are found by bisection."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._tops = [0, *accumulate(heights)]

    def top_of(self, row: int) -> int:
        """Return the first line of ``row``, or the number of all lines for a row below the last."""
        return self._tops[min(row, len(self._tops) - 1)]

    def row_of(self, line: int) -> int:
        """Return the row of ``line``: -1 above the first, the number of rows below the last."""
        return bisect_right(self._tops, line) - 1


class RowMoves:
    """The movements of the cursor of ``rows``. Most take a count."""

    def __init__(self, rows: RowList) -> None:
        self._rows = rows

    def down(self, count: int = 1) -> None:
        """Move down ``count`` rows."""
        self._rows.move_to(self._rows.cursor_row + count)

    def up(self, count: int = 1) -> None:
        """Move up ``count`` rows."""
        self._rows.move_to(self._rows.cursor_row - count)

    def page_down(self, count: int = 1) -> None:
        """Move down ``count`` screenfuls."""
        self._scroll(count * self._page_rows)

    def page_up(self, count: int = 1) -> None:
        """Move up ``count`` screenfuls."""
        self._scroll(-count * self._page_rows)

    def half_page_down(self, count: int = 1) -> None:
        """Move down ``count`` half screenfuls."""
        self._scroll(count * max(self._page_rows // 2, 1))

    def half_page_up(self, count: int = 1) -> None:
        """Move up ``count`` half screenfuls."""
        self._scroll(-count * max(self._page_rows // 2, 1))

    def first(self, row: int = 1) -> None:
        """Move to the first row, or to the ``row``-th."""
        self._rows.move_to(row - 1)

    def last(self, row: int | None = None) -> None:
        """Move to the last row, or to the ``row``-th."""
        self._rows.move_to(self._rows.row_count - 1 if row is None else row - 1)

    @property
    def _page_rows(self) -> int:
        """One less than the number of rows of minimum height that fit on the screen, and at least 1."""
        return max(self._rows.scrollable_content_region.height // self._rows.row_height - 1, 1)

    def _scroll(self, count: int) -> None:
        """Move the cursor by the lines of ``count`` rows of minimum height, and by at least one row."""
        rows, cursor = self._rows, self._rows.cursor_row
        line = rows.top_of(cursor) + count * rows.row_height
        down = max(rows.row_of(min(line, rows.top_of(rows.row_count))), cursor + 1)
        up = min(rows.row_of(max(line, 0) - 1) + 1, cursor - 1)
        rows.move_to(down if count > 0 else up)


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of rows with a cursor. Subclasses define the look of a row and the effect of opening it.

    Keys are bound elsewhere, to the movements in ``moves``.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        min-width: 1;
        min-height: 1;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.moves = RowMoves(self)
        self._cursor = 0
        self._drawn_size = (0, 0)
        self._strips: LRUCache[int, tuple[Strip, ...]] = LRUCache(STRIP_ROWS)
        self._empty: tuple[Size, tuple[Strip, ...]] | None = None

    # Methods of subclasses

    @property
    def row_count(self) -> int:
        """Number of rows."""
        return 0

    @property
    def row_height(self) -> int:
        """Number of lines of each row; the minimum if rows have different heights."""
        return 1

    def top_of(self, row: int) -> int:
        """Return the first line of ``row``; for ``row_count``, the number of all lines."""
        return row * self.row_height

    def row_of(self, line: int) -> int:
        """Return the row of ``line``: negative above the first, ``row_count`` or more below the last."""
        return line // self.row_height

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """Return the lines of ``row``, each ``width`` cells wide."""
        return (Strip.blank(width, self.rich_style),) * self.row_height

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """Draw the text for an empty list."""
        return ()

    def is_heading(self, row: int) -> bool:
        """Return True if the cursor skips ``row``. Another row follows each of them."""
        return False

    def cursor_moved(self) -> None:
        """React to a move of the cursor to another row."""

    def open_row(self, row: int) -> None:
        """Open ``row``, which the user chose with Enter or the mouse."""

    # Rows and drawing

    @property
    def row_width(self) -> int:
        """Width of a row in cells."""
        return max(self.scrollable_content_region.width, 0)

    @property
    def cursor_row(self) -> int:
        """Row of the cursor; 0 if there are no rows."""
        return self._cursor

    @property
    def cursor_lines(self) -> range:
        """The lines of the screen that the cursor's row is on."""
        if not self.row_count:
            return range(0)
        first = self.content_region.y - self.scroll_offset.y
        return range(first + self.top_of(self._cursor), first + self.top_of(self._cursor + 1))

    def rows_changed(self, cursor: int) -> None:
        """Show changed rows, with the cursor at ``cursor``, or below it if that is a heading."""
        self._cursor = self.stop_at(min(max(cursor, 0), max(self.row_count - 1, 0)), 1)
        self.redraw()
        if self.is_running:
            self._measure()
            self.scroll_to_cursor()

    def redraw(self) -> None:
        """Draw everything again."""
        self._strips.clear()
        self._empty = None
        self.refresh()

    def redraw_row(self, row: int) -> None:
        """Draw one row again."""
        self._strips.discard(row)
        top = self.top_of(row)
        self.refresh_lines(top, self.top_of(row + 1) - top)

    def _measure(self) -> None:
        self.virtual_size = Size(self.row_width, self.top_of(self.row_count))

    def render_line(self, y: int) -> Strip:
        """Return the line ``y`` of the visible part."""
        width = self.row_width
        if self.row_count == 0:
            lines = self._empty_lines(Size(width, self.size.height))
            return lines[y] if y < len(lines) else Strip.blank(width, self.rich_style)
        line = y + self.scroll_offset.y
        row, size = self.row_of(line), (width, self.row_height)
        if row >= self.row_count or width == 0:
            return Strip.blank(width, self.rich_style)
        if size != self._drawn_size:  # Textual may request a line before it reports the new size
            self._drawn_size = size
            self._strips.clear()
        strips = self._strips.get(row)
        if strips is None:
            strips = self.draw_row(row, width)
            self._strips[row] = strips
        return strips[line - self.top_of(row)]

    def _empty_lines(self, size: Size) -> tuple[Strip, ...]:
        """Return the lines of an empty list, which are drawn once and not for each line."""
        if self._empty is None or self._empty[0] != size:
            self._empty = (size, self.draw_empty(*size))
        return self._empty[1]

    def strip(self, pieces: Iterable[tuple[str, str]], *, ground: Style | None = None) -> Strip:
        """Return a line of pieces, each a text and the name of its component class, on ``ground``."""
        under = Style(bgcolor=(ground or self.rich_style).bgcolor)
        segments: list[Segment] = []
        for text, name in pieces:
            # Screenshots lose leading spaces of a segment.
            bare = text.lstrip(" ")
            segments.append(Segment(" " * (len(text) - len(bare)), under))
            segments.append(Segment(bare, self.get_component_rich_style(name) + under))
        return Strip(segment for segment in segments if segment.text)

    # Movement

    def move_to(self, row: int) -> None:
        """Move the cursor to ``row``, or to the nearest row that exists."""
        if self.row_count == 0:
            return
        before = self._cursor
        row = min(max(row, 0), self.row_count - 1)
        self._cursor = self.stop_at(row, -1 if row < before else 1)
        self.scroll_to_cursor()
        if self._cursor != before:
            self.redraw_row(before)
            self.redraw_row(self._cursor)
            self.cursor_moved()

    def stop_at(self, row: int, direction: int) -> int:
        """Return the row at which the cursor stops on its way to ``row``: no heading."""
        while row < self.row_count and self.is_heading(row):
            direction = 1 if row + direction < 0 else direction
            row += direction
        return row

    def scroll_to_cursor(self) -> None:
        """Scroll just far enough to show the row of the cursor, and a heading above it if both fit."""
        if not self.is_running:
            return
        top, bottom = self.top_of(self._cursor), self.top_of(self._cursor + 1)
        visible, above = self.scrollable_content_region.height, self._cursor - 1
        if above >= 0 and self.is_heading(above) and bottom - self.top_of(above) <= visible:
            top = self.top_of(above)
        if top < self.scroll_offset.y or visible < bottom - top:
            self.scroll_to(y=top, animate=False, force=True)
        elif bottom > self.scroll_offset.y + visible:
            self.scroll_to(y=bottom - visible, animate=False, force=True)

    def action_open(self) -> None:
        """Open the row of the cursor."""
        if self.row_count:
            self.open_row(self._cursor)

    # Events

    def on_resize(self) -> None:
        """Keep the cursor on the screen."""
        self._measure()
        self.scroll_to_cursor()

    def on_focus(self) -> None:
        """Draw the cursor as active."""
        self.redraw_row(self._cursor)

    def on_blur(self) -> None:
        """Draw the cursor as inactive."""
        self.redraw_row(self._cursor)

    def notify_style_update(self) -> None:
        """Discard the drawn rows, because colours have changed."""
        super().notify_style_update()
        self._strips.clear()
        self._empty = None

    def row_at(self, event: events.MouseEvent) -> int | None:
        """Return the row under the mouse, or None."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        row = self.row_of(offset.y + self.scroll_offset.y)
        return row if 0 <= row < self.row_count else None

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row, or open the row if the cursor is already there."""
        row = self.row_at(event)
        if row is None or event.button != 1:
            return
        event.stop()
        if row == self._cursor:
            self.open_row(row)
        else:
            self.move_to(row)
