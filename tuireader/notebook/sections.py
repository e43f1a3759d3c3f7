"""The section line of the notebook, with the current section highlighted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tuireader.notebook.entries import Section

_GAP = 3


class SectionLine(Widget):
    """A line with the names of the sections; a click picks one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"section-line--active", "section-line--other"}
    DEFAULT_CSS = """
    SectionLine {
        height: 1; padding: 0 1; background: $background;
        & .section-line--active { color: $accent; text-style: bold underline; }
        & .section-line--other { color: $text-muted; }
    }
    """

    section: reactive[Section] = reactive(Section.ALL)

    @dataclass
    class Picked(Message):
        """A section was clicked."""

        section: Section

    def _placed(self) -> list[tuple[int, Section]]:
        """Return (column, section) of each section shown: all, or just the current one if they do not fit."""
        placed, column = [], 0
        for section in Section:
            placed.append((column, section))
            column += len(section) + _GAP
        return placed if column - _GAP <= self.size.width else [(0, self.section)]

    def render_line(self, y: int) -> Strip:
        active = self.get_component_rich_style("section-line--active")
        other = self.get_component_rich_style("section-line--other")
        segments = list[Segment]()
        for _, section in self._placed():
            segments += [Segment(section, active if section is self.section else other)]
            # A segment of its own: screenshots lose the spaces at the beginning of a segment.
            segments += [Segment(" " * _GAP, Style(bgcolor=other.bgcolor))]
        return Strip(segments).crop_extend(0, self.size.width, other)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for column, section in self._placed():
            if offset is not None and column <= offset.x < column + len(section):
                self.post_message(self.Picked(section))
