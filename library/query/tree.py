"""The meaning of a query as a tree of values. Every node is frozen; ``And(())`` matches everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from library.text.case_folding import LETTER, fold

_run = re.compile(f"{LETTER}+")


class Clock(StrEnum):
    """The time of an article that a date term refers to."""

    PUBLISHED = "date"
    ADDED = "added"
    NOTED = "noted"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Words:
    """``text`` in ``field`` ("" is title, text and notes); ``prefix``: the last word may go on.

    ``near``: its words, in any order, in a stretch that has at most so many more words than they are. They
    are two or more, of scripts with spaces.
    """

    text: str
    field: str = ""
    prefix: bool = False
    near: int | None = None

    def singly(self) -> tuple[Words, ...]:
        """The words that may be apart, each once; the whole where none may."""
        if self.near is None:
            return (self,)
        *others, last = _run.findall(fold(self.text)) or [self.text]
        each = (*(Words(text, self.field) for text in others), Words(last, self.field, self.prefix))
        return tuple(dict.fromkeys(each))


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of ``names``; a name that ends in ``/*`` is that tag and all below it. None: no tag at all."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untagged:
    """No tag at all."""


@dataclass(frozen=True, slots=True)
class Days:
    """A time from the day ``first`` to the day ``last``, both included; None leaves that end open."""

    clock: Clock
    first: date | None = None
    last: date | None = None
    written: str = field(default="", compare=False)
    """The value as it was written, such as ``7d``; empty if the days were never written."""


@dataclass(frozen=True, slots=True)
class NoDay:
    """The time ``clock`` is not known."""

    clock: Clock


@dataclass(frozen=True, slots=True)
class Is:
    """In the state ``state``: unread, read, begun (and not finished), bookmarked, trashed or orphaned."""

    state: str


@dataclass(frozen=True, slots=True)
class Has:
    """Has at least one ``thing``: note, highlight, bookmark (of a passage) or image."""

    thing: str


@dataclass(frozen=True, slots=True)
class Amount:
    """``measure`` (words or minutes) from ``least`` to ``most``, both included; None is no bound."""

    measure: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Matches what ``node`` does not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Matches what every one of ``nodes`` matches."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches what at least one of ``nodes`` matches."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The saved search ``name``, which means ``node``. Its order and limit are not included."""

    name: str
    node: Node


Node = Words | Tagged | Untagged | Days | NoDay | Is | Has | Amount | Not | And | Or | Saved


@dataclass(frozen=True, slots=True)
class SortKey:
    """Sort by ``name``, in descending order if ``descending``."""

    name: str
    descending: bool = False


NEWEST_FIRST = (SortKey("date", descending=True),)
BEST_FIRST = (SortKey("relevance"),)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query: which articles, in which order, and how many at most (None: all)."""

    node: Node = And(())
    sort: tuple[SortKey, ...] = NEWEST_FIRST
    limit: int | None = None
    has_order: bool = False
    """Whether the query has an order of its own."""

    def words(self) -> tuple[Words, ...]:
        """The words looked for anywhere, in the text or the title, to be marked where they are found.

        Those that may be apart are given one by one.
        """
        return tuple(_words(self.node))


def usual_order(node: Node) -> tuple[SortKey, ...]:
    """The order of what ``node`` finds, where none is asked for: best match first if it looks for words.

    What is to be read on comes in the order in which it was last opened.
    """
    if Is("begun") in conjuncts(node):
        return (SortKey("opened", descending=True),)
    return BEST_FIRST if _words(node) else NEWEST_FIRST


def _words(node: Node) -> list[Words]:
    match node:
        case Not():
            return []
        case Words(field="" | "text" | "title"):
            return list(node.singly())
    return [word for child in children(node) for word in _words(child)]


def children(node: Node) -> tuple[Node, ...]:
    """The nodes that ``node`` is made of."""
    match node:
        case And(nodes) | Or(nodes):
            return nodes
        case Not(child) | Saved(node=child):
            return (child,)
    return ()


def conjuncts(node: Node) -> Iterator[Node]:
    """The terms of ``node`` that must all match, also those of saved searches."""
    if isinstance(node, And | Saved):
        for child in children(node):
            yield from conjuncts(child)
    else:
        yield node


def looks_for_words(node: Node) -> bool:
    """Whether words are anywhere in ``node``, also under a negation."""
    return isinstance(node, Words) or any(map(looks_for_words, children(node)))


def mentions(node: Node, wanted: Node) -> bool:
    """Whether ``wanted`` is anywhere in ``node``, also under a negation."""
    return node == wanted or any(mentions(child, wanted) for child in children(node))
