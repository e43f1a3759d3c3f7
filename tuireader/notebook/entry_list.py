"""The list of the notebook: annotations and bookmarks, of which only visible rows are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from textual.message import Message
from textual.strip import Strip

from library.models import Article
from tuireader.notebook.entries import Entry, Heading, Order, Row
from tuireader.notebook.entry_lines import Extent, Pieces, entry_lines, glyph_of
from tuireader.presentation import date_in_words
from tuireader.rows import clipped, fit, notice_lines, one_line
from tuireader.widgets.article_view.marks import HIGHLIGHT_INKS, HIGHLIGHT_STYLES
from tuireader.widgets.row_list import RowList, RowTops

GLYPH_CELLS = 4
"""Cells beside the text of an entry: the cursor bar, the glyph and spaces."""

GAP = 1
"""Number of blank lines below an entry."""


class NotebookList(RowList):
    """A list of entries under headings. ``lookup`` returns an article or None, ``today`` the current day."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"notebook-list--{name}"
        for name in (
            "blank", "bar", "bar-blurred", "cursor", "cursor-blurred", "mark", "lost", "heading", "title",
            "quote", "note", "meta", "notice", *HIGHLIGHT_STYLES, *map("quote-{}".format, HIGHLIGHT_STYLES),
        )
    }  # fmt: skip

    DEFAULT_CSS = (
        """
    NotebookList {
        background: $background;
        & .notebook-list--bar { color: $accent; }
        & .notebook-list--bar-blurred { color: $text-muted; }
        & .notebook-list--cursor { background: $panel; }
        & .notebook-list--cursor-blurred { background: $surface; }
        & .notebook-list--mark { color: $accent; }
        & .notebook-list--lost { color: $text-error; }
        & .notebook-list--heading { color: $accent; text-style: bold; }
        & .notebook-list--title { text-style: bold; }
        & .notebook-list--quote { color: $text-muted; text-style: italic; }
        & .notebook-list--meta { color: $text-muted; }
        & .notebook-list--notice { text-style: bold; }
    """
        + "\n".join(
            f".notebook-list--{colour} {{ color: {HIGHLIGHT_INKS[colour]}; }}"
            f".notebook-list--quote-{colour} {{ color: $text-muted; text-style: {style}; }}"
            for colour, style in HIGHLIGHT_STYLES.items()
        )
        + "}"
    )

    @dataclass
    class Highlighted(Message):
        """The cursor moved to another entry; None if there is none."""

        entry: Entry | None

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, NotebookList.Highlighted)

    @dataclass
    class Opened(Message):
        """An entry was opened with Enter or the mouse."""

        entry: Entry

    def __init__(
        self,
        *,
        lookup: Callable[[str], Article | None],
        today: Callable[[], date],
        day_of: Callable[[datetime], date],
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._lookup, self._today, self._day_of = lookup, today, day_of
        self._rows: tuple[Row, ...] = ()
        self._extents: Sequence[Extent] = ()
        self._order = Order.NEWEST
        self._tops, self._tops_width = RowTops(), 0
        self._notice: tuple[str, ...] = ()

    # Content

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        row = self._rows[self.cursor_row] if self._rows else None
        return row if isinstance(row, Entry) else None

    def set_rows(
        self,
        rows: tuple[Row, ...],
        extents: Sequence[Extent],
        order: Order,
        *,
        keep: str | None,
        notice: tuple[str, ...],
    ) -> None:
        """Show ``rows`` with the cursor on the entry ``keep``, or unmoved; ``notice`` if there are none.

        ``extents`` are the heights of the rows in ``order``. If ``keep`` is below several tags, the cursor
        goes to the row nearest to its previous one.
        """
        before = self.cursor_row
        places = [index for index, row in enumerate(rows) if isinstance(row, Entry) and row.key == keep]
        self._rows, self._extents, self._order, self._notice = rows, extents, order, notice
        self._measure_rows()
        nearest = min(places, key=lambda index: abs(index - before), default=None)
        wanted = min(before, max(len(rows) - 1, 0)) if nearest is None else nearest
        self.rows_changed(wanted)
        self.post_message(self.Highlighted(self.entry))

    def _measure_rows(self) -> None:
        self._tops_width = self.row_width
        room = self._tops_width - GLYPH_CELLS
        gaps = (GAP if isinstance(row, Entry) else 0 for row in self._rows)
        heights = (extent.height(room) + gap for extent, gap in zip(self._extents, gaps, strict=True))
        self._tops = RowTops(heights)

    # Methods of the base class

    @property
    def row_count(self) -> int:
        """Number of rows, including headings."""
        return len(self._rows)

    def top_of(self, row: int) -> int:
        """Return the first line of ``row``; rows differ in height."""
        return self._current_tops.top_of(row)

    def row_of(self, line: int) -> int:
        """Return the row at ``line``."""
        return self._current_tops.row_of(line)

    @property
    def _current_tops(self) -> RowTops:
        if self.row_width != self._tops_width:  # lines may be requested before the resize is known
            self._measure_rows()
        return self._tops

    def is_heading(self, row: int) -> bool:
        """Return True for a heading, which always has an entry after it."""
        return not isinstance(self._rows[row], Entry)

    def cursor_moved(self) -> None:
        """Post ``Highlighted``."""
        self.post_message(self.Highlighted(self.entry))

    def open_row(self, row: int) -> None:
        """Post ``Opened`` for an entry."""
        entry = self._rows[row]
        if isinstance(entry, Entry):
            self.post_message(self.Opened(entry))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """Draw a heading, or an entry with its glyph and the cursor bar."""
        shown = self._rows[row]
        if isinstance(shown, Heading):
            return self._heading(shown, width)
        lines = self._lines_of(shown, width)
        at_cursor, blurred = row == self.cursor_row, "" if self.has_focus else "-blurred"
        bar = (("▏" if blurred else "▌") if at_cursor else " ", f"bar{blurred}")
        ground = self.get_component_rich_style(f"notebook-list--cursor{blurred}") if at_cursor else None
        starts = [glyph_of(shown), *[(" ", "blank")] * (len(lines) - 1)]
        pieces = ([bar, start, (" ", "blank"), *line] for start, line in zip(starts, lines, strict=True))
        strips = [self.strip(self._styled(line, width), ground=ground) for line in pieces]
        height = self.top_of(row + 1) - self.top_of(row)
        return (*strips, *[Strip.blank(width, self.rich_style)] * height)[:height]

    def _lines_of(self, entry: Entry, width: int) -> list[Pieces]:
        when = date_in_words(self._day_of(entry.made), self._today())
        return entry_lines(
            entry,
            self._lookup(entry.article_id),
            width - GLYPH_CELLS,
            when="" if self._order is Order.DAY else when,
            titled=self._order is not Order.ARTICLE,
        )

    def _heading(self, heading: Heading, width: int) -> tuple[Strip, ...]:
        article = self._lookup(heading.article_id) if heading.article_id else None
        text = one_line(article.title) if article else one_line(heading.text)
        line = [(" ", "blank"), (fit(text, width - 2), "heading")]
        return (self.strip(self._styled(line, width)),)

    def _styled(self, pieces: Pieces, width: int) -> Pieces:
        named = ((text, f"notebook-list--{name}") for text, name in pieces)
        return clipped(named, width, "notebook-list--blank")

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """Draw the notice in the middle: why the list is empty, and what to do."""
        lines = notice_lines(self._notice, width, height)
        return tuple(self.strip(self._styled(line, width)) for line in lines)
