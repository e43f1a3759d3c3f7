"""The reading position: the words at the top, kept when the layout changes."""

from __future__ import annotations

from tuireader.widgets.article_view.page import PageRows


class ReadingPosition:
    """The position of the words on top of the pane, or of the row on top if it is above the body."""

    def __init__(self) -> None:
        self._offset: int | None = None
        self._head_row = 0

    @property
    def offset(self) -> int:
        """Offset of the words on top; 0 above the body."""
        return self._offset or 0

    def begin(self, offset: int = 0) -> None:
        """Start another article at ``offset``; 0 is its headline."""
        self._offset = offset if offset > 0 else None
        self._head_row = 0

    def aim_at(self, offset: int) -> None:
        """Put the words at ``offset`` on top as soon as the page includes them."""
        self._offset = offset

    def scrolled(self, rows: PageRows, top: int) -> None:
        """Record that the row ``top`` of ``rows`` is on top now."""
        in_head = top < rows.body_start
        self._head_row = top if in_head else 0
        self._offset = None if in_head else rows.offset_at(top)

    def row_in(self, rows: PageRows) -> int:
        """Return the row of ``rows`` to put on top."""
        if self._offset is None:
            return min(self._head_row, rows.body_start)
        return rows.row_of(self._offset)
