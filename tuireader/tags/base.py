"""What the parts of the tags view share: its widgets, what is shown, and how it is counted afresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual import getters, on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from library import QueryError, RelatedTag, TagFamily, UnusedTag
from library.text.counting import counted
from tuireader.commands import Command
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.presentation import shown_line
from tuireader.screens.over_panes import OverPanes
from tuireader.tags.detail import detail_of, goes_with
from tuireader.tags.prompt import TagPrompt
from tuireader.tags.question import TagQuestion
from tuireader.tags.tag_list import TagList
from tuireader.tags.tree import TagMark, TagOrder, TagRow, family_keys, query_for, tag_rows
from tuireader.undo import UndoCommands
from tuireader.widgets.detail_pane import DetailPane
from tuireader.widgets.head_line import HeadLine

RELATED_PAUSE = 0.12
"""Seconds that the cursor rests on a tag before it is looked for what goes with it."""

FEW_TAGS = 60
"""With so many tags at most all families are open at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsLeft:
    """How the tags view was left: the query to list (None: as it was), or the command to carry out."""

    query: str | None = None
    command: Command | None = None
    count: int | None = None


@dataclass
class TagsCounted(Message):
    """The tags of what the filter finds, and those never used; the cursor is to be on the tag ``keep``."""

    families: tuple[TagFamily, ...]
    unused: tuple[UnusedTag, ...]
    keep: str


@dataclass
class MarkedCounted(Message):
    """``query`` finds so many articles."""

    query: str
    articles: int


@dataclass
class RelatedFound(Message):
    """What goes together with the tag ``key``."""

    key: str
    related: tuple[RelatedTag, ...]


class TagPanes(OverPanes[TagsLeft]):
    """The widgets and the state of the tags view."""

    head = getters.query_one(HeadLine)
    rows = getters.query_one(TagList)
    detail = getters.query_one(DetailPane)
    related = getters.query_one("#tags-related", Static)

    def __init__(self, desk: Desk, carry_out: Callable[[Command, int | None], None], query: str) -> None:
        super().__init__(desk, carry_out)
        self.tag_prompt = TagPrompt(id="tag-prompt")
        self.tag_question = TagQuestion(self.tag_prompt, self.changes, lambda: self.set_focus(self.rows))
        self.commands.add(self.tag_question, UndoCommands(self.desk))
        self.filter_query = query
        """What was listed when the view was opened; the tags are counted in that."""
        self.marks: dict[str, TagMark] = {}
        """Terms of rows with what is asked of them."""
        self.order = TagOrder.MOST_USED
        self.families: tuple[TagFamily, ...] = ()
        self.opened: frozenset[str] | None = None
        self._unused: tuple[UnusedTag, ...] = ()
        self._related_timer: Timer | None = None

    # What is shown

    def library_changed(self, changed: Changed) -> None:
        self.refresh_tags()

    def refresh_tags(self, *, keep: str = "") -> None:
        """Count the tags afresh; the cursor stays on its tag, or comes to the one with the key ``keep``."""
        query = self.filter_query

        def count() -> None:
            try:
                families = self.library.tags.families(query)
            except QueryError:  # a saved search that it uses is gone
                families = ()
            unused = tuple(self.library.tags.unused())
            if not get_current_worker().is_cancelled:
                self.post_message(TagsCounted(families, unused, keep))

        self.awaited = self.jobs.in_thread(count, "tags")

    @on(TagsCounted)
    def _show_counted(self, message: TagsCounted) -> None:
        self.families, self._unused = message.families, message.unused
        if self.opened is None:
            few = sum(
                1
                for _ in tag_rows(message.families, (), frozenset(family_keys(message.families)), self.order)
            )
            self.opened = frozenset(family_keys(message.families)) if few <= FEW_TAGS else frozenset()
        self.show_rows(keep=message.keep)
        self.show_head()

    def show_rows(self, *, keep: str = "") -> None:
        """Show the rows as they are now, with the cursor on the tag ``keep``, or where it was."""
        at_cursor = self.rows.tag_row
        rows = tag_rows(self.families, self._unused, self.opened or frozenset(), self.order)
        notice = ("No tags here.", "In the list t tags an article.")
        if self.filter_query:
            notice = ("Nothing that is listed has a tag.", shown_line(self.filter_query))
        keep = keep or (at_cursor.key if at_cursor else "")
        self.rows.set_rows(rows, self.marks, keep=keep, notice=notice)

    def show_head(self) -> None:
        """Say what the counts are of, or what the marked tags are going to list."""
        if self.marks:
            query = query_for(self.marks, self.filter_query)
            self.head.title = shown_line(query)
            self._count_marked(query)
            return
        self.head.title = f"Tags of {shown_line(self.filter_query) or 'all articles'}"
        everything = tag_rows(self.families, (), frozenset(family_keys(self.families)), self.order)
        number = sum(isinstance(row, TagRow) and row.own > 0 for row in everything)
        self.head.amount = f"{counted(number, 'tag')} · {self.order}"

    def _count_marked(self, query: str) -> None:
        self.head.amount = "…"

        def count() -> None:
            try:
                found = len(self.library.search.at_once(query).ids)
            except QueryError:
                return
            if not get_current_worker().is_cancelled:
                self.post_message(MarkedCounted(query, found))

        self.jobs.in_thread(count, "marked")

    @on(MarkedCounted)
    def _show_marked(self, message: MarkedCounted) -> None:
        if self.marks and message.query == query_for(self.marks, self.filter_query):
            self.head.amount = counted(message.articles, "article")

    # The tag under the cursor

    @on(TagList.Highlighted)
    def _look_for_related(self, message: TagList.Highlighted) -> None:
        row = message.row
        if row is None:
            self.detail.show(None)
            self.related.update("")
            return
        self.detail.show(detail_of(row, ()))
        self.related.update("")
        if self._related_timer is not None:
            self._related_timer.stop()
        if row.count is not None:
            self._related_timer = self.set_timer(RELATED_PAUSE, partial(self._find_related, row))

    def _find_related(self, row: TagRow) -> None:
        def look() -> None:
            related = tuple(self.library.tags.related(row.tag))
            if not get_current_worker().is_cancelled:
                self.post_message(RelatedFound(row.key, related))

        self.jobs.in_thread(look, "related")

    @on(RelatedFound)
    def _show_related(self, message: RelatedFound) -> None:
        row = self.rows.tag_row
        if row is not None and row.key == message.key:
            self.detail.show(detail_of(row, message.related))
            self.related.update(goes_with(row, message.related))

    # Leaving

    def go_back(self, command: Command | None = None, count: int | None = None) -> None:
        self.leave(command=command, count=count)

    def leave(
        self, *, query: str | None = None, command: Command | None = None, count: int | None = None
    ) -> None:
        """Go back to the panes."""
        if self.is_current:
            self.dismiss(TagsLeft(query=query, command=command, count=count))
