"""The events that connect the parts of the reader. Whoever shows something subscribes to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Generic, TypeVar

from library import Annotation

T = TypeVar("T")


class Signal(Generic[T]):
    """Calls its subscribers one after the other, in the order in which they subscribed."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[T], object]] = []

    def subscribe(self, subscriber: Callable[[T], object]) -> None:
        """Call ``subscriber`` with whatever is published from now on."""
        self._subscribers.append(subscriber)

    def unsubscribe(self, subscriber: Callable[[T], object]) -> None:
        """Stop calling ``subscriber``."""
        self._subscribers.remove(subscriber)

    def publish(self, data: T) -> None:
        """Tell every subscriber."""
        for subscriber in tuple(self._subscribers):
            subscriber(data)


class What(Flag):
    """The parts of the library that can change."""

    OPENED = auto()
    """An article was opened."""
    READ = auto()
    """An article is no longer unread, because it was opened."""
    MARKS = auto()
    """Bookmarks, read marks, the trash."""
    TAGS = auto()
    ANNOTATIONS = auto()
    SEARCHES = auto()
    """Saved searches."""
    ARTICLES = auto()
    """Articles were added, removed or replaced."""
    EVERYTHING = OPENED | READ | MARKS | TAGS | ANNOTATIONS | SEARCHES | ARTICLES


@dataclass(frozen=True, slots=True)
class Changed:
    """The library has changed.

    ``ids`` are the articles concerned, None if it may be any; ``keep`` is the article, or the entry of the
    notebook, that the cursor is to be on; ``annotation`` is the one that the page is to point at.
    """

    what: What = What.EVERYTHING
    ids: tuple[str, ...] | None = None
    keep: str | None = None
    annotation: Annotation | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The article ``article_id`` was opened."""

    article_id: str


@dataclass(frozen=True, slots=True)
class Events:
    """The signals of one reader."""

    library_changed: Signal[Changed] = field(default_factory=Signal)
    query_changed: Signal[str] = field(default_factory=Signal)
    """The list shows what another query finds."""
    article_opened: Signal[Opened] = field(default_factory=Signal)
