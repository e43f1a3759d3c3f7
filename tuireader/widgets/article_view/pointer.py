"""The paragraph or annotation that commands without a selection act on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from library.models import Annotation
from library.text.units import Span, paragraph_at
from tuireader.widgets.article_view.lines import PageLines
from tuireader.widgets.article_view.page import is_placed
from tuireader.widgets.article_view.pane import Pane


class Pointer:
    """A sign in the margin beside the paragraph, heading, match or annotation last jumped to.

    It marks the target even if the page cannot scroll far enough to put it on top. After any other movement,
    the pointer is beside the paragraph on top.
    """

    def __init__(self, lines: PageLines, pane: Pane) -> None:
        self._lines = lines
        self._pane = pane
        self._offset: int | None = None
        self._annotation_id = ""

    @property
    def offset(self) -> int:
        """Offset last jumped to, otherwise that of the words on top."""
        return self._lines.top_offset if self._offset is None else self._offset

    @property
    def annotation_id(self) -> str:
        """The id of the annotation last jumped to; empty if none."""
        return self._annotation_id

    def paragraph(self) -> Span | None:
        """Return the paragraph in front, or None if the page has no words."""
        return paragraph_at(self._lines.document, self.offset)

    def annotation(self, annotations: Sequence[Annotation]) -> Annotation | None:
        """Return the one of ``annotations`` last jumped to, otherwise the first in the current paragraph."""
        for annotation in annotations:
            if annotation.id == self._annotation_id:
                return annotation
        paragraph = self.paragraph()
        return next(iter(annotations_on(annotations, paragraph)), None) if paragraph else None

    def row(self) -> int | None:
        """Return the row beside the pointer, or None if the page has no words."""
        rows = self._lines.rows
        if not self._lines.document.text:
            return None
        lost = rows.row_of_note(self._annotation_id) if self._annotation_id else None
        if lost is not None:
            return lost
        if self._annotation_id and self._offset is not None:
            return rows.row_of(self._offset)
        paragraph = self.paragraph()
        if paragraph is None:
            return None
        return max(rows.row_of(paragraph[0]), min(self._pane.top, rows.row_of(paragraph[1] - 1)))

    # Target

    def clear(self) -> None:
        """Point at the paragraph on top."""
        self._offset, self._annotation_id = None, ""

    def point_at(self, annotation: Annotation) -> None:
        """Point at an annotation of the article without scrolling. The page may not include it yet."""
        page = self._lines.page
        if page is None or annotation.article != page.article.id:
            return
        self._annotation_id = annotation.id
        if is_placed(annotation) and annotation.quote:
            self._offset = annotation.quote.start
        self._pane.refresh()

    def go_to(self, offset: int) -> None:
        """Point at the words at ``offset`` of the body, and put them on top, or as near as possible."""
        self._pane.scroll_to(self._lines.rows.row_of(offset))
        self.aim_at(offset)

    def aim_at(self, offset: int) -> None:
        """Point at the words at ``offset`` of the body without scrolling."""
        self._offset, self._annotation_id = offset, ""
        self._pane.refresh()

    # Steps

    def step(self, offsets: Sequence[int], count: int, *, past: bool = False) -> None:
        """Go to the ``count``-th of ``offsets`` ahead, or behind if it is negative.

        ``past``: skip the paragraph in front.
        """
        found = list(islice(self._from_front(offsets, count, past), abs(count)))
        if found:
            self.go_to(found[-1])
        elif count < 0:
            self._pane.scroll_to(0)
            self.clear()

    def _from_front(self, offsets: Sequence[int], count: int, past: bool) -> Iterable[int]:
        """Return the ``offsets`` ahead of the target, or behind it, the nearest first."""
        front, top_row, top = self._offset, self._pane.top, self._lines.top_offset
        at_end = count > 0 and top_row >= self._pane.last_top
        if front is None and at_end and (paragraph := self.paragraph()):
            front = paragraph[0] if past else paragraph[0] - 1
        if front is not None:
            following = offsets[bisect_right(offsets, front) :]
            return following if count > 0 else reversed(offsets[: bisect_left(offsets, front)])
        if count > 0:
            nearest: Iterable[int] = islice(offsets, bisect_left(offsets, top), None)
        else:
            nearest = reversed(offsets[: bisect_right(offsets, top)])
        by_row = ((self._lines.rows.row_of(offset), offset) for offset in nearest)
        return _offsets_ahead(by_row, top_row, down=count > 0)

    def step_annotation(self, count: int) -> None:
        """Go to the ``count``-th annotation ahead, or behind if it is negative. Orphans come last."""
        rows = self._annotation_rows()
        ids = [annotation.id for _, annotation in rows]
        if self._annotation_id in ids:
            index = ids.index(self._annotation_id) + count
        else:
            row = self._pane.top if self._offset is None else self._lines.rows.row_of(self._offset)
            index = bisect_left([first for first, _ in rows], row) + (count - 1 if count > 0 else count)
            if index < 0:
                return
        if not rows:
            return
        row, annotation = rows[max(0, min(index, len(rows) - 1))]
        self._pane.scroll_to(row)
        if is_placed(annotation) and annotation.quote:
            self._lines.show_columns(annotation.quote.start, annotation.quote.end)
        self._offset = None
        self.point_at(annotation)

    def _annotation_rows(self) -> list[tuple[int, Annotation]]:
        """Return the annotations with their first rows, from top to bottom."""
        page, rows = self._lines.page, self._lines.rows
        found = []
        for annotation in page.annotations if page else ():
            if is_placed(annotation) and annotation.quote:
                found.append((rows.row_of(annotation.quote.start), annotation))
            elif (row := rows.row_of_note(annotation.id)) is not None:
                found.append((row, annotation))
        return sorted(found, key=lambda row: (row[0], _start(row[1]), row[1].id))


def annotations_on(annotations: Iterable[Annotation], span: Span) -> list[Annotation]:
    """Return the ``annotations`` on words of ``span``, in the order of the text."""
    found = [
        one
        for one in annotations
        if is_placed(one) and one.quote and one.quote.start < span[1] and one.quote.end > span[0]
    ]
    return sorted(found, key=_start)


def _start(annotation: Annotation) -> int:
    return annotation.quote.start if annotation.quote else 0


def _offsets_ahead(rows: Iterable[tuple[int, int]], row: int, *, down: bool) -> Iterator[int]:
    """Yield the offsets in ``rows`` beyond ``row``, one per row."""
    for following, offset in rows:
        if following > row if down else following < row:
            row = following
            yield offset
