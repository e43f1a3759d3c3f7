"""The events and messages that connect the parts of the reader. Every part that shows data subscribes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Any, Generic, TypeVar

from textual.message import Message

from library import Annotation

T = TypeVar("T")


class Signal(Generic[T]):
    """An event. Its subscribers are called one after the other, in the order in which they subscribed."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[T], object]] = []

    def subscribe(self, subscriber: Callable[[T], object]) -> None:
        """Call ``subscriber`` with everything that is published from now on."""
        self._subscribers.append(subscriber)

    def unsubscribe(self, subscriber: Callable[[T], object]) -> None:
        """Stop calling ``subscriber``."""
        self._subscribers.remove(subscriber)

    def publish(self, data: T) -> None:
        """Call every subscriber with ``data``."""
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
    """A change of the library.

    Attributes:
        what: The parts that have changed.
        ids: The articles concerned; None if any may be.
        keep: The article or notebook entry that the cursor moves to.
        annotation: The annotation that the article view shows.
    """

    what: What = What.EVERYTHING
    ids: tuple[str, ...] | None = None
    keep: str | None = None
    annotation: Annotation | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The opening of the article ``article_id``."""

    article_id: str


@dataclass(frozen=True, slots=True)
class Events:
    """The signals of one reader."""

    library_changed: Signal[Changed] = field(default_factory=Signal)
    query_changed: Signal[str] = field(default_factory=Signal)
    """The list shows the articles of another query."""
    article_opened: Signal[Opened] = field(default_factory=Signal)


class Remembered(Message):
    """The reader is to remember something. ``values`` are fields of ``State``."""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values


class TermPicked(Message):
    """A term was picked with the mouse or in the sidebar, for the query of the list."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query


class Rested(Message):
    """A pause in which no key has been pressed for a while."""


class SidebarCounted(Message):
    """The end of counting the sidebar's entries."""
