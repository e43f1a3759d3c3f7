"""The rows of the tags view as values, and the query for marked tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from library import TagFamily, UnusedTag
from library.query.editing import terms_of
from library.query.formatting import tags_query
from library.search.facts import fold_tag

UNUSED = "Unused"
"""Heading of the tags that are not used outside the trash."""


class TagMark(StrEnum):
    """The condition of a marked tag; the value is its sign."""

    EVERY = "+"
    SOME = "|"
    NONE = "-"


class TagOrder(StrEnum):
    """The order of the tags in a family."""

    MOST_USED = "most used first"
    BY_NAME = "by name"


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    """A tag in the view. ``key`` is its folded name, ``count`` None if it is unused.

    ``opened`` is None if there are no tags below it. ``trashed`` counts its articles in the trash.
    """

    key: str
    tag: str
    name: str
    depth: int = 0
    count: int | None = None
    own: int = 0
    colour: str = ""
    opened: bool | None = None
    trashed: int = 0

    @property
    def term(self) -> str:
        """The tag in a query: with ``/*`` if there are tags below it."""
        return self.tag if self.opened is None else f"{self.tag}/*"


@dataclass(frozen=True, slots=True)
class TagHeading:
    """The name of a section, or (empty) the blank line above it."""

    words: str


Row = TagRow | TagHeading


def tag_rows(
    families: Iterable[TagFamily], unused: Iterable[UnusedTag], opened: Set[str], order: TagOrder
) -> tuple[Row, ...]:
    """Return the rows to show; ``opened`` are the keys of the open families."""
    rows: list[Row] = list(_members(families, opened, order, 0))
    never = [
        TagRow(key=fold_tag(tag.tag), tag=tag.tag, name=tag.tag, colour=tag.colour, trashed=tag.trashed)
        for tag in unused
    ]
    above = (TagHeading(""),) if rows else ()
    return (*rows, *above, TagHeading(UNUSED), *never) if never else tuple(rows)


def _members(
    families: Iterable[TagFamily], opened: Set[str], order: TagOrder, depth: int
) -> Iterator[TagRow]:
    if order is TagOrder.BY_NAME:
        families = sorted(families, key=lambda family: fold_tag(family.name))
    for family in families:
        key = fold_tag(family.tag)
        yield TagRow(
            key=key,
            tag=family.tag,
            name=family.name,
            depth=depth,
            count=family.count,
            own=family.own,
            colour=family.colour,
            opened=key in opened if family.members else None,
        )
        if key in opened:
            yield from _members(family.members, opened, order, depth + 1)


def family_keys(families: Iterable[TagFamily]) -> Iterator[str]:
    """Yield the keys of all families that have members."""
    for family in families:
        if family.members:
            yield fold_tag(family.tag)
            yield from family_keys(family.members)


def query_for(marks: Mapping[str, TagMark], filter_: str) -> str:
    """Narrow ``filter_`` to articles with the marked tags; the keys of ``marks`` are terms of rows."""
    wanted = {mark: [term for term, given in marks.items() if given is mark] for mark in TagMark}
    query = tags_query(wanted[TagMark.EVERY], wanted[TagMark.SOME], wanted[TagMark.NONE])
    filtered = filter_.strip()
    if not filtered:
        return query
    if not terms_of(filtered):
        return f"({filtered}) {query}"
    present = set(terms_of(filtered))
    return " ".join([filtered, *(term for term in terms_of(query) if term not in present)])
