"""The screen of related articles, by closeness or by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from rich.style import Style
from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.notes.text import note_words
from tuireader.presentation import date_in_words, day_and_month, shown_line
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


_FRAME = 5
"""Number of lines of the frame, its padding and the headline."""


class Side(StrEnum):
    """The two views of the screen."""

    RELATED = "Related"
    TIMELINE = "Timeline"

    @property
    def other(self) -> Side:
        """The other view."""
        return Side.TIMELINE if self is Side.RELATED else Side.RELATED


_NOTICES = {
    Side.RELATED: "No near-duplicates or related articles.",
    Side.TIMELINE: "Nothing.",
}


@dataclass
class RowsRead(Message):
    """The rows of one side have been read."""

    side: Side
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article to open, at the offset ``at`` of its text or (None) at its last reading position."""

    article_id: str
    at: int | None = None


class RelatedScreen(DialogScreen[Chosen | None]):
    """A dialog with the rows that ``read`` finds for each side. The result is the choice, or None."""

    DEFAULT_CSS = """
    RelatedScreen {
        & > .frame { width: 90%; max-width: 96; }
        & Static { height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    _list = getters.query_one(RelatedList)

    def __init__(
        self, title: str, article_id: str, side: Side, read: Callable[[Side], tuple[Row, ...]], today: date
    ) -> None:
        super().__init__()
        self._title = shown_line(title)
        self._article_id = article_id
        self._side = side
        self._read = read
        self._today = today
        self._rows: tuple[Row, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame"):
            yield Static(Content(self._title), markup=False)
            yield RelatedList(self._today, "Looking …")

    def on_mount(self) -> None:
        self._show_side(self._side)

    def _show_side(self, side: Side) -> None:
        """Read the rows of ``side`` in a worker; the previous ones stay until then."""
        self._side = side
        container = self.query_one(Vertical)
        frame(container, side, ("Esc", "close"), ("Enter", "open"), ("Tab", side.other.lower()))

        def read() -> None:
            self.post_message(RowsRead(side, self._read(side)))

        self.jobs.in_thread(read, "related")

    @on(RowsRead)
    def _show_rows(self, message: RowsRead) -> None:
        if message.side is self._side:
            self._rows = message.rows
            self._fit()
            self._list.set_rows(message.rows, keep=self._article_id, notice=_NOTICES[message.side])

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Fit the height of the list to its rows, within the screen."""
        room = self.size.height * 9 // 10 - _FRAME
        rows = max(1, len(self._rows) * self._list.row_height)
        self._list.styles.height = max(self._list.row_height, min(rows, room))

    @on(RelatedList.Opened)
    def _open(self) -> None:
        row = self._list.chosen
        if row is None:
            return
        quote = row.annotation.quote if isinstance(row, NoteRow) and not row.annotation.orphan else None
        self.end(Chosen(row.article.id, quote.start if quote else None))

    def on_click(self, event: events.Click) -> None:
        """Close the dialog on a click outside its frame."""
        if event.widget is self:
            self.end(None)

    def on_key(self, event: events.Key) -> None:
        rows = self._list
        actions: dict[str, Callable[[], object]] = {
            **dict.fromkeys(("down", "j"), rows.moves.down),
            **dict.fromkeys(("up", "k"), rows.moves.up),
            **dict.fromkeys(("pagedown", "ctrl+f"), rows.moves.page_down),
            **dict.fromkeys(("pageup", "ctrl+b"), rows.moves.page_up),
            **dict.fromkeys(("home", "g"), rows.moves.first),
            **dict.fromkeys(("end", "G", "upper_g"), rows.moves.last),
            **dict.fromkeys(("tab", "h", "l", "left", "right"), lambda: self._show_side(self._side.other)),
            "enter": self._open,
            **dict.fromkeys(("escape", "q"), lambda: self.end(None)),
        }
        event.stop()
        event.prevent_default()
        if event.key in actions:
            actions[event.key]()
