"""How many of some articles carry each tag, and appeared on each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from library.models import DayCount, TagCount
from library.search.index import ArticleIndex, fold_tag


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


def day_counts(index: ArticleIndex, ids: Iterable[str]) -> list[DayCount]:
    """Every day with articles, newest first; at the end those without a day."""
    facts = index.facts
    days = Counter(facts[key].rank.day for key in ids if key in facts)
    return [DayCount(date.fromordinal(day) if day else None, days[day]) for day in sorted(days, reverse=True)]
