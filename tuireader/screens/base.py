"""What every part of the main screen shares: its panes, the library, and how a change is carried out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, ParamSpec, TypeVar

from textual import getters
from textual.reactive import reactive
from textual.screen import Screen

from library import Article, Library, LibraryError
from tuireader.arrangement import Arrangement
from tuireader.commands import Context
from tuireader.pictures import Picture
from tuireader.presentation import shown
from tuireader.widgets.article_list import ArticleList
from tuireader.widgets.article_view import ArticleView
from tuireader.widgets.filter_line import FilterLine
from tuireader.widgets.key_footer import KeyFooter
from tuireader.widgets.note_editor import NoteEditor
from tuireader.widgets.places import Places
from tuireader.widgets.tag_prompt import TagPrompt
from tuireader.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")

Severity = Literal["information", "warning", "error"]


class ReaderPanes(Screen[None]):
    """The panes and the state of the main screen."""

    filter_line = getters.query_one(FilterLine)
    places = getters.query_one(Places)
    articles = getters.query_one(ArticleList)
    page = getters.query_one(ArticleView)
    editor = getters.query_one(NoteEditor)
    tag_prompt = getters.query_one(TagPrompt)
    footer = getters.query_one(KeyFooter)

    pane: reactive[Context] = reactive(Context.LIST)
    """The pane that has, or last had, the focus."""

    def __init__(self, library: Library, writer: Writer) -> None:
        super().__init__()
        self.library = library
        self.writer = writer
        self.query_text = ""
        self.arrangement = Arrangement()
        self.shown_id: str | None = None
        """The article on the page."""
        self.opened_id: str | None = None
        """The article that is being read; None while the page only follows the list's cursor."""
        self._told_notices: set[str] = set()

    def say(self, message: str, severity: Severity = "information") -> None:
        """Tell the person something, briefly."""
        self.notify(shown(message), severity=severity, markup=False, timeout=8 if severity == "error" else 3)

    def tell_notices(self) -> None:
        """Tell what became known of the library's files, each thing once."""
        for notice in self.library.notices:
            if notice not in self._told_notices:
                self._told_notices.add(notice)
                self.say(notice, "warning")

    async def change(self, change: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Carry out a change of the library; a failure is told, and None comes back."""
        try:
            return await self.writer(change, *args, **kwargs)
        except LibraryError as error:
            self.say(str(error), "error")
            return None

    def start(self, work: Awaitable[None], group: str = "changes") -> None:
        """Run ``work`` beside the event loop's other handlers."""
        self.run_worker(work, group=group)

    def find_article(self, article_id: str) -> Article | None:
        """The article, or None where it is no longer in the library."""
        try:
            return self.library.article(article_id)
        except LibraryError:
            return None

    def target_ids(self) -> list[str]:
        """The articles that a command is about: the selected ones, else the one in front of the person."""
        if self.pane is Context.LIST and self.articles.selected:
            return [key for key in self.articles.ids if key in self.articles.selected]
        return [self.front_id] if self.front_id else []

    @property
    def front_id(self) -> str | None:
        """The article in front of the person: the one on the page that is read, else that of the cursor."""
        return self.shown_id if self.pane is Context.PAGE else self.articles.cursor_id

    def focus_pane(self, pane: Context) -> None:
        """Give the focus to a pane."""
        widget = {Context.LIST: self.articles, Context.PAGE: self.page, Context.PLACES: self.places}[pane]
        if pane is not Context.PAGE:
            self.remove_class("-zen")
        self.pane = pane
        self.set_focus(widget)  # at once, so that keys typed ahead go where they were meant

    # What the parts of the screen ask of each other

    def refresh_list(self, *, keep: str | None = None) -> None:
        """Carry out the query again and show what it finds."""
        raise NotImplementedError

    def refresh_places(self) -> None:
        """Count again what the places pane shows."""
        raise NotImplementedError

    def refresh_page(self) -> None:
        """Show the article on the page afresh, at the same words."""
        raise NotImplementedError

    def pictures_of(self, article: Article) -> Mapping[str, Picture]:
        """The pictures of an article that are to be shown, by their path."""
        raise NotImplementedError

    def look_at(self, article_id: str) -> None:
        """Bring an article to the page without opening it."""
        raise NotImplementedError

    def set_query(self, query: str) -> None:
        """Make ``query`` the active one."""
        raise NotImplementedError
