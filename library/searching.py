"""The part of the façade that finds words: the full-text index, and snippets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo
from importlib.util import find_spec
from pathlib import Path

from library.models import Found, IndexProgress, Snippet
from library.query import Query, looks_for_words, parse_query
from library.search import FullText, LiveIndex, Records, WordIndex, find_at_once, snippet_of
from library.store.catalog import Catalog
from library.store.database import CatalogDatabase
from library.text.folding import fold


class Searching:
    """What ``Library`` does about words in texts; ``Library`` sets the attributes."""

    _path: Path
    _clock: Callable[[], datetime]
    _timezone: tzinfo | None
    _first_weekday: int
    _database: CatalogDatabase
    _catalog: Catalog
    _index: LiveIndex
    _records: Records
    _full_text: FullText
    _versions_at_opening: tuple[int, int]
    _ids_at_opening: tuple[str, ...]

    def today(self) -> date:
        """The reader's present day."""
        return self.day_of(self._clock())

    def day_of(self, moment: datetime) -> date:
        """The reader's day of ``moment``."""
        return moment.astimezone(self._timezone).date()

    def parse(self, query: str) -> Query:
        """Understand a query, also what the saved searches in it look for. Raises QueryError."""
        return parse_query(query, self.today(), self._saved_queries(), first_weekday=self._first_weekday)

    def _saved_queries(self) -> dict[str, str]:
        """The queries of the saved searches, under their folded names."""
        searches = self._database.catalog_table("searches").checked()
        return {fold(one["name"] or key): one["query"] for key, one in searches.items()}

    def found(self, query: str | Query = "") -> Found:
        """What can be told at once, without reading a text: by the index of words, titles and notes.

        Texts that the index does not have yet are not searched, and counted; ``ids`` reads them. Raises
        QueryError.
        """
        parsed = self.parse(query) if isinstance(query, str) else query
        return find_at_once(parsed, self._catalog, self._index.current(), self._word_index(parsed))

    def _word_index(self, query: Query) -> WordIndex | None:
        return self._full_text.current() if looks_for_words(query.node) else None

    def snippet(self, prefix: str, query: str | Query) -> Snippet:
        """Where the words of ``query`` stand in the article's text, else in a note on it.

        Without hits the beginning of the text; empty where it cannot be read. Raises QueryError,
        ArticleNotFound, AmbiguousId.
        """
        parsed = self.parse(query) if isinstance(query, str) else query
        article_id = self._catalog.resolve(prefix)
        return snippet_of(self._texts(article_id), parsed.words())

    def _texts(self, article_id: str) -> Iterator[str]:
        document = self._catalog.articles().get(article_id, {})
        yield self._catalog.plain_text(document)
        for annotation in self._catalog.annotations_of(article_id):
            yield annotation["body"]
            yield (annotation["quote"] or {}).get("exact", "")

    @property
    def index_damaged(self) -> bool:
        """Whether the index of words was found damaged. ``index_texts`` makes it anew."""
        return self._full_text.damaged

    def index_texts(self) -> Iterator[IndexProgress]:
        """Bring the index of words up to date, the newest articles first; progress after each batch.

        It can be left after any batch, and goes on from there. Changes and searches need not wait for it.
        Where ``search.db`` cannot be written it ends at once: searches read the texts then.
        """
        if self._indexable():
            from library.search.indexing import index_texts

            yield from index_texts(self._path, self._full_text, self._records)

    def _indexable(self) -> bool:
        if find_spec("_sqlite3") is None or self._database.damage is not None:
            return False
        return bool(self._records.ids()) and not self._database.catalog.vanished

    def _index_what_changed(self) -> None:
        """Index what this session brought in, and what it changed of what is indexed already."""
        if not self._indexable():
            return
        changed = self._records.changed_articles(self._versions_at_opening)
        if changed:
            from library.search.indexing import index_articles

            former = frozenset(self._ids_at_opening)
            index_articles(self._path, self._full_text, self._records, changed, former)
