"""The search service: finds articles and annotations; returns snippets, counts and completions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.util import find_spec

from library.errors import QueryError
from library.models import Completion, DayCount, Found, IndexProgress, Plan, Snippet, SourceCount
from library.query import Query, finished, looks_for_words, parse_query, so_far
from library.query.tree import And, Is, Node, Not, mentions
from library.query.unfinished import with_groups_closed
from library.search.counts import Tallies, Tally, source_counts
from library.search.facets import FacetCounter, Facets, KnownNames
from library.search.facts import ArticleIndex
from library.search.fulltext.index import WordIndex
from library.search.indexes import Indexes
from library.search.plan import execute, find, find_at_once
from library.search.predicates import Corpus, Document, Evaluator, OneAnnotation, Stoppable
from library.search.saved import SavedSearches
from library.search.snippets import snippet_of
from library.workspace import Workspace


class Search:
    """The search service of a library. It finds articles and annotations, and updates the full-text index."""

    def __init__(self, workspace: Workspace, indexes: Indexes, saved: SavedSearches) -> None:
        self._workspace = workspace
        self._indexes = indexes
        self._saved = saved
        self._catalog = workspace.catalog
        self._tallies = Tallies(workspace.database.catalog_table("articles"))
        self._known_names = KnownNames()
        self._versions_at_opening = indexes.records.versions
        self._ids_at_opening = tuple(indexes.records.ids())

    def parse(self, query: str | Query) -> Query:
        """Parse a query, including the saved searches that it uses.

        Args:
            query: The text of the query.

        Raises:
            QueryError: The query is invalid.
        """
        if not isinstance(query, str):
            return query
        workspace = self._workspace
        return parse_query(
            query, workspace.today(), self._saved.queries(), first_weekday=workspace.first_weekday
        )

    def ids(self, query: str | Query = "", stopped: Callable[[], bool] | None = None) -> list[str]:
        """Return the ids of the articles that match a query.

        Args:
            query: A query as in the filter bar; empty for all articles.
            stopped: Called before each text is read; True stops the search.

        Returns:
            Ids, newest first unless the query sorts them.

        Raises:
            QueryError: The query is invalid.
            SearchStopped: ``stopped`` returned True.
        """
        parsed = self.parse(query)
        corpus = Stoppable(self._catalog, stopped) if stopped else self._catalog
        return find(parsed, corpus, self._indexes.facts.current(), self.words_for(parsed))

    def at_once(self, query: str | Query = "") -> Found:
        """Search the full-text index, titles and notes, without reading texts.

        Texts that are not indexed yet are counted but not searched; ``ids`` reads them.

        Args:
            query: A query as in the filter bar; empty for all articles.

        Raises:
            QueryError: The query is invalid.
        """
        parsed = self.parse(query)
        return find_at_once(parsed, self._catalog, self._indexes.facts.current(), self.words_for(parsed))

    def sources(self, query: str | Query = "") -> list[SourceCount]:
        """Count the articles of a query by source, the largest count first.

        Args:
            query: A query as in the filter bar; empty for all articles.

        Raises:
            QueryError: The query is invalid.
        """
        return source_counts(self._indexes.facts.current(), self.ids(query))

    def annotation_ids(self, query: str | Query = "") -> list[str]:
        """Return the ids of the annotations that match a query, newest first.

        Args:
            query: A query as in the notebook; empty for all annotations.

        Raises:
            QueryError: The query is invalid.
        """
        parsed, documents = self.parse(query), self._catalog.annotations()
        index, words = self._indexes.facts.current(), self.words_for(parsed)
        return find_annotations(parsed, self._catalog, documents, index, words)

    def words_for(self, query: Query) -> WordIndex | None:
        """Return the current full-text index if ``query`` looks for words, otherwise None."""
        return self._indexes.full_text.current() if looks_for_words(query.node) else None

    def plan(self, query: str | Query = "") -> Plan:
        """Return how a query is executed, with the number of articles left after each term.

        Args:
            query: A query as in the filter bar; empty for all articles.

        Raises:
            QueryError: The query is invalid.
        """
        parsed = self.parse(query)
        words = self.words_for(parsed)
        return execute(parsed, self._catalog, self._indexes.facts.current(), words).plan(parsed, words)

    def snippet(self, prefix: str, query: str | Query) -> Snippet:
        """Return the text around the hits of a query in an article or in a note on it.

        Args:
            prefix: The id of the article, or an unambiguous beginning of it.
            query: The query with the words.

        Returns:
            A snippet; the beginning of the text if there are no hits; empty if the text cannot be read.

        Raises:
            QueryError: The query is invalid.
            ArticleNotFound: No id begins with ``prefix``.
            AmbiguousId: Several ids begin with ``prefix``.
        """
        parsed = self.parse(query)
        return snippet_of(self._texts(self._catalog.resolve(prefix)), parsed.words())

    def _texts(self, article_id: str) -> Iterator[str]:
        document = self._catalog.articles().get(article_id, {})
        yield self._catalog.plain_text(document)
        for annotation in self._catalog.annotations_of(article_id):
            yield annotation["body"]
            yield (annotation["quote"] or {}).get("exact", "")

    def unfinished(self, text: str) -> str:
        """Return the query to execute while ``text`` is being typed; see ``library.query.unfinished``.

        Raises QueryError if no text typed after it could make it valid.
        """
        return so_far(text, self.parse, self._saved.queries())

    def finished(self, text: str, *, notes: bool = False) -> str:
        """Return the query to execute when Enter is pressed; it finds what was shown during typing.

        The last word stays a prefix, written as ``harb*``, if the whole word alone would find something
        else. With ``notes`` the query is for annotations, otherwise for articles. Raises QueryError, also
        for an incomplete value such as ``is:unr``.
        """
        shown, whole = self.unfinished(text), finished(text, self.parse)
        if shown.strip() == whole.strip():
            return whole.strip()
        return (whole if self._find_the_same(shown, whole, notes=notes) else shown).strip()

    def _find_the_same(self, one: str, other: str, *, notes: bool) -> bool:
        """Return True if two queries find the same and no text has to be read to know it."""
        if notes:
            return self.annotation_ids(one) == self.annotation_ids(other)
        found = self.at_once(one)
        return not found.unsearched and found.ids == self.at_once(other).ids

    def facets(self, query: str = "", *, authors: bool = True) -> Facets:
        """Count the articles that each view, tag, source, author, day and saved search leaves of ``query``.

        A count first drops the terms of the same kind from the query, because choosing an entry replaces
        them: under ``strike tag:city``, the count of the tag ``work`` is that of ``strike tag:work``. Texts
        that are not indexed are not read. Raises QueryError.
        """
        index, limit = self._indexes.facts.current(), self.parse(query).limit
        whole = self._tallies.whole(index, self._catalog)

        def tally(rest: str) -> Tally:
            found = self._understood(rest)
            if found == And(()):
                return whole
            return self._tallies.made(self.at_once(Query(found)).ids, index, self._catalog)

        def count(text: str) -> int | None:
            try:
                return len(self.at_once(text).ids)
            except QueryError:
                return None

        counter = FacetCounter(query, whole, tally, count, self._known_names, limit)
        return counter.facets((search.name for search in self._saved.all()), authors=authors)

    def completions(self, text: str, caret: int) -> list[Completion]:
        """Return the completions of the query ``text`` at ``caret`` (an offset in it), the likeliest first.

        Counts are of the articles that the rest of the query finds without reading texts. If the rest is not
        a valid query, they are of the whole library.
        """
        from library.query.completion import Values, completions
        from library.query.unfinished import slot_at

        slot = slot_at(text, caret)
        if slot is None:
            return []
        rest = self._understood(f"{text[: slot.term[0]]} {text[slot.term[1] :]}")
        values = Values(
            tally=lambda: self._tally(rest),
            trashed=lambda: self._trashed(rest),
            saved={search.name: search.query for search in self._saved.all()},
            today=self._workspace.today(),
            first_weekday=self._workspace.first_weekday,
        )
        return completions(slot, values)

    def _understood(self, rest: str) -> Node:
        """Parse ``rest`` with its open parentheses closed; a query for all articles if it is invalid."""
        try:
            return self.parse(with_groups_closed(rest)).node
        except QueryError:
            return And(())

    def _trashed(self, node: Node) -> int:
        index = self._indexes.facts.current()
        if node == And(()):
            return len(index.order) - len(index.kept)
        return len(self.at_once(Query(And((Is("trashed"), node)))).ids)

    def _tally(self, node: Node) -> Tally:
        index, versions = self._indexes.facts.current(), self._indexes.records.versions

        def ids() -> Iterable[str]:
            return index.kept if node == And(()) else self.at_once(Query(node)).ids

        return self._tallies.of((node, versions), index, self._catalog, ids)

    @property
    def index_damaged(self) -> bool:
        """True if the full-text index is damaged. ``index_texts`` rebuilds it."""
        return self._indexes.full_text.damaged

    def index_texts(self) -> Iterator[IndexProgress]:
        """Update the full-text index, the newest articles first; yield the progress after each batch.

        It can be stopped after any batch; the next call continues from there. Changes and searches do not
        wait for it. If ``search.db`` cannot be written, it returns at once, and searches read the texts.
        """
        if self._indexable():
            from library.search.fulltext.indexing import index_texts

            yield from index_texts(self._workspace.folder, self._indexes.full_text, self._indexes.records)

    def index_changes(self) -> None:
        """Index the articles that this session added, and its changes to indexed articles."""
        if not self._indexable():
            return
        records = self._indexes.records
        changed = records.changed_articles(self._versions_at_opening)
        if changed:
            from library.search.fulltext.indexing import index_articles

            earlier = frozenset(self._ids_at_opening)
            index_articles(self._workspace.folder, self._indexes.full_text, records, changed, earlier)

    def _indexable(self) -> bool:
        database = self._workspace.database
        if find_spec("_sqlite3") is None or database.damage is not None:
            return False
        return bool(self._indexes.records.ids()) and not database.catalog.vanished


def find_annotations(
    query: Query,
    corpus: Corpus,
    annotations: Mapping[str, Document],
    index: ArticleIndex,
    words: WordIndex | None = None,
) -> list[str]:
    """Return the ids of the annotations that ``query`` finds, newest first.

    Each annotation is tested as if its article had no other: ``note:``, ``quote:``, ``noted:`` and ``has:``
    apply to the annotation itself, all other terms to its article.
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
    """Count the annotations that ``query`` finds by day of creation, newest first."""
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
    """Yield id and document of every annotation that the terms of the query find, in no order."""
    one, facts = OneAnnotation(corpus), index.facts
    trashed = () if mentions(query.node, Is("trashed")) else (Not(Is("trashed")),)
    matches = Evaluator(one, index, words, alone=True).predicate(And((*trashed, query.node)))
    for key, annotation in list(annotations.items()):
        article = annotation["article"]
        one.current = annotation
        if article in facts and matches(article, facts[article]):
            yield key, annotation
