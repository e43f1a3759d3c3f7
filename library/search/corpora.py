"""Corpora that say what another one says, but for one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from library.errors import SearchStopped
from library.search.predicates import Corpus, Document


class SameCorpus:
    """Says what ``corpus`` says; its kinds say something else of one thing."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def articles(self) -> Mapping[str, Document]:
        return self._corpus.articles()

    def annotated(self) -> Set[str]:
        return self._corpus.annotated()

    def annotation_tags(self) -> Mapping[str, Iterable[str]]:
        return self._corpus.annotation_tags()

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return self._corpus.annotations_of(article_id)

    def folded_text(self, document: Document) -> str:
        return self._corpus.folded_text(document)


class Unread(SameCorpus):
    """A corpus of which no text is read."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self.passed_over: set[str] = set()

    def folded_text(self, document: Document) -> str:
        self.passed_over.add(document.get("text", ""))
        return ""


class Stoppable(SameCorpus):
    """A corpus that is read no further once ``stopped`` says so."""

    def __init__(self, corpus: Corpus, stopped: Callable[[], bool]) -> None:
        super().__init__(corpus)
        self._stopped = stopped

    def folded_text(self, document: Document) -> str:
        """An article's text. Raises SearchStopped."""
        if self._stopped():
            raise SearchStopped
        return self._corpus.folded_text(document)


class OneAnnotation(SameCorpus):
    """A corpus in which every article has but one annotation, ``current``."""

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self.current: Document = {}

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return (self.current,)
