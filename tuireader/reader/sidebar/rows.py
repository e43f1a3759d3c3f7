"""The rows of the sidebar: which entries are expanded, and which match a search."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from library.text.case_folding import fold
from tuireader.reader.sidebar.entries import AUTHORS, DATES, SEARCHES, SOURCES, TAGS, Entry

OPEN_AT_FIRST = frozenset({SEARCHES, TAGS, SOURCES, DATES})


class Row(NamedTuple):
    """An entry as it appears in the sidebar; None is the blank line above a section.

    ``above`` is the key of the entry that it is in.
    """

    entry: Entry | None
    depth: int = 0
    above: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of a section."""
        return self.entry is not None and self.entry.query is None


@dataclass(frozen=True)
class TreeRows:
    """A tree of entries and the rows that are shown of it.

    Attributes:
        entries: All entries.
        opened: The keys of those that are open.
        needle: What is searched for, folded; empty: all are shown.
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
        """Only the entries whose names contain ``text``, with their parents; all if ``text`` is empty."""
        return replace(self, needle=fold(text.strip()))

    def with_entries(self, entries: tuple[Entry, ...]) -> TreeRows:
        """Other entries, or the same ones with other counts."""
        return replace(self, entries=entries)

    def with_opened(self, opened: Collection[str]) -> TreeRows:
        """The same with these entries open."""
        return replace(self, opened=frozenset(opened))

    def with_entry(self, key: str, *, opened: bool) -> TreeRows:
        """The same with the entry ``key`` open, or closed."""
        return self.with_opened(self.opened | {key} if opened else self.opened - {key})

    def with_way_to(self, key: str) -> TreeRows | None:
        """The same with what hides the entry ``key`` open; None if there is no such entry."""
        way = _way_to(self.entries, key)
        return self.with_opened(self.opened.union(entry.key for entry in way[:-1])) if way else None

    @property
    def wants_authors(self) -> bool:
        """Whether authors are to be counted, which takes long the first time."""
        return AUTHORS in self.opened or bool(self.needle)

    def is_open(self, entry: Entry) -> bool:
        """Whether what is inside ``entry`` is shown."""
        return entry.key in self.opened or (bool(self.needle) and bool(entry.children))

    def entry_at(self, row: int) -> Entry | None:
        """The entry of a row; None for a blank one, or where there is no such row."""
        return self.rows[row].entry if row < len(self.rows) else None

    def row_of(self, key: str | None) -> int | None:
        """The row of the entry ``key``; None if it has none."""
        return next(
            (index for index, row in enumerate(self.rows) if row.entry and row.entry.key == key), None
        )

    def first_found(self) -> int:
        """The first row whose name has what is searched for; otherwise the first of all."""
        found = (index for index, row in enumerate(self.rows) if row.entry and _has(row.entry, self.needle))
        return next(found, 0)

    def section(self, row: int, step: int) -> int | None:
        """The row where the ``step``-th section after ``row``, or before it, begins; None at the ends."""
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
    """The rows of ``entries`` and of what is open among them; None: everything is."""
    rows: list[Row] = []
    for entry in entries:
        if entry.query is None and rows:
            rows.append(Row(None))
        rows.append(Row(entry, depth, above))
        if opened is None or entry.key in opened:
            rows.extend(_visible(entry.children, opened, depth + 1, entry.key))
    return rows


def _narrowed(entries: tuple[Entry, ...], needle: str) -> tuple[Entry, ...]:
    """The entries whose names have ``needle``, and those around them."""
    kept = []
    for entry in entries:
        inside = _narrowed(entry.children, needle)
        if inside or _has(entry, needle):
            kept.append(replace(entry, children=inside, is_late=False))
    return tuple(kept)


def _way_to(entries: tuple[Entry, ...], key: str) -> list[Entry]:
    """The entries from the top down to ``key``; empty if it is not there."""
    for entry in entries:
        if entry.key == key:
            return [entry]
        if way := _way_to(entry.children, key):
            return [entry, *way]
    return []
