"""Finding annotations."""

from __future__ import annotations

from collections.abc import Mapping

from library.search.corpora import OneAnnotation
from library.search.evaluate import Corpus, Document, Evaluator
from library.search.fulltext import WordIndex
from library.search.index import ArticleIndex
from library.search.tree import And, Is, Not, Query, mentions


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
    one = OneAnnotation(corpus)
    trashed = () if mentions(query.node, Is("trashed")) else (Not(Is("trashed")),)
    matches = Evaluator(one, index, words, alone=True).predicate(And((*trashed, query.node)))
    found = []
    for key, annotation in list(annotations.items()):
        article = annotation["article"]
        one.current = annotation
        if article in index.facts and matches(article, index.facts[article]):
            found.append((index.moments(annotation["created"]), annotation["created"], key))
    return [key for *_, key in sorted(found, reverse=True)][: query.limit]
