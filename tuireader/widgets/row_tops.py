"""Where rows of different heights begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class RowTops:
    """Rows one below the other, of ``heights`` lines, each at least one. A line is found by bisection."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._tops = [0, *accumulate(heights)]

    def top_of(self, row: int) -> int:
        """The first line of ``row``; below the last one the number of all lines."""
        return self._tops[min(row, len(self._tops) - 1)]

    def row_of(self, line: int) -> int:
        """The row that ``line`` is of: -1 above the first, the number of rows below the last."""
        return bisect_right(self._tops, line) - 1
