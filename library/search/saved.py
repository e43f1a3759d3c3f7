"""Saved searches: queries kept under a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from library.errors import LibraryError, SearchInUse, SearchNameTaken, SearchNotFound
from library.history import History
from library.models import SavedSearch
from library.query import parse_query, saved_uses
from library.query.formatting import quoted
from library.store.layout import RULES, SEARCHES
from library.text.case_folding import fold
from library.text.cleaning import TAG_LIMIT, TITLE_LIMIT, clean_line
from library.workspace import Workspace


class SavedSearches:
    """The saved searches of a library. Names are compared without case and accents.

    Every change can be undone. Methods that change something raise StoreUnwritable if the change cannot be
    written.
    """

    def __init__(self, workspace: Workspace, history: History) -> None:
        self._workspace = workspace
        self._history = history

    def all(self) -> list[SavedSearch]:
        """Return the saved searches, sorted by name."""
        documents = self._workspace.database.catalog_table(SEARCHES).checked()
        found = [_search(key, document) for key, document in documents.items()]
        return sorted(found, key=lambda search: fold(search.name))

    def get(self, name: str) -> SavedSearch:
        """Return a saved search.

        Args:
            name: Its name.

        Raises:
            SearchNotFound: There is no saved search of this name.
        """
        found = self._named(name)
        if found is None:
            raise SearchNotFound(name)
        return found

    def queries(self) -> dict[str, str]:
        """Return the queries of the saved searches by folded name."""
        documents = self._workspace.database.catalog_table(SEARCHES).checked()
        return {fold(one["name"] or key): one["query"] for key, one in documents.items()}

    def using(self, name: str) -> list[SavedSearch]:
        """Return the saved searches with ``saved:name`` in their query, sorted by name."""
        return [search for search in self.all() if _uses(search.query, name)]

    def save(self, name: str, query: str) -> SavedSearch:
        """Save a query under a name, replacing any query that has this name.

        Args:
            name: 1 to ``TAG_LIMIT`` characters without a quotation mark.
            query: The text of the query.

        Returns:
            The saved search.

        Raises:
            QueryError: The query is invalid, or uses itself.
            LibraryError: The query is empty, or the name is not valid.
        """
        workspace = self._workspace
        name, query = _checked_name(name), _checked_query(query)
        with workspace.database.transaction():
            existing = self._named(name)
            others = {**self.queries(), fold(name): query}
            parse_query(query, workspace.today(), others, first_weekday=workspace.first_weekday, name=name)
            if existing is not None and (existing.name, existing.query) == (name, query):
                return existing
            key = workspace.new_id() if existing is None else existing.id
            search = SavedSearch(id=key, name=name, query=query, saved=workspace.clock())
            self._history.apply(f"save search “{name}”", {SEARCHES: {search.id: _document(search)}})
        return search

    def rename(self, name: str, new_name: str) -> SavedSearch:
        """Rename a saved search, and update the saved searches and tag rules that use it.

        Args:
            name: Its name.
            new_name: Its new name.

        Returns:
            The renamed search.

        Raises:
            SearchNotFound: There is no saved search of this name.
            SearchNameTaken: Another saved search has the new name.
            LibraryError: The new name is not valid.
        """
        new_name = _checked_name(new_name)
        with self._workspace.database.transaction():
            existing = self.get(name)
            taken = self._named(new_name)
            if taken is not None and taken.id != existing.id:
                raise SearchNameTaken(taken.name)
            search = replace(existing, name=new_name)
            tables = self._renamed_uses(existing.name, new_name)
            tables[SEARCHES][search.id] = _document(search)
            if search != existing:
                self._history.apply(f"rename search “{existing.name}” to “{new_name}”", tables)
        return search

    def remove(self, name: str) -> SavedSearch:
        """Remove a saved search.

        Args:
            name: Its name.

        Returns:
            The search that was removed.

        Raises:
            SearchNotFound: There is no saved search of this name.
            SearchInUse: A saved search or a tag rule uses it.
        """
        with self._workspace.database.transaction():
            search = self.get(name)
            users = self._users(search.name)
            if users:
                raise SearchInUse(search.name, tuple(users))
            self._history.apply(f"remove search “{search.name}”", {SEARCHES: {search.id: None}})
        return search

    def _named(self, name: str) -> SavedSearch | None:
        wanted = fold(name.strip())
        return next((search for search in self.all() if fold(search.name) == wanted), None)

    def _users(self, name: str) -> list[str]:
        """Return descriptions of the saved searches and tag rules that use the saved search ``name``."""
        rules = self._workspace.database.catalog_table(RULES).checked().values()
        return [
            *(f"“{search.name}”" for search in self.using(name)),
            *(f"the rule for {', '.join(rule['tags'])}" for rule in rules if _uses(rule["query"], name)),
        ]

    def _renamed_uses(self, name: str, new_name: str) -> dict[str, dict[str, Mapping[str, Any]]]:
        """Return the documents with ``saved:name`` in their query, by table, with the new name in it."""
        return {
            table: {
                key: {**document, "query": _with_renamed(document["query"], name, new_name)}
                for key, document in self._workspace.database.catalog_table(table).checked().items()
                if _uses(document.get("query", ""), name)
            }
            for table in (SEARCHES, RULES)
        }


def _search(key: str, document: Mapping[str, Any]) -> SavedSearch:
    """Return the saved search in ``document``; its name is the id if the stored name is damaged."""
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
            f"“{cleaned}” is not a valid search name; a name has 1 to {TAG_LIMIT} characters and no "
            "quotation mark."
        )
    return cleaned


def _checked_query(query: str) -> str:
    cleaned = clean_line(query, len(query) + 1)
    if not cleaned:
        raise LibraryError("Nothing to save: the query is empty.")
    return cleaned


def _uses(query: str, name: str) -> bool:
    """Return True if ``query`` contains ``saved:name``."""
    return any(fold(use.name) == fold(name) for use in saved_uses(query))


def _with_renamed(query: str, old: str, new: str) -> str:
    """Return ``query`` with ``saved:new`` in place of each ``saved:old``."""
    for use in reversed(saved_uses(query)):
        if fold(use.name) == fold(old):
            query = query[: use.start] + quoted(new, "saved") + query[use.end :]
    return query
