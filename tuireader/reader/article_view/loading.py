"""Loads articles into the article view in jobs. The article view follows the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.worker import Worker, get_current_worker

from library import Article, LibraryError, Position
from library.text.document import Document, plain_document
from library.text.markdown import parse_beginning, parse_document
from tuireader.commands import Context
from tuireader.commands.binding import Bound, back, once, times
from tuireader.delay import Delay
from tuireader.desk import Desk
from tuireader.events import Changed, Opened, Signal, What
from tuireader.reader.article_view.commands import Typesetting
from tuireader.reader.article_view.find import FindInArticle
from tuireader.reader.article_view.jumps import Jumps
from tuireader.reader.article_view.pictures import PagePictures
from tuireader.reader.article_view.related import RelatedArticles
from tuireader.reader.front import InView
from tuireader.reader.panes import Panes
from tuireader.reader.status_bar import StatusBar
from tuireader.terminal.frames import HeldFrames
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.article_view.page import Page
from tuireader.widgets.article_view.view import ArticleView

POSITION_PAUSE = 2.0
"""Seconds without scrolling after which the position is saved."""


class PositionKeeper:
    """The reading position, which is saved after a pause in scrolling or when the article is left."""

    def __init__(self, desk: Desk, in_view: InView) -> None:
        self._desk = desk
        self._in_view = in_view
        self._timer: Delay | None = None
        self.unsaved: tuple[str, Position] | None = None
        """Article and position that are not on disk yet."""

    def moved(self, message: ArticleView.Moved) -> None:
        """Save the position after a pause, because the article was scrolled."""
        if self._in_view.opened_id is None or self._in_view.opened_id != self._in_view.shown_id:
            return
        self.unsaved = (self._in_view.opened_id, Position(message.offset, round(message.share, 4)))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._desk.jobs.later(POSITION_PAUSE, self.save)

    def save(self) -> None:
        """Save the position now, if it is unsaved."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        unsaved, self.unsaved = self.unsaved, None
        if unsaved is not None and self._desk.library.writable:
            self._desk.changes.start(partial(self._saved, *unsaved))

    async def _saved(self, article_id: str, position: Position) -> None:
        article = self._desk.find_article(article_id)
        if article is not None and article.state.position != position:
            await self._desk.changes.make(self._desk.library.articles.save_position, article_id, position)


PREVIEW_PAUSE = 0.06
"""Seconds that the cursor rests on a row before its article is read from disk."""

REST_PAUSE = 0.1
"""Seconds that the start of a long article is shown before the rest is loaded, which takes much longer."""


class PageLoader:
    """The loading of the article that is previewed or opened."""

    def __init__(
        self,
        desk: Desk,
        articles: ArticleList,
        page: ArticleView,
        panes: Panes,
        in_view: InView,
        frames: HeldFrames,
        jumps: Jumps,
        position: PositionKeeper,
        find: FindInArticle,
        pictures: PagePictures,
        related: RelatedArticles,
        typesetting: Typesetting,
        status: StatusBar,
        wait_for: Callable[[Worker[None] | None], None],
    ) -> None:
        self._desk = desk
        self._articles = articles
        self._page = page
        self._panes = panes
        self._in_view = in_view
        self._frames = frames
        self._jumps = jumps
        self._position = position
        self._find = find
        self._pictures = pictures
        self._related = related
        self._typesetting = typesetting
        self._status = status
        self._wait_for = wait_for
        self._preview_timer: Delay | None = None
        self._rest_timer: Delay | None = None
        self.skipped_id: str | None = None
        """Article at the cursor when another one was opened; the view does not follow the cursor to it."""
        self._wanted: tuple[str, int] | None = None
        """Article that is being opened at a passage, and the offset of the passage."""
        self._loading: Worker[None] | None = None
        self.shown: Signal[Article] = Signal()
        """Published when an article is shown, for the first time or again."""
        self._parsed: tuple[str, Document] | None = None
        """Markdown of the article that is shown, and the document parsed from it."""
        in_view.refreshed.subscribe(lambda _: self.refresh())
        desk.events.library_changed.subscribe(self._library_changed)

    def commands(self) -> Iterable[Bound]:
        yield once("open-article", self.open_at_cursor)
        yield times("next-article", self._step_article)
        yield back("previous-article", self._step_article)

    def _library_changed(self, changed: Changed) -> None:
        if changed.annotation is not None:
            self._page.pointer.point_at(changed.annotation)
        if changed.what & ~(What.OPENED | What.READ | What.SEARCHES):
            self.refresh()

    # Preview and opening

    def follow_cursor(self, message: ArticleList.Highlighted) -> None:
        """Show the article at the cursor of the list after a pause."""
        if message.article_id is not None and message.article_id == self.skipped_id:
            return
        self.skipped_id = None
        if message.article_id == self._in_view.shown_id:
            return
        if self._preview_timer is not None:
            self._preview_timer.stop()
        self._preview_timer = self._desk.jobs.later(PREVIEW_PAUSE, self._preview)

    def _preview(self) -> None:
        """Show the article under the cursor. If the article view has the focus, the article is opened."""
        self._load(self._articles.cursor_id)
        if self._page.has_focus:
            if self._in_view.shown_id is None:
                self._panes.focus(Context.LIST)
            elif self._in_view.opened_id is None:
                self._begin_reading(self._in_view.shown_id)

    def open_at_cursor(self) -> None:
        """Open the article under the cursor of the list."""
        if self._articles.cursor_id is not None:
            self.open(self._articles.cursor_id)

    def open(self, article_id: str, *, at: int | None = None) -> None:
        """Open an article: show it, record that it was opened, and focus the article view."""
        self._wanted = None if at is None else (article_id, at)
        if article_id != self._articles.cursor_id:  # for example, it left the list when it was read
            self.skipped_id = self._articles.cursor_id
            if self._preview_timer is not None:
                self._preview_timer.stop()
        if article_id != self._in_view.shown_id:
            self._frames.hold()
        self._load(article_id, renewed=at is not None and article_id == self._in_view.shown_id)
        self._wait_for(self._loading)
        self._begin_reading(article_id)
        self._panes.focus(Context.PAGE)

    def _begin_reading(self, article_id: str) -> None:
        self._in_view.opened_id = article_id
        self._desk.events.article_opened.publish(Opened(article_id))
        if self._desk.library.writable:
            self._desk.changes.start(partial(self._opened, article_id))

    async def _opened(self, article_id: str) -> None:
        await self._frames.drawn()  # writing would hold up the page
        before = self._desk.find_article(article_id)
        if await self._desk.changes.make(self._desk.library.articles.record_opened, article_id) is None:
            return
        was_unread = before is None or before.state.read is None
        what = What.OPENED | What.READ if was_unread else What.OPENED
        self._desk.events.library_changed.publish(Changed(what, (article_id,)))

    def _step_article(self, step: int) -> None:
        before = self._articles.cursor_row
        self._articles.move_to(before + step)
        if self._articles.cursor_row == before:
            self._desk.say("This is the last article." if step > 0 else "This is the first article.")
        elif self._articles.cursor_id is not None:
            self.open(self._articles.cursor_id)

    # Loading

    def refresh(self) -> None:
        """Show the article again, at the same words."""
        self._load(self._in_view.shown_id, renewed=True)

    def look_at(self, article_id: str) -> None:
        """Show an article without opening it."""
        self._load(article_id)

    def _load(self, article_id: str | None, *, renewed: bool = False) -> None:
        if article_id is None:
            self._desk.jobs.drop("page")
            self._in_view.shown_id = None
            self._page.clear()
            return
        if not renewed and article_id == self._in_view.shown_id:
            return
        self._position.save()
        if not renewed:
            self._jumps.record()
            self._find.forget()
            self._in_view.opened_id = None
        self._in_view.shown_id = article_id

        def load(give: Callable[[Page], None]) -> None:
            worker, article = get_current_worker(), self._desk.find_article(article_id)
            if article is not None:
                give(self._page_of(article, worker, renewed=renewed))

        self._loading = self._desk.jobs.load_in_steps("page", load, partial(self._show, renewed=renewed))

    def _page_of(self, article: Article, worker: Worker[None], *, renewed: bool) -> Page:
        """Return the page of ``article``; parsing stops early if ``worker`` is cancelled."""
        document, complete = self._document_of(article, worker, renewed=renewed)
        return Page(
            marks=self._find.matches_in(document),
            article=article,
            document=document,
            annotations=tuple(self._desk.library.annotations.of(article.id)),
            today=self._desk.library.calendar.today(),
            setting=self._typesetting.of(article.language),
            complete=complete,
            pictures=self._pictures.of(article),
            below=self._related.below(article),
        )

    def _document_of(self, article: Article, worker: Worker[None], *, renewed: bool) -> tuple[Document, bool]:
        """Return the body and True if it is complete; only the beginning of a long body not yet shown."""
        try:
            body = self._desk.library.articles.body(article.id)
        except LibraryError as error:
            return plain_document(str(error)), True
        if self._parsed is not None and self._parsed[0] == body:
            return self._parsed[1], True
        beginning = None if renewed else parse_beginning(body)
        if beginning is not None and self._offset_in(article) * 2 < len(beginning.text):
            return beginning, False
        document = parse_document(body, cancelled=lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self._parsed = body, document
        return document, True

    def _offset_in(self, article: Article) -> int:
        """Return the offset at which ``article`` is opened: the wanted passage, else its reading position."""
        if self._wanted is not None and self._wanted[0] == article.id:
            return self._wanted[1]
        return article.state.position.offset

    def _show(self, loaded: Page, *, renewed: bool) -> None:
        article = loaded.article
        shown, page = self._page.page, self._find.take_matches(loaded, renewed=renewed)
        same = shown is not None and shown.article.text_sha256 == article.text_sha256
        if renewed and same and self._wanted is None:
            self._page.update(page)
        else:
            self._page.show(page, self._offset_in(article))
        self._wanted = None
        self._status.show_status()
        self.shown.publish(article)
        self._frames.release()
        self._related.look(article.id)
        if not loaded.complete:
            if self._rest_timer is not None:
                self._rest_timer.stop()
            self._rest_timer = self._desk.jobs.later(REST_PAUSE, self._load_rest)

    def _load_rest(self) -> None:
        """Load all of a long article whose beginning is shown."""
        page = self._page.page
        if page is not None and not page.complete and page.article.id == self._in_view.shown_id:
            self._load(self._in_view.shown_id, renewed=True)
