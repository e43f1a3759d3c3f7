"""The rows of a list with folded stories, as pure values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from library import Story


@dataclass(frozen=True, slots=True)
class Folding:
    """The rows of a list. The articles of a story are folded under its first one unless it is expanded.

    Attributes:
        found: The ids of all listed articles, in order.
        stories: The stories, by their first articles.
        opened: The first articles of the expanded stories.
        rows: The ids of the articles that have a row. In an expanded story, the others follow the first.
        firsts: The first article of the story of each other article.
    """

    found: tuple[str, ...] = ()
    stories: Mapping[str, Story] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()
    rows: tuple[str, ...] = ()
    firsts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Sequence[str], stories: Sequence[Story], opened: frozenset[str]) -> Folding:
        """Return the rows of ``found``, with ``stories`` folded except those that are ``opened``."""
        found = tuple(found)
        if not stories:
            return cls(found, {}, opened, found, {})
        firsts = {key: story.first for story in stories for key in story.others}
        by_first = {story.first: story for story in stories}
        return cls(found, by_first, opened, _rows(found, by_first, firsts, opened), firsts)

    def hidden(self, article_id: str) -> tuple[str, ...]:
        """Return the articles that the row of ``article_id`` hides."""
        story = self.stories.get(article_id)
        return () if story is None or article_id in self.opened else story.others

    def hides(self, article_id: str) -> bool:
        """Return True if ``article_id`` has no row because it is folded under another article."""
        first = self.firsts.get(article_id)
        return first is not None and first not in self.opened

    def first(self, article_id: str) -> str:
        """Return the first article of the story of ``article_id``; itself if it is in no story."""
        return self.firsts.get(article_id, article_id)

    def is_open(self, article_id: str) -> bool:
        """Return True if ``article_id`` is the first article of an expanded story."""
        return article_id in self.stories and article_id in self.opened

    def with_story(self, article_id: str, *, opened: bool) -> Folding:
        """Return a copy with the story of ``article_id`` expanded or collapsed."""
        first = self.first(article_id)
        if first not in self.stories or (first in self.opened) is opened:
            return self
        return self.with_opened(self.opened | {first} if opened else self.opened - {first})

    def row_to_keep(self, before: Folding, cursor: int, wanted: str | None, *, near: bool) -> int:
        """Return the row for the cursor when these rows replace those of ``before``.

        Args:
            before: The previous rows.
            cursor: The row of the cursor among them.
            wanted: The article for the cursor.
            near: If ``wanted`` has no row, take its nearest neighbour that has one, not the first row.
        """
        if wanted is None or not self.rows:
            return 0
        wanted = self.first(wanted) if self.hides(wanted) else wanted
        if wanted in self.rows:
            return self.rows.index(wanted)
        present = frozenset(self.rows) if near else frozenset()
        for neighbour in chain(before.rows[cursor:], reversed(before.rows[:cursor])):
            if neighbour in present:
                return self.rows.index(neighbour)
        return 0

    def with_opened(self, opened: frozenset[str]) -> Folding:
        """Return a copy with exactly these stories expanded."""
        if opened == self.opened:
            return self
        return replace(self, opened=opened, rows=_rows(self.found, self.stories, self.firsts, opened))


def _rows(
    found: tuple[str, ...], stories: Mapping[str, Story], firsts: Mapping[str, str], opened: frozenset[str]
) -> tuple[str, ...]:
    rows = [key for key in found if key not in firsts]
    open_here = [key for key in opened if key in stories]
    if not open_here:
        return tuple(rows)
    return tuple(
        chain.from_iterable(stories[key].ids if key in opened and key in stories else (key,) for key in rows)
    )
