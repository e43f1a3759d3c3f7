"""The rows of the sidebar: expanded entries, and entries that match a search."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from library.text.case_folding import fold
from tuireader.reader.sidebar.entries import AUTHORS, DATES, SEARCHES, SOURCES, TAGS, Entry

OPEN_AT_FIRST = frozenset({SEARCHES, TAGS, SOURCES, DATES})


class Row(NamedTuple):
    """A row of the sidebar: an entry, or None for the blank line above a section.

    ``above`` is the key of the parent entry.
    """

    entry: Entry | None
    depth: int = 0
    above: str = ""

    @property
    def is_heading(self) -> bool:
        """True if the row is the heading of a section."""
        return self.entry is not None and self.entry.query is None


@dataclass(frozen=True)
class TreeRows:
    """A tree of entries and its visible rows.

    Attributes:
        entries: All entries.
        opened: The keys of the expanded entries.
        needle: The folded text that is searched for; empty to show all entries.
        rows: The visible rows.
    """

    entries: tuple[Entry, ...] = ()
    opened: frozenset[str] = OPEN_AT_FIRST
    needle: str = ""
    rows: tuple[Row, ...] = field(init=False)

    def __post_init__(self) -> None:
        if self.needle:
            rows = _visible(_narrowed(self.entries, self.needle), None)
        else:
            rows = _visible(self.entries, self.opened)
        object.__setattr__(self, "rows", tuple(rows))

    def narrowed(self, text: str) -> TreeRows:
        """Return a copy with only the entries whose names contain ``text``, and their parents.

        If ``text`` is empty, all entries are included.
        """
        return replace(self, needle=fold(text.strip()))

    def with_entries(self, entries: tuple[Entry, ...]) -> TreeRows:
        """Return a copy with other entries or other counts."""
        return replace(self, entries=entries)

    def with_opened(self, opened: Collection[str]) -> TreeRows:
        """Return a copy with exactly these entries expanded."""
        return replace(self, opened=frozenset(opened))

    def with_entry(self, key: str, *, opened: bool) -> TreeRows:
        """Return a copy with the entry ``key`` expanded or collapsed."""
        return self.with_opened(self.opened | {key} if opened else self.opened - {key})

    def with_way_to(self, key: str) -> TreeRows | None:
        """Return a copy with all parents of the entry ``key`` expanded, or None if there is no such entry."""
        way = _way_to(self.entries, key)
        return self.with_opened(self.opened.union(entry.key for entry in way[:-1])) if way else None

    @property
    def wants_authors(self) -> bool:
        """True if authors must be counted, which takes long the first time."""
        return AUTHORS in self.opened or bool(self.needle)

    def is_open(self, entry: Entry) -> bool:
        """Return True if the children of ``entry`` are shown."""
        return entry.key in self.opened or (bool(self.needle) and bool(entry.children))

    def entry_at(self, row: int) -> Entry | None:
        """Return the entry of a row, or None for a blank or missing row."""
        return self.rows[row].entry if row < len(self.rows) else None

    def row_of(self, key: str | None) -> int | None:
        """Return the row of the entry ``key``, or None if it has none."""
        return next(
            (index for index, row in enumerate(self.rows) if row.entry and row.entry.key == key), None
        )

    def first_found(self) -> int:
        """Return the first row that matches the search, otherwise the first row."""
        found = (index for index, row in enumerate(self.rows) if row.entry and _has(row.entry, self.needle))
        return next(found, 0)

    def section(self, row: int, step: int) -> int | None:
        """Return the first row of the ``step``-th section after ``row``, or before it; None at the ends."""
        tops = [index for index, one in enumerate(self.rows) if index == 0 or one.is_heading]
        if step > 0:
            ahead = [top for top in tops if top > row][:step]
            return ahead[-1] if ahead else None
        ahead = [top for top in tops if top < row][step:]
        return ahead[0] if ahead else None


def _has(entry: Entry, needle: str) -> bool:
    return entry.query is not None and needle in fold(entry.label)


def _visible(
    entries: tuple[Entry, ...], opened: frozenset[str] | None, depth: int = 0, above: str = ""
) -> list[Row]:
    """Return the rows of ``entries`` and of the children of ``opened`` ones (None: of all)."""
    rows: list[Row] = []
    for entry in entries:
        if entry.query is None and rows:
            rows.append(Row(None))
        rows.append(Row(entry, depth, above))
        if opened is None or entry.key in opened:
            rows.extend(_visible(entry.children, opened, depth + 1, entry.key))
    return rows


def _narrowed(entries: tuple[Entry, ...], needle: str) -> tuple[Entry, ...]:
    """Return the entries whose names contain ``needle``, and their parents."""
    kept = []
    for entry in entries:
        inside = _narrowed(entry.children, needle)
        if inside or _has(entry, needle):
            kept.append(replace(entry, children=inside, is_late=False))
    return tuple(kept)


def _way_to(entries: tuple[Entry, ...], key: str) -> list[Entry]:
    """Return the entries from the top level down to ``key``; empty if it does not exist."""
    for entry in entries:
        if entry.key == key:
            return [entry]
        if way := _way_to(entry.children, key):
            return [entry, *way]
    return []
