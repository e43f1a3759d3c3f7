"""What can be told of a query without reading a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from library.models import Found
from library.search.evaluate import Corpus, Document
from library.search.fulltext import WordIndex
from library.search.index import ArticleIndex
from library.search.plan import find
from library.search.tree import Query


class _Unread:
    """A corpus of which no text is read."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.passed_over: set[str] = set()

    def articles(self) -> Mapping[str, Document]:
        return self._corpus.articles()

    def annotated(self) -> Set[str]:
        return self._corpus.annotated()

    def annotation_tags(self) -> Mapping[str, Iterable[str]]:
        return self._corpus.annotation_tags()

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return self._corpus.annotations_of(article_id)

    def folded_text(self, document: Document) -> str:
        self.passed_over.add(document.get("text", ""))
        return ""


def find_at_once(query: Query, corpus: Corpus, index: ArticleIndex, words: WordIndex | None) -> Found:
    """What ``query`` finds by the index of words, titles and notes, and how many texts it would have read."""
    unread = _Unread(corpus)
    ids = find(query, unread, index, words)
    return Found(tuple(ids), len(unread.passed_over))
