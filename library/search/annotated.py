"""Finding annotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from library.search.evaluate import Corpus, Document, Evaluator
from library.search.fulltext import WordIndex
from library.search.index import ArticleIndex
from library.search.tree import And, Is, Not, Query, mentions


class _OneAnnotation:
    """A corpus in which every article has but one annotation, ``current``."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.current: Document = {}

    def articles(self) -> Mapping[str, Document]:
        return self._corpus.articles()

    def annotated(self) -> Set[str]:
        return self._corpus.annotated()

    def annotation_tags(self) -> Mapping[str, Iterable[str]]:
        return self._corpus.annotation_tags()

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return (self.current,)

    def folded_text(self, document: Document) -> str:
        return self._corpus.folded_text(document)


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
    one = _OneAnnotation(corpus)
    trashed = () if mentions(query.node, Is("trashed")) else (Not(Is("trashed")),)
    matches = Evaluator(one, index, words, alone=True).predicate(And((*trashed, query.node)))
    found = []
    for key, annotation in list(annotations.items()):
        article = annotation["article"]
        one.current = annotation
        if article in index.facts and matches(article, index.facts[article]):
            found.append((index.moments(annotation["created"]), annotation["created"], key))
    return [key for *_, key in sorted(found, reverse=True)][: query.limit]
