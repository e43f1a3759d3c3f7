"""Related articles: those that share rare words and tags with an article.

Candidate words (frequent, capitalised, or in the headline) are looked up in the full-text index. Words and
tags that few articles have count more (inverse document frequency; Spärck Jones 1972, doi 10.1108/eb026526).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from library.models import RelatedArticle
from library.search.fulltext.index import FullText
from library.text.case_folding import LETTER, UNSPACED, fold, is_unspaced
from library.text.language import function_words

if TYPE_CHECKING:
    from sqlite3 import Connection

_HEADLINE = 4.0
"""Weight of a word in the headline, in occurrences."""

_TERMS = 40
"""Number of words of an article that are looked up."""

_TAG = 2.0
"""Weight of a tag; a word has the logarithm of its occurrences."""

_LEAST_LETTERS = 4
_RARE = 400
"""Maximum number of articles with a rare word or tag."""

_RARE_SHARE = 0.2
"""The same as a share of all articles; ``_ALWAYS_RARE`` articles are added to it."""

_ALWAYS_RARE = 3

_LEAST_CLOSENESS = 0.15
"""Minimum closeness of a related article."""

_LEAST_REASONS = 2
"""Minimum number of shared words and tags."""

_MANY_ROWS = 400
"""Number of best matches examined; some of them are stale."""

_run = re.compile(f"{LETTER}+")


@cache
def _unspaced_pair() -> re.Pattern[str]:
    return re.compile(f"(?=([{UNSPACED}]{{2}}))")


@dataclass(slots=True)
class _Shared:
    """The words and tags that an article shares with the given one."""

    weight: float = 0.0
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def particular_words(title: str, text: str, language: str = "") -> dict[str, float]:
    """Return the folded words that may distinguish an article, the likeliest first, with their weights.

    In scripts without spaces, they are pairs of characters.
    """
    weights: dict[str, float] = dict.fromkeys((word for word, _ in _words(title)), _HEADLINE)
    for word, capital in _words(text):
        weights[word] = weights.get(word, 0.0) + (2.0 if capital else 1.0)
    known = {fold(word) for word in function_words(language)}
    likely = {word: log(1 + weight) for word, weight in weights.items() if word not in known}
    return dict(nlargest(_TERMS, likely.items(), key=lambda one: one[1]))


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the folded words of a text, each with True if it is capitalised."""
    for run in _run.findall(text):
        if is_unspaced(run):
            yield from ((pair, False) for pair in _unspaced_pair().findall(run))
        elif len(run) >= _LEAST_LETTERS and not run.isdigit():
            yield fold(run), run[0].isupper()


def related_articles(
    index: FullText,
    words: Mapping[str, float],
    tagged: Mapping[str, Set[str]],
    total: int,
    breadth: Callable[[str], float],
) -> list[RelatedArticle]:
    """Return the articles that share ``words`` and tags with a given one, the closest first.

    ``words`` come from ``particular_words``, ``tagged`` has the articles of each tag of the given one,
    ``total`` is the number of articles. ``breadth`` returns a divisor for the closeness of an article,
    because long ones share something with everything; 0.0 excludes the article.
    """
    rows, whole = index.asked(lambda file: _sharing_words(file, words, total)) or ({}, 0.0)
    whole += _add_tags(rows, tagged, total)
    found = [
        RelatedArticle(key, tuple(one.words), tuple(one.tags), min(1.0, one.weight / whole / broad))
        for key, one in rows.items()
        if len(one.words) + len(one.tags) >= _LEAST_REASONS and (broad := breadth(key))
    ]
    close = [one for one in found if one.closeness >= _LEAST_CLOSENESS]
    return sorted(close, key=lambda one: (-one.closeness, one.id))


def _sharing_words(
    connection: Connection, words: Mapping[str, float], total: int
) -> tuple[dict[str, _Shared], float]:
    """Return the articles that share rare words, by id, and the total weight of these words.

    The rarest shared word comes first.
    """
    rows, whole, rare = defaultdict[int, _Shared](_Shared), 0.0, _rare(total)
    found = [(word, _rows(connection, word, rare + 1)) for word in words]
    for word, holders in sorted(found, key=lambda one: len(one[1])):
        if not 0 < len(holders) <= rare:
            continue
        weight = words[word] * _weight(len(holders), total)
        whole += weight
        for row in holders:
            rows[row].weight += weight
            rows[row].words.append(word)
    best = nlargest(_MANY_ROWS, rows, key=lambda row: rows[row].weight)
    return {key: rows[row] for row in best for key in _ids(connection, row)}, whole


def _add_tags(rows: dict[str, _Shared], tagged: Mapping[str, Set[str]], total: int) -> float:
    """Add the articles with rare tags to ``rows``; return the total weight of these tags."""
    whole = 0.0
    for tag, carriers in tagged.items():
        if len(carriers) > _rare(total):
            continue
        weight = _TAG * _weight(len(carriers), total)
        whole += weight
        for key in carriers:
            shared = rows.setdefault(key, _Shared())
            shared.weight += weight
            shared.tags.append(tag)
    return whole


def _rare(total: int) -> int:
    """Return the maximum number of articles with a rare word or tag."""
    return min(_RARE, _ALWAYS_RARE + int(total * _RARE_SHARE))


def _weight(holders: int, total: int) -> float:
    """Return the weight of a word or tag, squared because it counts in both articles."""
    return log(1 + total / max(1, holders)) ** 2


def _rows(connection: Connection, word: str, limit: int) -> list[int]:
    """Return the first ``limit`` rows with a word in any column, which is faster than in one column."""
    phrase = f'"{" ".join(word) if is_unspaced(word) else word}"'
    asked = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
    return [row for (row,) in connection.execute(asked, (phrase, limit))]


def _ids(connection: Connection, row: int) -> list[str]:
    """Return the id of the article of a row; empty if the row is stale."""
    return [key for (key,) in connection.execute("SELECT id FROM articles WHERE row = ?", (row,))]
