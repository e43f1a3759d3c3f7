"""Selects days in the calendar with keys or the mouse, and lists their articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from library.query import Period
from library.query.editing import replacing_part
from tuireader.calendar.content import CalendarContent
from tuireader.calendar.count_list import CountList
from tuireader.calendar.map import CalendarMap
from tuireader.calendar.moving import CalendarPanes
from tuireader.calendar.state import Look, Zoom
from tuireader.commands.binding import Bound, once


class DayChoice:
    """Commands that select days and list their articles.

    ``leave_for`` leaves the calendar to list a query (None: the previous one); its second argument is an
    article to open.
    """

    def __init__(
        self,
        content: CalendarContent,
        panes: CalendarPanes,
        leave_for: Callable[[str | None, str | None], object],
    ) -> None:
        self._content = content
        self._panes = panes
        self._leave_for = leave_for

    def commands(self) -> Iterable[Bound]:
        yield once("begin-range", lambda: self._look(Look.ranging))
        yield once("whole-week", lambda: self._whole(Period.WEEK))
        yield once("whole-month", lambda: self._whole(Period.MONTH))
        yield once("whole-year", lambda: self._whole(Period.YEAR))
        yield once("other-layer", lambda: self._look(Look.on_other_layer))
        yield once("pick-days", self._pick)
        yield once("back", self._back)

    def _look(self, change: Callable[[Look], Look]) -> None:
        self._content.go(change(self._content.look))

    def _whole(self, period: Period) -> None:
        self._content.go(self._content.look.whole(period))

    def _pick(self) -> None:
        rows = self._panes.rows
        if isinstance(rows, CountList) or (rows and rows.row_count):
            rows.action_open()
        else:
            self.list_days()

    def list_days(self, *, then_open: str | None = None) -> None:
        """List the entries of the selected days, and open the article ``then_open``."""
        self.list_term(self._content.look.term, then_open=then_open)

    def list_term(self, term: str, *, then_open: str | None = None) -> None:
        """List what ``term`` finds together with the rest of the query."""
        self._leave_for(replacing_part(self._content.query, term), then_open)

    def _back(self) -> None:
        """Go one step back: clear the selection, leave a pane, or leave the calendar."""
        look = self._content.look
        if look.chosen:
            self._content.go(look.released())
        elif look.zoom is not Zoom.DAY and self._panes.rows:
            self._panes.focus_days()
        else:
            self._leave_for(None, None)

    # The mouse

    def stepped(self, message: CalendarMap.Stepped) -> None:
        """Go to the month or year before or after."""
        self._content.go(self._content.look.at(message.day))

    def day_pointed(self, message: CalendarMap.Pointed) -> None:
        """Move the cursor to the clicked day; if that day was selected already, list the selection."""
        look = self._content.look
        first, last = look.span
        if message.again or (look.chosen and first <= message.day <= last):
            self.list_days()
        else:
            self._content.go(look.released().at(message.day))

    def days_dragged(self, message: CalendarMap.Dragged) -> None:
        """Select the days that the mouse was dragged over."""
        look = self._content.look
        self._content.go(replace(look, anchor=message.anchor, cursor=message.day, period=Period.DAY))

    def name_pointed(self, message: CalendarMap.Named) -> None:
        """Select the month or year whose name was clicked; if it was selected already, list it."""
        before = self._content.look
        look = replace(before, cursor=message.day, anchor=None, period=message.period)
        if look.span == before.span and before.chosen:
            self.list_term(look.term)
        else:
            self._content.go(look)
