"""The stories as ``search.db`` tells them, read again only when one of them has become another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from library.stories.story_file import story_edition, story_numbers

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")


class SearchFile(Protocol):
    """The file ``search.db``, to be asked."""

    def asked(self, question: Callable[[Connection], T]) -> T | None:
        """What ``question`` finds in the file; None where it cannot be asked."""


class KnownStories:
    """Which articles are told together. Safe for threads; without a ``search.db`` there are none."""

    def __init__(self, file: SearchFile) -> None:
        self._file = file
        self._turn = threading.Lock()
        self._seen: tuple[str, int] | None = None
        self._numbers: Mapping[str, int] = {}

    def numbers(self) -> Mapping[str, int]:
        """Id of an article → number of its story, for those that are told by several articles."""
        with self._turn:
            seen = self._file.asked(story_edition)
            if seen is None:
                self._numbers = {}
            elif seen != self._seen:
                self._numbers = self._file.asked(story_numbers) or {}
            self._seen = seen
            return self._numbers
