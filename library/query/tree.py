"""The syntax tree of a query. Every node is frozen; ``And(())`` matches everything."""

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
    """``text`` in ``field`` ("" is title, text and notes). With ``prefix`` the last word is a prefix.

    ``near`` finds the words in any order with at most that many other words between them. There are at least
    two words, of scripts with spaces.
    """

    text: str
    field: str = ""
    prefix: bool = False
    near: int | None = None

    def singly(self) -> tuple[Words, ...]:
        """Return the words of a ``near`` search one by one, without repeats; otherwise only itself."""
        if self.near is None:
            return (self,)
        *others, last = _run.findall(fold(self.text)) or [self.text]
        each = (*(Words(text, self.field) for text in others), Words(last, self.field, self.prefix))
        return tuple(dict.fromkeys(each))


@dataclass(frozen=True, slots=True)
class Tagged:
    """Has one of the tags ``names``. A name that ends in ``/*`` is that tag and all tags below it."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untagged:
    """Has no tag."""


@dataclass(frozen=True, slots=True)
class Days:
    """A time from the day ``first`` to the day ``last``, inclusive; None is an open end."""

    clock: Clock
    first: date | None = None
    last: date | None = None
    written: str = field(default="", compare=False)
    """Value as the user wrote it, such as ``7d``; empty if there is none."""


@dataclass(frozen=True, slots=True)
class NoDay:
    """Has no known time of kind ``clock``."""

    clock: Clock


@dataclass(frozen=True, slots=True)
class Is:
    """Is in ``state``: unread, read, started (and not finished), bookmarked, trashed, orphaned, doubtful."""

    state: str


@dataclass(frozen=True, slots=True)
class Has:
    """Has at least one ``thing``: note, highlight, bookmark (of a passage) or image."""

    thing: str


@dataclass(frozen=True, slots=True)
class Amount:
    """``measure`` (words or minutes) from ``least`` to ``most``, inclusive; None is no bound."""

    measure: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Matches articles that ``node`` does not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Matches articles that every one of ``nodes`` matches."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches articles that at least one of ``nodes`` matches."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The saved search ``name`` with its terms ``node``, but without its order and limit."""

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
    """A whole query: the terms, the order, and the maximum number of articles (None: all)."""

    node: Node = And(())
    sort: tuple[SortKey, ...] = NEWEST_FIRST
    limit: int | None = None
    has_order: bool = False
    """True if the query sets an order explicitly."""

    def words(self) -> tuple[Words, ...]:
        """Return the words searched anywhere, in the text or in the title, whose hits are to be marked.

        The words of a ``near`` search are separate.
        """
        return tuple(_words(self.node))


def usual_order(node: Node) -> tuple[SortKey, ...]:
    """Return the default order of a query: the best match first if it looks for words, else the newest.

    Articles that are started are sorted by the time they were last opened.
    """
    if Is("started") in conjuncts(node):
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
    """Return the direct child nodes of ``node``."""
    match node:
        case And(nodes) | Or(nodes):
            return nodes
        case Not(child) | Saved(node=child):
            return (child,)
    return ()


def conjuncts(node: Node) -> Iterator[Node]:
    """Yield the terms of ``node`` that must all match, including those of saved searches."""
    if isinstance(node, And | Saved):
        for child in children(node):
            yield from conjuncts(child)
    else:
        yield node


def looks_for_words(node: Node) -> bool:
    """Return True if ``node`` contains words at any depth, including negated ones."""
    return isinstance(node, Words) or any(map(looks_for_words, children(node)))


def mentions(node: Node, wanted: Node) -> bool:
    """Return True if ``node`` contains ``wanted`` at any depth, including negated."""
    return node == wanted or any(mentions(child, wanted) for child in children(node))
