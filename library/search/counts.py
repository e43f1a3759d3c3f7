"""Counts of each value among some articles, for completion, tags, sources and days."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, chain
from operator import attrgetter

from library.models import DayCount, SourceCount, TagCount
from library.query.tree import Tagged
from library.search.facts import ArticleIndex, ArticleTable, Facts, fold_tag
from library.search.predicates import Corpus, tagged_ids
from library.text.case_folding import fold

_MARKS = ("started", "bookmarked", "trashed", "doubtful")
"""States of an article that are facts; ``read`` has a name for its opposite as well."""


class Authors:
    """The authors and agency of each article, read at the first call and then cached."""

    def __init__(self, table: ArticleTable) -> None:
        self._table = table
        self._version = -1
        self._known: Mapping[str, tuple[str, ...]] = {}
        self._once: dict[tuple[str, ...], tuple[str, ...]] = {}

    def current(self) -> Mapping[str, tuple[str, ...]]:
        """Return article id → names of the authors, then the agency (empty if there is none)."""
        version, documents = self._table.version, self._table.checked()
        if version != self._version:
            changed = self._table.changed_since(self._version) if self._version >= 0 else None
            known = {} if changed is None else dict(self._known)
            for key in documents if changed is None else changed:
                document = documents.get(key) or {}
                names = (*document.get("authors", ()), document.get("agency", ""))
                known[key] = self._once.setdefault(names, names)
            self._known, self._version = known, version
        return self._known


class Tally:
    """Counts over the articles ``ids``. Each is computed at its first use and cached."""

    def __init__(self, ids: Iterable[str], index: ArticleIndex, corpus: Corpus, authors: Authors) -> None:
        facts = index.facts
        self._ids = [key for key in ids if key in facts]
        self._facts: list[Facts] = [facts[key] for key in self._ids]
        self._index = index
        self._corpus = corpus
        self._authors = authors

    @property
    def articles(self) -> int:
        """Number of articles."""
        return len(self._ids)

    @cached_property
    def tags(self) -> Mapping[str, int]:
        """Number of articles by tag, in its most common spelling."""
        spelled = Counter(chain.from_iterable(map(attrgetter("tags"), self._facts)))
        names: dict[str, str] = {}
        counts: Counter[str] = Counter()
        for tag, count in spelled.most_common():
            counts[names.setdefault(fold_tag(tag), tag)] += count
        return counts

    @cached_property
    def families(self) -> tuple[str, ...]:
        """Tags that have other tags below them."""
        above = {tag[:end]: None for tag in self.tags for end in _ends(tag)}
        return tuple(above)

    def tagged(self, node: Tagged) -> int:
        """Count the articles that a tag term finds: the article or an annotation on it has the tag."""
        return sum(map(self._chosen.__contains__, tagged_ids(node, self._corpus, self._index)))

    def only_noted(self) -> Counter[str]:
        """Count, by folded tag, the articles that have it only on an annotation."""
        counts: Counter[str] = Counter()
        for key, tags in self._corpus.annotation_tags().items():
            if key in self._chosen:
                counts.update(set(map(fold_tag, tags)) - set(map(fold_tag, self._index.facts[key].tags)))
        return counts

    def family(self, name: str) -> int:
        """Count the articles that have the tag ``name`` or a tag below it."""
        folded, tagged = fold_tag(name), self._index.tagged
        members = [keys for tag, keys in tagged.items() if tag == folded or tag.startswith(f"{folded}/")]
        return sum(map(self._chosen.__contains__, frozenset[str]().union(*members)))

    @cached_property
    def _chosen(self) -> frozenset[str]:
        return frozenset(self._ids)

    @cached_property
    def sources(self) -> Mapping[str, int]:
        """Number of articles by source."""
        return _named(Counter(map(attrgetter("source"), self._facts)))

    @cached_property
    def languages(self) -> Mapping[str, int]:
        """Number of articles by language code."""
        return _named(Counter(map(attrgetter("language"), self._facts)))

    @cached_property
    def authors(self) -> Mapping[str, int]:
        """Number of articles by name of an author or agency."""
        counts: Counter[str] = Counter()
        for names, count in self.bylines.items():
            for name in set(names):
                counts[name] += count
        return _named(counts)

    @cached_property
    def bylines(self) -> Mapping[tuple[str, ...], int]:
        """Number of articles by tuple of all names, authors and agency."""
        known = self._authors.current()
        return Counter(known.get(key, ()) for key in self._ids)

    @cached_property
    def states(self) -> Mapping[str, int]:
        """Number of articles by state; ``orphaned`` means that an annotation has lost its passage."""
        counts: Counter[str] = Counter()
        marks = attrgetter("read", *_MARKS)
        for (read, *others), count in Counter(map(marks, self._facts)).items():
            counts["read" if read else "unread"] += count
            for name, is_so in zip(_MARKS, others, strict=True):
                counts[name] += count if is_so else 0
        counts["orphaned"] = self._annotated["orphaned"]
        return counts

    @cached_property
    def things(self) -> Mapping[str, int]:
        """Number of articles with a note, a highlight, a bookmark of a passage, or an image."""
        images = sum(map(attrgetter("image"), self._facts))
        return {
            **{name: self._annotated[name] for name in ("note", "highlight", "bookmark")},
            "image": images,
        }

    @cached_property
    def _annotated(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for key in self._corpus.annotated() & self._chosen:
            notes = self._corpus.annotations_of(key)
            counts.update({note["kind"] for note in notes})
            counts["orphaned"] += any(note.get("orphan") for note in notes)
        return counts

    @property
    def untagged(self) -> int:
        """Number of articles without a tag."""
        return sum(not facts.tags for facts in self._facts)

    def calendar(self, typed: str) -> list[str]:
        """Return the years with articles that begin with ``typed``; from ``2020-`` on months, then days."""
        length = 4 if len(typed) <= 4 else 7 if len(typed) <= 7 else 10
        known = {date.fromordinal(day).isoformat()[:length] for day in self._sums[0]}
        return sorted((text for text in known if text.startswith(typed)), reverse=True)

    @cached_property
    def _by_day(self) -> Counter[int]:
        return Counter(map(attrgetter("rank.day"), self._facts))

    @cached_property
    def _sums(self) -> tuple[list[int], list[int]]:
        """Days with articles, and cumulative counts: articles before each day, and finally all of them."""
        days = sorted(day for day in self._by_day if day)
        return days, [0, *accumulate(self._by_day[day] for day in days)]

    @property
    def days(self) -> Mapping[date | None, int]:
        """Number of articles by day of publication; None is the key for articles without a day."""
        return {date.fromordinal(day) if day else None: count for day, count in self._by_day.items()}

    @property
    def undated(self) -> int:
        """Number of articles without a date."""
        return self._by_day[0]

    def published(self, first: date | None, last: date | None) -> int:
        """Count the articles published from ``first`` to ``last`` inclusive; None is an open end."""
        days, sums = self._sums
        start = bisect_left(days, first.toordinal()) if first else 0
        end = bisect_right(days, last.toordinal()) if last else len(days)
        return max(0, sums[end] - sums[start])


class Tallies:
    """Factory of tallies. It caches the last one, because while a value is typed the rest stays the same."""

    def __init__(self, table: ArticleTable) -> None:
        self._authors = Authors(table)
        self._last: tuple[object, ArticleIndex, Tally] | None = None
        self._whole: tuple[ArticleIndex, Tally] | None = None

    def whole(self, index: ArticleIndex, corpus: Corpus) -> Tally:
        """Return the tally of all articles that are not in the trash."""
        if self._whole is None or self._whole[0] is not index:
            self._whole = index, self.made(index.kept, index, corpus)
        return self._whole[1]

    def made(self, ids: Iterable[str], index: ArticleIndex, corpus: Corpus) -> Tally:
        """Return a tally without caching it."""
        return Tally(ids, index, corpus, self._authors)

    def of(self, key: object, index: ArticleIndex, corpus: Corpus, ids: Callable[[], Iterable[str]]) -> Tally:
        """Return the tally of the articles ``ids``; the cached one if ``key`` and ``index`` are the same."""
        last = self._last
        if last is not None and last[0] == key and last[1] is index:
            return last[2]
        tally = Tally(ids(), index, corpus, self._authors)
        self._last = (key, index, tally)
        return tally


def _named(counts: Counter[str]) -> Mapping[str, int]:
    counts.pop("", None)
    return counts


def _ends(tag: str) -> Iterator[int]:
    """Yield the offset of the end of each family name in ``tag``."""
    end = tag.find("/")
    while end > 0:
        yield end
        end = tag.find("/", end + 1)


def tag_counts(index: ArticleIndex, ids: Iterable[str]) -> list[TagCount]:
    """Return every tag in its most common spelling, the most used first."""
    facts = index.facts
    spelled = Counter(tag for key in ids if key in facts for tag in facts[key].tags)
    return [TagCount(*pair) for pair in _largest_first(spelled, fold_tag)]


def source_counts(index: ArticleIndex, ids: Iterable[str]) -> list[SourceCount]:
    """Return every source in its most common spelling, the one with most articles first."""
    facts = index.facts
    spelled = Counter(source for key in ids if key in facts and (source := facts[key].source))
    return [SourceCount(*pair) for pair in _largest_first(spelled, fold)]


def _largest_first(spelled: Counter[str], folded: Callable[[str], str]) -> list[tuple[str, int]]:
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name, count in spelled.most_common():
        counts[names.setdefault(folded(name), name)] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def day_counts(index: ArticleIndex, ids: Sequence[str]) -> list[DayCount]:
    """Return the days with articles, newest first, and at the end the articles without a day."""
    known = index.days
    try:
        days = Counter(map(known.__getitem__, ids))
    except KeyError:  # some articles were deleted after the search
        days = Counter(known[key] for key in ids if key in known)
    return [DayCount(date.fromordinal(day) if day else None, days[day]) for day in sorted(days, reverse=True)]


def same_day_counts(days: Iterable[DayCount], day: date) -> list[DayCount]:
    """Return those of ``days`` with the month and day of ``day`` in other years, in the same order.

    The 28th of February of a common year also includes the 29th of leap years.
    """
    wanted = {(day.month, day.day)}
    if wanted == {(2, 28)} and not calendar.isleap(day.year):
        wanted.add((2, 29))
    return [
        one for one in days if one.day and one.day.year != day.year and (one.day.month, one.day.day) in wanted
    ]
