"""One line above the list: how what is listed spreads over time."""

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

from tuireader.calendar.bars import Spread, Timeline


class TimelineLine(Widget):
    """Draws bars between the first and the last month; a click on one asks for its days."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline-line--bars", "timeline-line--label"}
    DEFAULT_CSS = """
    TimelineLine {
        display: none; height: 1; padding: 0 1; background: $background;
        & .timeline-line--bars { color: $scrollbar-hover; }
        & .timeline-line--label { color: $text-muted; }
    }
    """

    @dataclass
    class Picked(Message):
        """A bar was clicked that begins with ``day``."""

        day: date

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._spread = Spread()

    def show(self, spread: Spread) -> None:
        """Show how other articles spread."""
        if spread != self._spread:
            self._spread = spread
            self.refresh()

    @property
    def _timeline(self) -> Timeline | None:
        return self._spread.timeline(self.size.width)

    def render_line(self, y: int) -> Strip:
        timeline, width = self._timeline, self.size.width
        if timeline is None:
            return Strip.blank(width, self.rich_style)
        bars = self.get_component_rich_style("timeline-line--bars")
        label = self.get_component_rich_style("timeline-line--label")
        blank = Style(bgcolor=label.bgcolor)
        # Of another style: pictures of the screen lose the spaces that a segment begins with.
        segments = [Segment(timeline.begin, label), Segment(" ", blank), Segment(timeline.bars, bars)]
        return Strip([*segments, Segment(" ", blank), Segment(timeline.end, label)]).crop_extend(
            0, width, label
        )

    def on_click(self, event: events.Click) -> None:
        timeline, offset = self._timeline, event.get_content_offset(self)
        if timeline is None or offset is None:
            return
        day = timeline.day_at(offset.x - len(timeline.begin) - 1)
        if day is not None:
            self.post_message(self.Picked(day))
