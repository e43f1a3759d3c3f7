"""A list of options with the same cursor as every other list."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList


class Menu(OptionList):
    """Options of one line each. The highlighted one has the bar and the ground of the cursor in lists."""

    DEFAULT_CSS = """
    Menu {
        height: auto; min-width: 8; padding: 0; border: none; background: $surface;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: $surface 0%; }
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
        ground = self.get_component_rich_style("option-list--option-highlighted").bgcolor
        colour = self.app.theme_variables.get("accent", "")
        bar = Style(color=colour or None, bgcolor=ground)
        return Strip([Segment("▌", bar), *line.crop(1)])
