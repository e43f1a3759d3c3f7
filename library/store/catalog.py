"""Looks up articles and annotations in the catalogue, and provides the values that queries need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from library.errors import AmbiguousId, AnnotationNotFound, ArticleNotFound
from library.models import Annotation, Article
from library.store.database import CatalogDatabase
from library.store.documents import annotation_from_document, article_from_document
from library.store.texts import read_text
from library.text.case_folding import fold
from library.text.strip_markdown import without_marks

Document = Mapping[str, Any]

_FOLDED_TEXTS_KEPT = 4096
_markup = re.compile(r"[*_`~\\#>|\[\]!]+(?:(?<=\])\([^)\s]*\))?")


class _ByArticle(NamedTuple):
    """The annotation ids of each annotated article, oldest first, and the tags of its annotations."""

    ids: Mapping[str, list[str]]
    tags: Mapping[str, Set[str]]


def _collected(annotations: Mapping[str, Document]) -> _ByArticle:
    ids: dict[str, list[str]] = defaultdict(list)
    tags: dict[str, set[str]] = defaultdict(set)
    for key, document in sorted(annotations.items(), key=lambda item: (item[1]["created"], item[0])):
        ids[document["article"]].append(key)
        if document.get("tags"):
            tags[document["article"]].update(document["tags"])
    return _ByArticle(dict(ids), dict(tags))


class Catalog:
    """Read access to a database. Safe to use from several threads: documents never change in place."""

    def __init__(self, database: CatalogDatabase, folder: Path) -> None:
        self._articles = database.catalog_table("articles")
        self._annotations = database.catalog_table("annotations")
        self._folder = folder
        self._known = _ByArticle({}, {})
        self._known_version = -1
        self._folded = lru_cache(_FOLDED_TEXTS_KEPT)(self._read_folded)

    def articles(self) -> Mapping[str, Document]:
        """Return all articles, including those in the trash, as a read-only map from id to document."""
        return self._articles.checked()

    def annotations(self) -> Mapping[str, Document]:
        """Return all annotations as a read-only map from id to document."""
        return self._annotations.checked()

    def article(self, article_id: str) -> Article:
        """Return the article with this complete id. Raises ArticleNotFound."""
        document = self.articles().get(article_id)
        if document is None:
            raise ArticleNotFound(article_id)
        return article_from_document(article_id, document)

    def resolve(self, prefix: str) -> str:
        """Return the only article id that begins with ``prefix``. Raises ArticleNotFound, AmbiguousId."""
        wanted = prefix.strip().casefold()
        if wanted in self.articles():
            return wanted
        found = [key for key in self.articles() if key.startswith(wanted)] if wanted else []
        if not found:
            raise ArticleNotFound(prefix)
        if len(found) > 1:
            raise AmbiguousId(prefix, tuple(sorted(found)))
        return found[0]

    def annotation(self, annotation_id: str) -> Annotation:
        """Return the annotation with this id. Raises AnnotationNotFound."""
        document = self.annotations().get(annotation_id)
        if document is None:
            raise AnnotationNotFound(annotation_id)
        return annotation_from_document(annotation_id, document)

    def annotation_ids(self, article_id: str) -> Sequence[str]:
        """Return the ids of an article's annotations, oldest first."""
        return self._by_article().ids.get(article_id, ())

    def annotated(self) -> Set[str]:
        """Return the ids of the articles that have annotations."""
        return self._by_article().ids.keys()

    def annotation_tags(self) -> Mapping[str, Set[str]]:
        """Return a map from article id to the tags of its annotations, for articles that have such tags."""
        return self._by_article().tags

    def _by_article(self) -> _ByArticle:
        version = self._annotations.version  # read first, so that a later change is collected again
        if self._annotations.changing:
            return _collected(self.annotations())
        if self._known_version != version:
            self._known, self._known_version = _collected(self.annotations()), version
        return self._known

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        """Return the documents of an article's annotations, oldest first."""
        documents = self.annotations()
        ids = self.annotation_ids(article_id)
        return [documents[key] for key in ids if key in documents]

    def folded_text(self, document: Document) -> str:
        """Return an article's text, case-folded and without Markdown marks; empty if it cannot be read."""
        return self._folded(document.get("text", ""), document.get("text_sha256", ""))

    def plain_text(self, document: Document) -> str:
        """Return an article's text with most Markdown marks removed; empty if it cannot be read."""
        try:
            return without_marks(read_text(self._folder, document.get("text", "")))
        except OSError:
            return ""

    def _read_folded(self, text: str, _sha256: str) -> str:
        try:
            return self.read_folded_text(text)
        except OSError:
            return ""

    def read_folded_text(self, text: str) -> str:
        """Read the article file ``text``, case-folded and without Markdown marks. Raises OSError."""
        return fold(_markup.sub(" ", read_text(self._folder, text)))
