"""The articles of the list: those that a query finds, also while it is typed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual.worker import Worker, get_current_worker

from library import QueryError, SearchStopped
from library.query import Query
from library.query.tree import BEST_FIRST, Is, mentions
from library.search.word_patterns import headline_patterns
from tuireader.calendar.timeline import Spread
from tuireader.commands import Context
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.events import Changed, Signal, What
from tuireader.filter_bar.line import FilterLine
from tuireader.keys import key_map_of
from tuireader.presentation import shown_line
from tuireader.reader.article_list.count import CountLine
from tuireader.reader.article_list.order import BeforeTyping, ListOrder, QueryState
from tuireader.reader.panes import Panes
from tuireader.views import BOOKMARKED, DOUBTFUL, NOTED, STARTED, TRASHED, UNREAD, name_of, words_when_empty
from tuireader.widgets.article_list.folding import Folding
from tuireader.widgets.article_list.painting import Notice
from tuireader.widgets.article_list.view import ArticleList

AT_ONCE = 100
"""Maximum number of unindexed texts that are read before anything is shown: one result is calmer than two."""

FEW_TEXTS = 2000
"""Maximum number of unindexed texts that a search reads while they are being indexed."""

_TRASHED = Is("trashed")


@dataclass(frozen=True, slots=True)
class _Found:
    """The result of a search: ``folding`` holds the articles found among ``total``.

    ``unsearched`` texts were not searched.
    """

    folding: Folding
    total: int
    unsearched: int
    spread: Spread


class Listing:
    """The search for the current query, and its results in the article list."""

    def __init__(
        self,
        desk: Desk,
        articles: ArticleList,
        line: FilterLine,
        state: QueryState,
        count: CountLine,
        panes: Panes,
        *,
        wait_for: Callable[[Worker[None] | None], None],
    ) -> None:
        self._desk = desk
        self._articles = articles
        self._line = line
        self._count = count
        self._panes = panes
        self._wait_for = wait_for
        self.state = state
        self.order = ListOrder()
        self.spread_counted: Signal[Spread] = Signal()
        """The distribution of the listed articles over time, after each search."""
        self.query_shown: Signal[str] = Signal()
        """The new query, when the list shows its results."""
        self.shown: Signal[None] = Signal()
        """The end of each search, when the list shows its results."""
        self.listed_text: str | None = None
        """Query whose results are listed; None before the first search."""
        desk.events.library_changed.subscribe(self._library_changed)
        desk.settings.changed.subscribe(self._settings_changed)

    @property
    def folds(self) -> bool:
        """True if the articles of a story are folded under one row."""
        return self._desk.settings.now.folds

    def _settings_changed(self, names: frozenset[str]) -> None:
        if "folds" in names:
            self.refresh()

    def commands(self) -> Iterable[Bound]:
        yield once("sort", lambda: self._set_order(self.order.next(self.state.listed)))
        yield once("reverse", lambda: self._set_order(self.order.reversed(self.state.listed)))
        yield once("fold-stories", self.toggle_folds)
        yield once("clear-filter", self.clear)
        yield once("view-all", lambda: self.set_query(""))
        yield once("view-unread", lambda: self.set_query(UNREAD))
        yield once("view-bookmarked", lambda: self.set_query(BOOKMARKED))
        yield once("view-noted", lambda: self.set_query(NOTED))
        yield once("go-started", lambda: self._go_to(STARTED))
        yield once("go-doubtful", lambda: self._go_to(DOUBTFUL))
        yield once("go-trash", lambda: self._go_to(TRASHED))

    def _library_changed(self, changed: Changed) -> None:
        if changed.ids is None:
            self._articles.redraw()
        else:
            self._articles.refresh_rows(changed.ids)
        if changed.what & (What.MARKS | What.TAGS | What.ARTICLES):
            self.refresh(keep=changed.keep)

    # The query

    @property
    def query_text(self) -> str:
        """The current query."""
        return self.state.text

    @property
    def is_first(self) -> bool:
        """True if nothing has been listed yet."""
        return self.listed_text is None

    @property
    def query_before_typing(self) -> str:
        """The current query; while another one is being typed, the previous one."""
        return self.state.before_typing

    def typed_query(self) -> str:
        """Return the query of the list; while one is being typed, its valid part."""
        if self.state.before is None:
            return self.state.text
        try:
            return self._desk.library.search.unfinished(self.state.text)
        except QueryError:
            return self.state.before.query

    def set_query(self, query: str, *, keep: str | None = None) -> None:
        """Search for ``query`` and move the cursor to the article ``keep``."""
        self.carry_out(shown_line(query), keep=keep, accept=True)

    def clear(self) -> None:
        """List all articles and deselect everything."""
        self.set_query("")
        self._articles.selection.clear()

    def _go_to(self, query: str) -> None:
        self.set_query(query)
        self._panes.focus(Context.LIST)

    def refresh(self, *, keep: str | None = None) -> None:
        """Run the search again and show its results."""
        try:
            query = self._understood(self.state.text)
        except QueryError as error:  # a saved search in it was removed, or now refers to itself
            self._line.show_problem(error)
            return
        self._search(self.state.text, query, keep)

    def _understood(self, text: str) -> Query:
        """Return the parsed ``text`` in the order of the list. Raises QueryError.

        While it is being typed, it may be unfinished.
        """
        library = self._desk.library
        return self.order.applied(
            library.search.parse(library.search.unfinished(text) if self.state.before is not None else text)
        )

    def carry_out(self, text: str, *, keep: str | None, accept: bool) -> None:
        """Search for ``text``. If it has a mistake, show the mistake and keep the list.

        Args:
            text: The query.
            keep: The article for the cursor.
            accept: True if the query is finished, False while it is being typed.
        """
        try:
            query = self._understood(text)
        except QueryError as error:
            self.show_problem(error)
            return
        self._line.show_problem(None)
        self.state.text = text
        if accept:
            self._line.show_query(text, name_of(text))
        self._desk.events.query_changed.publish(text)
        search = self._search(text, query, keep)
        self._wait_for(search if accept else None)

    def show_problem(self, error: QueryError) -> None:
        """Show the mistake in the query, with the last list that was not empty."""
        self._line.show_problem(error)
        self._bring_list_back()

    def _search(self, text: str, query: Query, keep: str | None) -> Worker[None]:
        opened, library = self._articles.folding.opened, self._desk.library

        def search(give: Callable[[_Found], None]) -> None:
            def show(ids: Sequence[str], unsearched: int = 0) -> None:
                folding, total = self._folded(ids, query, opened), library.articles.count()
                give(_Found(folding, total, unsearched, Spread.of(library.calendar.days_of(ids))))

            worker = get_current_worker()
            at_once = library.search.at_once(query)
            if worker.is_cancelled:
                return
            if not 0 < at_once.unsearched <= AT_ONCE:
                show(at_once.ids, at_once.unsearched)
            if at_once.unsearched and not (self._count.indexing and at_once.unsearched > FEW_TEXTS):
                with contextlib.suppress(SearchStopped):
                    show(library.search.ids(query, lambda: worker.is_cancelled))

        return self._desk.jobs.load_in_steps(
            "search", search, lambda found: self._show(text, query, keep, found)
        )

    def _show(self, text: str, query: Query, keep: str | None, found: _Found) -> None:
        title, *hints = words_when_empty(text, key_map_of(self._desk.app))
        self._articles.painter.notice = Notice(title, tuple(hints))
        opened = self._articles.folding.opened  # stories may have been expanded meanwhile
        self.state.listed = query
        self._articles.painter.hits = headline_patterns(query)
        same_query, self.listed_text = text == self.listed_text, text
        folding = found.folding.with_opened(opened)
        if not same_query:
            self.query_shown.publish(text)
            if keep is None and query.sort == BEST_FIRST and folding.rows:
                keep = folding.rows[0]  # after a search for words, show the best match
        self._articles.set_folding(folding, keep=keep, near=same_query)
        self._count.show_found(found.total, found.unsearched)
        self.spread_counted.publish(found.spread)
        self.shown.publish(None)
        if self.state.before is not None and folding.found:
            self.state.before.last_found = text
        elif self._line.has_problem:
            self._bring_list_back()

    def _bring_list_back(self) -> None:
        """Restore the last list that was not empty, because the query has a mistake."""
        before = self.state.before
        if before is not None and not self._articles.ids and before.last_found not in (None, self.state.text):
            self.state.text = before.last_found
            self.refresh()

    # Order and stories

    def _set_order(self, order: ListOrder) -> None:
        self.order = order
        self.refresh()

    def _folded(self, ids: Sequence[str], query: Query, opened: frozenset[str]) -> Folding:
        """Return the rows for the results of ``query``. Called in a worker. In the trash, fold nothing."""
        wanted = self.folds and not mentions(query.node, _TRASHED)
        return Folding.of(ids, self._desk.library.stories.among(ids) if wanted else (), opened)

    def toggle_folds(self) -> None:
        """Fold the articles of each story under one row, or give each article its own row."""
        self._desk.settings.choose(folds=not self.folds)
        folded = "Stories folded: > opens one."
        self._desk.say(folded if self.folds else "Stories unfolded: one row per article.")


class ListFilter:
    """The filtering of the list while a query is typed. If it is cancelled, the previous list returns."""

    def __init__(
        self,
        desk: Desk,
        articles: ArticleList,
        listing: Listing,
        count: CountLine,
        panes: Panes,
    ) -> None:
        self._desk = desk
        self._articles = articles
        self._listing = listing
        self._count = count
        self._panes = panes

    @property
    def is_typing(self) -> bool:
        """True while a query is being typed."""
        return self._listing.state.before is not None

    def begin(self) -> None:
        """Remember the list and show its pane, so that results are visible while typing."""
        query = self._listing.query_text
        found = query if self._articles.ids else None
        self._listing.state.before = BeforeTyping(query, self._articles.cursor_id, found)
        self._panes.show(Context.LIST)
        self._count.show()

    def show_typed(self, text: str) -> None:
        """List the matches of ``text``, an unfinished query."""
        self._listing.carry_out(text, keep=None, accept=False)

    def accept(self, query: str) -> None:
        """List the matches of ``query`` and focus the list."""
        self._listing.state.before = None
        self._listing.set_query(query)
        self._panes.focus(Context.LIST)

    def finished(self, shown: str, query: str) -> None:
        """List the matches of the final ``query`` if ``shown`` is still the query of the list."""
        if self._listing.query_text == shown != query and not self.is_typing:
            is_shown = self._listing.listed_text == shown
            self._listing.set_query(query, keep=self._articles.cursor_id if is_shown else None)

    def cancel(self) -> None:
        """Restore the list from before typing."""
        before, self._listing.state.before = self._listing.state.before or BeforeTyping(""), None
        self._listing.carry_out(before.query, keep=before.row, accept=True)
        self._panes.focus(Context.LIST)

    def leave(self, finish: Callable[[str], str]) -> None:
        """End typing with the current query, completed by ``finish``."""
        text = self._listing.query_text
        try:
            shown = finish(text)
        except QueryError:  # half a value, such as is:unr
            shown = self._desk.library.search.unfinished(text)
        self._listing.state.before = None
        self._listing.set_query(shown)

    def show_problem(self, error: QueryError) -> None:
        """Show the mistake in the query."""
        self._listing.show_problem(error)
