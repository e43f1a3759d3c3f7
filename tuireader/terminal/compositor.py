"""A faster compositor: a partial update renders only the widgets visible in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen

T = TypeVar("T")

Placed = tuple[Region, Region]
"""The region of a widget, and that to which it is clipped."""


class FrontCompositor(Compositor):
    """For an update of parts of the screen leaves out the widgets that have nothing of them in front.

    Textual renders every widget that touches the rectangle around all parts, such as the list and every
    container for a page that is scrolled and the footer below it: two thirds of the work.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """The rendered parts that have changed; None if nothing has."""
        _ = self.cuts  # made of all widgets, and kept
        every = self.visible_widgets
        front = self._visible_widgets = in_front(every, self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            if self._visible_widgets is front:  # otherwise they have been placed again
                self._visible_widgets = every


def compose_in_front(screen: Screen[Any]) -> None:
    """Let ``screen`` be drawn by a ``FrontCompositor``."""
    screen._compositor = FrontCompositor()


def in_front(placed: Mapping[T, Placed], parts: Iterable[Region]) -> dict[T, Placed]:
    """Those of the widgets ``placed``, the foremost first, that may be seen in one of ``parts``.

    A part is looked for no further behind a widget that covers all of it.
    """
    front: dict[T, Placed] = {}
    uncovered = list(parts)
    for widget, (region, clip) in placed.items():
        seen = region.intersection(clip)
        if any(seen.overlaps(part) for part in uncovered):
            front[widget] = region, clip
            uncovered = [part for part in uncovered if not seen.contains_region(part)]
    return front
