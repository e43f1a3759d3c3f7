"""Keeping the index of words up to date, away from the keys."""

from __future__ import annotations

from time import monotonic

from textual import on
from textual.worker import get_current_worker

from tuireader.pace import Pace
from tuireader.screens.finding import Finding
from tuireader.screens.messages import Found, TextsIndexed

INDEXING_PAUSE = 2.0
"""Seconds after the start, or after other programs wrote, until texts are indexed: the list comes first."""


class Indexing(Finding):
    """The worker that indexes texts, and what is told of it."""

    _another_round = False
    _is_due = False

    def index_texts_soon(self) -> None:
        """Index what is not indexed yet, after a pause."""
        if not self._is_due:
            self._is_due = True
            self.set_timer(INDEXING_PAUSE, self.index_texts)

    def index_texts(self) -> None:
        """Index in the background what is not indexed yet, or once more after what is under way."""
        self._is_due = False
        if any(worker.group == "index" and not worker.is_finished for worker in self.workers):
            self._another_round = True
            return
        self._another_round = False
        self.jobs.in_thread(self._index_in_batches, "index", exclusive=False)

    def _index_in_batches(self) -> None:
        worker, pace, done = get_current_worker(), Pace(monotonic), 0
        for progress in self.library.search.index_texts():
            if worker.is_cancelled:
                return
            done, total = progress.done, progress.total
            self.post_message(TextsIndexed(done, total, pace.left(done, total)))
        if done:
            self.post_message(TextsIndexed(done, done, ""))

    @on(TextsIndexed)
    def _show_indexing(self, message: TextsIndexed) -> None:
        ended = not message.left
        self.indexing = "" if ended else f"indexing {message.done * 100 // message.total} %, {message.left}"
        if ended and (self.unsearched or self.folds):
            self.refresh_list()  # with the texts that were not searched, and the stories that they tell
        else:
            self.show_count()
        if ended and self._another_round:
            self.index_texts()

    @on(Found)
    def _make_a_damaged_index_anew(self) -> None:
        """The search that has found it damaged has read the texts."""
        if self.library.search.index_damaged:
            self.index_texts_soon()

    def take_over(self) -> None:
        super().take_over()
        self.index_texts_soon()
