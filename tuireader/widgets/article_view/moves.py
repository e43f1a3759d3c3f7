"""The movements of the reading pane as actions, for keys to be bound to; each takes a count."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from library.text.document import Block


class Moves:
    """Actions over a few ways to move, which the widget supplies."""

    @abstractmethod
    def _move(self, rows: int) -> None:
        """Moves by ``rows``, up where it is negative."""

    @abstractmethod
    def step(self, offsets: Sequence[int], count: int, *, past: bool = False) -> None:
        """Goes on to the ``count``-th of ``offsets`` ahead, or back; ``past`` the paragraph in front."""

    @abstractmethod
    def _step_annotation(self, count: int) -> None:
        """Goes on to the ``count``-th annotation, or back."""

    @abstractmethod
    def _page_rows(self) -> int:
        """The rows on the screen."""

    @abstractmethod
    def _paragraphs(self) -> Sequence[int]:
        """Where the paragraphs begin, as offsets in rising order."""

    @abstractmethod
    def _headings(self) -> Sequence[int]: ...

    def action_line_down(self, count: int = 1) -> None:
        self._move(count)

    def action_line_up(self, count: int = 1) -> None:
        self._move(-count)

    def action_page_down(self, count: int = 1) -> None:
        """One row of the previous screen stays in view."""
        self._move(count * max(1, self._page_rows() - 1))

    def action_page_up(self, count: int = 1) -> None:
        self._move(-count * max(1, self._page_rows() - 1))

    def action_half_page_down(self, count: int = 1) -> None:
        self._move(count * max(1, self._page_rows() // 2))

    def action_half_page_up(self, count: int = 1) -> None:
        self._move(-count * max(1, self._page_rows() // 2))

    def action_next_paragraph(self, count: int = 1) -> None:
        self.step(self._paragraphs(), count, past=True)

    def action_previous_paragraph(self, count: int = 1) -> None:
        self.step(self._paragraphs(), -count)

    def action_next_heading(self, count: int = 1) -> None:
        self.step(self._headings(), count)

    def action_previous_heading(self, count: int = 1) -> None:
        self.step(self._headings(), -count)

    def action_next_annotation(self, count: int = 1) -> None:
        self._step_annotation(count)

    def action_previous_annotation(self, count: int = 1) -> None:
        self._step_annotation(-count)


def ahead(rows: Iterable[int], y: int, *, down: bool) -> Iterator[int]:
    """Those of ``rows`` that lie beyond ``y`` and beyond one another."""
    for row in rows:
        if row > y if down else row < y:
            y = row
            yield row


def starts(blocks: Iterable[Block]) -> list[int]:
    """The offsets of the blocks that have text."""
    return [block.start for block in blocks if block.end > block.start]
