"""The table of contents: the headings of the article, filtered as you type."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Input

from library.text.case_folding import fold
from library.text.document import Block, Document
from tuireader.dialogs.dialog import DialogScreen, frame
from tuireader.presentation import shown_line
from tuireader.rows import clipped, fit
from tuireader.widgets.row_list import RowList

_INDENT = 2


class HeadingList(RowList):
    """A list of headings, indented by level, with a mark before the one being read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heading-list--heading",
        "heading-list--top",
        "heading-list--here",
        "heading-list--bar",
        "heading-list--cursor",
        "heading-list--empty",
    }
    DEFAULT_CSS = """
    HeadingList {
        background: $surface;
        & > .heading-list--heading { color: $foreground; }
        & > .heading-list--top { color: $foreground; text-style: bold; }
        & > .heading-list--here { color: $text-accent; text-style: bold; }
        & > .heading-list--bar { color: $accent; }
        & > .heading-list--cursor { background: $panel; }
        & > .heading-list--empty { color: $text-muted; }
    }
    """
    can_focus = False

    def __init__(self, document: Document, headings: Sequence[Block], here: int | None) -> None:
        super().__init__()
        self._headings = headings
        self._words = [shown_line(document.text[heading.start : heading.end]) for heading in headings]
        self._folded = [fold(words) for words in self._words]
        self._shown: Sequence[int] = range(len(headings))
        self._here = here
        self._highest = min(heading.level for heading in headings)

    @property
    def row_count(self) -> int:
        return len(self._shown)

    @property
    def chosen(self) -> Block | None:
        """The heading under the cursor; None if none is shown."""
        return self._headings[self._shown[self.cursor_row]] if self._shown else None

    def on_mount(self) -> None:
        self.rows_changed(self._here or 0)

    def narrow(self, typed: str) -> None:
        """Show only the headings that contain all words of ``typed``."""
        wanted = fold(typed).split()
        before = self._shown[self.cursor_row] if self._shown else 0
        self._shown = [
            number for number, folded in enumerate(self._folded) if all(word in folded for word in wanted)
        ]
        self.rows_changed(bisect_left(self._shown, before))

    def draw_row(self, row: int, width: int) -> tuple[Strip, ...]:
        number = self._shown[row]
        heading, is_here = self._headings[number], number == self._here
        indent = min((heading.level - self._highest) * _INDENT, max(0, width - 12))
        name = "heading-list--top" if heading.level == self._highest else "heading-list--heading"
        at_cursor = row == self.cursor_row
        ground = self.get_component_rich_style("heading-list--cursor") if at_cursor else None
        pieces = [
            ("▌" if at_cursor else " ", "heading-list--bar"),
            ("▸ " if is_here else "  ", "heading-list--here"),
            (" " * indent, name),
            (fit(self._words[number], width - indent - 3), name),
        ]
        return (self.strip(clipped(pieces, width, name), ground=ground),)

    def draw_empty(self, width: int, height: int) -> tuple[Strip, ...]:
        name = "heading-list--empty"
        return (self.strip(clipped([("   No matching heading.", name)], width, name)),)


class ContentsScreen(DialogScreen[int | None]):
    """A dialog for choosing a heading. The result is its offset, or None."""

    DEFAULT_CSS = """
    ContentsScreen {
        & > .frame { width: 90%; max-width: 84; }
        & Input { height: 1; border: none; padding: 0; background: $surface; margin-bottom: 1; }
        & Input:focus { border: none; }
    }
    """

    _list = getters.query_one(HeadingList)

    def __init__(self, document: Document, headings: Sequence[Block], offset: int) -> None:
        super().__init__()
        self._document, self._headings = document, headings
        before = sum(heading.start <= offset for heading in headings)
        self._here = before - 1 if before else None

    def compose(self) -> ComposeResult:
        with Vertical(classes="frame") as container:
            typing = Content.styled("type to search", "$text-muted")
            frame(container, "Contents", ("Esc", "close"), ("Enter", "open"), typing)
            yield Input(placeholder="Search headings …")
            yield HeadingList(self._document, self._headings, self._here)

    def on_mount(self) -> None:
        self._list.styles.height = len(self._headings)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._list.narrow(event.value)

    def on_click(self, event: events.Click) -> None:
        """Close the dialog on a click outside its frame."""
        if event.widget is self:
            self.end(None)

    def on_key(self, event: events.Key) -> None:
        moves = {
            "down": self._list.moves.down,
            "up": self._list.moves.up,
            "pagedown": self._list.moves.page_down,
            "pageup": self._list.moves.page_up,
        }
        if event.key in moves:
            event.stop()
            moves[event.key]()
        elif event.key in ("escape", "enter"):
            event.stop()
            event.prevent_default()
            heading = self._list.chosen if event.key == "enter" else None
            if heading or event.key == "escape":
                self.end(heading.start if heading else None)
