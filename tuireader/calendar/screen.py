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
from tuireader.calendar.counted import known_years
from tuireader.calendar.layout import CalendarLayout, Pane
from tuireader.calendar.map import CalendarMap
from tuireader.calendar.moving import CalendarMoves, CalendarPanes
from tuireader.calendar.state import Layer, Look
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

    ``then_open`` is an article to open.
    """

    look: Look
    query: str | None = None
    then_open: str | None = None


class CalendarScreen(ViewScreen[CalendarResult]):
    """The calendar: a shaded map of years or months above the articles of the selected days.

    Beside the articles are the counts of all years and of the same day in other years.
    """

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
        & #calendar-columns { height: 1fr; }
        & #chosen-days { height: 1; text-style: bold; }
        & #calendar-panes { height: 1fr; }
        & ArticleList { height: 1fr; width: 1fr; }
        & #calendar-side { width: 36; margin-left: 2; display: none; }
        & CountList { height: 1fr; }
        & .heading { height: 1; display: none; color: $text-muted; text-style: bold; }
        &.-with-years #calendar-side, &.-with-other-years #calendar-side { display: block; }
        &.-with-years #years-heading, &.-with-other-years #this-day { display: block; }
        &.-with-years #this-day { margin-top: 1; }
        &.-without-day-articles #calendar-side { width: 1fr; margin-left: 0; }
        &.-roomy #chosen-days { margin-top: 1; }
        &.-roomy #calendar-panes { padding-top: 1; }
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
        panes = {
            Pane.MAP: self.map,
            Pane.ARTICLES: self.articles,
            Pane.YEARS: self.years,
            Pane.OTHER_YEARS: self.other_years,
        }
        self._panes = CalendarPanes(self, panes, lambda: self._calendar_layout)
        self.choice = DayChoice(self.content, self._panes, self._leave_for)
        moves = CalendarMoves(desk, self.content, self._panes, lambda: self._calendar_layout)
        self.commands.add(self.content, moves, self.choice)
        self.content.changed.subscribe(lambda _: self.show())

    def compose(self) -> ComposeResult:
        with Horizontal(id="calendar-head"):
            yield self.query_line
            yield self.totals
        with Horizontal(id="calendar-body"), Vertical(id="calendar-columns"):
            yield self.map
            yield self.sentence
            with Horizontal(id="calendar-panes"):
                yield self.articles
                with Vertical(id="calendar-side"):
                    yield Static("Years", id="years-heading", classes="heading", markup=False)
                    yield self.years
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

    def _leave_for(self, query: str | None, then_open: str | None) -> None:
        self.leave_with(CalendarResult(self.content.look_to_return_to, query, then_open))

    # Display

    @property
    def _calendar_layout(self) -> CalendarLayout:
        return CalendarLayout(self.size, self.content.look, known_years(self.content.counts))

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
        layout = self._calendar_layout
        self.set_class(layout.has_head, "-headed")
        self.set_class(layout.is_roomy, "-roomy")
        self.map.styles.height = layout.map_lines
        self.query_one("#calendar-columns").styles.max_width = layout.width
        self._panes.arrange()

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
        self.choice.list_days(then_open=message.article_id)

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

    @on(CalendarMap.Stepped)
    def _stepped(self, message: CalendarMap.Stepped) -> None:
        self.choice.stepped(message)

    @on(CalendarMap.Dragged)
    def _days_dragged(self, message: CalendarMap.Dragged) -> None:
        self.choice.days_dragged(message)

    @on(CalendarMap.Named)
    def _name_pointed(self, message: CalendarMap.Named) -> None:
        self.choice.name_pointed(message)
