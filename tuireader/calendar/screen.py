"""The calendar: what the query finds day by day, and the days to be listed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from library import SearchStopped
from library.query import Period, days_value
from library.query.editing import Part, replacing_part
from tuireader.calendar.base import CalendarPanes, Departure, counted_under
from tuireader.calendar.count_list import CountList
from tuireader.calendar.counted import Counted
from tuireader.calendar.map import CalendarMap
from tuireader.calendar.state import Layer, Look, Zoom
from tuireader.commands import Command, Context, footer_for, reachable_in
from tuireader.desk import Desk
from tuireader.events import Changed
from tuireader.keys import KeySequences
from tuireader.widgets.article_list.view import ArticleList, Notice

_ZOOMS = tuple(Zoom)


@dataclass
class CalendarCounted(Message):
    """How much there is on each day, on each layer of the calendar."""

    counts: dict[Layer, Counted]


@dataclass
class DayListed(Message):
    """The articles that appeared, or were noted, on a day."""

    day: date
    layer: Layer
    ids: tuple[str, ...]


class CalendarScreen(CalendarPanes):
    """A year or a month as a map of shades, or the articles of a day; below, years and this day in others.

    Commands that it does not have itself are carried out by the reader, once the calendar is left.
    """

    AUTO_FOCUS = "CalendarMap"

    def __init__(
        self,
        desk: Desk,
        carry_out: Callable[[Command, int | None], None],
        query: str,
        look: Look,
        *,
        placed: bool,
    ) -> None:
        super().__init__(desk, carry_out, query, look)
        self._placed = placed
        """Whether the cursor was put on a day; else it goes to the last one with something."""
        self._keys = KeySequences(reachable_in(Context.CALENDAR))

    def on_mount(self) -> None:
        self.footer.show_commands(footer_for(Context.CALENDAR))
        self.show()
        self.count()

    def on_resize(self) -> None:
        self.show()

    # Counting

    def count(self) -> None:
        """Count afresh, in a worker."""
        library, query = self.library, self.query_text

        def count() -> None:
            worker = get_current_worker()
            with suppress(SearchStopped):
                ids = library.search.ids(
                    counted_under(library, query, Part.DATE), lambda: worker.is_cancelled
                )
                notes = library.calendar.annotation_days(counted_under(library, query, Part.NOTED))
                counts = {
                    Layer.ARTICLES: Counted.of(library.calendar.days_of(ids)),
                    Layer.NOTES: Counted.of(notes),
                }
                if not worker.is_cancelled:
                    self.post_message(CalendarCounted(counts))

        self.jobs.in_thread(count, "calendar")

    @on(CalendarCounted)
    def _show_counted(self, message: CalendarCounted) -> None:
        self.counts, self.is_counted = message.counts, True
        last = message.counts[self.look.layer].last
        if not self._placed and last is not None:
            self.look = self.look.at(last)
        self._placed = True
        self.show()
        self.list_day()

    def list_day(self) -> None:
        """Find the articles of the day, where they are shown."""
        if self.look.zoom is not Zoom.DAY:
            return
        library, look = self.library, self.look
        term = f"{look.layer.clock}:{days_value(look.cursor, look.cursor)}"
        query = replacing_part(self.query_text, term)

        def find_articles() -> None:
            worker = get_current_worker()
            with suppress(SearchStopped):
                ids = tuple(library.search.ids(query, lambda: worker.is_cancelled))
                if not worker.is_cancelled:
                    self.post_message(DayListed(look.cursor, look.layer, ids))

        self.jobs.in_thread(find_articles, "day")

    @on(DayListed)
    def _show_day(self, message: DayListed) -> None:
        if (message.day, message.layer) == (self.look.cursor, self.look.layer):
            nothing = "Nothing appeared" if message.layer is Layer.ARTICLES else "Nothing was noted"
            self.articles.notice = Notice(f"{nothing} on this day.")
            self.articles.set_ids(message.ids)

    # Moving

    def go(self, look: Look) -> None:
        """Look at something else."""
        if look != self.look:
            self.look = look
            self.show()
            self.list_day()

    def _step(self, move: Callable[[Look, int], Look], count: int | None, sign: int = 1) -> None:
        self.go(move(self.look, sign * (count or 1)))

    def _focused_list(self) -> CountList | ArticleList | None:
        focused = self.focused
        return focused if isinstance(focused, CountList | ArticleList) else None

    def do_day_down(self, count: int | None) -> None:
        rows = self._focused_list()
        rows.action_cursor_down(count or 1) if rows else self._step(Look.down, count)

    def do_day_up(self, count: int | None) -> None:
        rows = self._focused_list()
        rows.action_cursor_up(count or 1) if rows else self._step(Look.down, count, -1)

    def do_day_right(self, count: int | None) -> None:
        self._step(Look.right, count)

    def do_day_left(self, count: int | None) -> None:
        self._step(Look.right, count, -1)

    def do_next_month(self, count: int | None) -> None:
        self._step(Look.months_on, count)

    def do_previous_month(self, count: int | None) -> None:
        self._step(Look.months_on, count, -1)

    def do_next_year(self, count: int | None) -> None:
        self._step(Look.years_on, count)

    def do_previous_year(self, count: int | None) -> None:
        self._step(Look.years_on, count, -1)

    def do_first_day(self, count: int | None) -> None:
        rows = self._focused_list()
        rows.action_first(count or 1) if rows else self._go_to(self.counts[self.look.layer].first)

    def do_last_day(self, count: int | None) -> None:
        rows = self._focused_list()
        rows.action_last(count) if rows else self._go_to(self.counts[self.look.layer].last)

    def _go_to(self, day: date | None) -> None:
        if day is not None:
            self.go(self.look.at(day))

    def do_go_today(self, count: int | None) -> None:
        self._go_to(self.library.calendar.today())

    def do_zoom_in(self, count: int | None) -> None:
        self._zoom(1)

    def do_zoom_out(self, count: int | None) -> None:
        self._zoom(-1)

    def _zoom(self, step: int) -> None:
        zoom = _ZOOMS[min(max(_ZOOMS.index(self.look.zoom) + step, 0), len(_ZOOMS) - 1)]
        if zoom is Zoom.YEAR and not self.has_room_for_year:
            self.say("There is no room for a year here.")
            return
        self.wanted_zoom = zoom
        self.go(replace(self.look, zoom=zoom))
        self.set_focus(self.articles if zoom is Zoom.DAY else self.map)

    def do_next_pane(self, count: int | None) -> None:
        self._focus_next(1)

    def do_previous_pane(self, count: int | None) -> None:
        self._focus_next(-1)

    def _focus_next(self, step: int) -> None:
        if self.look.zoom is Zoom.DAY or not self.has_room_for_lists:
            return
        panes = [self.map, self.years, self.other_years]
        place = next((number for number, pane in enumerate(panes) if pane is self.focused), 0)
        self.set_focus(panes[(place + step) % len(panes)])

    # Choosing

    def do_begin_range(self, count: int | None) -> None:
        self.go(self.look.ranging())

    def do_whole_week(self, count: int | None) -> None:
        self.go(self.look.whole(Period.WEEK))

    def do_whole_month(self, count: int | None) -> None:
        self.go(self.look.whole(Period.MONTH))

    def do_whole_year(self, count: int | None) -> None:
        self.go(self.look.whole(Period.YEAR))

    def do_other_layer(self, count: int | None) -> None:
        self.go(self.look.on_other_layer())

    def do_pick_days(self, count: int | None) -> None:
        rows = self._focused_list()
        if isinstance(rows, CountList) or (rows and rows.row_count):
            rows.action_open()
        else:
            self.pick(self.look.term)

    def pick(self, term: str, *, keep: str | None = None) -> None:
        """Leave, and list what ``term`` finds besides the rest of the query."""
        self.leave(query=replacing_part(self.query_text, term), keep=keep)

    @on(ArticleList.Opened)
    def _article_opened(self, message: ArticleList.Opened) -> None:
        self.pick(self.look.term, keep=message.article_id)

    @on(CountList.Picked)
    def _row_picked(self, message: CountList.Picked) -> None:
        self.pick(message.row.term)

    @on(CountList.Moved, "#years")
    def _year_moved(self, message: CountList.Moved) -> None:
        if message.row.day is not None:
            self.go(self.look.in_year(message.row.day.year))

    # The mouse

    @on(CalendarMap.Pointed)
    def _day_pointed(self, message: CalendarMap.Pointed) -> None:
        first, last = self.look.span
        if message.again or (self.look.chosen and first <= message.day <= last):
            self.pick(self.look.term)
        else:
            self.go(self.look.released().at(message.day))

    @on(CalendarMap.Dragged)
    def _days_dragged(self, message: CalendarMap.Dragged) -> None:
        self.go(replace(self.look, anchor=message.anchor, cursor=message.day, period=Period.DAY))

    @on(CalendarMap.Named)
    def _name_pointed(self, message: CalendarMap.Named) -> None:
        look = replace(self.look, cursor=message.day, anchor=None, period=message.period)
        self.pick(look.term) if look.span == self.look.span and self.look.chosen else self.go(look)

    # Leaving

    def do_back(self, count: int | None) -> None:
        """One step back: out of what is chosen, out of a list, out of the calendar."""
        if self.look.chosen:
            self.go(self.look.released())
        elif isinstance(self.focused, CountList):
            self.set_focus(self.map)
        else:
            self.leave()

    def do_go_calendar(self, count: int | None) -> None:
        self.set_focus(self.articles if self.look.zoom is Zoom.DAY else self.map)

    def library_changed(self, changed: Changed) -> None:
        self.count()

    def do_clear_filter(self, count: int | None) -> None:
        self.query_text = ""
        self.count()

    # Keys and commands

    @property
    def sequences(self) -> KeySequences:
        return self._keys


__all__ = ["CalendarScreen", "Departure"]
