"""The interface between the article view widget and its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from rich.style import Style
from textual.scroll_view import ScrollView
from textual.selection import Selection


class Pane(Protocol):
    """A window over the rows of a page."""

    @property
    def top(self) -> int:
        """The row on top."""

    @property
    def height(self) -> int:
        """The rows on the screen."""

    @property
    def last_top(self) -> int:
        """The row that is on top where the page can scroll no further."""

    def scroll_to(self, row: int) -> None:
        """Put ``row`` on top, or as near as the page can."""

    def refresh(self) -> object:
        """Draw the pane again."""

    @property
    def selected(self) -> Selection | None:
        """The selection made with the mouse."""

    def clear_selected(self) -> None:
        """Clear the selection made with the mouse."""


class Canvas(Pane, Protocol):
    """A pane that lines and pictures are drawn on."""

    @property
    def ground(self) -> Style:
        """The style of the pane."""

    def style(self, *names: str) -> Style:
        """The style of the components ``names``, one over the other; for none that of the page."""

    @property
    def picture_ground(self) -> Style:
        """The style of what a picture will cover."""

    @property
    def selection_style(self) -> Style:
        """The style of words that the mouse has selected."""

    @property
    def is_covered(self) -> bool:
        """Whether another screen is over the pane."""

    @property
    def lines_above_bottom(self) -> int:
        """The lines from the top of the pane to the last but one of the terminal."""

    def call_later(self, callback: Callable[..., object], *args: object, **options: object) -> object:
        """Call ``callback`` when what came before has been handled. Any thread may call this."""


class WidgetCanvas:
    """The canvas that a widget is. Its component styles begin with ``article-view--``."""

    def __init__(self, widget: ScrollView) -> None:
        self._widget = widget

    @property
    def top(self) -> int:
        return self._widget.scroll_offset.y

    @property
    def height(self) -> int:
        return self._widget.size.height

    @property
    def last_top(self) -> int:
        return self._widget.max_scroll_y

    def scroll_to(self, row: int) -> None:
        self._widget.scroll_to(y=max(0, min(row, self.last_top)), animate=False, force=True)

    def refresh(self) -> None:
        self._widget.refresh()

    @property
    def selected(self) -> Selection | None:
        return self._widget.text_selection

    def clear_selected(self) -> None:
        if self.selected is not None:
            self._widget.screen.clear_selection()

    @property
    def ground(self) -> Style:
        return self._widget.rich_style

    def style(self, *names: str) -> Style:
        return self._widget.get_visual_style(*(f"article-view--{name}" for name in names)).rich_style

    @property
    def picture_ground(self) -> Style:
        return self._widget.get_component_rich_style("article-view--code")

    @property
    def selection_style(self) -> Style:
        return self._widget.screen.get_component_rich_style("screen--selection")

    @property
    def is_covered(self) -> bool:
        return self._widget.app.screen is not self._widget.screen

    @property
    def lines_above_bottom(self) -> int:
        return self._widget.app.size.height - 1 - self._widget.region.y

    def call_later(self, callback: Callable[..., object], *args: object, **options: object) -> bool:
        return self._widget.call_later(callback, *args, **options)
