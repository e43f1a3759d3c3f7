"""Caches the stories of ``search.db``, and groups a list by them."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from library.models import Story
from library.search.near_duplicates.story_file import story_edition, story_numbers

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")


class SearchFile(Protocol):
    """The file ``search.db``, which answers questions."""

    def asked(self, question: Callable[[Connection], T]) -> T | None:
        """Return the result of ``question`` on the file; None if the file cannot be queried."""


class StoryGroups(NamedTuple):
    """The stories, and the story of each article."""

    numbers: Mapping[str, int]
    """Id of an article → number of its story, for stories of several articles."""
    stories: Mapping[int, Story]


class KnownStories:
    """The stories of a library, cached. Safe for threads; without a ``search.db`` there are none."""

    def __init__(self, file: SearchFile) -> None:
        self._file = file
        self._turn = threading.Lock()
        self._seen: tuple[str, int] | None = None
        self._groups = StoryGroups({}, {})

    def current(self, place: Callable[[str], tuple[float, ...]]) -> StoryGroups:
        """Return the current stories. ``place`` is the sort key of their articles; the least comes first."""
        with self._turn:
            seen = self._file.asked(story_edition)
            if seen is None:
                self._groups = StoryGroups({}, {})
            elif seen != self._seen:
                self._groups = _ordered(self._file.asked(story_numbers) or {}, place)
            self._seen = seen
            return self._groups


def _ordered(numbers: Mapping[str, int], place: Callable[[str], tuple[float, ...]]) -> StoryGroups:
    groups = defaultdict[int, list[str]](list)
    for key, number in numbers.items():
        groups[number].append(key)
    stories = {
        number: Story(tuple(sorted(keys, key=lambda key: (place(key), key))))
        for number, keys in groups.items()
    }
    return StoryGroups(numbers, stories)


def folded(ids: Sequence[str], numbers: Mapping[str, int], stories: Mapping[int, Story]) -> list[Story]:
    """Return the stories with at least two articles among ``ids``, in the order of the list.

    ``numbers`` has the story of each article. The returned stories contain only articles of the list.
    """
    grouped = [key for key in ids if key in numbers]
    counts = Counter([numbers[key] for key in grouped])
    listed: set[str] = set()
    result = []
    for number, count in counts.items():
        if count < 2:
            continue
        story = stories[number]
        if count < len(story.ids):
            listed = listed or set(grouped)
            story = Story(tuple([key for key in story.ids if key in listed]))
        result.append(story)
    return result
