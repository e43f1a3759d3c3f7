"""Tag rules: imported articles that match a query get tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime, tzinfo
from typing import Any

from library.errors import AmbiguousId, LibraryError, QueryError, RuleNotFound
from library.history import History
from library.models import Article
from library.query.tree import Query
from library.search.facts import ArticleIndex, FactsReader, fold_tag
from library.search.indexes import Indexes
from library.search.plan import find
from library.search.service import Search
from library.store.catalog import Catalog
from library.store.database import CatalogDatabase
from library.store.documents import article_from_document
from library.store.layout import RULES
from library.tags.values import TagRule
from library.text.tag_names import clean_tags
from library.workspace import Workspace

Document = Mapping[str, Any]
Parse = Callable[[str], Query]


def is_rule(document: Document) -> bool:
    """Return True if ``document`` is a valid rule; a damaged one has no tags: see ``store.schema``."""
    return bool(document.get("tags"))


def rule_to_document(rule: TagRule) -> dict[str, Any]:
    """Return the document for the table ``rules``; the id is its key."""
    return {"query": rule.query, "tags": list(rule.tags), "created": rule.created.isoformat()}


def stored_rules(database: CatalogDatabase, parse: Parse) -> list[TagRule]:
    """Return all rules, the oldest first; one whose query is no longer valid has an ``error``."""
    documents = database.catalog_table(RULES).checked()
    found = [_stored_rule(key, document, parse) for key, document in documents.items()]
    return sorted(found, key=lambda rule: (rule.created, rule.id))


def _stored_rule(key: str, document: Document, parse: Parse) -> TagRule:
    if not is_rule(document):
        created = datetime.min.replace(tzinfo=UTC)
        return TagRule(id=key, query="", tags=(), created=created, error="It is damaged; remove it.")
    return TagRule(
        id=key,
        query=document["query"],
        tags=tuple(document["tags"]),
        created=datetime.fromisoformat(document["created"]),
        error=_error(document["query"], parse),
    )


def _error(query: str, parse: Parse) -> str:
    try:
        parse(query)
    except QueryError as error:
        return str(error)
    return ""


def checked_rule(query: str, tags: Iterable[str], parse: Parse) -> tuple[Query, tuple[str, ...]]:
    """Parse a rule. Raises QueryError, or LibraryError if the rule would do nothing."""
    parsed, names = parse(query), clean_tags(tags)
    if not names:
        raise LibraryError("A rule needs at least one tag.")
    if parsed.limit is not None:
        place = max(query.casefold().find("limit:"), 0)
        raise QueryError(
            "A rule is applied to each article by itself; “limit:” has no effect in it.", query, place
        )
    return parsed, names


def resolve_rule(rules: Sequence[TagRule], prefix: str) -> TagRule:
    """Return the rule whose id begins with ``prefix``. Raises RuleNotFound, AmbiguousId."""
    wanted = prefix.strip().casefold()
    found = [rule for rule in rules if wanted and rule.id.startswith(wanted)]
    if not found:
        raise RuleNotFound(prefix)
    if len(found) > 1:
        raise AmbiguousId(prefix, tuple(rule.id for rule in found), "rules")
    return found[0]


class _Some:
    """A corpus of a few articles. ``notes`` are the documents of their annotations, by article."""

    def __init__(
        self, catalog: Catalog, articles: Mapping[str, Document], notes: Mapping[str, list[Document]]
    ) -> None:
        self._catalog = catalog
        self._articles = articles
        self._notes = notes

    def articles(self) -> Mapping[str, Document]:
        return self._articles

    def annotated(self) -> Set[str]:
        return self._notes.keys()

    def annotation_tags(self) -> Mapping[str, Iterable[str]]:
        return {
            key: [tag for note in notes for tag in note.get("tags", ())] for key, notes in self._notes.items()
        }

    def annotations_of(self, article_id: str) -> Sequence[Document]:
        return self._notes.get(article_id, ())

    def folded_text(self, document: Document) -> str:
        return self._catalog.folded_text(document)


class RuleBook:
    """Applies the tag rules of a library to imported articles."""

    def __init__(
        self, database: CatalogDatabase, catalog: Catalog, timezone: tzinfo | None, parse: Parse
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._timezone = timezone
        self._parse = parse

    def apply(self, previous: Mapping[str, Document | None]) -> None:
        """Tag imported articles, inside the transaction of the import.

        A rule that already matched the previous text is skipped, so that a removed tag stays removed.

        Args:
            previous: The documents that the import replaced, by id; None for a new article.
        """
        rules = [rule for rule in stored_rules(self._database, self._parse) if not rule.error]
        if not rules:
            return
        table = self._database.catalog_table("articles")
        present = {key: document for key in previous if (document := table.checked().get(key)) is not None}
        before = {key: document for key, document in previous.items() if document is not None}
        current, notes = dict(present), self._notes(before.keys())
        for rule in rules:
            query = self._parse(rule.query)
            matched = self._found(query, present, notes) - self._found(query, before, notes)
            for key in matched:
                current[key] = {
                    **current[key],
                    "tags": list(clean_tags((*current[key].get("tags", ()), *rule.tags))),
                }
        changed = {key: document for key, document in current.items() if document != present[key]}
        if changed:
            table.put(changed)

    def _notes(self, keys: Set[str]) -> dict[str, list[Document]]:
        notes: dict[str, list[Document]] = {}
        if keys:
            for document in self._catalog.annotations().values():
                if document["article"] in keys:
                    notes.setdefault(document["article"], []).append(document)
        return notes

    def _found(
        self, query: Query, articles: Mapping[str, Document], notes: Mapping[str, list[Document]]
    ) -> set[str]:
        if not articles:
            return set()
        index = ArticleIndex.of(articles, FactsReader(self._timezone))
        return set(find(query, _Some(self._catalog, articles, notes), index))


class TagRules:
    """Adds, removes and previews tag rules. Every change can be undone."""

    def __init__(self, workspace: Workspace, indexes: Indexes, search: Search, history: History) -> None:
        self._workspace = workspace
        self._facts = indexes.facts
        self._search = search
        self._history = history

    def book(self) -> RuleBook:
        """Return the rules, ready to be applied to imported articles."""
        workspace = self._workspace
        return RuleBook(workspace.database, workspace.catalog, workspace.timezone, self._search.parse)

    def add(self, query: str, tags: Iterable[str]) -> TagRule:
        """Add a rule that tags new articles that match a query.

        Args:
            query: The text of the query.
            tags: The tags to add.

        Returns:
            The rule.

        Raises:
            QueryError: The query is invalid.
            LibraryError: The rule would have no effect.
        """
        _, names = checked_rule(query, tags, self._search.parse)
        with self._workspace.database.transaction():
            rule = TagRule(
                id=self._workspace.new_id(), query=query.strip(), tags=names, created=self._workspace.clock()
            )
            title, documents = f"rule for {', '.join(names)}", {rule.id: rule_to_document(rule)}
            self._history.apply(title, {RULES: documents}, rule.created)
        return rule

    def all(self) -> list[TagRule]:
        """Return the tag rules, the oldest first."""
        return stored_rules(self._workspace.database, self._search.parse)

    def remove(self, prefix: str) -> TagRule:
        """Remove a rule; the tags that it added stay.

        Args:
            prefix: The id of the rule, or an unambiguous prefix of it.

        Returns:
            The rule that was removed.

        Raises:
            RuleNotFound: No rule has such an id.
            AmbiguousId: Several rules have such an id.
        """
        with self._workspace.database.transaction():
            rule = resolve_rule(self.all(), prefix)
            title = f"remove rule for {', '.join(rule.tags)}"
            self._history.apply(title, {RULES: {rule.id: None}})
        return rule

    def preview(self, query: str, tags: Iterable[str]) -> list[Article]:
        """Return the articles that a rule would tag: those that match and lack one of its tags.

        Args:
            query: The text of the query.
            tags: The tags of the rule.

        Raises:
            LibraryError: As in ``add``.
        """
        parsed, names = checked_rule(query, tags, self._search.parse)
        wanted, facts = {fold_tag(name) for name in names}, self._facts.current().facts
        documents = self._workspace.catalog.articles()
        return [
            article_from_document(key, documents[key])
            for key in self._search.ids(parsed)
            if key in facts and not wanted <= set(map(fold_tag, facts[key].tags))
        ]
