"""Counts for the sidebar: the number of articles that each entry would leave.

Choosing an entry, such as a tag, adds a term to the query or replaces the terms of that kind. So each entry
is counted over the results of the rest of the query, and its count is the length of the list after choosing
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from library.query.editing import Part, units_of, with_term, without_part
from library.query.formatting import quoted
from library.query.tree import Tagged, Words
from library.search.counts import Tally
from library.search.facts import fold_tag
from library.search.word_patterns import word_test
from library.text.case_folding import LETTER, fold, is_unspaced

_run = re.compile(f"{LETTER}+")

_LONGEST_NAME = 30
"""Maximum number of words of a name that are compared."""

VIEWS = MappingProxyType(
    {
        "unread": "is:unread",
        "started": "is:started",
        "bookmarked": "is:bookmarked",
        "noted": "has:note",
        "doubtful": "is:doubtful",
        "trashed": "is:trashed",
    }
)
"""Name of each view → the query term that it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Number of articles that each value leaves, including zeros.

    ``all`` counts the library without the trash. ``views`` has the names of ``VIEWS`` as keys. ``families``
    counts each tag that has tags below it, together with those. ``searches`` counts the unread articles of
    each saved search by name; None if its query is invalid.
    """

    all: int = 0
    views: Mapping[str, int]
    tags: Mapping[str, int]
    families: Mapping[str, int]
    sources: Mapping[str, int]
    authors: Mapping[str, int]
    days: Mapping[date | None, int]
    searches: Mapping[str, int | None]


class FacetCounter:
    """Counter of the facets of one query.

    ``names`` caches names. ``whole`` is the tally of the library. ``tally`` returns the tally of the results
    of a query, and ``count`` their number (None if the query is invalid).
    """

    def __init__(
        self,
        query: str,
        whole: Tally,
        tally: Callable[[str], Tally],
        count: Callable[[str], int | None],
        names: KnownNames,
        limit: int | None = None,
    ) -> None:
        self._query = query
        self._names = names
        self._whole = whole
        self._tally = tally
        self._count = count
        self._limit = limit
        self._known: dict[str, Tally] = {}

    def facets(self, searches: Iterable[str], *, authors: bool = True) -> Facets:
        """Return all counts. Those of ``authors`` can be omitted; the first time they take longest."""
        return Facets(
            all=self._whole.articles,
            views=self._views(),
            tags=self._tags(),
            families=self._families(),
            sources=self._sources(),
            authors=self._authors() if authors else {},
            days=self._days(),
            searches={name: self._unread_in(name) for name in searches},
        )

    def _without(self, part: Part) -> Tally:
        """Return the tally of the results of the query without its terms of kind ``part``."""
        rest = without_part(self._query, part)
        if rest not in self._known:
            self._known[rest] = self._tally(rest)
        return self._known[rest]

    def _limited(self, counts: Mapping[str, int]) -> dict[str, int]:
        limit = self._limit
        return dict(counts) if limit is None else {key: min(count, limit) for key, count in counts.items()}

    def _views(self) -> dict[str, int]:
        tally = self._without(Part.STATE)
        counts = {**tally.states, "noted": tally.things["note"]}
        trashed = self._count(with_term(without_part(self._query, Part.STATE), VIEWS["trashed"]))
        counts["trashed"] = trashed or 0
        return self._limited({name: counts.get(name, 0) for name in VIEWS})

    @cached_property
    def _tag_names(self) -> Sequence[str]:
        return tuple(self._whole.tags)

    def _tags(self) -> dict[str, int]:
        tally = self._without(Part.TAG)
        counts = {fold_tag(tag): count for tag, count in tally.tags.items()}
        for tag, more in tally.only_noted().items():
            counts[tag] = counts.get(tag, 0) + more
        named = {tag: counts.get(fold_tag(tag), 0) for tag in self._tag_names}
        for unit in units_of(self._query):
            name = unit.removeprefix("-tag:")
            if name != unit and name in named:  # choosing an excluded tag includes it
                named[name] = self._count(with_term(self._query, f"tag:{name}")) or 0
        return self._limited(named)

    def _families(self) -> dict[str, int]:
        tally = self._without(Part.TAG)
        return self._limited({name: tally.tagged(Tagged((f"{name}/*",))) for name in self._whole.families})

    def _sources(self) -> dict[str, int]:
        found = self._without(Part.SOURCE).sources
        counts: dict[tuple[str, ...], int] = {(name,): count for name, count in found.items()}
        return self._limited(self._names.sources(self._whole.sources).counts(counts))

    def _authors(self) -> dict[str, int]:
        names = self._names.authors(self._whole.authors)
        return self._limited(names.counts(self._without(Part.AUTHOR).bylines))

    def _days(self) -> dict[date | None, int]:
        counts, limit = self._without(Part.DATE).days, self._limit
        days = {day: counts.get(day, 0) for day in self._whole.days}
        return days if limit is None else {day: min(count, limit) for day, count in days.items()}

    def _unread_in(self, name: str) -> int | None:
        rest = without_part(self._query, Part.SAVED)
        return self._count(f"{with_term(rest, saved_term(name))} {VIEWS['unread']}")


def saved_term(name: str) -> str:
    """Return the query term for the saved search ``name``."""
    return f"saved:{quoted(name, 'saved')}"


class HeldNames:
    """Names that are found inside other names as whole words: “Herald” in “Daily Herald”.

    A term such as ``source:"Herald"`` finds both sources, so both count for it. Results are cached.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self._known: dict[tuple[str, ...], list[str]] = {}
        self._anywhere: list[tuple[str, Callable[[str], bool]]] = []
        self._held: dict[str, tuple[str, ...]] = {}
        for name in self.names:
            runs = _runs_of(name)
            if runs and not is_unspaced(name):
                self._known.setdefault(runs, []).append(name)
            else:
                self._anywhere.append((name, word_test(Words(name))))

    def counts(self, bylines: Mapping[tuple[str, ...], int]) -> dict[str, int]:
        """Count the articles by name. ``bylines`` counts them by the tuple of all their names."""
        counts = dict.fromkeys(self.names, 0)
        for byline, count in bylines.items():
            found = self._in(byline[0]) if len(byline) == 1 else {n for one in byline for n in self._in(one)}
            for name in found:
                counts[name] += count
        return counts

    def _in(self, name: str) -> tuple[str, ...]:
        """Return the names that are contained in ``name``, each once."""
        if name not in self._held:
            runs, folded, known = _runs_of(name), fold(name), self._known
            parts = {runs[start:end] for start in range(len(runs)) for end in range(start + 1, len(runs) + 1)}
            held = [one for part in parts for one in known.get(part, ())]
            held += [one for one, has in self._anywhere if has(folded)]
            self._held[name] = tuple(held)
        return self._held[name]


def _runs_of(name: str) -> tuple[str, ...]:
    return tuple(_run.findall(fold(name))[:_LONGEST_NAME])


class KnownNames:
    """Cache of ``HeldNames`` for sources and for authors, valid as long as the names stay the same."""

    def __init__(self) -> None:
        self._sources = self._authors = HeldNames(())

    def sources(self, names: Iterable[str]) -> HeldNames:
        """Return the cached sources; they are replaced if ``names`` differ."""
        self._sources = _renewed(self._sources, names)
        return self._sources

    def authors(self, names: Iterable[str]) -> HeldNames:
        """Return the cached authors; they are replaced if ``names`` differ."""
        self._authors = _renewed(self._authors, names)
        return self._authors


def _renewed(known: HeldNames, names: Iterable[str]) -> HeldNames:
    wanted = frozenset(names)
    return known if wanted == known.names else HeldNames(wanted)
