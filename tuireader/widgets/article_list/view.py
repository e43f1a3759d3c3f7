"""The article list widget. Only visible articles are looked up and drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from textual import events
from textual.message import Message
from textual.strip import Strip

from library.models import Article
from tuireader.events import TermPicked
from tuireader.rows import Role, row_height
from tuireader.widgets.article_list.folding import Folding
from tuireader.widgets.article_list.painting import RowPainter
from tuireader.widgets.article_list.selection import Selection
from tuireader.widgets.article_view.marks import tag_colours_for
from tuireader.widgets.row_list import RowList

_FEW = 20
"""Number of rows up to which each is redrawn individually."""


class ArticleList(RowList):
    """A list of articles. The cursor stays on its article when the list changes.

    Args:
        lookup: Returns the article of an id, or None if it no longer exists.
        is_unread: Returns True if an article is unread; fast enough for many articles at once.
        note_count: Returns the number of notes on an article; as fast.
        today: Returns the current day.
    """

    COMPONENT_CLASSES = {f"article-list--{role}" for role in Role} | {
        "article-list--bar-blurred",
        "article-list--cursor",
        "article-list--cursor-blurred",
        "article-list--notice",
    }

    DEFAULT_CSS = (
        """
    ArticleList {
        background: $background;
        & .article-list--bar { color: $accent; }
        & .article-list--bar-blurred { color: $text-muted; }
        & .article-list--mark { color: $accent; }
        & .article-list--headline { text-style: bold; }
        & .article-list--hit { color: $accent; text-style: bold underline; }
        & .article-list--meta { color: $text-muted; }
        & .article-list--tag { color: $text-secondary; }
        & .article-list--cursor { background: $panel; }
        & .article-list--cursor-blurred { background: $surface; }
        & .article-list--notice { text-style: bold; }
    """
        + tag_colours_for("article-list")
        + "}"
    )

    class Highlighted(Message):
        """A move of the cursor to another article; None if the list is empty."""

        def __init__(self, article_list: ArticleList, article_id: str | None) -> None:
            super().__init__()
            self.article_list = article_list
            self.article_id = article_id

        @property
        def control(self) -> ArticleList:
            """The list."""
            return self.article_list

        def can_replace(self, message: Message) -> bool:
            """Return True for another message of this class: only the last one counts."""
            return isinstance(message, ArticleList.Highlighted)

    class Opened(Message):
        """The opening of an article with Enter or the mouse."""

        def __init__(self, article_list: ArticleList, article_id: str) -> None:
            super().__init__()
            self.article_list = article_list
            self.article_id = article_id

        @property
        def control(self) -> ArticleList:
            """The list."""
            return self.article_list

    class SelectionChanged(Message):
        """A change of the selected articles."""

        def __init__(self, article_list: ArticleList, selected: frozenset[str]) -> None:
            super().__init__()
            self.article_list = article_list
            self.selected = selected

        @property
        def control(self) -> ArticleList:
            """The list."""
            return self.article_list

    def __init__(
        self,
        *,
        lookup: Callable[[str], Article | None],
        is_unread: Callable[[str], bool],
        note_count: Callable[[str], int],
        today: Callable[[], date],
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.painter = RowPainter(lookup, is_unread, note_count, today, self.redraw)
        """The contents of the rows, and the notice in an empty list."""
        self.selection = Selection(self._selection_changed)
        """The selected articles."""
        self.folding = Folding()
        """All listed articles and the folding of their stories; see ``set_folding``."""
        self._announced: str | None = None

    # Listed articles

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the rows, in their order."""
        return self.folding.rows

    @property
    def cursor_id(self) -> str | None:
        """The article under the cursor."""
        return self.ids[self.cursor_row] if self.ids else None

    def set_ids(self, ids: Sequence[str], *, keep: str | None = None, near: bool = True) -> None:
        """Show these articles, with the cursor on ``keep`` or, for None, on the article it was on.

        If that article is not among them, move to its nearest neighbour, or to the first if not ``near``.
        """
        self.set_folding(Folding.of(ids, (), frozenset()), keep=keep, near=near)

    def set_folding(self, folding: Folding, *, keep: str | None = None, near: bool = True) -> None:
        """Show these articles, as ``set_ids`` does. Expand a story that would hide the cursor's article."""
        wanted = self.cursor_id if keep is None else keep
        if wanted is not None and folding.hides(wanted) and (near or keep is not None):
            folding = folding.with_story(wanted, opened=True)
        row = folding.row_to_keep(self.folding, self.cursor_row, wanted, near=near)
        self.folding = folding
        self.selection.listed(folding)
        self.rows_changed(row)
        self.cursor_moved()

    def go_to(self, article_id: str) -> bool:
        """Move the cursor to ``article_id``, expanding its story if needed. Return False if not listed."""
        if self.folding.hides(article_id):
            self.set_folding(self.folding, keep=article_id)
        if article_id not in self.ids:
            return False
        self.move_to(self.ids.index(article_id))
        return True

    def refresh_rows(self, ids: Collection[str]) -> None:
        """Redraw the rows of some articles, or the rows that hide them."""
        if len(ids) > _FEW:
            self.redraw()
            return
        for key in ids:
            row = self.folding.first(key) if self.folding.hides(key) else key
            if row in self.ids:
                self.redraw_row(self.ids.index(row))

    # Methods of ``RowList``

    @property
    def row_count(self) -> int:
        """Number of rows."""
        return len(self.ids)

    @property
    def row_height(self) -> int:
        """Number of lines of an article: one in a wide list, two in a narrow one."""
        return row_height(self.row_width)

    def cursor_moved(self) -> None:
        """Extend a range to the cursor, and post a message."""
        self.selection.extend(self.cursor_row)
        if self.is_running and self.cursor_id != self._announced:
            self._announced = self.cursor_id
            self.post_message(self.Highlighted(self, self.cursor_id))

    def open_row(self, row: int) -> None:
        """Post the request to open the article."""
        self.post_message(self.Opened(self, self.ids[row]))

    def on_click(self, event: events.Click) -> None:
        """Post the term of a clicked tag or source; otherwise do as every list does."""
        row, place = self.row_at(event), event.get_content_offset(self)
        if row is None or place is None or event.button != 1 or event.chain > 1:
            return
        line = place.y + self.scroll_offset.y - self.top_of(row)
        term = self.painter.term_at(self.ids[row], self.folding, self.row_width, line, place.x)
        if term:
            event.stop()
            event.prevent_default()
            self.post_message(TermPicked(term))

    def on_mount(self) -> None:
        """Report the cursor's article, if articles were set before."""
        self.cursor_moved()

    def _selection_changed(self, selected: frozenset[str]) -> None:
        self.redraw()
        if self.is_running:
            self.post_message(self.SelectionChanged(self, selected))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """Return the lines of one article."""
        at_cursor, blurred = row == self.cursor_row, "" if self.has_focus else "-blurred"
        bar = ("▏" if blurred else "▌") if at_cursor else " "
        ground = self.get_component_rich_style(f"article-list--cursor{blurred}") if at_cursor else None
        names = {Role.BAR: f"article-list--bar{blurred}"}
        return tuple(
            self.strip(
                ((piece.text, names.get(piece.role, f"article-list--{piece.role}")) for piece in line),
                ground=ground,
            )
            for line in self.painter.lines(self.ids[row], self.folding, self.selection.ids, bar, width)
        )

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """Return the lines of the centred notice."""
        lines = self.painter.notice.lines(width, height)
        return tuple(self.strip((text, f"article-list--{name}") for text, name in line) for line in lines)
