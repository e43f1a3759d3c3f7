"""The calendar screen: counts by day under the current query, and a range of days to list."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from tuireader.calendar.choosing import DayChoice
from tuireader.calendar.content import CalendarContent
from tuireader.calendar.count_list import CountList, other_year_rows, year_rows
from tuireader.calendar.layout import CalendarLayout
from tuireader.calendar.map import CalendarMap
from tuireader.calendar.moving import CalendarMoves, CalendarParts
from tuireader.calendar.state import Layer, Look, Zoom
from tuireader.calendar.words import counted_in_words, sentence
from tuireader.commands import Context
from tuireader.desk import Desk
from tuireader.presentation import MONTHS
from tuireader.screens.view_screen import CarryOut, ViewScreen
from tuireader.views import name_of
from tuireader.widgets.article_list.view import ArticleList


@dataclass(frozen=True, slots=True)
class CalendarResult:
    """The outcome of leaving the calendar: the last view, and the query to list (None: the previous one).

    ``keep`` is the article to put the list's cursor on.
    """

    look: Look
    query: str | None = None
    keep: str | None = None


class CalendarScreen(ViewScreen[CalendarResult]):
    """The calendar: a shaded map of a year or month, or the articles of a day, above counts by year."""

    AUTO_FOCUS = "CalendarMap"

    DEFAULT_CSS = """
    CalendarScreen {
        background: $background;
        & #calendar-head { display: none; height: 1; padding: 0 1; }
        &.-headed #calendar-head { display: block; }
        & #calendar-query { width: 1fr; color: $accent; text-style: bold; }
        & #calendar-query.-all { color: $text-disabled; }
        & #calendar-totals { width: auto; color: $text-muted; padding-left: 2; }
        & #calendar-body { height: 1fr; padding: 0 1; align-horizontal: center; }
        & #calendar-body > * { max-width: 114; }
        & #chosen-days { height: 1; text-style: bold; }
        & ArticleList { display: none; height: 1fr; }
        & #calendar-lists { display: none; height: 1fr; padding-top: 1; }
        & #calendar-lists Vertical { width: 1fr; }
        & #calendar-lists CountList { height: 1fr; }
        & .heading { height: 1; color: $text-muted; text-style: bold; }
        &.-roomy #chosen-days { margin-top: 1; }
        &.-roomy #calendar-lists { display: block; }
        &.-day CalendarMap { display: none; }
        &.-day ArticleList { display: block; }
        &.-tall #calendar-body { padding: 1 1 0 1; }
    }
    """

    def __init__(self, desk: Desk, carry_out: CarryOut, query: str, look: Look, *, placed: bool) -> None:
        super().__init__(
            desk,
            carry_out,
            Context.CALENDAR,
            result=lambda: CalendarResult(self.content.look_to_return_to),
        )
        library = desk.library
        self.query_line = Static(id="calendar-query", markup=False)
        self.totals = Static(id="calendar-totals", markup=False)
        self.map = CalendarMap(id="map")
        self.sentence = Static(id="chosen-days", markup=False)
        self.articles = ArticleList(
            lookup=desk.find_article,
            is_unread=library.articles.is_unread,
            note_count=library.annotations.note_count,
            today=library.calendar.today,
            id="day-articles",
        )
        self.years = CountList(id="years")
        self.this_day = Static(id="this-day", classes="heading", markup=False)
        self.other_years = CountList(id="other-years")
        self.content = CalendarContent(desk, self.jobs, self.articles, query, look, placed=placed)
        parts = CalendarParts(self, self.map, self.articles, self.years, self.other_years)
        self.choice = DayChoice(self.content, parts, self._leave_for)
        self.commands.add(
            self.content, CalendarMoves(desk, self.content, parts, lambda: self._calendar_layout), self.choice
        )
        self.content.changed.subscribe(lambda _: self.show())

    def compose(self) -> ComposeResult:
        with Horizontal(id="calendar-head"):
            yield self.query_line
            yield self.totals
        with Vertical(id="calendar-body"):
            yield self.map
            yield self.sentence
            yield self.articles
            with Horizontal(id="calendar-lists"):
                with Vertical():
                    yield Static("Years", classes="heading", markup=False)
                    yield self.years
                with Vertical():
                    yield self.this_day
                    yield self.other_years
        yield self.footer

    def on_mount(self) -> None:
        self.desk.events.library_changed.subscribe(self.content.library_changed)
        self.show()
        self.content.count()

    def on_unmount(self) -> None:
        self.desk.events.library_changed.unsubscribe(self.content.library_changed)

    def on_resize(self) -> None:
        self.show()

    def _leave_for(self, query: str | None, keep: str | None) -> None:
        self.leave_with(CalendarResult(self.content.look_to_return_to, query, keep))

    # Display

    @property
    def _calendar_layout(self) -> CalendarLayout:
        return CalendarLayout(self.size, self.content.look)

    def show(self) -> None:
        """Update all parts of the screen."""
        if not self.is_mounted:
            return
        self._arrange()
        content, today = self.content, self.desk.library.calendar.today()
        self._show_head()
        self.map.show(content.look, content.counts, today)
        first, last = content.look.span
        amounts = {layer: content.counts[layer].between(first, last) for layer in Layer}
        words = sentence(content.look, amounts, room=self._calendar_layout.width, today=today)
        self.sentence.update(Content(words if content.is_counted else "counting …"))
        self._show_lists()

    def _arrange(self) -> None:
        self.content.show_what_fits(has_room_for_year=self._calendar_layout.has_room_for_year)
        layout, is_day = self._calendar_layout, self.content.look.zoom is Zoom.DAY
        self.set_class(is_day, "-day")
        self.set_class(layout.has_head, "-headed")
        self.set_class(not is_day and layout.has_lists, "-roomy")
        self.map.styles.height = layout.map_lines

    def _show_head(self) -> None:
        query, layer = self.content.query.strip(), self.content.look.layer
        self.query_line.update(Content(name_of(query) or query or "All articles"))
        self.query_line.set_class(not query, "-all")
        if self.size.width < 60:
            self.totals.update(Content(layer))
            return
        totals = (
            Content.styled(
                counted_in_words(self.content.counts[one].total, one),
                "bold underline $accent" if one is layer else "",
            )
            for one in Layer
        )
        self.totals.update(Content(" · ").join(totals))

    def _show_lists(self) -> None:
        look = self.content.look
        counted, cursor = self.content.counts[look.layer], look.cursor
        nothing = f"no {look.layer}" if self.content.is_counted else ""
        rows = year_rows(counted, look)
        at = next((number for number, row in enumerate(rows) if row.active), None)
        undated = self.years.has_focus and self.years.cursor_row == len(rows) - 1 and counted.undated
        self.years.set_rows(rows, notice=nothing, cursor=None if undated else at)
        self.this_day.update(Content(f"{cursor.day} {MONTHS[cursor.month - 1]} in other years"))
        self.other_years.set_rows(other_year_rows(counted, look), notice=nothing, cursor=0)

    # Messages of the widgets

    @on(ArticleList.Opened)
    def _article_opened(self, message: ArticleList.Opened) -> None:
        self.choice.list_days(keep=message.article_id)

    @on(CountList.Picked)
    def _row_picked(self, message: CountList.Picked) -> None:
        self.choice.list_term(message.row.term)

    @on(CountList.Moved, "#years")
    def _year_moved(self, message: CountList.Moved) -> None:
        if message.row.day is not None:
            self.content.go(self.content.look.in_year(message.row.day.year))

    @on(CalendarMap.Pointed)
    def _day_pointed(self, message: CalendarMap.Pointed) -> None:
        self.choice.day_pointed(message)

    @on(CalendarMap.Dragged)
    def _days_dragged(self, message: CalendarMap.Dragged) -> None:
        self.choice.days_dragged(message)

    @on(CalendarMap.Named)
    def _name_pointed(self, message: CalendarMap.Named) -> None:
        self.choice.name_pointed(message)
