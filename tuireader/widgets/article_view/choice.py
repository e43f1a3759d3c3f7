"""Word selection by keyboard: the cursor, the start of the selection, and their movements.

These are pure values over a document. Spans are offsets into its plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from library.text.document import Document
from library.text.units import Span, word_after, word_before

Unit = Callable[[Document, int], Span | None]
"""A function that returns the span of the unit around a character: ``sentence_at``, ``paragraph_at``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The words from ``anchor`` to ``cursor``. If not ``extending``, only the cursor moves."""

    anchor: Span
    cursor: Span
    extending: bool = True

    @property
    def span(self) -> Span:
        """The chosen characters."""
        if not self.extending:
            return self.cursor
        return min(self.anchor[0], self.cursor[0]), max(self.anchor[1], self.cursor[1])

    def at(self, cursor: Span) -> Choice:
        """Return the choice with its cursor on other words."""
        return replace(self, cursor=cursor, anchor=self.anchor if self.extending else cursor)

    def from_here(self) -> Choice:
        """Return a choice that starts extending at the cursor, or stops extending."""
        return Choice(anchor=self.cursor, cursor=self.cursor, extending=not self.extending)

    def turned(self) -> Choice:
        """Return the choice with its cursor at the other end."""
        return replace(self, anchor=self.cursor, cursor=self.anchor)

    def by_words(self, text: str, count: int) -> Choice:
        """Return the choice with its cursor moved by ``count`` words, as far as there are words."""
        cursor = self.cursor
        for _ in range(abs(count)):
            found = word_after(text, cursor[1]) if count > 0 else word_before(text, cursor[0])
            if found is None:
                break
            cursor = found
        return self.at(cursor)

    def by_units(self, document: Document, unit: Unit, count: int) -> Choice:
        """Return the choice with its cursor moved by ``count`` sentences or paragraphs.

        A choice that extends forward includes units up to their ends. Otherwise, the cursor moves to their
        beginnings.
        """
        choice = self
        for _ in range(abs(count)):
            moved = choice._on(document, unit) if count > 0 else choice._back(document, unit)
            if moved == choice:
                break
            choice = moved
        return choice

    def _on(self, document: Document, unit: Unit) -> Choice:
        here = unit(document, self.cursor[1] - 1) or self.cursor
        forward = self.extending and self.cursor[0] >= self.anchor[0]
        following = word_after(document.text, max(here[1], self.cursor[1]))
        if not forward:
            return self._to_start(document, unit, following)
        if self.cursor[1] >= here[1]:
            if following is None:
                return self
            here = unit(document, following[0]) or following
        last = word_before(document.text, here[1]) or self.cursor
        return self.at((max(last[0], here[0]), here[1]))

    def _back(self, document: Document, unit: Unit) -> Choice:
        here = unit(document, self.cursor[0]) or self.cursor
        if self.cursor[0] > here[0]:
            return self._to_start(document, unit, word_after(document.text, here[0]))
        return self._to_start(document, unit, word_before(document.text, self.cursor[0]))

    def _to_start(self, document: Document, unit: Unit, word: Span | None) -> Choice:
        """Return the choice with its cursor on the first word of the unit of ``word``, with leading signs."""
        if word is None:
            return self
        start = (unit(document, word[0]) or word)[0]
        first = word_after(document.text, start) or word
        return self.at((start, first[1]))
