"""The list of the tags view, of which only visible rows are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip

from library.models import HIGHLIGHT_COLOURS
from tuireader.rows import clipped, ends_right_to_left, fit, notice_lines, one_line
from tuireader.tags.tree import Row, TagHeading, TagMark, TagRow
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS, tag_colours_for
from tuireader.widgets.row_list import RowList

MARK_SIGNS = {TagMark.EVERY: "+", TagMark.SOME: "|", TagMark.NONE: "−"}


class TagList(RowList):
    """A list of tags with a cursor that stays on its tag."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"tag-list--{name}"
        for name in (
            "blank", "bar", "cursor", "mark", "name", "family", "marked", "count", "heading", "notice",
            *(f"tag-{colour}" for colour in HIGHLIGHT_COLOURS),
        )
    }  # fmt: skip

    DEFAULT_CSS = (
        """
    TagList {
        background: $background;
        & .tag-list--bar { color: $accent; }
        & .tag-list--cursor { background: $panel; }
        & .tag-list--mark { color: $accent; text-style: bold; }
        & .tag-list--marked { color: $accent; text-style: bold; }
        & .tag-list--count { color: $text-muted; }
        & .tag-list--heading { color: $text-muted; text-style: bold; }
        & .tag-list--notice { text-style: bold; }
    """
        + tag_colours_for("tag-list")
        + "}"
    )

    @dataclass
    class Highlighted(Message):
        """The cursor moved to another tag; None if there is none."""

        row: TagRow | None

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, TagList.Highlighted)

    class Opened(Message):
        """A tag was opened with Enter or the mouse."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._marks: Mapping[str, TagMark] = {}
        self._notice: tuple[str, ...] = ()

    @property
    def tag_row(self) -> TagRow | None:
        """The tag under the cursor."""
        row = self._rows[self.cursor_row] if self._rows else None
        return row if isinstance(row, TagRow) else None

    def set_rows(
        self, rows: tuple[Row, ...], marks: Mapping[str, TagMark], *, keep: str, notice: tuple[str, ...] = ()
    ) -> None:
        """Show ``rows`` with the cursor on the tag ``keep``, or at its previous row if that is gone."""
        before = self.cursor_row
        self._rows, self._marks, self._notice = rows, marks, notice
        places = {row.key: place for place, row in enumerate(rows) if isinstance(row, TagRow)}
        wanted = places.get(keep, min(before, max(len(rows) - 1, 0)))
        self.rows_changed(wanted)
        self.cursor_moved()

    def set_marks(self, marks: Mapping[str, TagMark]) -> None:
        """Show ``marks``, whose keys are terms of rows."""
        self._marks = marks
        self.redraw()

    def go_to(self, key: str) -> None:
        """Put the cursor on the tag ``key`` if it is shown."""
        for place, row in enumerate(self._rows):
            if isinstance(row, TagRow) and row.key == key:
                self.move_to(place)

    # Methods of the base class

    @property
    def row_count(self) -> int:
        return len(self._rows)

    def is_heading(self, row: int) -> bool:
        """Return True for a heading, which always has tags after it."""
        return isinstance(self._rows[row], TagHeading)

    def cursor_moved(self) -> None:
        if self.is_running:
            self.post_message(self.Highlighted(self.tag_row))

    def open_row(self, row: int) -> None:
        self.post_message(self.Opened())

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        shown, at_cursor = self._rows[row], row == self.cursor_row
        if isinstance(shown, TagHeading):
            return (
                self.strip(clipped([(f"   {shown.words}", "tag-list--heading")], width, "tag-list--blank")),
            )
        ground = self.get_component_rich_style("tag-list--cursor") if at_cursor else None
        pieces = [("▌" if at_cursor else " ", "tag-list--bar"), *self._pieces(shown, width - 1)]
        return (self.strip(clipped(pieces, width, "tag-list--blank"), ground=ground),)

    def _pieces(self, row: TagRow, width: int) -> list[tuple[str, str]]:
        """Return the mark, fold sign, name and colour sign of a tag, and its count at the right end."""
        mark = self._marks.get(row.term)
        knob = " " if row.opened is None else "▾" if row.opened else "▸"
        start = f"{'  ' * row.depth}{knob} "
        count = _count(row)
        sign = f" {HIGHLIGHT_GLYPHS[row.colour]}" if row.colour in HIGHLIGHT_GLYPHS else ""
        room = width - 2 - len(start) - len(sign) - len(count) - 2
        name = fit(one_line(row.name), max(room, 1))
        style = f"tag-list--tag-{row.colour}" if sign else "tag-list--name"
        pieces = [
            (f"{MARK_SIGNS[mark] if mark else ' '} ", "tag-list--mark"),
            (start, "tag-list--count"),
        ]
        named = [(name, "tag-list--marked" if mark else style), (sign, style)]
        if ends_right_to_left(name):  # a number after it would be drawn on the wrong side
            return [*pieces, (f"{count} ", "tag-list--count"), *reversed(named)]
        gap = " " * (room - cell_len(name) + 1)
        return [*pieces, *named, (gap, "tag-list--blank"), (count, "tag-list--count")]

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        lines = notice_lines(self._notice, width, height)
        styles = {"notice": "notice", "meta": "count", "blank": "blank"}
        return tuple(self.strip((text, f"tag-list--{styles[name]}") for text, name in line) for line in lines)


def _count(row: TagRow) -> str:
    if row.count is not None:
        return f"{row.count:,}"
    return f"{row.trashed:,} in the trash" if row.trashed else "no article"
