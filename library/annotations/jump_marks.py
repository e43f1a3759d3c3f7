"""Jump marks: positions in articles, each stored under a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from library.articles.service import Articles
from library.errors import LibraryError, MarkNotFound
from library.models import Article, PlaceMark, Quote
from library.store.documents import MARKS, mark_document, quote_from_document
from library.text.document import Document
from library.workspace import Workspace

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Letters that can name a jump mark."""

_LONGEST = 80
"""Maximum number of characters in the passage of a jump mark."""


class JumpMarks:
    """The jump marks of a library. ``undo`` does not revert setting one."""

    def __init__(self, workspace: Workspace, articles: Articles) -> None:
        self._workspace = workspace
        self._articles = articles

    def all(self) -> dict[str, PlaceMark]:
        """Return all marks by letter, at the passages where they were set."""
        stored = self._sound_marks()
        return {letter: _mark_from(letter, stored[letter]) for letter in LETTERS if letter in stored}

    def set(self, letter: str, prefix: str, offset: int) -> PlaceMark:
        """Set a jump mark.

        Args:
            letter: A letter from a to z.
            prefix: The id of the article, or an unambiguous prefix of it.
            offset: Offset in the plain text of the article, in characters.

        Returns:
            The mark.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            StoreUnwritable: The change cannot be written.
            LibraryError: ``letter`` is not a letter from a to z.
        """
        _check(letter)
        article = self._articles.get(prefix)
        quote = _passage(self._articles.document(article.id), offset)
        mark = PlaceMark(letter=letter, article=article.id, quote=quote, text_sha256=article.text_sha256)
        with self._workspace.database.transaction():
            marks = {**self._mark_documents(), letter: mark_document(mark)}
            self._workspace.database.catalog_table("meta").put({MARKS: marks})
        return mark

    def get(self, letter: str) -> PlaceMark:
        """Return a jump mark at its passage in the current text; lost if the passage is not certain.

        Args:
            letter: A letter from a to z.

        Raises:
            MarkNotFound: There is no such mark.
            ArticleNotFound: Its article does not exist any more.
            LibraryError: The text cannot be read.
        """
        _check(letter)
        stored = self._sound_marks().get(letter)
        if stored is None:
            raise MarkNotFound(letter)
        mark = _mark_from(letter, stored)
        article = self._workspace.catalog.article(mark.article)
        if article.text_sha256 == mark.text_sha256:
            return mark
        place = self._place_in_changed_text(article, mark)
        return replace(mark, quote=place) if place else replace(mark, lost=True)

    def _place_in_changed_text(self, article: Article, mark: PlaceMark) -> Quote | None:
        from library.annotations.anchors import reanchored

        earlier = None
        for number, revision in enumerate(self._articles.revisions(article.id), start=1):
            if revision.text_sha256 == mark.text_sha256:
                earlier = self._articles.document(article.id, revision=number).text
        return reanchored(self._articles.document(article.id).text, mark.quote, earlier)

    def _sound_marks(self) -> Mapping[str, Any]:
        """Return the stored marks that are valid."""
        from library.store.schema import is_place

        return {letter: mark for letter, mark in self._mark_documents().items() if is_place(mark)}

    def _mark_documents(self) -> Mapping[str, Any]:
        marks: Mapping[str, Any] = self._workspace.database.catalog_table("meta").checked().get(MARKS, {})
        return marks


def _check(letter: str) -> None:
    if len(letter) != 1 or letter not in LETTERS:
        raise LibraryError(f"“{letter}” is not the name of a jump mark. Use a letter from a to z.")


def _passage(document: Document, offset: int) -> Quote:
    """Return the anchor of the words from ``offset`` on, at most to the end of their paragraph."""
    from library.annotations.anchors import anchored

    block = document.paragraph_at(offset)
    end = block.end if block and block.end > offset else len(document.text)
    return anchored(document.text, offset, min(end, offset + _LONGEST))


def _mark_from(letter: str, document: Mapping[str, Any]) -> PlaceMark:
    return PlaceMark(
        letter=letter,
        article=str(document["article"]),
        quote=quote_from_document(document["quote"]),
        text_sha256=str(document["text_sha256"]),
    )
