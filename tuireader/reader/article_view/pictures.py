"""The pictures of articles: their sizes, and the setting that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from library import Article, LibraryError
from tuireader.commands.binding import Bound, once
from tuireader.desk import Desk
from tuireader.reader.front import InView
from tuireader.terminal.graphics import Graphics
from tuireader.terminal.line_filters import AsciiGlyphs
from tuireader.terminal.pictures import USUAL_CELL, Picture, look_at, why_not_shown
from tuireader.widgets.article_view.fine_pictures import Terminal
from tuireader.widgets.article_view.view import ArticleView

REMEMBERED = 1000
"""Maximum number of pictures whose sizes are cached; a picture never changes under its path."""


class PagePictures:
    """The pictures of articles, and the setting that shows them."""

    def __init__(self, desk: Desk, page: ArticleView, in_view: InView) -> None:
        self._desk = desk
        self._page = page
        self._in_view = in_view
        self._pictures: dict[str, Picture] = {}
        self._cell = USUAL_CELL
        desk.settings.changed.subscribe(self._settings_changed)

    @property
    def are_wanted(self) -> bool:
        """True if the user wants pictures."""
        return self._desk.settings.now.pictures

    def _settings_changed(self, names: frozenset[str]) -> None:
        if "pictures" in names:
            self._in_view.refresh()

    def commands(self) -> Iterable[Bound]:
        yield once("pictures", self.toggle)

    def of(self, article: Article) -> Mapping[str, Picture]:
        """Return the pictures of ``article`` to show, by path. Reads files."""
        if not self.may_be_shown:
            return {}
        return self._in_cells(
            {image.path: self._picture(image.path) for image in article.images if image.path}
        )

    def use_graphics(self, graphics: Graphics, terminal: Terminal) -> None:
        """Draw pictures with ``graphics`` from now on."""
        page, known = self._page.page, self._cell == graphics.cell
        self._cell = graphics.cell
        if page is not None and page.pictures and not known:
            self._page.update(replace(page, pictures=self._in_cells(page.pictures)))
        self._page.pictures.use_graphics(graphics, terminal)

    def _in_cells(self, pictures: Mapping[str, Picture]) -> Mapping[str, Picture]:
        return {path: replace(picture, cell=self._cell) for path, picture in pictures.items()}

    @property
    def may_be_shown(self) -> bool:
        """True if pictures are wanted and the terminal can show them."""
        return self.are_wanted and not self._missing

    @property
    def _missing(self) -> str:
        app = self._desk.app
        in_ascii = any(isinstance(one, AsciiGlyphs) for one in app.get_line_filters())
        return why_not_shown(app.console.color_system, no_color=app.no_color, in_ascii=in_ascii)

    def _picture(self, path: str) -> Picture:
        picture = self._pictures.get(path)
        if picture is None:
            try:
                picture = look_at(path, self._desk.library.articles.picture(path))
            except LibraryError as error:
                return Picture(path, problem=str(error))  # not cached: the file may exist next time
            self._remember(picture)
        return picture

    def _remember(self, picture: Picture) -> None:
        if len(self._pictures) >= REMEMBERED:
            self._pictures = {}
        self._pictures[picture.path] = picture

    def toggle(self) -> None:
        if self._missing:
            self._desk.say(self._missing)
            return
        self._desk.settings.choose(pictures=not self.are_wanted)
        self._desk.say("Pictures on." if self.are_wanted else "Pictures off: showing captions.")

    def failed(self, message: ArticleView.PictureFailed) -> None:
        """Show the reason why a picture could not be drawn, instead of the picture."""
        self._remember(Picture(message.path, problem=message.reason))
        self._in_view.refresh()
