"""Rows with a name, a bar and a count: all years, or this day in other years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.message import Message
from textual.strip import Strip

from library.search.counts import same_day_counts
from tuireader.calendar.counted import Counted
from tuireader.calendar.state import Look
from tuireader.calendar.words import day_in_words
from tuireader.rows import clipped, fit
from tuireader.widgets.row_list import RowList

_LONGEST_BAR = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """A row: ``term`` is its term in the query language, ``day`` one of its days, None if undated."""

    label: str
    count: int
    term: str
    day: date | None = None
    active: bool = False


def year_rows(counted: Counted, look: Look) -> list[CountRow]:
    """Return a row for each year with entries, and one for undated entries; the cursor's year is active."""
    clock = look.layer.clock
    rows = [
        CountRow(
            label=str(year),
            count=count,
            term=f"{clock}:{year:04}",
            day=date(year, 1, 1),
            active=year == look.cursor.year,
        )
        for year, count in counted.years
    ]
    if counted.undated:
        rows.append(CountRow(label="undated", count=counted.undated, term=f"{clock}:none"))
    return rows


def other_year_rows(counted: Counted, look: Look) -> list[CountRow]:
    """Return a row for each other year with entries on the cursor's day of the year."""
    return [
        CountRow(
            label=day_in_words(one.day, short=True),
            count=one.count,
            term=f"{look.layer.clock}:{one.day}",
            day=one.day,
        )
        for one in same_day_counts(counted.days, look.cursor)
        if one.day is not None
    ]


class CountList(RowList):
    """A list of counts with bars; the largest count has the longest bar."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "count-list--bar",
        "count-list--bar-blurred",
        "count-list--label",
        "count-list--active",
        "count-list--measure",
        "count-list--count",
        "count-list--cursor",
        "count-list--cursor-blurred",
    }
    DEFAULT_CSS = """
    CountList {
        background: $background;
        & .count-list--bar { color: $accent; }
        & .count-list--bar-blurred { color: $text-muted; }
        & .count-list--active { color: $accent; text-style: bold; }
        & .count-list--measure { color: $scrollbar-hover; }
        & .count-list--count { color: $text-muted; }
        & .count-list--cursor { background: $panel; }
        & .count-list--cursor-blurred { background: $background; }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor moved to a row."""

        count_list: CountList
        row: CountRow

        @property
        def control(self) -> CountList:
            """The list."""
            return self.count_list

    @dataclass
    class Picked(Message):
        """A row was opened."""

        row: CountRow

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: Sequence[CountRow] = ()
        self._notice = ""
        self._most = 1
        self._label_width = 0
        self._count_width = 0

    def set_rows(self, rows: Sequence[CountRow], *, notice: str, cursor: int | None = None) -> None:
        """Show ``rows``, or ``notice`` if there are none. The cursor stays unless ``cursor`` is given."""
        self._rows, self._notice = rows, notice
        self._most = max((row.count for row in rows), default=1)
        self._label_width = max((len(row.label) for row in rows), default=0)
        self._count_width = len(f"{self._most:,}")
        self.rows_changed(self.cursor_row if cursor is None else cursor)

    @property
    def row_count(self) -> int:
        return len(self._rows)

    def cursor_moved(self) -> None:
        self.post_message(self.Moved(self, self._rows[self.cursor_row]))

    def open_row(self, row: int) -> None:
        self.post_message(self.Picked(self._rows[row]))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        shown, blurred = self._rows[row], "" if self.has_focus else "-blurred"
        at_cursor = row == self.cursor_row and self.has_focus
        ground = self.get_component_rich_style(f"count-list--cursor{blurred}") if at_cursor else None
        name = "count-list--active" if shown.active else "count-list--label"
        count = f"{shown.count:,}".rjust(self._count_width)
        room = min(width - self._label_width - len(count) - 8, _LONGEST_BAR)
        measure = "━" * max(round(shown.count / self._most * room), 1) if room > 2 else ""
        pieces = [
            ("▌" if at_cursor else " ", f"count-list--bar{blurred}"),
            ("◆ " if shown.active else "  ", name),
            (fit(shown.label.ljust(self._label_width), max(width - len(count) - 5, 1)), name),
            (f"  {count}", "count-list--count"),
            (f"  {measure}", "count-list--measure"),
        ]
        return (self.strip(clipped(pieces, width, "count-list--label"), ground=ground),)

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        pieces = [(f"   {self._notice}", "count-list--count")]
        return (self.strip(clipped(pieces, width, "count-list--label")),)
