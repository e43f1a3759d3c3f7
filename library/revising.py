"""The part of the façade that reads an article's texts: the present one and the former ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from library.errors import LibraryError, RevisionNotFound
from library.models import Revision
from library.store.catalog import Catalog
from library.store.texts import read_text
from library.text.cleaning import clean_text
from library.text.document import Document
from library.text.markdown import parse_document

if TYPE_CHECKING:
    from library.text.difference import ParagraphDifference


class Revising:
    """Reading texts; ``Library`` sets the attributes.

    A former text has a number: 1 is the oldest, and -1 the latest, which the present text replaced.
    """

    _path: Path
    _catalog: Catalog

    def body(self, prefix: str, *, revision: int | None = None) -> str:
        """An article's Markdown, or that of a former text.

        Raises ArticleNotFound, AmbiguousId, RevisionNotFound; LibraryError if unreadable.
        """
        article = self._catalog.article(self._catalog.resolve(prefix))
        path = article.text if revision is None else self.revision(article.id, revision).text
        try:
            return read_text(self._path, path)
        except OSError as error:
            raise LibraryError(
                f"The text of “{article.title}” ({article.id}) cannot be read: "
                f"{self._path / path}: {error.strerror or error}."
            ) from error

    def document(self, prefix: str, *, revision: int | None = None) -> Document:
        """An article's text as blocks and the plain text that notes stand on. Raises as ``body``."""
        return parse_document(clean_text(self.body(prefix, revision=revision)))

    def revisions(self, prefix: str) -> tuple[Revision, ...]:
        """An article's former texts, the oldest first. Raises ArticleNotFound, AmbiguousId."""
        return self._catalog.article(self._catalog.resolve(prefix)).revisions[::-1]

    def revision(self, prefix: str, revision: int = -1) -> Revision:
        """One former text, by its number. Raises ArticleNotFound, AmbiguousId, RevisionNotFound."""
        article = self._catalog.article(self._catalog.resolve(prefix))
        former = article.revisions[::-1]
        if not 1 <= abs(revision) <= len(former):
            raise RevisionNotFound(article.id, revision, len(former))
        return former[revision - 1 if revision > 0 else revision]

    def difference(self, prefix: str, revision: int = -1) -> tuple[ParagraphDifference, ...]:
        """What has become of a former text, word by word, in the present one. Raises as ``body``."""
        from library.text.difference import word_difference

        former = self.document(prefix, revision=revision).text
        return word_difference(former, self.document(prefix).text)
