"""Finding: the filter line, the places, the order of the list, the views."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from library import LibraryError, QueryError, SearchStopped
from library.query import Query
from library.query.editing import units_of, with_term
from library.search import headline_patterns
from library.text.counting import counted
from tuireader.arrangement import order_in_words
from tuireader.commands import Context
from tuireader.dates.timeline import Spread
from tuireader.events import Changed
from tuireader.place_counts import counted_places
from tuireader.presentation import shown_line
from tuireader.screens.folding import Folds
from tuireader.screens.messages import Found, PlacesCounted, SpreadCounted
from tuireader.views import BEGUN, BOOKMARKED, NOTED, TRASHED, UNREAD, is_in_trash, name_of, words_when_empty
from tuireader.widgets.article_list import ArticleList, Notice
from tuireader.widgets.filter_line import FilterLine
from tuireader.widgets.places import Places

PLACES_PAUSE = 0.2
"""Seconds after a change until the places are counted again: what the person looks at comes first."""

TYPING_PAUSE = 0.15
"""Seconds without a key after which a query that is being typed is carried out."""

AT_ONCE = 100
"""So many texts that are not indexed yet are read before anything is shown: one result is calmer than two."""

FEW_TEXTS = 2000
"""So many texts that are not indexed yet are read for a search, also while they are being indexed."""


@dataclass(slots=True)
class BeforeTyping:
    """What was listed before a query was typed: the query, the article at the cursor.

    ``last_found`` is the last query that found anything, None where there was none.
    """

    query: str
    row: str | None = None
    last_found: str | None = None


class Finding(Folds):
    """The handlers of everything that decides which articles are listed."""

    _before: BeforeTyping | None = None
    """What to come back to while a query is being typed."""
    _typing_timer: Timer | None = None
    _places_timer: Timer | None = None
    reopened_id: str | None = None
    """The article that was being read when the library was left, until it is opened again."""
    wanted_place = ""
    """The key of the place that the cursor is to come to when the places have been counted."""
    _are_counted = False
    """Whether the places have been counted at all."""
    _follow_problem = ""
    _total = 0
    """The articles of the library when the list was last found."""
    _listed_text: str | None = None
    """The query that the list shows what it found of."""

    def set_query(self, query: str, *, keep: str | None = None) -> None:
        self._carry_out(shown_line(query), keep=keep, accept=True)

    def refresh_list(self, *, keep: str | None = None) -> None:
        try:
            query = self._understood(self.query_text)
        except QueryError as error:  # a saved search that it uses has gone, or has come to use itself
            self.filter_line.show_problem(error)
            return
        self._search(self.query_text, query, keep)

    def _understood(self, text: str) -> Query:
        """``text`` in the order of the list; while it is typed it may go on. Raises QueryError."""
        typing = self._before is not None
        return self.arrangement.applied(
            self.library.search.parse(self.library.search.unfinished(text) if typing else text)
        )

    def _carry_out(self, text: str, *, keep: str | None, accept: bool) -> None:
        """Search for ``text`` in a worker; where it has a mistake the list stays and the mistake is told."""
        try:
            query = self._understood(text)
        except QueryError as error:
            self.filter_line.show_problem(error)
            self._bring_list_back()
            return
        self.filter_line.show_problem(None)
        self.query_text = text
        if accept:
            self.filter_line.show_query(text, name_of(text))
        self.places.active = frozenset(units_of(text)) if text.strip() else frozenset({""})
        search = self._search(text, query, keep)
        self.awaited = search if accept else None

    def _search(self, text: str, query: Query, keep: str | None) -> Worker[None]:
        opened = self.articles.folding.opened

        def show(ids: Sequence[str], unsearched: int = 0) -> None:
            folding, total = self.folded(ids, query, opened), self.library.articles.count()
            self.post_message(Found(text, query, folding, keep, total, unsearched))
            self.post_message(SpreadCounted(text, Spread.of(self.library.calendar.days_of(ids))))

        def search() -> None:
            worker = get_current_worker()
            at_once = self.library.search.at_once(query)
            if worker.is_cancelled:
                return
            if not 0 < at_once.unsearched <= AT_ONCE:
                show(at_once.ids, at_once.unsearched)
            if at_once.unsearched and not (self.indexing and at_once.unsearched > FEW_TEXTS):
                with contextlib.suppress(SearchStopped):
                    show(self.library.search.ids(query, lambda: worker.is_cancelled))

        return self.jobs.in_thread(search, "search")

    @on(Found)
    def _show_found(self, message: Found) -> None:
        if message.text != self.query_text:
            return
        title, *hints = words_when_empty(message.text)
        self.articles.notice = Notice(title, tuple(hints))
        self.unsearched, self._total = message.unsearched, message.total
        opened = self.articles.folding.opened  # stories may have been opened meanwhile
        self.listed = message.query
        self.articles.hits = headline_patterns(message.query)
        same_query, self._listed_text = message.text == self._listed_text, message.text
        folding = message.folding.with_opened(opened)
        if not same_query:
            self.refresh_places()
        self.articles.set_folding(folding, keep=message.keep, near=same_query)
        self.show_count()
        self.show_keys()
        self._reopen()
        if self._before is not None and folding.found:
            self._before.last_found = message.text
        elif self.filter_line.has_problem:
            self._bring_list_back()

    @property
    def is_listing_first(self) -> bool:
        """Whether nothing has been listed yet."""
        return self._listed_text is None

    @property
    def query_before_typing(self) -> str:
        """The query that is carried out; while another is being typed, the one before that."""
        return self.query_text if self._before is None else self._before.query

    def _reopen(self) -> None:
        """Once the list is there, read on where the reader was left."""
        article_id, self.reopened_id = self.reopened_id, None
        if article_id is not None and self.desk.find_article(article_id) is not None:
            self.open_article(article_id)

    def _bring_list_back(self) -> None:
        """While the query has a mistake the list is the last one that was not empty."""
        before = self._before
        if before is not None and not self.articles.ids and before.last_found not in (None, self.query_text):
            self.query_text = before.last_found
            self.refresh_list()

    @on(ArticleList.SelectionChanged)
    def _selection_changed(self) -> None:
        self.show_count()

    def show_count(self) -> None:
        """Show how many articles are listed, as much of the rest as there is room for, in this order."""
        if self.changing:
            self.filter_line.show_count(self._changing_in_words())
            return
        total, listed = self._total, len(self.articles.folding.found)
        name = name_of(self.query_text)
        self.filter_line.show_name(name, counted(listed, "article"))
        count = f"{listed:,} of {total:,}" if self.query_text.strip() else counted(total, "article")
        if is_in_trash(self.query_text):
            count = counted(listed, "article")
        if name and self._before is None:
            count = ""
        chosen = self.articles.selected_in_words()
        missing = f"{counted(self.unsearched, 'text')} not searched yet" if self.unsearched else ""
        room = self.size.width // 2 if self.size.width >= 60 else 0
        for part in (chosen, missing, self.indexing, order_in_words(self.listed)):
            if part and len(count) + len(part) < room:
                count = f"{count} · {part}" if count else part
        self.filter_line.show_count(count)

    def show_change(self, words: str) -> None:
        self.changing = words
        self.show_count()

    def _changing_in_words(self) -> str:
        """How far a change is, and that Esc stops it where there is room and Esc does so."""
        words = f"{self.changing} · Esc stops"
        stops = self.changes.writer.can_stop and not self.typing and len(words) <= self.size.width - 16
        return words if stops else self.changing

    # The filter line

    def do_filter(self, count: int | None) -> None:
        self.remove_class("-zen")
        self.filter_line.edit()
        self._filter_begun()
        self.completion.look()

    @on(FilterLine.Begun)
    def _filter_begun(self) -> None:
        if self._before is None and self.filter_line.editing:
            found = self.query_text if self.articles.ids else None
            self._before = BeforeTyping(self.query_text, self.articles.cursor_id, found)
            self.pane = Context.LIST  # what is found is seen while it is typed
            self.show_count()

    @on(FilterLine.Edited)
    def _query_typed(self, message: FilterLine.Edited) -> None:
        self._stop_typing_timer()
        self._typing_timer = self.set_timer(TYPING_PAUSE, partial(self._search_typed, message.query))
        self.completion.edited(message)

    def _search_typed(self, text: str) -> None:
        if self._before is not None:  # else the line has been left meanwhile
            self._carry_out(text, keep=None, accept=False)

    def do_finish_filter(self, count: int | None) -> None:
        self.finish_filter()

    def finish_filter(self) -> None:
        """Keep the query and leave the line."""
        self._stop_typing_timer()
        if self.filter_line.offers.chosen is not None:
            self.filter_line.take_offer()
            return
        try:
            shown = self.completion.settle(self.filter_line.query_text, self._query_settled)
        except QueryError as error:
            self.filter_line.show_problem(error)
            self._bring_list_back()
            return
        self._before = None
        self.set_query(shown)
        self.focus_pane(Context.LIST)

    def _query_settled(self, shown: str, query: str) -> None:
        if self.query_text == shown != query and self._before is None:
            self.set_query(query, keep=self.articles.cursor_id)

    def do_dismiss_filter(self, count: int | None) -> None:
        self._stop_typing_timer()
        before, self._before = self._before or BeforeTyping(""), None
        self._carry_out(before.query, keep=before.row, accept=True)
        self.focus_pane(Context.LIST)

    def leave_filter(self) -> None:
        """The line was left without a key of its own: it shows the query that is carried out."""
        if self._before is None:
            return
        self._stop_typing_timer()
        try:
            shown = self.completion.settle(self.query_text, self._query_settled)
        except QueryError:  # half a value, such as is:unr
            shown = self.library.search.unfinished(self.query_text)
        self._before = None
        self.set_query(shown)

    def _stop_typing_timer(self) -> None:
        if self._typing_timer is not None:
            self._typing_timer.stop()
            self._typing_timer = None

    def do_clear_filter(self, count: int | None) -> None:
        self.set_query("")
        self.articles.clear_selection()

    # Places and views

    @on(Places.Picked)
    def _place_picked(self, message: Places.Picked) -> None:
        self.set_query(with_term(self.query_text, message.query) if message.query else "")
        self.focus_pane(Context.LIST)

    def do_view_all(self, count: int | None) -> None:
        self.set_query("")

    def do_view_unread(self, count: int | None) -> None:
        self.set_query(UNREAD)

    def do_view_bookmarked(self, count: int | None) -> None:
        self.set_query(BOOKMARKED)

    def do_view_noted(self, count: int | None) -> None:
        self.set_query(NOTED)

    def do_go_list(self, count: int | None) -> None:
        self.focus_pane(Context.LIST)

    def do_go_begun(self, count: int | None) -> None:
        self.set_query(BEGUN)
        self.focus_pane(Context.LIST)

    def do_go_places(self, count: int | None) -> None:
        self.focus_pane(Context.PLACES)

    def do_go_trash(self, count: int | None) -> None:
        self.set_query(TRASHED)
        self.focus_pane(Context.LIST)

    # Order

    def do_sort(self, count: int | None) -> None:
        self.arrangement = self.arrangement.next(self.listed)
        self.refresh_list()

    def do_reverse(self, count: int | None) -> None:
        self.arrangement = self.arrangement.reversed(self.listed)
        self.refresh_list()

    # Counts and what other programs write

    def refresh_places(self) -> None:
        if self._places_timer is not None:
            self._places_timer.stop()
        self._places_timer = self.set_timer(PLACES_PAUSE, self.count_places)

    def put_off_counting(self) -> None:
        """Count the places again when the keyboard rests: counting would hold up the answers to keys."""
        if self._places_timer is not None and self._are_counted:
            self._places_timer.reset()

    def count_places(self) -> None:
        """Count what the places pane shows now."""
        self._places_timer = None
        text, authors = self._listed_query(), self.places.wants_authors

        def count() -> None:
            with contextlib.suppress(QueryError):  # a saved search may have gone meanwhile
                places = counted_places(self.library, text, authors=authors)
                self.post_message(PlacesCounted(places, self.library.tags.colours()))

        self.jobs.in_thread(count, "places")

    def _listed_query(self) -> str:
        """The query of the list; of one that is being typed what it asks for so far."""
        if self._before is None:
            return self.query_text
        try:
            return self.library.search.unfinished(self.query_text)
        except QueryError:
            return self._before.query

    @on(Places.Wanted)
    def _count_authors(self) -> None:
        self.count_places()

    @on(PlacesCounted)
    def _show_places(self, message: PlacesCounted) -> None:
        self._are_counted = True
        self.places.set_places(message.places)
        if self.wanted_place:
            self.places.go_to(self.wanted_place)
            self.wanted_place = ""
        self.articles.tag_colours = message.colours

    async def follow_other_programs(self) -> None:
        """Take over what another program wrote, such as ``tuireader add``."""
        try:
            changed = await self.changes.writer(self.library.refresh)
        except LibraryError as error:
            if str(error) != self._follow_problem:
                self._follow_problem = str(error)
                self.say(str(error), "error")
            return
        self._follow_problem = ""
        self.tell_notices()
        if changed:
            self.take_over()

    def take_over(self) -> None:
        """Show what another program wrote."""
        self.desk.events.library_changed.publish(Changed())
