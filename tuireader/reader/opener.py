"""Opens an article, whether it is listed or not."""

from __future__ import annotations

from tuireader.desk import Desk
from tuireader.reader.article_list.listing import Listing
from tuireader.reader.article_view.loading import PageLoader
from tuireader.reader.front import InView
from tuireader.views import TRASHED
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.view import ArticleView


class ArticleOpener:
    """The opening of articles. If the list does not contain the article, another list is shown."""

    def __init__(
        self,
        desk: Desk,
        articles: ArticleList,
        page: ArticleView,
        in_view: InView,
        listing: Listing,
        loader: PageLoader,
    ) -> None:
        self._desk = desk
        self._articles = articles
        self._page = page
        self._in_view = in_view
        self._listing = listing
        self._loader = loader

    def open(self, article_id: str, *, at: int | None = None, trashed: bool = False) -> None:
        """Open an article at the character ``at`` of its text, or at its reading position for None."""
        if not self._articles.go_to(article_id):
            self._listing.set_query(TRASHED if trashed else "", keep=article_id)
        self._loader.open(article_id, at=at)

    def open_in(self, query: str, article_id: str) -> None:
        """List what ``query`` finds, and open an article of it."""
        self._listing.set_query(query, keep=article_id)
        self._loader.open(article_id)

    def open_at(self, article_id: str, offset: int) -> None:
        """Open an article with the words at ``offset`` on top, even if it is not listed."""
        article, page = self._desk.find_article(article_id), self._page.page
        if article is None:
            self._desk.say("That article is no longer in the library.")
            return
        here = page is not None and article_id == self._in_view.shown_id == page.article.id
        if not self._articles.go_to(article_id):
            self._listing.set_query(TRASHED if article.state.trashed else "", keep=article_id)
        self._loader.open(article_id, at=None if here else offset)
        if here:
            self._page.go_to(offset) if offset else self._page.moves.home()
