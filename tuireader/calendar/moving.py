"""Moves in the calendar: by days, months and years, between zoom levels and between panes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from tuireader.calendar.content import CalendarContent
from tuireader.calendar.count_list import CountList
from tuireader.calendar.layout import CalendarLayout, Pane
from tuireader.calendar.state import Look, Zoom
from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.widgets.article_list.view import ArticleList

_ZOOMS = tuple(Zoom)


class CalendarPanes:
    """The panes of the calendar that can have the focus. Those without room are shown when they have it."""

    def __init__(
        self, screen: Screen[Any], panes: Mapping[Pane, Widget], layout: Callable[[], CalendarLayout]
    ) -> None:
        self._screen = screen
        self._panes = panes
        self._layout = layout

    @property
    def rows(self) -> CountList | ArticleList | None:
        """The list with the focus, or None."""
        focused = self._screen.focused
        return focused if isinstance(focused, CountList | ArticleList) else None

    @property
    def focused(self) -> Pane:
        """The pane with the focus."""
        panes = self._panes.items()
        return next((pane for pane, widget in panes if widget is self._screen.focused), Pane.MAP)

    def arrange(self) -> None:
        """Show the panes that have room; focus the days if the focused pane has none."""
        self._show(self.focused)
        if not self._panes[self.focused].display:
            self.focus_days()

    def focus_days(self) -> None:
        """Focus the map, or the articles in the day view."""
        self._focus(Pane.ARTICLES if self._layout().look.zoom is Zoom.DAY else Pane.MAP)

    def focus_next(self, step: int) -> None:
        """Move the focus by ``step`` among the panes that can be shown."""
        layout, panes = self._layout(), tuple(Pane)
        reachable = [pane for pane in panes if pane in layout.panes(pane)]
        place = reachable.index(self.focused) if self.focused in reachable else 0
        self._focus(reachable[(place + step) % len(reachable)])

    def _focus(self, pane: Pane) -> None:
        self._show(pane)
        self._screen.set_focus(self._panes[pane])

    def _show(self, focused: Pane) -> None:
        shown = self._layout().panes(focused)
        for pane in self._panes:
            self._screen.set_class(pane in shown, f"-with-{pane}")
            self._screen.set_class(pane not in shown, f"-without-{pane}")
            self._panes[pane].display = pane in shown


class CalendarMoves:
    """Commands that move the cursor of the calendar or of the focused list."""

    def __init__(
        self, desk: Desk, content: CalendarContent, panes: CalendarPanes, layout: Callable[[], CalendarLayout]
    ) -> None:
        self._desk = desk
        self._content = content
        self._panes = panes
        self._layout = layout

    def commands(self) -> Iterable[Bound]:
        yield times("day-down", self._down)
        yield times("day-up", self._up)
        yield times("day-right", lambda count: self._step(Look.right, count))
        yield back("day-left", lambda count: self._step(Look.right, count))
        yield times("next-month", lambda count: self._step(Look.months_on, count))
        yield back("previous-month", lambda count: self._step(Look.months_on, count))
        yield times("next-year", lambda count: self._step(Look.years_on, count))
        yield back("previous-year", lambda count: self._step(Look.years_on, count))
        yield times("first-day", self._first)
        yield Bound("last-day", self._last)
        yield once("go-today", lambda: self._go_to(self._desk.library.calendar.today()))
        yield once("zoom-in", lambda: self._zoom(1))
        yield once("zoom-out", lambda: self._zoom(-1))
        yield once("next-pane", lambda: self._panes.focus_next(1))
        yield once("previous-pane", lambda: self._panes.focus_next(-1))
        yield once("go-calendar", self._panes.focus_days)

    def _step(self, move: Callable[[Look, int], Look], count: int) -> None:
        self._content.go(move(self._content.look, count))

    def _down(self, count: int) -> None:
        rows = self._panes.rows
        rows.moves.down(count) if rows else self._step(Look.down, count)

    def _up(self, count: int) -> None:
        rows = self._panes.rows
        rows.moves.up(count) if rows else self._step(Look.down, -count)

    def _first(self, row: int) -> None:
        rows = self._panes.rows
        rows.moves.first(row) if rows else self._go_to(self._content.counts[self._content.look.layer].first)

    def _last(self, row: int | None) -> None:
        rows = self._panes.rows
        rows.moves.last(row) if rows else self._go_to(self._content.counts[self._content.look.layer].last)

    def _go_to(self, day: date | None) -> None:
        if day is not None:
            self._content.go(self._content.look.at(day))

    def _zoom(self, step: int) -> None:
        look = self._content.look
        zoom = _ZOOMS[min(max(_ZOOMS.index(look.zoom) + step, 0), len(_ZOOMS) - 1)]
        if zoom is Zoom.YEAR and not self._layout().has_room_for_year:
            self._desk.say("Too narrow for the year view.")
            return
        self._content.wanted_zoom = zoom
        self._content.go(replace(look, zoom=zoom))
        self._panes.focus_days()
