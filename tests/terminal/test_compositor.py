"""A part of the screen is drawn only from the widgets visible in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region

from tuireader.terminal.compositor import in_front

SCREEN = Region(0, 0, 12, 8)
regions = st.builds(Region, st.integers(-2, 10), st.integers(-2, 7), st.integers(0, 12), st.integers(0, 8))


@given(st.lists(st.tuples(regions, regions), max_size=6), st.lists(regions, max_size=3))
def test_the_foremost_widget_of_each_cell_is_among_them(placed, parts):
    widgets = dict(enumerate([*placed, (SCREEN, SCREEN)]))
    front = in_front(widgets, parts)
    for part in parts:
        for x in range(max(0, part.x), min(part.right, 12)):
            for y in range(max(0, part.y), min(part.bottom, 8)):
                seen = (key for key, (region, clip) in widgets.items() if (x, y) in region.intersection(clip))
                assert next(seen) in front


def test_covered_and_outside_widgets_are_left_out():
    page, list_, column, screen = Region(4, 1, 8, 6), Region(0, 1, 4, 6), Region(4, 0, 8, 8), SCREEN
    footer = Region(0, 7, 12, 1)
    placed = {
        "page": (page, SCREEN),
        "list": (list_, SCREEN),
        "footer": (footer, SCREEN),
        "column": (column, SCREEN),
        "screen": (screen, screen),
    }
    assert list(in_front(placed, [page, footer])) == ["page", "footer"]
    assert list(in_front(placed, [Region(3, 1, 2, 1)])) == ["page", "list", "column", "screen"]
    assert in_front(placed, []) == {}
