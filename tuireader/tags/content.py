"""The content of the tags view: counted tags in families, and their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.worker import Worker

from library import QueryError, TagFamily, UnusedTag
from library.text.amounts import counted
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.jobs.jobs import Jobs
from tuireader.keys import key_map_of
from tuireader.presentation import shown_line
from tuireader.tags.head_line import HeadLine
from tuireader.tags.marks import TagMarks
from tuireader.tags.tag_list import TagList
from tuireader.tags.tree import TagOrder, TagRow, family_keys, tag_rows

FEW_TAGS = 60
"""Number of tags up to which all families are expanded at first."""

Counts = tuple[tuple[TagFamily, ...], tuple[UnusedTag, ...]]
"""The tags of the articles that the filter finds, in families, and the unused tags."""


class TagContent:
    """Counts the tags, and shows them as rows."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        head: HeadLine,
        rows: TagList,
        marks: TagMarks,
        filter_query: str,
        wait_for: Callable[[Worker[None]], object],
    ) -> None:
        self._desk = desk
        self._jobs = jobs
        self._head = head
        self._rows = rows
        self._marks = marks
        self._filter_query = filter_query
        """The query that was listed when the view was opened; tags are counted under it."""
        self._wait_for = wait_for
        self._order = TagOrder.MOST_USED
        self._families: tuple[TagFamily, ...] = ()
        self._unused: tuple[UnusedTag, ...] = ()
        self._opened: frozenset[str] | None = None
        self.wanted = ""
        """Key of the tag to put the cursor on after the next change of the library."""
        marks.changed.subscribe(lambda _: self.show_head())

    def commands(self) -> Iterable[Bound]:
        yield once("open-family", self._open_family)
        yield once("close-family", self._close_family)
        yield once("sort", self._sort)
        yield once("go-tags", lambda: None)  # already here

    def library_changed(self, changed: Changed) -> None:
        """Count the tags again."""
        keep, self.wanted = self.wanted, ""
        self.refresh(keep=keep)

    def refresh(self, *, keep: str = "") -> None:
        """Count the tags. The cursor stays on its tag, or moves to the tag with the key ``keep``."""
        self._wait_for(self._jobs.load("tags", self._count, partial(self._show_counts, keep)))

    def _count(self) -> Counts:
        tags = self._desk.library.tags
        try:
            families = tags.families(self._filter_query)
        except QueryError:  # it uses a saved search that was removed
            families = ()
        return families, tuple(tags.unused())

    def _show_counts(self, keep: str, counts: Counts) -> None:
        self._families, self._unused = counts
        if self._opened is None:
            few = sum(1 for _ in tag_rows(self._families, (), self._all_keys(), self._order))
            self._opened = self._all_keys() if few <= FEW_TAGS else frozenset()
        self._show_rows(keep=keep)
        self.show_head()

    def _all_keys(self) -> frozenset[str]:
        return frozenset(family_keys(self._families))

    def _show_rows(self, *, keep: str = "") -> None:
        """Show the current rows, with the cursor on the tag ``keep`` or on its previous tag."""
        at_cursor = self._rows.tag_row
        rows = tag_rows(self._families, self._unused, self._opened or frozenset(), self._order)
        key = key_map_of(self._rows.app).key("add-tag")
        notice = ("No tags.", f"In the list: {key} tags an article.")
        if self._filter_query:
            notice = ("The listed articles have no tags.", shown_line(self._filter_query))
        keep = keep or (at_cursor.key if at_cursor else "")
        self._rows.set_rows(rows, self._marks.given, keep=keep, notice=notice)

    def show_head(self) -> None:
        """Show the query that the counts are of, or the one that the marked tags will list."""
        if self._marks.given:
            self._marks.show()
            return
        self._head.title = f"Tags of {shown_line(self._filter_query) or 'all articles'}"
        everything = tag_rows(self._families, (), self._all_keys(), self._order)
        number = sum(isinstance(row, TagRow) and row.own > 0 for row in everything)
        self._head.amount = f"{counted(number, 'tag')} · {self._order}"

    def keep_open(self, before: str, after: str) -> None:
        """Open below the tag ``after`` what is open below ``before``; both stay open, for an undo."""
        opened = self._opened or frozenset()
        below = {key for key in opened if f"{key}/".startswith(f"{before}/")}
        self._opened = opened | {after + key.removeprefix(before) for key in below}

    def _open_family(self) -> None:
        row = self._rows.tag_row
        if row is None or row.opened is None:
            return
        if row.opened:
            self._rows.moves.down()
        else:
            self._opened = (self._opened or frozenset()) | {row.key}
            self._show_rows()

    def _close_family(self) -> None:
        row = self._rows.tag_row
        if row is None:
            return
        if row.opened:
            self._opened = (self._opened or frozenset()) - {row.key}
            self._show_rows()
        elif row.depth:
            self._rows.go_to(row.key.rpartition("/")[0])

    def _sort(self) -> None:
        orders = list(TagOrder)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._show_rows()
        self.show_head()
