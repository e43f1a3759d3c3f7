"""The left pane: views, tags and dates, each with its count. Picking one asks for its query."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.message import Message
from textual.strip import Strip

from library.text.folding import fold
from tuireader.reader.sidebar.tree import AUTHORS, DATES, SEARCHES, SOURCES, TAGS, Place, Totals, build_places
from tuireader.rows import clipped, ends_right_to_left, fit, one_line
from tuireader.widgets.article_view.marks import HIGHLIGHT_GLYPHS, tag_colours_for
from tuireader.widgets.row_list import RowList

__all__ = ["DATES", "SEARCHES", "TAGS", "Place", "Places", "Totals", "build_places"]


class _Row(NamedTuple):
    """A place as it stands in the pane; None is the blank line above a section."""

    place: Place | None
    depth: int = 0
    above: str = ""


class Places(RowList):
    """A tree of places; what is open and where the cursor stands is kept by key through every change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "places--bar",
        "places--bar-blurred",
        "places--label",
        "places--heading",
        "places--active",
        "places--count",
        "places--zero",
        "places--cursor",
        "places--cursor-blurred",
        *(f"places--tag-{colour}" for colour in HIGHLIGHT_GLYPHS),
    }

    DEFAULT_CSS = (
        """
    Places {
        background: $background;
        & .places--bar { color: $accent; }
        & .places--bar-blurred { color: $text-muted; }
        & .places--heading { color: $text-muted; text-style: bold; }
        & .places--active { color: $accent; text-style: bold; }
        & .places--count { color: $text-muted; }
        & .places--zero { color: $text-disabled; }
        & .places--cursor { background: $panel; }
        & .places--cursor-blurred { background: $background; }
    """
        + tag_colours_for("places")
        + "}"
    )

    class Picked(Message):
        """A place was picked; ``query`` is what it stands for, in the query language."""

        def __init__(self, places: Places, query: str) -> None:
            super().__init__()
            self.places = places
            self.query = query

        @property
        def control(self) -> Places:
            """The pane."""
            return self.places

    class Wanted(Message):
        """A place was opened of which the inside has not been counted."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._places: tuple[Place, ...] = ()
        self._rows: tuple[_Row, ...] = ()
        self._open = frozenset({SEARCHES, TAGS, SOURCES, DATES})
        self._active: frozenset[str] = frozenset()
        self._needle = ""

    # What is shown

    @property
    def cursor_key(self) -> str | None:
        """The key of the place under the cursor."""
        place = self._place_at(self.cursor_row)
        return place.key if place else None

    @property
    def active(self) -> frozenset[str]:
        """The queries whose places are marked, for they are what is listed."""
        return self._active

    @active.setter
    def active(self, queries: frozenset[str]) -> None:
        if queries != self._active:
            self._active = queries
            self.redraw()

    def set_places(self, places: tuple[Place, ...]) -> None:
        """Show other places, or the same ones with other counts."""
        self._places = places
        self._rebuild(self.cursor_key)

    @property
    def opened(self) -> frozenset[str]:
        """The keys of the places that are open."""
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
        """Show only the places whose names have ``text``, and what they are in; with nothing, all again."""
        self._needle = fold(text.strip())
        self._rebuild(self.cursor_key)
        if self._needle:
            found = (row for row in range(len(self._rows)) if self._is_found(row))
            self.move_to(next(found, 0))

    def _is_found(self, row: int) -> bool:
        place = self._rows[row].place
        return place is not None and place.query is not None and self._needle in fold(place.label)

    def go_to(self, key: str) -> bool:
        """Open what hides the place ``key`` and put the cursor on it; False where there is none."""
        way = _way_to(self._places, key)
        if not way:
            return False
        self._open |= frozenset(place.key for place in way[:-1])
        self._rebuild(key)
        return True

    def _rebuild(self, key: str | None) -> None:
        former = self.cursor_row
        if self._needle:
            self._rows = tuple(_visible(_narrowed(self._places, self._needle), None))
        else:
            self._rows = tuple(_visible(self._places, self._open))
        rows = {row.place.key: index for index, row in enumerate(self._rows) if row.place}
        self.rows_changed(self.stop_at(rows.get(key or "", min(former, max(len(self._rows) - 1, 0))), 1))

    def _place_at(self, row: int) -> Place | None:
        return self._rows[row].place if row < len(self._rows) else None

    # Opening and picking

    def action_pick(self) -> None:
        """Pick the place under the cursor; a heading is opened or closed instead."""
        self.open_row(self.cursor_row)

    def action_open(self) -> None:
        """Open the place under the cursor; go into it where it is open; pick it where nothing is inside."""
        place = self._place_at(self.cursor_row)
        if place is None:
            return
        if not place.can_open:
            self.open_row(self.cursor_row)
        elif place.key in self._open:
            self.action_cursor_down()
        else:
            self._set_open(place.key, True)

    def action_close(self) -> None:
        """Close the place under the cursor; go out of it where it is closed."""
        place = self._place_at(self.cursor_row)
        if place is None:
            return
        above = self._rows[self.cursor_row].above
        if place.can_open and place.key in self._open:
            self._set_open(place.key, False)
        elif above:
            self._rebuild(above)

    def action_toggle_place(self) -> None:
        """Open or close the place under the cursor."""
        place = self._place_at(self.cursor_row)
        if place is not None and place.can_open:
            self._set_open(place.key, place.key not in self._open)

    def _set_open(self, key: str, opened: bool) -> None:
        self._open = self._open | {key} if opened else self._open - {key}
        self._rebuild(key)
        place = self._place_at(self.cursor_row)
        if opened and place is not None and place.is_late:
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
        place = self._rows[row].place
        return place is not None and place.query is None

    # What the base asks for

    @property
    def row_count(self) -> int:
        """How many rows there are, blank ones included."""
        return len(self._rows)

    def stop_at(self, row: int, direction: int) -> int:
        """Pass over the blank rows; none is first or last."""
        return row if self._place_at(row) or not self._rows else row + direction

    def open_row(self, row: int) -> None:
        """Pick a place, open or close a heading."""
        place = self._place_at(row)
        if place is None:
            return
        if place.query is None:
            self.action_toggle_place()
        else:
            self.post_message(self.Picked(self, place.query))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """One place."""
        shown = self._rows[row]
        if shown.place is None:
            return (Strip.blank(width, self.rich_style),)
        at_cursor, blurred = row == self.cursor_row, "" if self.has_focus else "-blurred"
        bar = ("▏" if blurred else "▌") if at_cursor else " "
        ground = self.get_component_rich_style(f"places--cursor{blurred}") if at_cursor else None
        pieces = [(bar, f"places--bar{blurred}"), *self._pieces(shown.place, shown.depth, width - 1)]
        return (self.strip(clipped(pieces, width, "places--label"), ground=ground),)

    def _pieces(self, place: Place, depth: int, width: int) -> list[tuple[str, str]]:
        """Mark, indentation, label and count of a place, a column left free at the end."""
        active = place.query is not None and place.query in self._active
        is_zero = place.count == 0 and place.query is not None
        plain = "zero" if is_zero else "label"
        style = "active" if active else "heading" if place.query is None else plain
        is_open = place.key in self._open or (bool(self._needle) and bool(place.children))
        knob = " " if not place.can_open else "▾" if is_open else "▸"
        start = f"{'◆' if active else ' '}{'  ' * max(depth - 1, 0)}{knob} "
        count = "" if place.count is None else f"{place.count:,}"
        if place.of_unread:
            count = f"●{count}" if place.count else ""
            style = "label" if style == "zero" else style  # read, not empty
        sign = f" {HIGHLIGHT_GLYPHS[place.colour]}" if place.colour in HIGHLIGHT_GLYPHS else ""
        room = width - len(start) - len(sign) - len(count) - (2 if count else 1)
        if room < 3:
            room, count = room + len(count), ""
        label = fit(one_line(place.label), room)
        mark = (start, f"places--{'active' if active else 'count'}")
        figure = "places--zero" if is_zero else "places--count"
        name, coloured = (label, f"places--{style}"), (sign, f"places--tag-{place.colour}")
        if ends_right_to_left(label):  # a figure behind it would be drawn on its other side
            return [mark, (f"{count}{sign} ", figure), name]
        named = [mark, name, *([coloured] if sign else [])]
        return [*named, (" " * (room - cell_len(label) + 1), "places--label"), (count, figure)]

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """That nothing has the words that are typed."""
        told = "  Nothing found" if self._needle else ""
        return (self.strip(clipped([(told, "places--count")], width, "places--label")),)


def _visible(
    places: tuple[Place, ...], opened: frozenset[str] | None, depth: int = 0, above: str = ""
) -> list[_Row]:
    """The rows of ``places`` and of what is open among them; None: everything is."""
    rows: list[_Row] = []
    for place in places:
        if place.query is None and rows:
            rows.append(_Row(None))
        rows.append(_Row(place, depth, above))
        if opened is None or place.key in opened:
            rows.extend(_visible(place.children, opened, depth + 1, place.key))
    return rows


def _narrowed(places: tuple[Place, ...], needle: str) -> tuple[Place, ...]:
    """The places whose names have ``needle``, and those around them."""
    kept = []
    for place in places:
        inside = _narrowed(place.children, needle)
        if inside or (place.query is not None and needle in fold(place.label)):
            kept.append(replace(place, children=inside, is_late=False))
    return tuple(kept)


def _way_to(places: tuple[Place, ...], key: str) -> list[Place]:
    """The places from the top down to ``key``; empty where it is not there."""
    for place in places:
        if place.key == key:
            return [place]
        if way := _way_to(place.children, key):
            return [place, *way]
    return []
