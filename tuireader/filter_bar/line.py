"""The filter line: the active query, the number of articles, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input, Static
from textual.widgets.option_list import Option

from library import Completion, QueryError
from tuireader.commands import find
from tuireader.first_frame import PLACEHOLDER
from tuireader.presentation import shown_line
from tuireader.rows import fit, one_line, pad
from tuireader.widgets.key_footer import KeyFooter
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


class QueryInput(Input):
    """The input of the query. Without focus, it shows the name of the list, or the article in front."""

    name_shown: reactive[tuple[str, str]] = reactive(("", ""))
    """Name and count to draw in place of the query; an empty name shows the query."""

    article_shown: reactive[tuple[str, str]] = reactive(("", ""))
    """Headline and source to draw in place of the name and the query; an empty headline shows those."""

    def render_line(self, y: int) -> Strip:
        """Draw the name or headline, cut to fit, and what follows it; or the query while it is typed."""
        name, count = self.article_shown if self.article_shown[0] else self.name_shown
        if self.has_focus or not name or y:
            return super().render_line(y)
        width, quiet = self.content_size.width, self.get_component_rich_style("input--placeholder")
        suffix = f" · {count}" if count and min(cell_len(name), 24) + cell_len(count) + 3 <= width else ""
        title = Segment(fit(name, width - cell_len(suffix)), self.rich_style)
        return Strip([title, Segment(suffix, quiet)]).adjust_cell_length(width, self.rich_style)


class FilterLine(Vertical):
    """The line that shows and edits the query. The screen executes it."""

    DEFAULT_CSS = """
    FilterLine {
        height: auto;
        & Horizontal { height: 1; }
        & Input {
            width: 1fr; height: 1; border: none; padding: 0 1;
            background: $background; color: $accent; text-style: bold;
            &:focus { border: none; background: $panel; color: $foreground; }
        }
        & #filter-count { width: auto; padding: 0 1 0 2; color: $text-muted; }
        & #filter-problem { display: none; height: auto; padding: 0 1; color: $text-error; }
        &.-problem #filter-problem { display: block; }
    }
    """

    class Started(Message):
        """The line got the focus."""

    @dataclass
    class Edited(Message):
        """A key changed the query, which may be incomplete; ``recalled`` if it is from the history."""

        query: str
        recalled: bool = False

    _input = getters.query_one(QueryInput)
    _count = getters.query_one("#filter-count", Static)
    _problem = getters.query_one("#filter-problem", Static)
    offers = getters.query_one(OfferList)

    def __init__(self, placeholder: str = PLACEHOLDER) -> None:
        super().__init__()
        self._placeholder = placeholder
        self._order = ""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield QueryInput(placeholder=self._placeholder, select_on_focus=False)
            yield Static(id="filter-count", markup=False)
        yield Static(id="filter-problem", markup=False)
        yield OfferList()

    @property
    def editing(self) -> bool:
        """True while the query is being typed."""
        return self._input.has_focus

    @property
    def query_text(self) -> str:
        """The query as it appears in the line."""
        return self._input.value

    @property
    def caret(self) -> int:
        """The caret position in the query."""
        return self._input.cursor_position

    def edit(self) -> None:
        """Put the cursor after the query, ready for another term."""
        if self.query_text.strip():
            self.show_query(f"{self.query_text.rstrip()} ")
        self.screen.set_focus(self._input)
        self._input.cursor_position = len(self._input.value)

    def show_query(self, query: str, name: str = "") -> None:
        """Show the active ``query`` without posting a message; show ``name`` while it is not edited."""
        with self.prevent(Input.Changed):
            self._input.value = query
        self.show_name(name)

    def show_name(self, name: str, count: str = "") -> None:
        """Show ``name`` and ``count`` while the query is not edited; an empty name shows the query."""
        self._input.name_shown = ("", "") if self.has_problem else (shown_line(name), count)

    def show_article(self, headline: str, source: str = "") -> None:
        """Show the article in front while the query is not edited; an empty ``headline`` shows the list."""
        self._input.article_shown = (one_line(headline), one_line(source)) if headline else ("", "")

    def put_query(self, query: str) -> None:
        """Put a previous query into the line as if it had been typed."""
        if query != self.query_text:
            self.show_query(query)
            self._input.cursor_position = len(query)
            self.post_message(self.Edited(query, recalled=True))

    def show_offers(self, offers: Sequence[Completion]) -> None:
        """Offer completions at their position in the query; without any, close the list."""
        before = self.query_text[: offers[0].start] if offers else ""
        self.offers.show_offers(offers, cell_len(before) - self._input.scroll_offset.x, self.size.width)

    def take_offer(self) -> bool:
        """Insert the selected suggestion, or the most likely one. Return False if there is none."""
        offer = self.offers.chosen or self.offers.first
        if offer is None:
            return False
        query, text = self.query_text, shown_line(offer.text)
        after = query[offer.end :]
        gap = "" if text.endswith(":") or after[:1].isspace() else " "
        with self.prevent(Input.Changed):
            self._input.value = f"{query[: offer.start]}{text}{gap}{after}"
        self._input.cursor_position = offer.start + len(text) + len(gap)
        self.post_message(self.Edited(self.query_text))
        return True

    def show_count(self, text: str, order: str = "") -> None:
        """Show the number of articles in the list, and at its end the ``order``."""
        text, self._order = f"{text} · {order}" if text and order else text or order, order
        self._count.update(text, layout=cell_len(text) != self._count.size.width)

    @property
    def has_problem(self) -> bool:
        """True if an error in the query is shown."""
        return self.has_class("-problem")

    def show_problem(self, error: QueryError | None) -> None:
        """Show an error below the query; None removes it."""
        self.set_class(error is not None, "-problem")
        if error is not None:
            self.show_name("")  # the error points at a position in the query
            column = cell_len(error.query[: error.position]) - self._input.scroll_offset.x
            before = min(max(0, column), max(0, self.size.width - 4))
            self._problem.update(Content(f"{' ' * before}▲\n{shown_line(str(error))}"))

    def on_click(self, event: events.Click) -> None:
        """Invoke what the keys for the order or the query would, if the order or the count is clicked."""
        place = event.get_content_offset(self._count)
        if place is not None:
            is_order = self._order and place.x >= self._count.content_size.width - cell_len(self._order)
            self.post_message(KeyFooter.Invoked(find("sort" if is_order else "filter")))

    def on_descendant_focus(self) -> None:
        self.post_message(self.Started())

    def on_descendant_blur(self) -> None:
        self.show_offers(())

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Edited(event.value))
