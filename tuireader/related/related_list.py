"""The list of related articles: headings, articles and notes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from tuireader.notes.text import note_words
from tuireader.presentation import date_in_words, day_and_month
from tuireader.related.rows import ArticleRow, Heading, NoteRow, Row
from tuireader.rows import (
    WIDE,
    Line,
    Piece,
    Role,
    RowState,
    article_row,
    clipped,
    ends_right_to_left,
    fit,
    one_line,
)
from tuireader.widgets.row_list import RowList

_LINES = 2


class RelatedList(RowList):
    """A list with two lines per row; the cursor skips headings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"related-list--{role}" for role in Role} | {
        "related-list--heading",
        "related-list--cursor",
    }
    DEFAULT_CSS = """
    RelatedList {
        background: $surface;
        & .related-list--bar { color: $accent; }
        & .related-list--mark { color: $accent; }
        & .related-list--headline { text-style: bold; }
        & .related-list--meta { color: $text-muted; }
        & .related-list--heading { color: $accent; text-style: bold; }
        & .related-list--cursor { background: $panel; }
    }
    """
    can_focus = False

    class Opened(Message):
        """A row was opened with the mouse."""

    def __init__(self, today: date, notice: str) -> None:
        super().__init__()
        self._today = today
        self._notice = notice
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: tuple[Row, ...], *, keep: str | None, notice: str) -> None:
        """Show ``rows`` with the cursor on the article ``keep`` or the first, or ``notice`` without rows."""
        self._rows, self._notice = rows, notice
        places = [n for n, row in enumerate(rows) if isinstance(row, ArticleRow) and row.article.id == keep]
        self.rows_changed(places[0] if places else 0)

    @property
    def chosen(self) -> ArticleRow | NoteRow | None:
        """The row under the cursor."""
        row = self._rows[self.cursor_row] if self._rows else None
        return None if isinstance(row, Heading) else row

    @property
    def row_count(self) -> int:
        """Number of rows, including headings."""
        return len(self._rows)

    @property
    def row_height(self) -> int:
        """Number of lines per row."""
        return _LINES

    def is_heading(self, row: int) -> bool:
        """Return True for a heading, which always has an article after it."""
        return isinstance(self._rows[row], Heading)

    def scroll_to_cursor(self) -> None:
        """Scroll to the cursor; at the first article, also to the heading above it."""
        super().scroll_to_cursor()
        if self.is_running and self.cursor_row == 1:
            self.scroll_to(y=0, animate=False, force=True)

    def open_row(self, row: int) -> None:
        """Post ``Opened``."""
        self.post_message(self.Opened())

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        """Draw a heading below an empty line, an article or a note."""
        shown, at_cursor = self._rows[row], row == self.cursor_row
        if isinstance(shown, Heading):
            heading = [("", "related-list--blank"), (fit(f" {shown.text}", width), "related-list--heading")]
            return tuple(self.strip(clipped([piece], width, "related-list--blank")) for piece in heading)
        state = RowState(bar="▌" if at_cursor else " ")
        lines = (
            self._note(shown, state, width)
            if isinstance(shown, NoteRow)
            else self._article(shown, state, width)
        )
        ground = self.get_component_rich_style("related-list--cursor") if at_cursor else None
        return tuple(self._strip(line, width, ground) for line in lines)

    def _strip(self, line: Line, width: int, ground: Style | None) -> Strip:
        pieces = [(piece.text, f"related-list--{piece.role}") for piece in line]
        return self.strip(clipped(pieces, width, "related-list--blank"), ground=ground)

    def _article(self, row: ArticleRow, state: RowState, width: int) -> tuple[Line, ...]:
        article = row.article
        when = date_in_words(article.published, self._today)
        facts = (when, one_line(article.source or article.agency), one_line(row.reason))
        # Right-to-left texts come last, so that they cannot reorder what follows.
        words = " · ".join(sorted(filter(None, facts), key=ends_right_to_left))
        headline = article_row(article, state, min(width, WIDE - 1), self._today)[0]
        bar = Piece(state.bar, Role.BAR)
        return headline, (bar, Piece("  "), Piece(fit(words, max(0, width - 4)), Role.META))

    def _note(self, row: NoteRow, state: RowState, width: int) -> tuple[Line, ...]:
        annotation = row.annotation
        words = note_words(annotation.body) or (annotation.quote.exact if annotation.quote else "")
        bar = Piece(state.bar, Role.BAR)
        when = day_and_month(annotation.created, self._today)
        return (
            (bar, Piece("    "), Piece("✎", Role.MARK), Piece(fit(f" {one_line(words)}", max(0, width - 7)))),
            (bar, Piece("      "), Piece(f"your {annotation.kind}, {when}", Role.META)),
        )

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        """Draw the notice."""
        notice = (f" {self._notice}", "related-list--meta")
        return (self.strip(clipped([notice], width, "related-list--blank")),)
