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
        """Row on top."""

    @property
    def height(self) -> int:
        """Number of rows on the screen."""

    @property
    def last_top(self) -> int:
        """Row on top when the page is scrolled to its end."""

    def scroll_to(self, row: int) -> None:
        """Scroll so that ``row`` is on top, or as near to it as possible."""

    def refresh(self) -> object:
        """Draw the pane again."""

    @property
    def selected(self) -> Selection | None:
        """The selection made with the mouse."""

    def clear_selected(self) -> None:
        """Clear the selection made with the mouse."""


class Canvas(Pane, Protocol):
    """A pane on which lines and pictures are drawn."""

    @property
    def ground(self) -> Style:
        """The style of the pane."""

    def style(self, *names: str) -> Style:
        """Return the combined style of the components ``names``; without names, that of the page."""

    @property
    def picture_ground(self) -> Style:
        """The style of the background of a picture."""

    @property
    def selection_style(self) -> Style:
        """The style of words that are selected with the mouse."""

    @property
    def is_covered(self) -> bool:
        """True if another screen is over the pane."""

    @property
    def lines_above_bottom(self) -> int:
        """Number of lines from the top of the pane to the last line but one of the terminal."""

    def call_later(self, callback: Callable[..., object], *args: object, **options: object) -> object:
        """Call ``callback`` after all previous messages have been handled. Thread-safe."""


class WidgetCanvas:
    """A widget as a canvas. Its component styles begin with ``article-view--``."""

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
