"""Articles: looking them up, reading their texts, and marking them as read, bookmarked or trashed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

from library.arguments import each_text
from library.errors import LibraryError, RevisionNotFound
from library.history import History
from library.models import Article, Position, Progress, Revision, State, Statistics
from library.query import Query
from library.search.facts import ArticleIndex, fold_tag
from library.search.first_page import first_articles
from library.search.indexes import Indexes
from library.search.service import Search
from library.store.disk import broken_link
from library.store.documents import article_from_document, article_to_document
from library.store.paths import files_below, on_disk
from library.store.texts import read_text
from library.text.cleaning import clean_text
from library.text.document import Document
from library.text.markdown import parse_document
from library.workspace import Workspace

if TYPE_CHECKING:
    from library.text.difference import ParagraphDifference


Stored = Mapping[str, Any]
"""The document of an article in the catalogue."""

DocumentEdit = Callable[[Stored], Stored]
"""Returns the new document, or the same one if nothing changes."""

_TITLES = {
    ("bookmarked", True): "bookmark",
    ("bookmarked", False): "remove bookmark",
    ("read", True): "mark as read",
    ("read", False): "mark as unread",
    ("trashed", True): "move to the trash",
    ("trashed", False): "move out of the trash",
}


def mark_title(mark: str, on: bool) -> str:
    """Return the name in the history for a change of ``mark`` (a field of State)."""
    return _TITLES[mark, on]


def marking(mark: str, at: datetime | None) -> DocumentEdit:
    """Return an edit that sets ``mark`` (a field of State) to a time, or removes it (None)."""
    text = at.isoformat() if at else None

    def marked(document: Stored) -> Stored:
        state = document.get("state", {})
        if bool(state.get(mark)) == bool(text):
            return document
        return {**document, "state": {**state, mark: text}}

    return marked


class Articles:
    """The articles of a library, each named by its id or an unambiguous prefix of it.

    Revisions are numbered: 1 is the oldest, -1 the latest, which the current text replaced. Methods that
    change something raise ArticleNotFound, AmbiguousId and StoreUnwritable. An exception from ``progress``
    stops them, and nothing is changed.
    """

    def __init__(self, workspace: Workspace, indexes: Indexes, search: Search, history: History) -> None:
        self._workspace = workspace
        self._facts = indexes.facts
        self._search = search
        self._history = history
        self._catalog = workspace.catalog

    # Look-up

    @property
    def stored(self) -> int:
        """The number of all articles, also those in the trash."""
        return len(self._workspace.catalog.articles())

    def count(self) -> int:
        """Return the number of articles outside the trash."""
        return len(self._facts.current().kept)

    def select(self, query: str | Query = "") -> list[Article]:
        """Return the articles that match a query.

        Args:
            query: A query as in the filter bar; empty is all articles.

        Returns:
            Articles, newest first unless the query sorts them.

        Raises:
            QueryError: The query is invalid.
        """
        documents, parsed = self._catalog.articles(), self._search.parse(query)
        found = self._newest(parsed) or self._search.ids(parsed)
        return [article_from_document(key, documents[key]) for key in found if key in documents]

    def _newest(self, query: Query) -> list[str]:
        """Return the ids that ``query`` finds if it only asks for the newest articles, otherwise none.

        The beginning of the catalogue's file has them, so the facts of all articles need not be read.
        """
        count, changing = query.limit or 0, self._workspace.database.catalog_table("articles").changing
        if not count or query != Query(limit=count) or changing:
            return []
        found = [one.id for one in first_articles(self._workspace.folder, count, self._workspace.timezone)]
        return found if len(found) == count else []

    def get(self, prefix: str) -> Article:
        """Return an article.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        return self._catalog.article(self._catalog.resolve(prefix))

    def resolve(self, prefix: str) -> str:
        """Return the full id of an article.

        Args:
            prefix: An unambiguous prefix of the id.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        return self._catalog.resolve(prefix)

    def known(self, ids: Iterable[str]) -> list[str]:
        """Return those of ``ids`` (full ids) that are in the library, in their order."""
        articles = self._catalog.articles()
        return [key for key in each_text(ids, "ids") if key in articles]

    def statistics(self) -> Statistics:
        """Return the statistics of the library."""
        return _statistics(self._facts.current(), len(self._catalog.annotations()), self._workspace.folder)

    # Texts

    def body(self, prefix: str, *, revision: int | None = None) -> str:
        """Return the Markdown of an article or of one of its revisions.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            revision: Number of a revision, 1 is the oldest, -1 the latest; None is the current text.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            RevisionNotFound: The article has no such revision.
            LibraryError: The text cannot be read.
        """
        article, folder = self.get(prefix), self._workspace.folder
        path = article.text if revision is None else self.revision(article.id, revision).text
        try:
            return read_text(folder, path)
        except OSError as error:
            reason = broken_link(folder / path) or f"{folder / path}: {error.strerror or error}"
            raise LibraryError(
                f"The text of “{article.title}” ({article.id}) cannot be read: {reason}."
            ) from error

    def document(self, prefix: str, *, revision: int | None = None) -> Document:
        """Return the text of an article as blocks, and the plain text that annotations quote.

        Args:
            prefix, revision: As in ``body``.

        Raises:
            LibraryError: As in ``body``.
        """
        return parse_document(clean_text(self.body(prefix, revision=revision)))

    def picture(self, path: str) -> bytes:
        """Return the bytes of a picture as imported.

        Args:
            path: The ``path`` of an Image of an article.

        Raises:
            LibraryError: The picture is missing or cannot be read.
        """
        from library.store.pictures import read_picture

        return read_picture(self._workspace.folder, path)

    def revisions(self, prefix: str) -> tuple[Revision, ...]:
        """Return the revisions of an article, the oldest first.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
        """
        return self.get(prefix).revisions[::-1]

    def revision(self, prefix: str, revision: int = -1) -> Revision:
        """Return one revision of an article.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            revision: Its number: 1 is the oldest, -1 the latest.

        Raises:
            ArticleNotFound: No article has such an id.
            AmbiguousId: Several articles have such an id.
            RevisionNotFound: The article has no such revision.
        """
        article = self.get(prefix)
        earlier = article.revisions[::-1]
        if not 1 <= abs(revision) <= len(earlier):
            raise RevisionNotFound(article.id, revision, len(earlier))
        return earlier[revision - 1 if revision > 0 else revision]

    def difference(self, prefix: str, revision: int = -1) -> tuple[ParagraphDifference, ...]:
        """Compare a revision with the current text, word by word.

        Args:
            prefix: The id of the article, or an unambiguous prefix of it.
            revision: Its number: 1 is the oldest, -1 the latest.

        Returns:
            The paragraphs of both texts, in order.

        Raises:
            LibraryError: As in ``body``.
        """
        from library.text.difference import word_difference

        earlier = self.document(prefix, revision=revision).text
        return word_difference(earlier, self.document(prefix).text)

    # Marks

    def is_unread(self, article_id: str) -> bool:
        """Return True if the article exists and is unread; a fast look-up."""
        facts = self._facts.facts_of(article_id)
        return facts is not None and not facts.read

    def is_bookmarked(self, article_id: str) -> bool:
        """Return True if the article exists and is bookmarked; a fast look-up."""
        facts = self._facts.facts_of(article_id)
        return facts is not None and facts.bookmarked

    def unread_count(self, ids: Iterable[str]) -> int:
        """Return the number of unread articles among ``ids``."""
        facts = self._facts.current().facts
        return sum(key in facts and not facts[key].read for key in each_text(ids, "ids"))

    def all_marked(self, ids: Iterable[str], mark: str) -> bool:
        """Return True if all these articles have ``mark``: ``bookmarked``, ``read`` or ``trashed``."""
        facts = self._facts.current().facts
        return all(getattr(facts[key], mark) for key in each_text(ids, "ids") if key in facts)

    def bookmark(self, prefixes: Iterable[str], *, progress: Progress | None = None) -> list[str]:
        """Bookmark articles; return the ids of those that changed."""
        return self.mark(prefixes, "bookmarked", progress=progress)

    def remove_bookmark(self, prefixes: Iterable[str], *, progress: Progress | None = None) -> list[str]:
        """Remove the bookmarks of articles; return the ids of those that changed."""
        return self.mark(prefixes, "bookmarked", False, progress=progress)

    def mark_read(self, prefixes: Iterable[str], *, progress: Progress | None = None) -> list[str]:
        """Mark articles as read; return the ids of those that changed."""
        return self.mark(prefixes, "read", progress=progress)

    def mark_unread(self, prefixes: Iterable[str], *, progress: Progress | None = None) -> list[str]:
        """Mark articles as unread; return the ids of those that changed."""
        return self.mark(prefixes, "read", False, progress=progress)

    def trash(self, prefixes: Iterable[str], *, progress: Progress | None = None) -> list[str]:
        """Move articles to the trash; return the ids of those that changed."""
        return self.mark(prefixes, "trashed", progress=progress)

    def restore(self, prefixes: Iterable[str], *, progress: Progress | None = None) -> list[str]:
        """Move articles out of the trash; return the ids of those that changed."""
        return self.mark(prefixes, "trashed", False, progress=progress)

    def mark(
        self, prefixes: Iterable[str], mark: str, on: bool = True, *, progress: Progress | None = None
    ) -> list[str]:
        """Set or remove a mark of articles.

        Args:
            prefixes: Ids, or unambiguous prefixes of ids.
            mark: ``bookmarked``, ``read`` or ``trashed``.
            on: Set the mark; False removes it.
            progress: Called with the number done and the total; an exception from it stops the change.

        Returns:
            The ids of the articles that changed.
        """
        edit = marking(mark, self._workspace.clock() if on else None)
        return self.edit(prefixes, mark_title(mark, on), edit, progress=progress)

    def edit(
        self, prefixes: Iterable[str], title: str, edit: DocumentEdit, *, progress: Progress | None = None
    ) -> list[str]:
        """Edit the documents of articles as one change called ``title``; return the ids of changed ones."""
        with self._workspace.database.transaction():
            documents = self._catalog.articles()
            keys = [key if key in documents else self.resolve(key) for key in each_text(prefixes, "ids")]
            return self._history.edit(title, "articles", keys, edit, progress=progress)

    def record_opened(self, prefix: str) -> Article:
        """Record that an article is being read now. ``undo`` does not revert this."""
        now = self._workspace.clock()
        return self._touch(prefix, lambda state: replace(state, opened=now, read=state.read or now))

    def save_position(self, prefix: str, position: Position) -> Article:
        """Save how far an article has been read. ``undo`` does not revert this."""
        return self._touch(prefix, lambda state: replace(state, position=position))

    def _touch(self, prefix: str, touch: Callable[[State], State]) -> Article:
        with self._workspace.database.transaction():
            before = self.get(prefix)
            article = replace(before, state=touch(before.state))
            if article != before:
                document = {**self._catalog.articles()[article.id], **article_to_document(article)}
                self._workspace.database.catalog_table("articles").put({article.id: document})
        return article


def _statistics(index: ArticleIndex, annotations: int, folder: Path) -> Statistics:
    """Count the articles that are not in the trash, and measure the files of the library in ``folder``."""
    facts = [index.facts[key] for key in index.kept]
    days = [one.rank.day for one in facts if one.rank.day]
    languages = Counter(one.language for one in facts if one.language)
    return Statistics(
        articles=len(facts),
        unread=sum(not one.read for one in facts),
        bookmarked=sum(one.bookmarked for one in facts),
        trashed=len(index.order) - len(facts),
        annotations=annotations,
        tags=len({fold_tag(tag) for tag in {tag for one in facts for tag in one.tags}}),
        words=sum(one.words for one in facts),
        bytes=sum(map(_size, _files(folder))),
        first=date.fromordinal(min(days)) if days else None,
        last=date.fromordinal(max(days)) if days else None,
        languages=tuple(languages.most_common()),
    )


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of the catalogue and the texts."""
    yield from folder.glob("catalog.*")
    yield from (on_disk(folder, name) for name in files_below(folder, "texts"))


def _size(path: Path) -> int:
    """Return the size of a file in bytes; 0 if it is not a regular file or was removed meanwhile."""
    try:
        status = os.lstat(path)
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else 0
