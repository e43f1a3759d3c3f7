"""The entries of the sidebar as a tree of frozen values: views, tags, dates and others.

Every entry is a query; picking it lists the results of the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, starmap
from types import MappingProxyType

from library.models import DayCount, SavedSearch, TagCount
from library.query.formatting import field_term
from library.search.facets import VIEWS
from library.search.facts import fold_tag
from library.text.case_folding import fold
from tuireader.presentation import MONTHS, WEEKDAYS
from tuireader.views import name_of

SEARCHES = "searches"
TAGS = "tags"
SOURCES = "sources"
AUTHORS = "authors"
DATES = "dates"
"""The keys of the sections, which can be expanded."""

_PLAIN_TAG = re.compile(r"[^\W_][\w/.+-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the sidebar.

    Attributes:
        label: The text.
        key: The identity of the entry, stable when the tree is rebuilt, so that expanded entries stay so.
        query: The query; None for a heading.
        count: The number of articles; None if it is not known.
        of_unread: Only unread articles are counted.
        is_late: The children are counted when the entry is expanded.
        colour: The colour of a tag; empty for none.
        children: The entries below it.
    """

    label: str
    key: str
    query: str | None = None
    count: int | None = None
    of_unread: bool = False
    is_late: bool = False
    colour: str = ""
    children: tuple[Entry, ...] = ()

    @property
    def can_open(self) -> bool:
        """True if the entry has children."""
        return bool(self.children) or self.is_late


@dataclass(slots=True)
class _Family:
    """A tag under construction: its own count, the count of the whole family, and the tags below it."""

    count: int | None = None
    total: int | None = None
    members: dict[str, _Family] = field(default_factory=dict)


def build_entries(
    tags: Sequence[TagCount],
    days: Sequence[DayCount],
    views: Mapping[str, int],
    searches: Sequence[tuple[SavedSearch, int | None]] = (),
    colours: Mapping[str, str] = MappingProxyType({}),
    sources: Mapping[str, int] = MappingProxyType({}),
    authors: Mapping[str, int] | None = MappingProxyType({}),
) -> tuple[Entry, ...]:
    """Return the tree of entries.

    Args:
        tags: The tags. A tag ``world/*`` holds the count of the whole family.
        days: The days.
        views: The number of articles in each view, by the names of ``VIEWS``, and ``all``.
        searches: The saved searches, each with the number of its unread articles.
        colours: The colours of tags, by folded tag.
        sources: The number of articles of each source.
        authors: The number of articles of each author; None if they are counted when expanded.
    """
    sections = (
        Entry(label="Saved searches", key=SEARCHES, children=tuple(starmap(_search_entry, searches))),
        Entry(label="Tags", key=TAGS, children=_tag_entries(tags, colours)),
        Entry(label="Sources", key=SOURCES, children=_name_entries("source", sources)),
        Entry(
            label="Authors",
            key=AUTHORS,
            is_late=authors is None,
            children=_name_entries("author", authors or {}),
        ),
        Entry(label="Dates", key=DATES, children=_date_entries(days)),
    )
    return (*_views(views), *(section for section in sections if section.can_open))


def _views(counts: Mapping[str, int]) -> Iterator[Entry]:
    yield Entry(label="All", key="all", query="", count=counts["all"])
    for name, term in VIEWS.items():
        yield Entry(label=name_of(term), key=name, query=term, count=counts[name])


def _name_entries(field: str, counts: Mapping[str, int]) -> tuple[Entry, ...]:
    """Return the entries of sources or authors, in alphabetical order."""
    return tuple(
        Entry(label=name, key=f"{field}:{name}", query=field_term(field, name), count=counts[name])
        for name in sorted(counts, key=lambda name: (fold(name), name))
    )


def _search_entry(search: SavedSearch, unread: int | None) -> Entry:
    query = field_term("saved", search.name)
    return Entry(label=search.name, key=f"search:{search.id}", query=query, count=unread, of_unread=True)


def tag_query(tag: str, *, family: bool = False) -> str:
    """Return the query for ``tag`` or its family, in quotes unless the query language reads it as a word."""
    plain = _PLAIN_TAG.fullmatch(tag) and tag.casefold() != "none"
    name = f"{tag}/*" if family else tag
    return f"tag:{name}" if plain else f'tag:"{name}"'


def _tag_entries(tags: Sequence[TagCount], colours: Mapping[str, str]) -> tuple[Entry, ...]:
    root = _Family()
    for tag in tags:
        family = root
        for name in _names(tag.tag.removesuffix("/*")):
            family = family.members.setdefault(name, _Family())
        if tag.tag.endswith("/*"):
            family.total = tag.count
        else:
            family.count = tag.count
    return _family_entries(root, "", colours)


def _names(tag: str) -> list[str]:
    """Return the parts of ``tag``. A slash at an end or next to another slash does not separate parts."""
    return re.split(r"(?<=[^/])/(?=[^/])", tag)


def _family_entries(family: _Family, above: str, colours: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(
        _tag_entry(name, f"{above}{name}", family.members[name], colours)
        for name in sorted(family.members, key=lambda name: (name.casefold(), name))
    )


def _tag_entry(name: str, tag: str, family: _Family, colours: Mapping[str, str]) -> Entry:
    colour = colours.get(fold_tag(tag), "")
    entry = Entry(label=name, key=f"tag:{tag}", query=tag_query(tag), count=family.count, colour=colour)
    if not family.members:
        return entry
    return replace(
        entry,
        query=tag_query(tag, family=True),
        count=family.total,
        children=_family_entries(family, f"{tag}/", colours),
    )


def _date_entries(days: Sequence[DayCount]) -> tuple[Entry, ...]:
    """Return the years, newest first, with their months and days. Articles without a date come last."""
    known = sorted(((day.day, day.count) for day in days if day.day is not None), reverse=True)
    undated = sum(day.count for day in days if day.day is None)
    entries = [_year(year, list(group)) for year, group in groupby(known, lambda pair: pair[0].year)]
    if undated:
        entries.append(Entry(label="undated", key="date:none", query="date:none", count=undated))
    return tuple(entries)


def _year(year: int, days: list[tuple[date, int]]) -> Entry:
    months = groupby(days, lambda pair: pair[0].month)
    return _dated(
        f"{year:04}", str(year), days, (_month(year, month, list(group)) for month, group in months)
    )


def _month(year: int, month: int, days: list[tuple[date, int]]) -> Entry:
    return _dated(f"{year:04}-{month:02}", MONTHS[month - 1], days, (_day(day, count) for day, count in days))


def _day(day: date, count: int) -> Entry:
    return _dated(day.isoformat(), f"{day.day:2} {WEEKDAYS[day.weekday()][:3]}", [(day, count)], ())


def _dated(value: str, label: str, days: list[tuple[date, int]], children: Iterable[Entry]) -> Entry:
    query = f"date:{value}"
    count = sum(number for _, number in days)
    return Entry(label=label, key=query, query=query, count=count, children=tuple(children))
