"""A faster compositor: a partial update renders only the widgets visible in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen

T = TypeVar("T")

Placed = tuple[Region, Region]
"""The region of a widget, and its clip region."""


class FrontCompositor(Compositor):
    """A compositor that skips widgets hidden in all parts of a partial update.

    Textual renders every widget that touches the rectangle around all parts. If a page is scrolled and the
    footer below it changes, these include the list and every container: two thirds of the work.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render the parts that have changed. Return None if nothing has."""
        _ = self.cuts  # computed from all widgets, and cached
        every = self.visible_widgets
        front = self._visible_widgets = in_front(every, self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            if self._visible_widgets is front:  # otherwise, a new layout has replaced them
                self._visible_widgets = every


def compose_in_front(screen: Screen[Any]) -> None:
    """Give ``screen`` a ``FrontCompositor``."""
    screen._compositor = FrontCompositor()


def in_front(placed: Mapping[T, Placed], parts: Iterable[Region]) -> dict[T, Placed]:
    """Return those of the widgets ``placed``, the foremost first, that may be visible in one of ``parts``.

    Widgets behind one that covers a whole part are not visible in it.
    """
    front: dict[T, Placed] = {}
    uncovered = list(parts)
    for widget, (region, clip) in placed.items():
        seen = region.intersection(clip)
        if any(seen.overlaps(part) for part in uncovered):
            front[widget] = region, clip
            uncovered = [part for part in uncovered if not seen.contains_region(part)]
    return front
