"""Pictures on the page: which of them, whether any, and how the terminal draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from textual import on
from textual.app import App

from library import Article, Library, LibraryError
from tuireader.graphics import Graphics
from tuireader.line_filters import AsciiGlyphs
from tuireader.pictures import USUAL_CELL, Picture, look_at, why_not_shown
from tuireader.screens.base import ReaderPanes
from tuireader.screens.messages import PicturesChosen
from tuireader.widgets.article_view import ArticleView
from tuireader.widgets.pictured import Terminal
from tuireader.writer import Writer

REMEMBERED = 1000
"""Pictures whose size is remembered; a picture never changes under its path."""


class Picturing(ReaderPanes):
    """The handlers of pictures."""

    pictures_wanted = True

    def __init__(self, app: App[Any], library: Library, writer: Writer) -> None:
        super().__init__(app, library, writer)
        self._pictures: dict[str, Picture] = {}
        self._cell = USUAL_CELL

    def pictures_of(self, article: Article) -> Mapping[str, Picture]:
        """The pictures of ``article`` that are to be shown, by their path. Reads files."""
        if not self.may_show_pictures:
            return {}
        return self._in_cells(
            {image.path: self._picture(image.path) for image in article.images if image.path}
        )

    def use_graphics(self, graphics: Graphics, terminal: Terminal) -> None:
        """Draw pictures by ``graphics`` from now on."""
        page, known = self.page.page, self._cell == graphics.cell
        self._cell = graphics.cell
        if page is not None and page.pictures and not known:
            self.page.update(replace(page, pictures=self._in_cells(page.pictures)))
        self.page.use_graphics(graphics, terminal)

    def _in_cells(self, pictures: Mapping[str, Picture]) -> Mapping[str, Picture]:
        return {path: replace(picture, cell=self._cell) for path, picture in pictures.items()}

    @property
    def may_show_pictures(self) -> bool:
        """Whether pictures are wanted, and can be shown."""
        return self.pictures_wanted and not self._missing

    @property
    def _missing(self) -> str:
        app = self.app
        in_ascii = any(isinstance(one, AsciiGlyphs) for one in app.get_line_filters())
        return why_not_shown(app.console.color_system, no_color=app.no_color, in_ascii=in_ascii)

    def _picture(self, path: str) -> Picture:
        picture = self._pictures.get(path)
        if picture is None:
            try:
                picture = look_at(path, self.library.articles.picture(path))
            except LibraryError as error:
                return Picture(path, problem=str(error))  # it may be there the next time
            self._remember(picture)
        return picture

    def _remember(self, picture: Picture) -> None:
        if len(self._pictures) >= REMEMBERED:
            self._pictures = {}
        self._pictures[picture.path] = picture

    def do_pictures(self, count: int | None) -> None:
        if self._missing:
            self.say(self._missing)
            return
        self.pictures_wanted = not self.pictures_wanted
        self.post_message(PicturesChosen(self.pictures_wanted))
        self.say("Pictures are shown." if self.pictures_wanted else "Of pictures, the captions are shown.")
        self.refresh_page()

    @on(ArticleView.PictureFailed)
    def _picture_failed(self, message: ArticleView.PictureFailed) -> None:
        self._remember(Picture(message.path, problem=message.reason))
        self.refresh_page()
