"""Searches annotations."""

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
    """The ids of the annotations that ``query`` finds, newest first.

    Each is looked at as if it were the only one of its article: ``note:``, ``quote:``, ``noted:`` and
    ``has:`` ask about the annotation itself, everything else about its article.
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
    """How many of the annotations that ``query`` finds were made on each day, newest first."""
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
    """Id and document of every annotation that the query's terms find, in no order."""
    one, facts = OneAnnotation(corpus), index.facts
    trashed = () if mentions(query.node, Is("trashed")) else (Not(Is("trashed")),)
    matches = Evaluator(one, index, words, alone=True).predicate(And((*trashed, query.node)))
    for key, annotation in list(annotations.items()):
        article = annotation["article"]
        one.current = annotation
        if article in facts and matches(article, facts[article]):
            yield key, annotation
