"""What the calendar's screen shows: its widgets, the room they have, and how it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from library import Library, QueryError
from library.query import Query
from library.query.editing import Part, without_part
from library.search import same_day_counts
from tuireader.calendar.count_list import CountList, CountRow
from tuireader.calendar.counted import Counted
from tuireader.calendar.grids import cell_width
from tuireader.calendar.map import CalendarMap
from tuireader.calendar.map_lines import MONTH_LINES, TALL_MONTH_LINES, YEAR_LINES
from tuireader.calendar.state import Layer, Look, Zoom
from tuireader.calendar.words import counted_in_words, day_in_words, sentence
from tuireader.commands import Command
from tuireader.desk import Desk
from tuireader.presentation import MONTHS
from tuireader.screens.over_panes import OverPanes
from tuireader.views import name_of
from tuireader.widgets.article_list.view import ArticleList
from tuireader.widgets.key_footer import KeyFooter

WIDEST = 116
"""Cells of the calendar, which stands in the middle of a wider screen."""

_HEAD_FROM = 13
"""Lines of the screen from which on the query is shown."""

_LISTS_FROM = 5
"""Lines that the lists below the map need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How the calendar was left: the query to carry out (None: the present one), or a command."""

    look: Look
    query: str | None = None
    keep: str | None = None
    command: Command | None = None
    count: int | None = None


def counted_under(library: Library, query: str, part: Part) -> Query:
    """What is counted for the calendar: all that the query finds but for its days, and without a limit."""
    try:
        parsed = library.search.parse(without_part(query, part))
    except QueryError:
        parsed = library.search.parse(query)
    return replace(parsed, limit=None)


class CalendarPanes(OverPanes[Departure]):
    """The widgets and the state of the calendar."""

    map = getters.query_one(CalendarMap)
    articles = getters.query_one(ArticleList)
    years = getters.query_one("#years", CountList)
    other_years = getters.query_one("#other-years", CountList)
    _query = getters.query_one("#calendar-query", Static)
    _totals = getters.query_one("#calendar-totals", Static)
    _told = getters.query_one("#days-told", Static)
    _this_day = getters.query_one("#this-day", Static)

    def __init__(
        self, desk: Desk, carry_out: Callable[[Command, int | None], None], query: str, look: Look
    ) -> None:
        super().__init__(desk, carry_out)
        self.query_text = query
        self.look = look
        self.wanted_zoom = look.zoom
        self.counts = {layer: Counted.of() for layer in Layer}
        self.is_counted = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="calendar-head"):
            yield Static(id="calendar-query", markup=False)
            yield Static(id="calendar-totals", markup=False)
        with Vertical(id="calendar-body"):
            yield CalendarMap(id="map")
            yield Static(id="days-told", markup=False)
            yield ArticleList(
                lookup=self.desk.find_article,
                is_unread=self.library.articles.is_unread,
                note_count=self.library.annotations.note_count,
                today=self.library.calendar.today,
                id="day-articles",
            )
            with Horizontal(id="calendar-lists"):
                with Vertical():
                    yield Static("Years", classes="heading", markup=False)
                    yield CountList(id="years")
                with Vertical():
                    yield Static(id="this-day", classes="heading", markup=False)
                    yield CountList(id="other-years")
        yield KeyFooter(id="footer")

    # Room

    @property
    def _width(self) -> int:
        return min(self.size.width, WIDEST) - 2

    @property
    def _height(self) -> int:
        """Lines between the head and the foot."""
        return self.size.height - 1 - (self.size.height >= _HEAD_FROM)

    @property
    def has_room_for_year(self) -> bool:
        """Whether a year can be shown."""
        return (
            cell_width(self.look.cursor.year, self._width, self.look.first_weekday) > 0
            and self._height > YEAR_LINES
        )

    @property
    def has_room_for_lists(self) -> bool:
        """Whether the lists below the map are shown."""
        return self._height - self._map_lines - 3 >= _LISTS_FROM

    @property
    def _map_lines(self) -> int:
        if self.look.zoom is Zoom.YEAR:
            return YEAR_LINES
        room = self._height - 3 - _LISTS_FROM
        return next((lines for lines in (TALL_MONTH_LINES, MONTH_LINES + 2) if room >= lines), MONTH_LINES)

    def _arrange(self) -> None:
        is_day = self.look.zoom is Zoom.DAY
        if not is_day:
            fits = self.has_room_for_year or self.wanted_zoom is not Zoom.YEAR
            self.look = replace(self.look, zoom=self.wanted_zoom if fits else Zoom.MONTH)
        roomy = not is_day and self.has_room_for_lists
        self.set_class(is_day, "-day")
        self.set_class(self.size.height >= _HEAD_FROM, "-headed")
        self.set_class(roomy, "-roomy")
        self.map.styles.height = self._map_lines

    # What is shown

    def show(self) -> None:
        """Show what is looked at."""
        if not self.is_mounted:
            return
        self._arrange()
        look, counts, today = self.look, self.counts, self.library.calendar.today()
        self._show_head()
        self.map.show(look, counts, today)
        first, last = look.span
        amounts = {layer: counts[layer].between(first, last) for layer in Layer}
        told = sentence(look, amounts, room=self._width, today=today)
        self._told.update(Content(told if self.is_counted else "counting …"))
        self._show_years()
        self._show_other_years()

    def _show_head(self) -> None:
        query = self.query_text.strip()
        self._query.update(Content(name_of(query) or query or "All articles"))
        self._query.set_class(not query, "-all")
        if self.size.width < 60:
            told = [Content(self.look.layer)]
        else:
            told = [
                Content.styled(
                    counted_in_words(self.counts[layer].total, layer),
                    "bold underline $accent" if layer is self.look.layer else "",
                )
                for layer in Layer
            ]
        self._totals.update(Content(" · ").join(told))

    def _show_years(self) -> None:
        counted, cursor = self.counts[self.look.layer], self.look.cursor
        clock = self.look.layer.clock
        rows = [
            CountRow(
                label=str(year),
                count=count,
                term=f"{clock}:{year:04}",
                day=date(year, 1, 1),
                active=year == cursor.year,
            )
            for year, count in counted.years
        ]
        if counted.undated:
            rows.append(CountRow(label="undated", count=counted.undated, term=f"{clock}:none"))
        at = next((number for number, row in enumerate(rows) if row.active), None)
        undated = self.years.has_focus and self.years.cursor_row == len(rows) - 1 and counted.undated
        self.years.set_rows(
            rows, notice=f"no {self.look.layer}" if self.is_counted else "", cursor=None if undated else at
        )

    def _show_other_years(self) -> None:
        cursor, counted = self.look.cursor, self.counts[self.look.layer]
        self._this_day.update(Content(f"{cursor.day} {MONTHS[cursor.month - 1]} in other years"))
        rows = [
            CountRow(
                label=day_in_words(one.day, short=True),
                count=one.count,
                term=f"{self.look.layer.clock}:{one.day}",
                day=one.day,
            )
            for one in same_day_counts(counted.days, cursor)
            if one.day is not None
        ]
        self.other_years.set_rows(rows, notice=f"no {self.look.layer}" if self.is_counted else "", cursor=0)

    # Leaving

    def go_back(self, command: Command | None = None, count: int | None = None) -> None:
        self.leave(command=command, count=count)

    def leave(
        self,
        *,
        query: str | None = None,
        keep: str | None = None,
        command: Command | None = None,
        count: int | None = None,
    ) -> None:
        """Go back to the panes."""
        if self.is_current:
            look = replace(self.look.released(), zoom=self.wanted_zoom)
            self.dismiss(Departure(look=look, query=query, keep=keep, command=command, count=count))
