"""Rows of different heights: the first line of a row, and the row of a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tuireader.widgets.row_list import RowTops

all_heights = st.lists(st.integers(1, 5), max_size=60)


@given(all_heights)
def test_every_line_is_of_the_row_that_it_is_drawn_for(heights: list[int]):
    tops = RowTops(heights)
    lines = [row for row, height in enumerate(heights) for _ in range(height)]
    assert [tops.row_of(line) for line in range(len(lines))] == lines
    assert [tops.top_of(row) for row in range(len(heights))] == [lines.index(row) for row in set(lines)]


@given(all_heights)
def test_above_the_first_row_and_below_the_last_there_is_none(heights: list[int]):
    tops, count, total = RowTops(heights), len(heights), sum(heights)
    assert tops.row_of(-1) == -1
    assert tops.row_of(total) == tops.row_of(total + 9) == count
    assert tops.top_of(count) == tops.top_of(count + 9) == total
