"""A list of options with the same cursor as every other list."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList


class Menu(OptionList):
    """Options of one line each. The highlighted one has the bar and the ground of the cursor in lists."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"menu--bar"}
    DEFAULT_CSS = """
    Menu {
        height: auto; min-width: 8; padding: 0; border: none; background: $surface;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: $surface 0%; }
        & > .menu--bar { color: $accent; background: $panel; }
        & > .option-list--option { padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .option-list--option-highlighted, &:focus > .option-list--option-highlighted {
            color: $foreground; background: $panel; text-style: bold;
        }
    }
    """

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        if y + self.scroll_offset.y != self.highlighted or not line.cell_length:
            return line
        return Strip([Segment("▌", self.get_component_rich_style("menu--bar")), *line.crop(1)])
