"""What has changed in an article: its former texts."""

from __future__ import annotations

from tuireader.screens.base import ReaderPanes
from tuireader.screens.revisions import RevisionsScreen


class Comparing(ReaderPanes):
    """The command that shows the former texts of the article in front of the person."""

    def do_show_changes(self, count: int | None) -> None:
        page = self.page.page
        if page is None or not page.article.revisions:
            self.say("This article has only one text; it was never imported with other words.")
            return
        self.app.push_screen(RevisionsScreen(self.library, page, self.page.measure))
