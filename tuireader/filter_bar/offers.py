"""The list of completions that drops down from the filter line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.content import Content
from textual.widgets.option_list import Option

from library import Completion
from tuireader.presentation import shown_line
from tuireader.rows import fit, pad
from tuireader.widgets.menu import Menu

_LONGEST_TEXT = 32
_WIDEST = 76
_GAP = 2
_NARROWEST = 12
"""Minimum width in cells of the help; it is left out if narrower."""
_SHORTEST = 4
"""Minimum width in cells of the list; it stays closed if narrower."""


class OfferList(Menu, can_focus=False):
    """A list of completions, one per row: the text, its help, and the number of articles it would leave."""

    DEFAULT_CSS = """
    OfferList {
        display: none; overlay: screen; constrain: inside inside;
        max-height: 8; scrollbar-size-vertical: 0;
        &.-open { display: block; }
    }
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(markup=False, **kwargs)
        self._offers: tuple[Completion, ...] = ()

    @property
    def is_open(self) -> bool:
        """True if there are suggestions."""
        return bool(self._offers)

    @property
    def chosen(self) -> Completion | None:
        """The completion under the cursor, or None."""
        return None if self.highlighted is None else self._offers[self.highlighted]

    @property
    def first(self) -> Completion | None:
        """The most likely completion, or None."""
        return self._offers[0] if self._offers else None

    def show_offers(self, offers: Sequence[Completion], column: int, room: int) -> None:
        """Show ``offers`` below ``column``, in ``room`` cells; without any, close the list."""
        inner = min(room, _WIDEST) - _GAP
        self._offers = tuple(offers) if inner >= _SHORTEST else ()
        self.clear_options()
        self.set_class(self.is_open, "-open")
        if not self.is_open:
            return
        width = self._lay_out(inner)
        # As wide as the line, so that no part of what is below shows beside it.
        self.styles.width = room
        self.styles.padding = (0, 0, 0, max(0, min(column, room - width - _GAP)))
        self.scroll_home(animate=False)

    def _lay_out(self, room: int) -> int:
        """Build the rows, and return their width in cells."""
        texts = [shown_line(offer.text) for offer in self._offers]
        helps = [shown_line(offer.help) for offer in self._offers]
        counts = ["" if offer.count is None else f"{offer.count:,}" for offer in self._offers]
        text_width = min(max(map(cell_len, texts)), _LONGEST_TEXT, room)
        count_width = max(map(len, counts))
        if text_width + _GAP + count_width > room:
            count_width = 0
        left = room - text_width - (count_width and count_width + _GAP) - _GAP
        help_width = min(max(map(cell_len, helps)), left)
        columns = [(texts, text_width, False), (helps, help_width, False), (counts, count_width, True)]
        columns = [column for column in columns if column[1] >= _NARROWEST or column[0] is not helps]
        columns = [column for column in columns if column[1] > 0]
        for number in range(len(texts)):
            cells = [pad(fit(cells[number], width), width, right=right) for cells, width, right in columns]
            gap = " " * _GAP  # not at the beginning of a part, where screenshots lose spaces
            row = Content.assemble(cells[0] + gap * (len(cells) > 1), (gap.join(cells[1:]), "$text-muted"))
            self.add_option(Option(row))
        return sum(width for _, width, _ in columns) + _GAP * (len(columns) - 1)

    def step(self, step: int) -> None:
        """Move the cursor; above the first row, it leaves the list."""
        if self.highlighted is None:
            self.highlighted = 0 if step > 0 else None
        elif self.highlighted + step < 0:
            self.highlighted = None
        else:
            self.highlighted = min(self.highlighted + step, len(self._offers) - 1)
