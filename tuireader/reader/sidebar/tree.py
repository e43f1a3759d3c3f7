"""The tree of the sidebar: views, tags and dates, each with its count. Picking one asks for its query."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip

from library.text.case_folding import fold
from tuireader.reader.sidebar.entries import AUTHORS, DATES, SEARCHES, SOURCES, TAGS, Entry
from tuireader.rows import clipped, ends_right_to_left, fit, one_line
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS, tag_colours_for
from tuireader.widgets.row_list import RowList


class _Row(NamedTuple):
    """An entry as it stands in the sidebar; None is the blank line above a section."""

    entry: Entry | None
    depth: int = 0
    above: str = ""


class SidebarTree(RowList):
    """A tree of entries; what is open and where the cursor stands is kept by key through every change."""

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

    class Picked(Message):
        """An entry was picked; ``query`` is what it stands for, in the query language."""

        def __init__(self, sidebar: SidebarTree, query: str) -> None:
            super().__init__()
            self.sidebar = sidebar
            self.query = query

        @property
        def control(self) -> SidebarTree:
            """The pane."""
            return self.sidebar

    class Wanted(Message):
        """An entry was opened of which the inside has not been counted."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._entries: tuple[Entry, ...] = ()
        self._rows: tuple[_Row, ...] = ()
        self._open = frozenset({SEARCHES, TAGS, SOURCES, DATES})
        self._active: frozenset[str] = frozenset()
        self._needle = ""

    # What is shown

    @property
    def cursor_key(self) -> str | None:
        """The key of the entry under the cursor."""
        entry = self._entry_at(self.cursor_row)
        return entry.key if entry else None

    @property
    def active(self) -> frozenset[str]:
        """The queries whose entries are marked, for they are what is listed."""
        return self._active

    @active.setter
    def active(self, queries: frozenset[str]) -> None:
        if queries != self._active:
            self._active = queries
            self.redraw()

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show other entries, or the same ones with other counts."""
        self._entries = entries
        self._rebuild(self.cursor_key)

    @property
    def opened(self) -> frozenset[str]:
        """The keys of the entries that are open."""
        return self._open

    @opened.setter
    def opened(self, keys: frozenset[str]) -> None:
        self._open = keys
        self._rebuild(self.cursor_key)

    @property
    def wants_authors(self) -> bool:
        """Whether authors are to be counted, which takes long the first time."""
        return AUTHORS in self._open or bool(self._needle)

    def narrow(self, text: str) -> None:
        """Show only the entries whose names have ``text``, and what they are in; with nothing, all again."""
        self._needle = fold(text.strip())
        self._rebuild(self.cursor_key)
        if self._needle:
            found = (row for row in range(len(self._rows)) if self._is_found(row))
            self.move_to(next(found, 0))

    def _is_found(self, row: int) -> bool:
        entry = self._rows[row].entry
        return entry is not None and entry.query is not None and self._needle in fold(entry.label)

    def go_to(self, key: str) -> bool:
        """Open what hides the entry ``key`` and put the cursor on it; False where there is none."""
        way = _way_to(self._entries, key)
        if not way:
            return False
        self._open |= frozenset(entry.key for entry in way[:-1])
        self._rebuild(key)
        return True

    def _rebuild(self, key: str | None) -> None:
        previous = self.cursor_row
        if self._needle:
            self._rows = tuple(_visible(_narrowed(self._entries, self._needle), None))
        else:
            self._rows = tuple(_visible(self._entries, self._open))
        rows = {row.entry.key: index for index, row in enumerate(self._rows) if row.entry}
        self.rows_changed(self.stop_at(rows.get(key or "", min(previous, max(len(self._rows) - 1, 0))), 1))

    def _entry_at(self, row: int) -> Entry | None:
        return self._rows[row].entry if row < len(self._rows) else None

    # Opening and picking

    def action_pick(self) -> None:
        """Pick the entry under the cursor; a heading is opened or closed instead."""
        self.open_row(self.cursor_row)

    def action_open(self) -> None:
        """Open the entry under the cursor; go into it where it is open; pick it where nothing is inside."""
        entry = self._entry_at(self.cursor_row)
        if entry is None:
            return
        if not entry.can_open:
            self.open_row(self.cursor_row)
        elif entry.key in self._open:
            self.moves.down()
        else:
            self._set_open(entry.key, True)

    def action_close(self) -> None:
        """Close the entry under the cursor; go out of it where it is closed."""
        entry = self._entry_at(self.cursor_row)
        if entry is None:
            return
        above = self._rows[self.cursor_row].above
        if entry.can_open and entry.key in self._open:
            self._set_open(entry.key, False)
        elif above:
            self._rebuild(above)

    def action_toggle_entry(self) -> None:
        """Open or close the entry under the cursor."""
        entry = self._entry_at(self.cursor_row)
        if entry is not None and entry.can_open:
            self._set_open(entry.key, entry.key not in self._open)

    def _set_open(self, key: str, opened: bool) -> None:
        self._open = self._open | {key} if opened else self._open - {key}
        self._rebuild(key)
        entry = self._entry_at(self.cursor_row)
        if opened and entry is not None and entry.is_late:
            self.post_message(self.Wanted())

    def action_next_section(self, count: int = 1) -> None:
        """Move to the next section."""
        self._step_section(count)

    def action_previous_section(self, count: int = 1) -> None:
        """Move to the beginning of the section, then to the one before."""
        self._step_section(-count)

    def _step_section(self, step: int) -> None:
        tops = [row for row in range(len(self._rows)) if row == 0 or self._is_heading(row)]
        at = self.cursor_row
        ahead = (
            [row for row in tops if row > at][:step] if step > 0 else [row for row in tops if row < at][step:]
        )
        if ahead:
            self.move_to(ahead[-1] if step > 0 else ahead[0])

    def _is_heading(self, row: int) -> bool:
        entry = self._rows[row].entry
        return entry is not None and entry.query is None

    # What the base asks for

    @property
    def row_count(self) -> int:
        """How many rows there are, blank ones included."""
        return len(self._rows)

    def stop_at(self, row: int, direction: int) -> int:
        """Pass over the blank rows; none is first or last."""
        return row if self._entry_at(row) or not self._rows else row + direction

    def open_row(self, row: int) -> None:
        """Pick an entry, open or close a heading."""
        entry = self._entry_at(row)
        if entry is None:
            return
        if entry.query is None:
            self.action_toggle_entry()
        else:
            self.post_message(self.Picked(self, entry.query))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """One entry."""
        shown = self._rows[row]
        if shown.entry is None:
            return (Strip.blank(width, self.rich_style),)
        at_cursor, blurred = row == self.cursor_row, "" if self.has_focus else "-blurred"
        bar = ("▏" if blurred else "▌") if at_cursor else " "
        ground = self.get_component_rich_style(f"sidebar--cursor{blurred}") if at_cursor else None
        pieces = [(bar, f"sidebar--bar{blurred}"), *self._pieces(shown.entry, shown.depth, width - 1)]
        return (self.strip(clipped(pieces, width, "sidebar--label"), ground=ground),)

    def _pieces(self, entry: Entry, depth: int, width: int) -> list[tuple[str, str]]:
        """Mark, indentation, label and count of an entry, a column left free at the end."""
        active = entry.query is not None and entry.query in self._active
        is_zero = entry.count == 0 and entry.query is not None
        plain = "zero" if is_zero else "label"
        style = "active" if active else "heading" if entry.query is None else plain
        is_open = entry.key in self._open or (bool(self._needle) and bool(entry.children))
        knob = " " if not entry.can_open else "▾" if is_open else "▸"
        start = f"{'◆' if active else ' '}{'  ' * max(depth - 1, 0)}{knob} "
        count = "" if entry.count is None else f"{entry.count:,}"
        if entry.of_unread:
            count = f"●{count}" if entry.count else ""
            style = "label" if style == "zero" else style  # read, not empty
        sign = f" {HIGHLIGHT_GLYPHS[entry.colour]}" if entry.colour in HIGHLIGHT_GLYPHS else ""
        room = width - len(start) - len(sign) - len(count) - (2 if count else 1)
        if room < 3:
            room, count = room + len(count), ""
        label = fit(one_line(entry.label), room)
        mark = (start, f"sidebar--{'active' if active else 'count'}")
        figure = "sidebar--zero" if is_zero else "sidebar--count"
        name, coloured = (label, f"sidebar--{style}"), (sign, f"sidebar--tag-{entry.colour}")
        if ends_right_to_left(label):  # a figure behind it would be drawn on its other side
            return [mark, (f"{count}{sign} ", figure), name]
        named = [mark, name, *([coloured] if sign else [])]
        return [*named, (" " * (room - cell_len(label) + 1), "sidebar--label"), (count, figure)]

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """That nothing has the words that are typed."""
        told = "  No matches" if self._needle else ""
        return (self.strip(clipped([(told, "sidebar--count")], width, "sidebar--label")),)


def _visible(
    entries: tuple[Entry, ...], opened: frozenset[str] | None, depth: int = 0, above: str = ""
) -> list[_Row]:
    """The rows of ``entries`` and of what is open among them; None: everything is."""
    rows: list[_Row] = []
    for entry in entries:
        if entry.query is None and rows:
            rows.append(_Row(None))
        rows.append(_Row(entry, depth, above))
        if opened is None or entry.key in opened:
            rows.extend(_visible(entry.children, opened, depth + 1, entry.key))
    return rows


def _narrowed(entries: tuple[Entry, ...], needle: str) -> tuple[Entry, ...]:
    """The entries whose names have ``needle``, and those around them."""
    kept = []
    for entry in entries:
        inside = _narrowed(entry.children, needle)
        if inside or (entry.query is not None and needle in fold(entry.label)):
            kept.append(replace(entry, children=inside, is_late=False))
    return tuple(kept)


def _way_to(entries: tuple[Entry, ...], key: str) -> list[Entry]:
    """The entries from the top down to ``key``; empty where it is not there."""
    for entry in entries:
        if entry.key == key:
            return [entry]
        if way := _way_to(entry.children, key):
            return [entry, *way]
    return []
