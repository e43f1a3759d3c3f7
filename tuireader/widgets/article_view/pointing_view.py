"""What commands without a selection are about: the paragraph or the annotation in front of the reader."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice

from library.models import Annotation
from library.text.units import Span, paragraph_at
from tuireader.widgets.article_view.moves import Moves, ahead
from tuireader.widgets.article_view.page import is_placed
from tuireader.widgets.article_view.selecting_view import SelectingView


class PointingView(Moves, SelectingView, inherit_bindings=False):
    """A sheet with a pointer in its margin.

    It stands beside what was gone to by paragraph, heading, match or annotation, also where the page can
    scroll no further; after any other movement beside the paragraph on top.
    """

    _front: int | None = None
    """The offset that was gone to."""
    _front_id: str = ""
    """The annotation that was gone to."""

    def front_paragraph(self) -> Span | None:
        """The paragraph in front; None where the page has no words."""
        offset = self._sheet.offset_at(self.scroll_offset.y) if self._front is None else self._front
        return paragraph_at(self._document, offset)

    def in_front(self, annotations: Sequence[Annotation]) -> Annotation | None:
        """The one of ``annotations`` that was gone to, else the first on the paragraph in front."""
        for annotation in annotations:
            if annotation.id == self._front_id:
                return annotation
        paragraph = self.front_paragraph()
        return next(iter(annotations_on(annotations, paragraph)), None) if paragraph else None

    @property
    def front_id(self) -> str:
        """The id of the annotation that was gone to; empty where none was."""
        return self._front_id

    def point_at(self, annotation: Annotation) -> None:
        """Puts an annotation of the article in front without moving the page, which may get it only next."""
        if self._page is None or annotation.article != self._page.article.id:
            return
        self._front_id = annotation.id
        if is_placed(annotation) and annotation.quote:
            self._front = annotation.quote.start
        self.refresh()

    def _first_offset(self) -> int:
        return super()._first_offset() if self._front is None else self._front

    def _point_nowhere(self) -> None:
        self._front, self._front_id = None, ""

    def _pointer_row(self) -> int | None:
        if not self.has_focus or self._choice is not None or not self._document.text:
            return None
        lost = self._sheet.row_of_note(self._front_id) if self._front_id else None
        if lost is not None:
            return lost
        if self._front_id and self._front is not None:
            return self._sheet.row_of(self._front)
        paragraph = self.front_paragraph()
        if paragraph is None:
            return None
        return max(self._sheet.row_of(paragraph[0]), min(self.scroll_offset.y, self._last_row(paragraph)))

    def _last_row(self, paragraph: Span) -> int:
        return self._sheet.row_of(paragraph[1] - 1)

    # Going from one to the next

    def step(self, offsets: Sequence[int], count: int, *, past: bool = False) -> None:
        """Goes to the ``count``-th of ``offsets`` ahead, or behind; ``past`` the paragraph in front."""
        found = list(islice(self._from_front(offsets, count, past), abs(count)))
        if found:
            self._go_in_front(found[-1])
        elif count < 0:
            self._scroll_to_row(0)
            self._point_nowhere()

    def _from_front(self, offsets: Sequence[int], count: int, past: bool) -> Iterable[int]:
        """Those of ``offsets`` that lie ahead of what is in front, the nearest first."""
        front, y, top = self._front, self.scroll_offset.y, self._sheet.offset_at(self.scroll_offset.y)
        if front is None and count > 0 and y >= self.max_scroll_y and (paragraph := self.front_paragraph()):
            front = paragraph[0] if past else paragraph[0] - 1
        if front is not None:
            following = offsets[bisect_right(offsets, front) :]
            return following if count > 0 else reversed(offsets[: bisect_left(offsets, front)])
        if count > 0:
            nearest: Iterable[int] = islice(offsets, bisect_left(offsets, top), None)
        else:
            nearest = reversed(offsets[: bisect_right(offsets, top)])
        by_row = ((self._sheet.row_of(offset), offset) for offset in nearest)
        return _offsets_ahead(by_row, y, down=count > 0)

    def _go_in_front(self, offset: int) -> None:
        self._scroll_to_row(self._sheet.row_of(offset))
        self._front, self._front_id = offset, ""
        self.refresh()

    def _step_annotation(self, count: int) -> None:
        """Goes to the ``count``-th annotation ahead, or behind; those without a place are the last."""
        rows = self._annotation_rows()
        ids = [annotation.id for _, annotation in rows]
        if self._front_id in ids:
            index = ids.index(self._front_id) + count
        else:
            y = self.scroll_offset.y if self._front is None else self._sheet.row_of(self._front)
            index = bisect_left([row for row, _ in rows], y) + (count - 1 if count > 0 else count)
            if index < 0:
                return
        if not rows:
            return
        row, annotation = rows[max(0, min(index, len(rows) - 1))]
        self._scroll_to_row(row)
        if is_placed(annotation) and annotation.quote:
            self.show_aside(annotation.quote.start, annotation.quote.end)
        self._front = None
        self.point_at(annotation)

    def _annotation_rows(self) -> list[tuple[int, Annotation]]:
        """The annotations with the rows that they begin on, from the top."""
        rows = []
        for annotation in self._page.annotations if self._page else ():
            if is_placed(annotation) and annotation.quote:
                rows.append((self._sheet.row_of(annotation.quote.start), annotation))
            elif (row := self._sheet.row_of_note(annotation.id)) is not None:
                rows.append((row, annotation))
        return sorted(rows, key=lambda row: (row[0], _start(row[1]), row[1].id))

    def _scroll_to_row(self, y: int) -> None:
        raise NotImplementedError


def annotations_on(annotations: Iterable[Annotation], span: Span) -> list[Annotation]:
    """Those of ``annotations`` that stand on words of ``span``, the first of them first."""
    found = [
        one
        for one in annotations
        if is_placed(one) and one.quote and one.quote.start < span[1] and one.quote.end > span[0]
    ]
    return sorted(found, key=_start)


def _start(annotation: Annotation) -> int:
    return annotation.quote.start if annotation.quote else 0


def _offsets_ahead(rows: Iterable[tuple[int, int]], y: int, *, down: bool) -> Iterable[int]:
    places: dict[int, int] = {}

    def numbers() -> Iterable[int]:
        for row, offset in rows:
            places[row] = offset
            yield row

    return (places[row] for row in ahead(numbers(), y, down=down))
