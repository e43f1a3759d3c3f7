"""To the calendar and back: what is chosen there becomes a term of the query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on

from tuireader.commands import Context
from tuireader.dates.look import Look
from tuireader.presentation import day_of
from tuireader.screens.base import ReaderPanes
from tuireader.screens.messages import SpreadCounted
from tuireader.widgets.timeline_line import TimelineLine

if TYPE_CHECKING:
    from tuireader.screens.calendar import CalendarScreen
    from tuireader.screens.calendar_base import Departure


class Dating(ReaderPanes):
    """The commands that lead to the calendar."""

    _calendar: CalendarScreen | None = None
    _look: Look | None = None

    def do_go_calendar(self, count: int | None) -> None:
        article = self.desk.article_in_front()
        self.open_calendar(day_of(article.published) if article else None)

    def do_choose_dates(self, count: int | None) -> None:
        self.do_go_calendar(count)

    def open_calendar(self, day: date | None) -> None:
        """Open the calendar with the cursor on ``day``; None: on the last day with something."""
        from tuireader.screens.calendar import CalendarScreen

        if self._calendar is None:
            former = self._look or Look(
                cursor=self.library.calendar.today(), first_weekday=self.library.calendar.first_weekday
            )
            look = replace(former, cursor=day or self.library.calendar.today())
            self._calendar = CalendarScreen(self, self.query_text, look, placed=day is not None)
            self.app.push_screen(self._calendar, self._calendar_left)

    def _calendar_left(self, departure: Departure | None) -> None:
        self._calendar = None
        if departure is None:
            return
        self._look = departure.look
        if departure.query is not None:
            self.set_query(departure.query, keep=departure.keep)
            self.focus_pane(Context.LIST)
        if departure.command is not None:
            self.invoke(departure.command, departure.count)

    @on(SpreadCounted)
    def _show_spread(self, message: SpreadCounted) -> None:
        if message.text == self.query_text:
            self.query_one(TimelineLine).show(message.spread)

    @on(TimelineLine.Picked)
    def _bar_picked(self, message: TimelineLine.Picked) -> None:
        self.open_calendar(message.day)
