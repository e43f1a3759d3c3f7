"""How many of some articles carry each tag, and appeared on each day."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from library.models import DayCount, TagCount
from library.search.facts import ArticleIndex, fold_tag


def tag_counts(index: ArticleIndex, ids: Iterable[str]) -> list[TagCount]:
    """Every tag in its commonest spelling, the most used first."""
    facts = index.facts
    spelled = Counter(tag for key in ids if key in facts for tag in facts[key].tags)
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for tag, count in spelled.most_common():
        counts[names.setdefault(fold_tag(tag), tag)] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [TagCount(tag, count) for tag, count in ordered]


def day_counts(index: ArticleIndex, ids: Sequence[str]) -> list[DayCount]:
    """Every day with articles, newest first; at the end those without a day."""
    known = index.days
    try:
        days = Counter(map(known.__getitem__, ids))
    except KeyError:  # some were deleted since they were found
        days = Counter(known[key] for key in ids if key in known)
    return [DayCount(date.fromordinal(day) if day else None, days[day]) for day in sorted(days, reverse=True)]


def same_day_counts(days: Iterable[DayCount], day: date) -> list[DayCount]:
    """Those of ``days`` that are the same day of the year as ``day``, in other years, in their order.

    The 28th of February of a common year also stands for the 29th of leap years: it has no other.
    """
    wanted = {(day.month, day.day)}
    if wanted == {(2, 28)} and not calendar.isleap(day.year):
        wanted.add((2, 29))
    return [
        one for one in days if one.day and one.day.year != day.year and (one.day.month, one.day.day) in wanted
    ]
