"""Search for annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from library.models import DayCount
from library.query.tree import And, Is, Not, Query, mentions
from library.search.facts import ArticleIndex
from library.search.fulltext.index import WordIndex
from library.search.predicates import Corpus, Document, Evaluator, OneAnnotation


def find_annotations(
    query: Query,
    corpus: Corpus,
    annotations: Mapping[str, Document],
    index: ArticleIndex,
    words: WordIndex | None = None,
) -> list[str]:
    """Return the ids of the annotations that ``query`` finds, newest first.

    Each annotation is tested as if its article had no other: ``note:``, ``quote:``, ``noted:`` and ``has:``
    apply to the annotation itself, all other terms to its article.
    """
    found = [
        (index.moments(annotation["created"]), annotation["created"], key)
        for key, annotation in _matching(query, corpus, annotations, index, words)
    ]
    return [key for *_, key in sorted(found, reverse=True)][: query.limit]


def annotation_days(
    query: Query,
    corpus: Corpus,
    annotations: Mapping[str, Document],
    index: ArticleIndex,
    words: WordIndex | None = None,
) -> list[DayCount]:
    """Count the annotations that ``query`` finds by day of creation, newest first."""
    moments = index.moments
    found = _matching(query, corpus, annotations, index, words)
    days = Counter(moments(annotation["created"])[0] for _, annotation in found)
    return [DayCount(day, days[day]) for day in sorted(days, reverse=True)]


def _matching(
    query: Query,
    corpus: Corpus,
    annotations: Mapping[str, Document],
    index: ArticleIndex,
    words: WordIndex | None,
) -> Iterator[tuple[str, Document]]:
    """Yield id and document of every annotation that the terms of the query find, in no order."""
    one, facts = OneAnnotation(corpus), index.facts
    trashed = () if mentions(query.node, Is("trashed")) else (Not(Is("trashed")),)
    matches = Evaluator(one, index, words, alone=True).predicate(And((*trashed, query.node)))
    for key, annotation in list(annotations.items()):
        article = annotation["article"]
        one.current = annotation
        if article in facts and matches(article, facts[article]):
            yield key, annotation
