"""The screen of related articles, by closeness or by day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tuireader.dialogs.dialog import DialogScreen
from tuireader.presentation import shown_line
from tuireader.related.related_list import RelatedList
from tuireader.related.rows import NoteRow, Row

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
        frame = self.query_one(Vertical)
        frame.border_title = side
        frame.border_subtitle = f"Enter opens · Tab {side.other.lower()} · Esc closes"

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
