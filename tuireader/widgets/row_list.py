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
"""Rows whose drawing is kept: several screenfuls."""


class RowTops:
    """Rows one below the other, of ``heights`` lines, each at least one. A line is found by bisection."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._tops = [0, *accumulate(heights)]

    def top_of(self, row: int) -> int:
        """The first line of ``row``; below the last one the number of all lines."""
        return self._tops[min(row, len(self._tops) - 1)]

    def row_of(self, line: int) -> int:
        """The row that ``line`` is of: -1 above the first, the number of rows below the last."""
        return bisect_right(self._tops, line) - 1


class RowMoves:
    """Moves the cursor of ``rows``, each time by one or by a count."""

    def __init__(self, rows: RowList) -> None:
        self._rows = rows

    def down(self, count: int = 1) -> None:
        """Down ``count`` rows."""
        self._rows.move_to(self._rows.cursor_row + count)

    def up(self, count: int = 1) -> None:
        """Up ``count`` rows."""
        self._rows.move_to(self._rows.cursor_row - count)

    def page_down(self, count: int = 1) -> None:
        """Down ``count`` screenfuls."""
        self._scroll(count * self._page_rows)

    def page_up(self, count: int = 1) -> None:
        """Up ``count`` screenfuls."""
        self._scroll(-count * self._page_rows)

    def half_page_down(self, count: int = 1) -> None:
        """Down ``count`` half screenfuls."""
        self._scroll(count * max(self._page_rows // 2, 1))

    def half_page_up(self, count: int = 1) -> None:
        """Up ``count`` half screenfuls."""
        self._scroll(-count * max(self._page_rows // 2, 1))

    def first(self, row: int = 1) -> None:
        """Move to the first row, or to the ``row``-th."""
        self._rows.move_to(row - 1)

    def last(self, row: int | None = None) -> None:
        """Move to the last row, or to the ``row``-th."""
        self._rows.move_to(self._rows.row_count - 1 if row is None else row - 1)

    @property
    def _page_rows(self) -> int:
        """The rows of a screenful but one, if all were as low as the lowest."""
        return max(self._rows.scrollable_content_region.height // self._rows.row_height - 1, 1)

    def _scroll(self, count: int) -> None:
        """Move the cursor by the lines of ``count`` of the lowest rows, by one row at least."""
        rows, cursor = self._rows, self._rows.cursor_row
        line = rows.top_of(cursor) + count * rows.row_height
        down = max(rows.row_of(min(line, rows.top_of(rows.row_count))), cursor + 1)
        up = min(rows.row_of(max(line, 0) - 1) + 1, cursor - 1)
        rows.move_to(down if count > 0 else up)


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows with a cursor; sub-classes say what a row looks like and what its opening means.

    Keys are bound elsewhere: ``moves`` has what they do with the cursor.
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

    # What a sub-class provides

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return 0

    @property
    def row_height(self) -> int:
        """How many lines each row has; where rows have heights of their own, the least that one has."""
        return 1

    def top_of(self, row: int) -> int:
        """The first line of ``row``; for the number of rows that of all lines."""
        return row * self.row_height

    def row_of(self, line: int) -> int:
        """The row that ``line`` is of: negative above the first, the count of rows or more below the last."""
        return line // self.row_height

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """The lines of ``row``, each ``width`` cells."""
        return (Strip.blank(width, self.rich_style),) * self.row_height

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """Draw the text for an empty list."""
        return ()

    def stop_at(self, row: int, direction: int) -> int:
        """The row where the cursor stops on its way to ``row``."""
        return row

    def cursor_moved(self) -> None:
        """The cursor has come to another row."""

    def open_row(self, row: int) -> None:
        """``row`` was opened with Enter or the mouse."""

    # Rows and their drawing

    @property
    def row_width(self) -> int:
        """The cells of a row."""
        return max(self.scrollable_content_region.width, 0)

    @property
    def cursor_row(self) -> int:
        """The row of the cursor; 0 where there are no rows."""
        return self._cursor

    def rows_changed(self, cursor: int) -> None:
        """Other rows are to be shown, with the cursor at ``cursor``."""
        self._cursor = min(max(cursor, 0), max(self.row_count - 1, 0))
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
        """The line ``y`` of the visible part."""
        width = self.row_width
        if self.row_count == 0:
            lines = self._empty_lines(Size(width, self.size.height))
            return lines[y] if y < len(lines) else Strip.blank(width, self.rich_style)
        line = y + self.scroll_offset.y
        row, size = self.row_of(line), (width, self.row_height)
        if row >= self.row_count or width == 0:
            return Strip.blank(width, self.rich_style)
        if size != self._drawn_size:  # a line may be asked for before the change of size is known
            self._drawn_size = size
            self._strips.clear()
        strips = self._strips.get(row)
        if strips is None:
            strips = self.draw_row(row, width)
            self._strips[row] = strips
        return strips[line - self.top_of(row)]

    def _empty_lines(self, size: Size) -> tuple[Strip, ...]:
        """What is shown without rows, drawn once and not for each of its lines."""
        if self._empty is None or self._empty[0] != size:
            self._empty = (size, self.draw_empty(*size))
        return self._empty[1]

    def strip(self, pieces: Iterable[tuple[str, str]], *, ground: Style | None = None) -> Strip:
        """A line of pieces, each a text and the name of its component class, on ``ground``."""
        under = Style(bgcolor=(ground or self.rich_style).bgcolor)
        segments: list[Segment] = []
        for text, name in pieces:
            # Pictures of the screen lose the spaces that a segment begins with.
            bare = text.lstrip(" ")
            segments.append(Segment(" " * (len(text) - len(bare)), under))
            segments.append(Segment(bare, self.get_component_rich_style(name) + under))
        return Strip(segment for segment in segments if segment.text)

    # Movement

    def move_to(self, row: int) -> None:
        """Put the cursor on ``row``, or on the nearest there is."""
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

    def scroll_to_cursor(self) -> None:
        """Scroll no further than is needed to show the whole row of the cursor."""
        if not self.is_running:
            return
        top, bottom = self.top_of(self._cursor), self.top_of(self._cursor + 1)
        visible = self.scrollable_content_region.height
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
        """Show that the cursor is live."""
        self.redraw_row(self._cursor)

    def on_blur(self) -> None:
        """Show that the cursor is not live."""
        self.redraw_row(self._cursor)

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        self._strips.clear()
        self._empty = None

    def row_at(self, event: events.MouseEvent) -> int | None:
        """The row under the mouse, or None."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        row = self.row_of(offset.y + self.scroll_offset.y)
        return row if 0 <= row < self.row_count else None

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; on the row of the cursor it opens it."""
        row = self.row_at(event)
        if row is None or event.button != 1:
            return
        event.stop()
        if row == self._cursor:
            self.open_row(row)
        else:
            self.move_to(row)
