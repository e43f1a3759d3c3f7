"""Uses of Textual's private parts: drawing at once, scroll bars, sizes before layout, the palette.

Private names of Textual are used only in ``tuireader.terminal``.
``tests/terminal/test_textual_internals.py`` says what each one is for, and fails if a newer Textual lacks
it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.command import CommandList, CommandPalette
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.widget import Widget


def draw_now(screen: Screen[Any]) -> None:
    """Draw the changes on ``screen`` at once, in one frame.

    Otherwise, Textual may wait for its clock, and draw the layout and the rest in two frames.
    """
    if screen._repaint_required:
        screen._repaint_required = False
        screen._dirty_widgets.add(screen)
    screen._on_timer_update()


def vertical_scroll_bar(widget: Widget, make: Callable[[], ScrollBar]) -> ScrollBar:
    """Return the scroll bar of ``widget``; the first call creates it with ``make``."""
    bar = widget._vertical_scrollbar
    if bar is None:
        bar = widget._vertical_scrollbar = make()
        bar.display = False
        widget.app._start_widget(widget, bar)
    return bar


def resize_ahead(widget: ScrollView, size: Size) -> bool:
    """Give a hidden ``widget`` its future size on the screen. Return True if the size changes."""
    return widget._size_updated(size, widget.virtual_size, size)


class Palette(CommandPalette):
    """Textual's command palette. It ignores the keys of pages while its list has no room on the screen.

    Textual raises KeyError then, because no option has a line yet. ``keys`` are shown below the list.
    """

    def __init__(self, keys: Content) -> None:
        super().__init__(id="--command-palette")
        self._keys_shown = keys

    def on_mount(self) -> None:
        self.query_one(CommandList).border_subtitle = self._keys_shown

    def _action_command_list(self, action: str) -> None:
        if not action.startswith("page_") or self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
