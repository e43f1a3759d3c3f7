"""Background work: indexes texts and shows changes by other programs."""

from __future__ import annotations

from time import monotonic

from textual.worker import get_current_worker

from library import LibraryError
from library.text.amounts import counted
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.jobs.changes import IMPORT
from tuireader.jobs.progress import Pace
from tuireader.reader.article_list.count import CountLine
from tuireader.reader.article_list.listing import Listing
from tuireader.settings import Configuration

INDEXING_PAUSE = 2.0
"""Seconds from the start, or a change by another program, until texts are indexed: the list comes first."""


class TextIndexing:
    """The indexing of texts in the background, and its progress."""

    def __init__(self, desk: Desk, listing: Listing, count: CountLine) -> None:
        self._desk = desk
        self._listing = listing
        self._count = count
        self._another_round = False
        self._is_due = False
        listing.shown.subscribe(lambda _: self._rebuild_damaged())

    def start_soon(self) -> None:
        """Index new texts after a pause."""
        if not self._is_due:
            self._is_due = True
            self._desk.jobs.later(INDEXING_PAUSE, self.start)

    def start(self) -> None:
        """Index new texts in the background. If that is already running, repeat it afterwards."""
        self._is_due = False
        if any(worker.group == "index" and not worker.is_finished for worker in self._desk.app.workers):
            self._another_round = True
            return
        self._another_round = False
        self._desk.jobs.in_thread(self._index_in_batches, "index", exclusive=False)

    def _index_in_batches(self) -> None:
        worker, pace, done = get_current_worker(), Pace(monotonic), 0
        for progress in self._desk.library.search.index_texts():
            if worker.is_cancelled:
                return
            done, total = progress.done, progress.total
            self._desk.jobs.show(self.show, done, total, pace.left(done, total))
        if done:
            self._desk.jobs.show(self.show, done, done, "")

    def show(self, done: int, total: int, left: str) -> None:
        """Show that ``done`` of ``total`` texts are indexed; ``left`` is the time left, empty at the end."""
        self._count.indexing = f"indexing {done * 100 // total} %, {left}" if left else ""
        if not left and (self._count.unsearched or self._listing.folds):
            self._listing.refresh()  # with the texts that were not searched before, and their stories
        else:
            self._count.show()
        if not left and self._another_round:
            self.start()

    def _rebuild_damaged(self) -> None:
        """Rebuild an index that a search found damaged; the search itself has read the texts instead."""
        if self._desk.library.search.index_damaged:
            self.start_soon()


class OtherPrograms:
    """The changes by other programs, and the notices about the library's files."""

    def __init__(self, desk: Desk, indexing: TextIndexing) -> None:
        self._desk = desk
        self._indexing = indexing
        self._problem = ""
        self._shown_notices: set[str] = set()

    def show_notices(self) -> None:
        """Show the notices about the library's files, each one once."""
        for notice in self._desk.library.maintenance.notices:
            if notice not in self._shown_notices:
                self._shown_notices.add(notice)
                self._desk.say(notice, "warning")

    def follow_settings(self) -> None:
        """Apply what was changed in the settings file."""
        settings = self._desk.settings
        if settings.is_stale():
            self._desk.jobs.load("settings", settings.read, self._take_settings)

    def _take_settings(self, configuration: Configuration) -> None:
        if names := self._desk.settings.take(configuration):
            self._desk.say(f"Settings changed: {', '.join(sorted(names))}.")

    def look(self) -> None:
        """Look for changes of the library and of the settings file."""
        self._desk.changes.start(self.follow, "follow")
        self.follow_settings()

    async def follow(self) -> None:
        """Load and show changes by other programs."""
        try:
            changed, new = await self._desk.changes.writer(self._refresh)
        except LibraryError as error:
            if str(error) != self._problem:
                self._problem = str(error)
                self._desk.say(str(error), "error")
            return
        self._problem = ""
        self.show_notices()
        if changed:
            self._desk.events.library_changed.publish(Changed())
            self._indexing.start_soon()
        if new > 0 and not self._desk.jobs.is_running(IMPORT):  # whose articles may be among them
            self._desk.say(f"{counted(new, 'article')} added")

    def _refresh(self) -> tuple[bool, int]:
        """Read what other programs wrote. Return True if that is anything, and the number of new articles."""
        library = self._desk.library
        before = library.articles.stored
        changed = library.refresh()
        return changed, library.articles.stored - before
