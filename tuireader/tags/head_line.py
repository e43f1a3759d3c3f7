"""The first line of the tags view: its title on the left, its count on the right."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tuireader.rows import fit


class HeadLine(Widget):
    """A line of two texts. If they do not fit, the right one loses parts, then the left one is cut."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"head-line--title", "head-line--amount"}
    DEFAULT_CSS = """
    HeadLine {
        height: 1; padding: 0 1; background: $background;
        & .head-line--title { color: $accent; text-style: bold; }
        & .head-line--amount { color: $text-muted; }
    }
    """

    title: reactive[str] = reactive("")
    amount: reactive[str] = reactive("")
    changing: reactive[str] = reactive("")
    """Progress of a running change, shown instead of the amount; the title is cut to make room."""

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        parts = (self.changing or self.amount).split(" · ")
        beside = 0 if self.changing else cell_len(self.title)
        while len(parts) > 1 and beside + cell_len(" · ".join(parts)) + 2 > width:
            parts.pop()
        amount = " · ".join(parts)
        title = fit(self.title, width - (cell_len(amount) + 2 if amount else 0))
        style = self.get_component_rich_style("head-line--amount")
        return Strip(
            [
                Segment(title, self.get_component_rich_style("head-line--title")),
                Segment(" " * max(0, width - cell_len(title) - cell_len(amount)), style),
                Segment(amount, style),
            ]
        ).crop_extend(0, width, style)
