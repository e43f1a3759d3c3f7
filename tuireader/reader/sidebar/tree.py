"""The tree of the sidebar, with counts. Picking an entry posts its query."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip

from tuireader.events import TermPicked
from tuireader.reader.sidebar.entries import Entry
from tuireader.reader.sidebar.rows import TreeRows
from tuireader.rows import clipped, ends_right_to_left, fit, one_line
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS, tag_colours_for
from tuireader.widgets.row_list import RowList


class SidebarTree(RowList):
    """A tree of entries. Expanded entries and the cursor are kept by key when the entries change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sidebar--bar",
        "sidebar--bar-blurred",
        "sidebar--label",
        "sidebar--heading",
        "sidebar--active",
        "sidebar--count",
        "sidebar--zero",
        "sidebar--cursor",
        "sidebar--cursor-blurred",
        *(f"sidebar--tag-{colour}" for colour in HIGHLIGHT_GLYPHS),
    }

    DEFAULT_CSS = (
        """
    SidebarTree {
        background: $background;
        & .sidebar--bar { color: $accent; }
        & .sidebar--bar-blurred { color: $text-muted; }
        & .sidebar--heading { color: $text-muted; text-style: bold; }
        & .sidebar--active { color: $accent; text-style: bold; }
        & .sidebar--count { color: $text-muted; }
        & .sidebar--zero { color: $text-disabled; }
        & .sidebar--cursor { background: $panel; }
        & .sidebar--cursor-blurred { background: $background; }
    """
        + tag_colours_for("sidebar")
        + "}"
    )

    class Wanted(Message):
        """A request to count the children of an entry that was expanded."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.rows = TreeRows()
        """The visible rows; see ``set_rows``."""
        self._active: frozenset[str] = frozenset()

    # Content

    @property
    def cursor_key(self) -> str | None:
        """The key of the entry under the cursor."""
        entry = self.rows.entry_at(self.cursor_row)
        return entry.key if entry else None

    def set_active(self, queries: frozenset[str]) -> None:
        """Mark the entries of these queries, which are terms of the query of the list."""
        if queries != self._active:
            self._active = queries
            self.redraw()

    def set_rows(self, rows: TreeRows, cursor: str | None = None) -> None:
        """Show other rows, with the cursor on the entry ``cursor`` or, for None, on the entry it was on."""
        counted = self.rows.wants_authors
        at, row = self.cursor_row, rows.row_of(cursor or self.cursor_key)
        self.rows = rows
        self.rows_changed(at if row is None else row)
        if (rows.entries or rows.needle) and rows.wants_authors and not counted:
            # Post it later: a message that is created in a handler of the parent only reaches the parent.
            self.call_next(lambda: self.post_message(self.Wanted()))

    def narrow(self, text: str) -> None:
        """Show only the entries whose names contain ``text``, and their parents; all if it is empty."""
        self.set_rows(self.rows.narrowed(text))
        if self.rows.needle:
            self.move_to(self.rows.first_found())

    def go_to(self, key: str) -> bool:
        """Move the cursor to the entry ``key``, expanding its parents. Return False if there is none."""
        rows = self.rows.with_way_to(key)
        if rows is not None:
            self.set_rows(rows, key)
        return rows is not None

    # Expanding and picking

    def action_pick(self) -> None:
        """Pick the entry under the cursor. A heading is expanded or collapsed instead."""
        self.open_row(self.cursor_row)

    def action_open(self) -> None:
        """Expand the entry under the cursor, or go to its first child if it is expanded.

        An entry without children is picked.
        """
        entry = self.rows.entry_at(self.cursor_row)
        if entry is None:
            return
        if not entry.can_open:
            self.open_row(self.cursor_row)
        elif entry.key in self.rows.opened:
            self.moves.down()
        else:
            self.action_toggle_entry()

    def action_close(self) -> None:
        """Collapse the entry under the cursor, or go to its parent if it is collapsed."""
        entry = self.rows.entry_at(self.cursor_row)
        if entry is None:
            return
        above = self.rows.rows[self.cursor_row].above
        if entry.can_open and entry.key in self.rows.opened:
            self.action_toggle_entry()
        elif above:
            self.set_rows(self.rows, above)

    def action_toggle_entry(self) -> None:
        """Expand or collapse the entry under the cursor."""
        entry = self.rows.entry_at(self.cursor_row)
        if entry is not None and entry.can_open:
            opened = entry.key not in self.rows.opened
            self.set_rows(self.rows.with_entry(entry.key, opened=opened), entry.key)

    def step_section(self, step: int) -> None:
        """Move by ``step`` sections. Backward, the beginning of the current section counts as the first."""
        row = self.rows.section(self.cursor_row, step)
        if row is not None:
            self.move_to(row)

    # Methods of ``RowList``

    @property
    def row_count(self) -> int:
        """Number of rows, including blank ones."""
        return len(self.rows.rows)

    def is_heading(self, row: int) -> bool:
        """Return True for a blank row. The first and the last row are never blank."""
        return self.rows.entry_at(row) is None

    def open_row(self, row: int) -> None:
        """Pick an entry, or expand or collapse a heading."""
        entry = self.rows.entry_at(row)
        if entry is None:
            return
        if entry.query is None:
            self.action_toggle_entry()
        else:
            self.post_message(TermPicked(entry.query))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """Return the line of one entry."""
        entry = self.rows.entry_at(row)
        if entry is None:
            return (Strip.blank(width, self.rich_style),)
        at_cursor, blurred = row == self.cursor_row, "" if self.has_focus else "-blurred"
        bar = ("▏" if blurred else "▌") if at_cursor else " "
        ground = self.get_component_rich_style(f"sidebar--cursor{blurred}") if at_cursor else None
        depth, is_open = self.rows.rows[row].depth, self.rows.is_open(entry)
        pieces = [(bar, f"sidebar--bar{blurred}")]
        pieces += entry_pieces(entry, depth, width - 1, is_open=is_open, active=entry.query in self._active)
        return (self.strip(clipped(pieces, width, "sidebar--label"), ground=ground),)

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """Return the text for a search without matches."""
        shown = "  No matches" if self.rows.needle else ""
        return (self.strip(clipped([(shown, "sidebar--count")], width, "sidebar--label")),)


def entry_pieces(
    entry: Entry, depth: int, width: int, *, is_open: bool, active: bool
) -> list[tuple[str, str]]:
    """Return the mark, indentation, label and count of an entry, with a free column at the end."""
    is_zero = entry.count == 0 and entry.query is not None
    plain = "zero" if is_zero else "label"
    style = "active" if active else "heading" if entry.query is None else plain
    knob = " " if not entry.can_open else "▾" if is_open else "▸"
    start = f"{'◆' if active else ' '}{'  ' * max(depth - 1, 0)}{knob} "
    count = "" if entry.count is None else f"{entry.count:,}"
    if entry.of_unread:
        count = f"●{count}" if entry.count else ""
        style = "label" if style == "zero" else style  # all read, but not empty
    sign = f" {HIGHLIGHT_GLYPHS[entry.colour]}" if entry.colour in HIGHLIGHT_GLYPHS else ""
    room = width - len(start) - len(sign) - len(count) - (2 if count else 1)
    if room < 3:
        room, count = room + len(count), ""
    label = fit(one_line(entry.label), room)
    mark = (start, f"sidebar--{'active' if active else 'count'}")
    figure = "sidebar--zero" if is_zero else "sidebar--count"
    name, coloured = (label, f"sidebar--{style}"), (sign, f"sidebar--tag-{entry.colour}")
    if ends_right_to_left(label):  # a figure after it would be drawn on its other side
        return [mark, (f"{count}{sign} ", figure), name]
    named = [mark, name, *([coloured] if sign else [])]
    return [*named, (" " * (room - cell_len(label) + 1), "sidebar--label"), (count, figure)]
