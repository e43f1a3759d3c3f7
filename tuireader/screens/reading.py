"""Reading: the page follows the list and keeps its place."""

from __future__ import annotations

from textual import on
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from library import Article, LibraryError, Position
from library.text.document import Document, plain_document
from library.text.hyphenation import hyphenator
from library.text.layout import Setting
from library.text.markdown import parse_beginning, parse_document
from tuireader.commands import Context
from tuireader.events import Changed, What
from tuireader.presentation import time_left
from tuireader.screens.holding import Holding
from tuireader.screens.messages import PageLoaded, TypesettingChosen
from tuireader.screens.seeking import Seeking
from tuireader.widgets.article_list import ArticleList
from tuireader.widgets.article_view import ArticleView
from tuireader.widgets.page import Page

PREVIEW_PAUSE = 0.06
"""Seconds that the cursor rests on a row before its article is read from the disk."""

REST_PAUSE = 0.1
"""Seconds that the beginning of a long article stands before the rest is read, which takes much longer."""

PLACE_PAUSE = 2.0
"""Seconds without scrolling after which the place is kept."""


class Reading(Holding, Seeking):
    """The handlers of the page."""

    _preview_timer: Timer | None = None
    _place_timer: Timer | None = None
    _rest_timer: Timer | None = None
    _place: tuple[str, Position] | None = None
    _passed_over: str | None = None
    """The article at the cursor of the list while another one was opened: the page does not follow to it."""
    _wanted: tuple[str, int] | None = None
    """The article that is being opened at a passage, and the offset of that."""
    _loading: Worker[None] | None = None
    _parsed: tuple[str, Document] | None = None
    """The Markdown of the article on the page, and the document that it describes."""

    justified = False
    hyphenated = False

    # The page follows the list

    @on(ArticleList.Highlighted)
    def _follow_cursor(self, message: ArticleList.Highlighted) -> None:
        if message.article_id is not None and message.article_id == self._passed_over:
            return
        self._passed_over = None
        if message.article_id == self.shown_id:
            return
        if self._preview_timer is not None:
            self._preview_timer.stop()
        self._preview_timer = self.set_timer(PREVIEW_PAUSE, self._preview)

    def _preview(self) -> None:
        """Show the article under the cursor; where the page has the focus it is read, not looked at."""
        self._load(self.articles.cursor_id)
        if self.focused is self.page:
            if self.shown_id is None:
                self.focus_pane(Context.LIST)
            elif self.opened_id is None:
                self._begin_reading(self.shown_id)

    @on(ArticleList.Opened)
    def _open(self, message: ArticleList.Opened) -> None:
        self.open_article(message.article_id)

    def do_open_article(self, count: int | None) -> None:
        if self.articles.cursor_id is not None:
            self.open_article(self.articles.cursor_id)

    def open_article(self, article_id: str, *, at: int | None = None) -> None:
        """Read an article: it comes to the page, has been opened, and the page has the focus."""
        self._wanted = None if at is None else (article_id, at)
        if article_id != self.articles.cursor_id:  # such as one that has left the list since it was read
            self._passed_over = self.articles.cursor_id
            if self._preview_timer is not None:
                self._preview_timer.stop()
        if article_id != self.shown_id:
            self.hold_frames()
        self._load(article_id, renewed=at is not None and article_id == self.shown_id)
        self.awaited = self._loading
        self._begin_reading(article_id)
        self.focus_pane(Context.PAGE)

    def _begin_reading(self, article_id: str) -> None:
        self.opened_id = article_id
        if self.library.writable:
            self.changes.start(self._opened(article_id))

    async def _opened(self, article_id: str) -> None:
        before = self.desk.find_article(article_id)
        if await self.changes.make(self.library.articles.record_opened, article_id) is None:
            return
        was_unread = before is None or before.state.read is None
        what = What.OPENED | What.READ if was_unread else What.OPENED
        self.desk.events.library_changed.publish(Changed(what, (article_id,)))

    def do_next_article(self, count: int | None) -> None:
        self._step_article(count or 1)

    def do_previous_article(self, count: int | None) -> None:
        self._step_article(-(count or 1))

    def _step_article(self, step: int) -> None:
        before = self.articles.cursor_row
        self.articles.move_to(before + step)
        if self.articles.cursor_row == before:
            self.say("This is the last article." if step > 0 else "This is the first article.")
        elif self.articles.cursor_id is not None:
            self.open_article(self.articles.cursor_id)

    # Loading

    def refresh_page(self) -> None:
        self._load(self.shown_id, renewed=True)

    def look_at(self, article_id: str) -> None:
        self._load(article_id)

    def _load(self, article_id: str | None, *, renewed: bool = False) -> None:
        if article_id is None:
            self.shown_id = None
            self.page.clear()
            return
        if not renewed and article_id == self.shown_id:
            return
        self.keep_place()
        if not renewed:
            self.record_jump()
            self.forget_find()
            self.opened_id = None
        self.shown_id = article_id

        def load() -> None:
            worker, article = get_current_worker(), self.desk.find_article(article_id)
            page = self._page_of(article, worker, renewed=renewed) if article else None
            if page is not None and not worker.is_cancelled:
                self.post_message(PageLoaded(page, renewed))

        self._loading = self.jobs.in_thread(load, "page")

    def _page_of(self, article: Article, worker: Worker[None], *, renewed: bool) -> Page:
        """The page of ``article``, of which less is read where ``worker`` is cancelled meanwhile."""
        document, complete = self._document_of(article, worker, renewed=renewed)
        return Page(
            marks=self.matches_in(document),
            article=article,
            document=document,
            annotations=tuple(self.library.annotations.of(article.id)),
            today=self.library.calendar.today(),
            setting=self._setting_for(article.language),
            complete=complete,
            pictures=self.pictures_of(article),
            below=self.below_page(article),
        )

    def _document_of(self, article: Article, worker: Worker[None], *, renewed: bool) -> tuple[Document, bool]:
        """The body, and whether it is complete: of a long one that is not shown yet, the beginning."""
        try:
            body = self.library.articles.body(article.id)
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
        """Where ``article`` is opened: at the passage that is wanted, else where it was left."""
        if self._wanted is not None and self._wanted[0] == article.id:
            return self._wanted[1]
        return article.state.position.offset

    def _setting_for(self, language: str) -> Setting:
        return Setting(
            justified=self.justified,
            hyphenator=hyphenator(language) if self.hyphenated else None,
            wide_tables=True,
        )

    @on(PageLoaded)
    def _show_page(self, message: PageLoaded) -> None:
        article = message.page.article
        if article.id != self.shown_id:
            return
        shown, page = self.page.page, self.take_matches(message.page, renewed=message.renewed)
        same = shown is not None and shown.article.text_sha256 == article.text_sha256
        if message.renewed and same and self._wanted is None:
            self.page.update(page)
        else:
            self.page.show(page, self._offset_in(article))
        self._wanted = None
        self.show_share()
        self.release_frames()
        self.look_for_relatives(article.id)
        if not message.page.complete:
            if self._rest_timer is not None:
                self._rest_timer.stop()
            self._rest_timer = self.set_timer(REST_PAUSE, self._load_rest)

    def _load_rest(self) -> None:
        """Show all of a long article, of which the page has the beginning."""
        page = self.page.page
        if page is not None and not page.complete and page.article.id == self.shown_id:
            self._load(self.shown_id, renewed=True)

    # How the page is set

    def do_justify(self, count: int | None) -> None:
        self.justified = not self.justified
        self._set_page_anew()

    def do_hyphenate(self, count: int | None) -> None:
        self.hyphenated = not self.hyphenated
        self._set_page_anew()

    def _set_page_anew(self) -> None:
        self.post_message(TypesettingChosen(self.justified, self.hyphenated))
        self.refresh_page()

    # The place

    @on(ArticleView.Moved)
    def _moved(self, message: ArticleView.Moved) -> None:
        self.show_share()
        if self.opened_id is None or self.opened_id != self.shown_id:
            return
        self._place = (self.opened_id, Position(message.offset, round(message.share, 4)))
        if self._place_timer is not None:
            self._place_timer.stop()
        self._place_timer = self.set_timer(PLACE_PAUSE, self.keep_place)

    def show_share(self) -> None:
        """Tell how far the page has been read and what is found in it, where there is a page to see."""
        hidden = self.has_class("-narrow") and self.pane is not Context.PAGE
        visible = self.shown_id is not None and not hidden and self.page.container_size.height > 0
        if self.key_taker is not None:
            self.footer.status = self.key_taker.prompt
        else:
            self.footer.status = (self.chosen_words() or self._share_in_words()) if visible else ""

    def _share_in_words(self) -> str:
        page, share = self.page.page, self.page.share
        left = time_left(page.article, share) if page else ""
        count = "" if self.find_line.is_open else self.match_count
        has_text = page is not None and bool(page.document.text.strip())
        parts = (count, f"{share * 100:.0f} %", left) if has_text else (count,)
        return " · ".join(part for part in parts if part)

    def keep_place(self) -> None:
        """Put the place in the article that is being read on the disk."""
        if self._place_timer is not None:
            self._place_timer.stop()
            self._place_timer = None
        place, self._place = self._place, None
        if place is not None and self.library.writable:
            self.changes.start(self._place_kept(*place))

    async def _place_kept(self, article_id: str, position: Position) -> None:
        article = self.desk.find_article(article_id)
        if article is not None and article.state.position != position:
            await self.changes.make(self.library.articles.save_position, article_id, position)

    def place_to_keep(self) -> tuple[str, Position] | None:
        """The place that is not on the disk yet."""
        return self._place
