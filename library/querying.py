"""The part of the façade that keeps queries under a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from library.errors import LibraryError, QueryError, SearchInUse, SearchNameTaken, SearchNotFound
from library.given import each_text
from library.models import Completion, Plan, SavedSearch
from library.query import Query, finished, parse_query, saved_uses, so_far
from library.query.formatting import quoted
from library.query.tree import And, Is, Node
from library.query.unfinished import with_groups_closed
from library.search import carried_out, find_annotations
from library.search.facets import FacetCounter, Facets, KnownNames
from library.search.tally import Tallies, Tally
from library.searching import Searching
from library.store.history import apply_change
from library.tags.documents import RULES
from library.text.cleaning import TAG_LIMIT, TITLE_LIMIT, clean_line
from library.text.folding import fold

_TABLE = "searches"


class Querying(Searching):
    """What ``Library`` does about saved searches; ``Library`` sets the attributes."""

    _new_id: Callable[[], str]
    _tallies: Tallies
    _known_names: KnownNames

    def searches(self) -> list[SavedSearch]:
        """The saved searches, by name."""
        documents = self._database.catalog_table(_TABLE).checked()
        found = [_search(key, document) for key, document in documents.items()]
        return sorted(found, key=lambda search: fold(search.name))

    def search(self, name: str) -> SavedSearch:
        """The saved search ``name``; case and accents do not count. Raises SearchNotFound."""
        found = self._named(name)
        if found is None:
            raise SearchNotFound(name)
        return found

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Keep ``query`` under ``name``; it takes the place of a query that has this name already.

        Raises QueryError where it cannot be understood, or would use itself; LibraryError where it is empty
        or this can be no name; StoreUnwritable.
        """
        name, query = _checked_name(name), _checked_query(query)
        with self._database.transaction():
            former = self._named(name)
            others = {**self._saved_queries(), fold(name): query}
            parse_query(query, self.today(), others, first_weekday=self._first_weekday, name=name)
            if former is not None and (former.name, former.query) == (name, query):
                return former
            key = self._new_id() if former is None else former.id
            search = SavedSearch(id=key, name=name, query=query, saved=self._clock())
            self._write_searches(f"save the search “{name}”", search)
        return search

    def rename_search(self, name: str, new_name: str) -> SavedSearch:
        """Give a saved search another name, also where other saved searches and tag rules use it.

        Raises SearchNotFound, SearchNameTaken, StoreUnwritable; LibraryError where this can be no name.
        """
        new_name = _checked_name(new_name)
        with self._database.transaction():
            former = self.search(name)
            taken = self._named(new_name)
            if taken is not None and taken.id != former.id:
                raise SearchNameTaken(taken.name)
            search = replace(former, name=new_name)
            tables = self._renamed_uses(former.name, new_name)
            tables[_TABLE][search.id] = _document(search)
            if search != former:
                title = f"rename the search “{former.name}” to “{new_name}”"
                apply_change(self._database, title, self._clock(), tables)
        return search

    def remove_search(self, name: str) -> SavedSearch:
        """Remove a saved search; what it was. Raises SearchNotFound, SearchInUse, StoreUnwritable."""
        with self._database.transaction():
            search = self.search(name)
            users = self._users(search.name)
            if users:
                raise SearchInUse(search.name, tuple(users))
            title = f"remove the search “{search.name}”"
            apply_change(self._database, title, self._clock(), {_TABLE: {search.id: None}})
        return search

    def searches_using(self, name: str) -> list[SavedSearch]:
        """The saved searches in whose queries ``saved:name`` stands, by name."""
        return [search for search in self.searches() if _uses(search.query, name)]

    def plan(self, query: str | Query = "") -> Plan:
        """How the query is carried out, with how many articles each term leaves. Raises QueryError."""
        parsed = self.parse(query) if isinstance(query, str) else query
        words = self._word_index(parsed)
        return carried_out(parsed, self._catalog, self._index.current(), words).plan(parsed, words)

    def _users(self, name: str) -> list[str]:
        """What uses the saved search ``name``, as it is told."""
        rules = self._database.catalog_table(RULES).checked().values()
        return [
            *(f"“{search.name}”" for search in self.searches_using(name)),
            *(f"the rule for {', '.join(rule['tags'])}" for rule in rules if _uses(rule["query"], name)),
        ]

    def _renamed_uses(self, name: str, new_name: str) -> dict[str, dict[str, Mapping[str, Any]]]:
        """The documents with ``saved:name`` in their queries, by table, as they are with the new name."""
        return {
            table: {
                key: {**document, "query": _with_renamed(document["query"], name, new_name)}
                for key, document in self._database.catalog_table(table).checked().items()
                if _uses(document.get("query", ""), name)
            }
            for table in (_TABLE, RULES)
        }

    def typed(self, text: str) -> str:
        """The query that is carried out while ``text`` is being typed; see ``library.query.unfinished``.

        Raises QueryError where no further typing at its end would make a query of it.
        """
        return so_far(text, self.parse, self._saved_queries())

    def settled(self, text: str, *, notes: bool = False) -> str:
        """The query that Enter makes of ``text``: it finds what was shown while that was typed.

        Where the last word as a whole finds something else than as a beginning, it stays a beginning,
        visibly: ``harb*``. With ``notes`` annotations are looked for, otherwise articles. Raises QueryError,
        also for half a value such as ``is:unr``.
        """
        shown, whole = self.typed(text), finished(text, self.parse)
        if shown.strip() == whole.strip():
            return whole.strip()
        return (whole if self._find_alike(shown, whole, notes=notes) else shown).strip()

    def _find_alike(self, one: str, other: str, *, notes: bool) -> bool:
        """Whether two queries find the same, as far as that is known without reading texts."""
        if notes:
            return self._annotated_by(one) == self._annotated_by(other)
        found = self.found(one)
        return not found.unsearched and found.ids == self.found(other).ids

    def _annotated_by(self, query: str) -> list[str]:
        """The ids of the annotations that a query finds."""
        parsed, documents = self.parse(query), self._catalog.annotations()
        return find_annotations(
            parsed, self._catalog, documents, self._index.current(), self._word_index(parsed)
        )

    def facets(self, query: str = "", *, authors: bool = True) -> Facets:
        """How many articles each view, tag, source, author, day and saved search leaves of ``query``.

        What the query says of the same part is left out first, as when an entry is picked in its place:
        under ``strike tag:city`` the tag ``work`` counts what ``strike tag:work`` finds. Texts that are not
        indexed are not read. Raises QueryError.
        """
        index, limit = self._index.current(), self.parse(query).limit
        whole = self._tallies.whole(index, self._catalog)

        def tally(rest: str) -> Tally:
            found = self._understood(rest)
            if found == And(()):
                return whole
            return self._tallies.made(self.found(Query(found)).ids, index, self._catalog)

        def count(text: str) -> int | None:
            try:
                return len(self.found(text).ids)
            except QueryError:
                return None

        counter = FacetCounter(query, whole, tally, count, self._known_names, limit)
        return counter.facets((search.name for search in self.searches()), authors=authors)

    def completions(self, text: str, caret: int) -> list[Completion]:
        """What the query ``text`` can go on with at ``caret`` (an index into it), the likeliest first.

        Counts are of what the rest of the query finds, as far as that is known without reading texts; of the
        whole library where the rest cannot be understood.
        """
        from library.query.completion import Values, completions
        from library.query.slots import slot_at

        slot = slot_at(text, caret)
        if slot is None:
            return []
        rest = self._understood(f"{text[: slot.term[0]]} {text[slot.term[1] :]}")
        values = Values(
            tally=lambda: self._tally(rest),
            trashed=lambda: self._trashed(rest),
            saved={search.name: search.query for search in self.searches()},
            today=self.today(),
            first_weekday=self._first_weekday,
        )
        return completions(slot, values)

    def _understood(self, rest: str) -> Node:
        """What ``rest`` means, with the parentheses closed that are still open; everything if nothing."""
        try:
            return self.parse(with_groups_closed(rest)).node
        except QueryError:
            return And(())

    def _trashed(self, node: Node) -> int:
        index = self._index.current()
        if node == And(()):
            return len(index.order) - len(index.kept)
        return len(self.found(Query(And((Is("trashed"), node)))).ids)

    def _tally(self, node: Node) -> Tally:
        index, versions = self._index.current(), self._records.versions

        def ids() -> Iterable[str]:
            return index.kept if node == And(()) else self.found(Query(node)).ids

        return self._tallies.of((node, versions), index, self._catalog, ids)

    def unread_count(self, ids: Iterable[str]) -> int:
        """How many of some articles have not been read."""
        facts = self._index.current().facts
        return sum(key in facts and not facts[key].read for key in each_text(ids, "ids"))

    def is_unread(self, article_id: str) -> bool:
        """Whether there is such an article and it has not been read; told without looking at all of it."""
        facts = self._index.facts_of(article_id)
        return facts is not None and not facts.read

    def is_bookmarked(self, article_id: str) -> bool:
        """Whether there is such an article and it is bookmarked; told without looking at all of it."""
        facts = self._index.facts_of(article_id)
        return facts is not None and facts.bookmarked

    def all_marked(self, ids: Iterable[str], mark: str) -> bool:
        """Whether all of these articles have ``mark``: ``bookmarked``, ``read`` or ``trashed``."""
        facts = self._index.current().facts
        return all(getattr(facts[key], mark) for key in each_text(ids, "ids") if key in facts)

    def _named(self, name: str) -> SavedSearch | None:
        wanted = fold(name.strip())
        return next((search for search in self.searches() if fold(search.name) == wanted), None)

    def _write_searches(self, title: str, *searches: SavedSearch) -> None:
        documents = {search.id: _document(search) for search in searches}
        apply_change(self._database, title, self._clock(), {_TABLE: documents})


def _search(key: str, document: Mapping[str, Any]) -> SavedSearch:
    """A saved search; one whose name is damaged has its id for a name."""
    return SavedSearch(
        id=key,
        name=document["name"] or key,
        query=document["query"],
        saved=datetime.fromisoformat(document["saved"]),
    )


def _document(search: SavedSearch) -> dict[str, Any]:
    return {"name": search.name, "query": search.query, "saved": search.saved.isoformat()}


def _checked_name(name: str) -> str:
    cleaned = clean_line(name, TITLE_LIMIT)
    if not cleaned or '"' in cleaned or len(cleaned) > TAG_LIMIT:
        raise LibraryError(
            f"“{cleaned}” cannot be the name of a search; a name has 1 to {TAG_LIMIT} characters and no "
            "quotation mark."
        )
    return cleaned


def _checked_query(query: str) -> str:
    cleaned = clean_line(query, len(query) + 1)
    if not cleaned:
        raise LibraryError("There is nothing to save: the query is empty.")
    return cleaned


def _uses(query: str, name: str) -> bool:
    """Whether ``saved:name`` stands in ``query``."""
    return any(fold(use.name) == fold(name) for use in saved_uses(query))


def _with_renamed(query: str, old: str, new: str) -> str:
    """``query`` with another name wherever it uses the saved search ``old``."""
    for use in reversed(saved_uses(query)):
        if fold(use.name) == fold(old):
            query = query[: use.start] + quoted(new, "saved") + query[use.end :]
    return query
