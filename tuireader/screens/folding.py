"""Stories in the list: folded under one line, opened, closed, or not folded at all."""

from __future__ import annotations

from collections.abc import Sequence

from library.query import Query
from library.query.tree import Is, mentions
from tuireader.folding import Folding
from tuireader.screens.base import ReaderPanes
from tuireader.screens.messages import FoldingChosen

_TRASHED = Is("trashed")


class Folds(ReaderPanes):
    """The commands that fold and unfold."""

    folds = True
    """Whether the articles of a story are folded under one line."""

    def folded(self, ids: Sequence[str], query: Query, opened: frozenset[str]) -> Folding:
        """The rows of what ``query`` finds; to be called in a worker. Nothing is hidden in the trash."""
        wanted = self.folds and not mentions(query.node, _TRASHED)
        return Folding.of(ids, self.library.stories.among(ids) if wanted else (), opened)

    def do_open_story(self, count: int | None) -> None:
        if not self.articles.open_story():
            self.say("No other article of the list tells this story.")

    def do_close_story(self, count: int | None) -> None:
        if not self.articles.close_story():
            self.say("No story is open here.")

    def do_fold_stories(self, count: int | None) -> None:
        self.folds = not self.folds
        self.post_message(FoldingChosen(self.folds))
        self.say("Stories are folded: + opens one." if self.folds else "Every article has a row of its own.")
        self.refresh_list()
