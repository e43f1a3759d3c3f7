"""What has changed in an article: its previous texts."""

from __future__ import annotations

from collections.abc import Iterable

from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.revisions.screen import RevisionsScreen
from tuireader.widgets.article_view.view import ArticleView


class RevisionCommands:
    """Shows the previous texts of the article in front."""

    def __init__(self, desk: Desk, page: ArticleView) -> None:
        self._desk = desk
        self._page = page

    def commands(self) -> Iterable[Bound]:
        yield once("show-changes", self.show)

    def show(self) -> None:
        """Compare the texts of the article."""
        page = self._page.page
        if page is None or not page.article.revisions:
            self._desk.say("No revisions: this article was never imported with a different text.")
            return
        self._desk.app.push_screen(RevisionsScreen(self._desk.library, page, self._page.measure))
