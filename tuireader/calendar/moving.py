"""Moves in the calendar: by days, months and years, between zoom levels and between panes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from textual.screen import Screen

from tuireader.calendar.content import CalendarContent
from tuireader.calendar.count_list import CountList
from tuireader.calendar.layout import CalendarLayout
from tuireader.calendar.map import CalendarMap
from tuireader.calendar.state import Look, Zoom
from tuireader.commands.binding import Bound, back, once, times
from tuireader.desk import Desk
from tuireader.widgets.article_list.view import ArticleList

_ZOOMS = tuple(Zoom)


class CalendarParts:
    """The parts of the calendar that can have the focus."""

    def __init__(
        self,
        screen: Screen[Any],
        map_: CalendarMap,
        articles: ArticleList,
        years: CountList,
        other_years: CountList,
    ) -> None:
        self._screen = screen
        self._map = map_
        self._articles = articles
        self._lists = (years, other_years)

    @property
    def rows(self) -> CountList | ArticleList | None:
        """The list with the focus, or None."""
        focused = self._screen.focused
        return focused if isinstance(focused, CountList | ArticleList) else None

    def focus_days(self, zoom: Zoom) -> None:
        """Focus the map, or the articles of the day in the day view."""
        self._screen.set_focus(self._articles if zoom is Zoom.DAY else self._map)

    def focus_next(self, step: int) -> None:
        """Move the focus by ``step`` among the map and the lists below it."""
        parts = (self._map, *self._lists)
        place = next((number for number, part in enumerate(parts) if part is self._screen.focused), 0)
        self._screen.set_focus(parts[(place + step) % len(parts)])


class CalendarMoves:
    """Commands that move the cursor of the calendar or of the focused list."""

    def __init__(
        self, desk: Desk, content: CalendarContent, parts: CalendarParts, layout: Callable[[], CalendarLayout]
    ) -> None:
        self._desk = desk
        self._content = content
        self._parts = parts
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
        yield once("next-pane", lambda: self._focus_next(1))
        yield once("previous-pane", lambda: self._focus_next(-1))
        yield once("go-calendar", lambda: self._parts.focus_days(self._content.look.zoom))

    def _step(self, move: Callable[[Look, int], Look], count: int) -> None:
        self._content.go(move(self._content.look, count))

    def _down(self, count: int) -> None:
        rows = self._parts.rows
        rows.moves.down(count) if rows else self._step(Look.down, count)

    def _up(self, count: int) -> None:
        rows = self._parts.rows
        rows.moves.up(count) if rows else self._step(Look.down, -count)

    def _first(self, row: int) -> None:
        rows = self._parts.rows
        rows.moves.first(row) if rows else self._go_to(self._content.counts[self._content.look.layer].first)

    def _last(self, row: int | None) -> None:
        rows = self._parts.rows
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
        self._parts.focus_days(zoom)

    def _focus_next(self, step: int) -> None:
        if self._content.look.zoom is not Zoom.DAY and self._layout().has_lists:
            self._parts.focus_next(step)
