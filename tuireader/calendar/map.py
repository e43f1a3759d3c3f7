"""The calendar map: years with their weeks side by side, or months with their weeks below each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from library.query import Period
from tuireader.calendar.counted import Counted, known_years
from tuireader.calendar.grid import YEAR_LINES, MonthGrid, YearGrid
from tuireader.calendar.map_lines import Piece, Region, Sheet, month_sheet, year_sheet
from tuireader.calendar.state import Layer, Look, Zoom

_EMPTY = Counted.of()


class CalendarMap(Widget, can_focus=True):
    """A map of years or months, with that of the cursor among them.

    The mouse selects days, ranges, and months or years by name; its wheel and the arrows beside a name go to
    the month or year before and after.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "calendar-map--title",
        "calendar-map--label",
        "calendar-map--step",
        "calendar-map--empty",
        "calendar-map--articles",
        "calendar-map--notes",
        "calendar-map--number",
        "calendar-map--today",
        "calendar-map--chosen",
        "calendar-map--chosen-empty",
        "calendar-map--cursor",
        "calendar-map--bar",
    }
    DEFAULT_CSS = """
    CalendarMap {
        height: 1fr; background: $background;
        & .calendar-map--title { color: $foreground; text-style: bold; }
        & .calendar-map--label { color: $text-muted; }
        & .calendar-map--step { color: $accent; }
        & .calendar-map--empty { color: $scrollbar-hover; }
        & .calendar-map--articles { color: $accent; }
        & .calendar-map--notes { color: $warning; }
        & .calendar-map--number { color: $foreground; }
        & .calendar-map--today { color: $accent; text-style: bold underline; }
        & .calendar-map--chosen { color: $foreground; background: $panel; }
        & .calendar-map--chosen-empty { color: $text-muted; background: $panel; }
        & .calendar-map--cursor { color: $background; background: $foreground; text-style: bold; }
        & .calendar-map--bar { color: $accent; text-style: bold; }
        &:nocolor .calendar-map--chosen { text-style: underline; }
        &:nocolor .calendar-map--chosen-empty { text-style: underline; }
    }
    """

    @dataclass
    class Pointed(Message):
        """A day was clicked; ``again`` is true if the cursor was already on it."""

        day: date
        again: bool

    @dataclass
    class Dragged(Message):
        """The mouse was dragged from one day to another."""

        anchor: date
        day: date

    @dataclass
    class Named(Message):
        """The name of a month or year was clicked; ``day`` is in it."""

        day: date
        period: Period

    @dataclass
    class Stepped(Message):
        """The month or year before or after was asked for; ``day`` is the same day in it."""

        day: date

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._look = Look(cursor=date(2000, 1, 1))
        self._counts = dict.fromkeys(Layer, _EMPTY)
        self._today = date(2000, 1, 1)
        self._sheet = Sheet(())
        self._drawn: tuple[int, int] | None = None
        self._pressed: date | None = None

    def show(self, look: Look, counts: dict[Layer, Counted], today: date) -> None:
        """Show the period of ``look`` with these counts."""
        self._look, self._counts, self._today = look, counts, today
        self._drawn = None
        self.refresh()

    @property
    def sheet(self) -> Sheet:
        """The drawn lines, with the positions of days and names."""
        size = (self.size.width, self.size.height)
        if self._drawn != size:
            self._sheet = self._draw(*size)
            self._drawn = size
        return self._sheet

    def _draw(self, width: int, height: int) -> Sheet:
        look, counts, today = self._look, self._counts, self._today
        if look.zoom is Zoom.MONTH:
            months = MonthGrid.of(look.cursor, width, height, look.first_weekday)
            return month_sheet(look, counts, today, months, height)
        rows = max(height // (YEAR_LINES + 1), 1)
        years = YearGrid.of(look.cursor, known_years(counts), width, rows, look.first_weekday)
        return year_sheet(look, counts, today, years, height)

    @property
    def cursor_lines(self) -> range:
        """The lines of the screen that the cursor's day is on."""
        days = (one for one in self.sheet.regions if one.period is Period.DAY)
        day = next((one for one in days if one.day == self._look.cursor), None)
        top = self.content_region.y
        return range(0) if day is None else range(top + day.y, top + day.y + day.height)

    def render_line(self, y: int) -> Strip:
        lines, width = self.sheet.lines, self.size.width
        pieces = lines[y] if y < len(lines) else ()
        segments = [segment for piece in pieces for segment in self._segments(piece)]
        return Strip(segments).crop_extend(0, width, self.rich_style)

    def _segments(self, piece: Piece) -> list[Segment]:
        style = (
            self.get_component_rich_style(f"calendar-map--{piece.role}") if piece.role else self.rich_style
        )
        bare = piece.text.lstrip(" ")
        # Screenshots lose the spaces at the beginning of a segment.
        blank = Segment(" " * (len(piece.text) - len(bare)), Style(bgcolor=style.bgcolor))
        return [one for one in (blank, Segment(bare, style)) if one.text]

    # The mouse

    def _region_at(self, event: events.MouseEvent) -> Region | None:
        offset = event.get_content_offset(self)
        return self.sheet.at(offset.x, offset.y) if offset is not None else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        region = self._region_at(event)
        if event.button == 1 and region is not None:
            event.stop()
            if region.is_step:
                self.post_message(self.Stepped(region.day))
                return
            if region.period is not Period.DAY:
                self.post_message(self.Named(region.day, region.period))
                return
            self._pressed = region.day
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        region = self._region_at(event) if self._pressed else None
        dragged = region is not None and region.period is Period.DAY
        if self._pressed and region and dragged and region.day != self._look.cursor:
            self.post_message(self.Dragged(self._pressed, region.day))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        pressed, self._pressed = self._pressed, None
        self.release_mouse()
        region = self._region_at(event)
        if pressed and region and region.day == pressed and region.period is Period.DAY:
            self.post_message(self.Pointed(pressed, again=pressed == self._look.cursor))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scrolled(event, -1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scrolled(event, 1)

    def _scrolled(self, event: events.MouseEvent, step: int) -> None:
        event.stop()
        look = self._look
        moved = look.months_on(step) if look.zoom is Zoom.MONTH else look.years_on(step)
        self.post_message(self.Stepped(moved.cursor))
