"""The stories as ``search.db`` tells them, read again only when one of them has become another."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from library.models import Story
from library.search.near_duplicates.story_file import story_edition, story_numbers

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")


class SearchFile(Protocol):
    """The file ``search.db``, to be asked."""

    def asked(self, question: Callable[[Connection], T]) -> T | None:
        """What ``question`` finds in the file; None where it cannot be asked."""


class Told(NamedTuple):
    """Which articles are told together."""

    numbers: Mapping[str, int]
    """Id of an article → number of its story, for those that are told by several articles."""
    stories: Mapping[int, Story]


class KnownStories:
    """Which articles are told together. Safe for threads; without a ``search.db`` there are none."""

    def __init__(self, file: SearchFile) -> None:
        self._file = file
        self._turn = threading.Lock()
        self._seen: tuple[str, int] | None = None
        self._told = Told({}, {})

    def told(self, place: Callable[[str], tuple[float, ...]]) -> Told:
        """The present stories. ``place`` orders the articles of one: the least is to be read first."""
        with self._turn:
            seen = self._file.asked(story_edition)
            if seen is None:
                self._told = Told({}, {})
            elif seen != self._seen:
                self._told = _ordered(self._file.asked(story_numbers) or {}, place)
            self._seen = seen
            return self._told


def _ordered(numbers: Mapping[str, int], place: Callable[[str], tuple[float, ...]]) -> Told:
    groups = defaultdict[int, list[str]](list)
    for key, number in numbers.items():
        groups[number].append(key)
    stories = {
        number: Story(tuple(sorted(keys, key=lambda key: (place(key), key))))
        for number, keys in groups.items()
    }
    return Told(numbers, stories)
