"""The rows of a list with folded stories, as pure values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from library import Story


@dataclass(frozen=True, slots=True)
class Folding:
    """``found`` are all articles of the list in their order, ``rows`` those that have a row.

    ``stories`` has each story under its first article, which has a row at its own place; of the stories that
    are ``opened``, named by their first articles too, the others follow it.
    """

    found: tuple[str, ...] = ()
    stories: Mapping[str, Story] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()
    rows: tuple[str, ...] = ()
    firsts: Mapping[str, str] = field(default_factory=dict)
    """The first article of the story of each other one."""

    @classmethod
    def of(cls, found: Sequence[str], stories: Sequence[Story], opened: frozenset[str]) -> Folding:
        """The rows of ``found``, with ``stories`` folded but those that are ``opened``."""
        found = tuple(found)
        if not stories:
            return cls(found, {}, opened, found, {})
        firsts = {key: story.first for story in stories for key in story.others}
        by_first = {story.first: story for story in stories}
        return cls(found, by_first, opened, _rows(found, by_first, firsts, opened), firsts)

    def hidden(self, article_id: str) -> tuple[str, ...]:
        """The articles that the row of ``article_id`` hides."""
        story = self.stories.get(article_id)
        return () if story is None or article_id in self.opened else story.others

    def hides(self, article_id: str) -> bool:
        """Whether ``article_id`` has no row, because it is folded under another one."""
        first = self.firsts.get(article_id)
        return first is not None and first not in self.opened

    def first(self, article_id: str) -> str:
        """The first article of the story of ``article_id``; itself, where it has none or is the first."""
        return self.firsts.get(article_id, article_id)

    def is_open(self, article_id: str) -> bool:
        """Whether the row of ``article_id`` has others of its story below it."""
        return article_id in self.stories and article_id in self.opened

    def with_story(self, article_id: str, *, opened: bool) -> Folding:
        """The same with the story of ``article_id`` open, or closed."""
        first = self.first(article_id)
        if first not in self.stories or (first in self.opened) is opened:
            return self
        return self.with_opened(self.opened | {first} if opened else self.opened - {first})

    def row_to_keep(self, before: Folding, cursor: int, wanted: str | None, *, near: bool) -> int:
        """The row for the cursor when these rows come after those of ``before``.

        Args:
            before: What was listed.
            cursor: The row of the cursor there.
            wanted: The article that it is to be on.
            near: Where ``wanted`` has no row, the nearest neighbour that has one is taken, not the first.
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
        """The same with these stories open."""
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
