"""The tag rules of a library: what comes in and matches a query gets tags."""

from __future__ import annotations

from collections.abc import Iterable

from library.history import History
from library.models import Article
from library.search.facts import fold_tag
from library.search.indexes import Indexes
from library.search.service import Search
from library.store.documents import article_from_document
from library.store.layout import RULES
from library.tags.rules import RuleBook, checked_rule, resolve_rule, rule_to_document, stored_rules
from library.tags.values import TagRule
from library.workspace import Workspace


class TagRules:
    """Adds, removes and previews tag rules. Every change can be undone."""

    def __init__(self, workspace: Workspace, indexes: Indexes, search: Search, history: History) -> None:
        self._workspace = workspace
        self._facts = indexes.facts
        self._search = search
        self._history = history

    def book(self) -> RuleBook:
        """The rules, ready to be applied to what comes in."""
        workspace = self._workspace
        return RuleBook(workspace.database, workspace.catalog, workspace.timezone, self._search.parse)

    def add(self, query: str, tags: Iterable[str]) -> TagRule:
        """Give ``tags`` to what comes in from now on and matches ``query``.

        Raises QueryError; LibraryError where the rule would do nothing.
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
        """The tag rules, the oldest first."""
        return stored_rules(self._workspace.database, self._search.parse)

    def remove(self, prefix: str) -> TagRule:
        """Remove a rule; what it tagged stays as it is. Raises RuleNotFound, AmbiguousId."""
        with self._workspace.database.transaction():
            rule = resolve_rule(self.all(), prefix)
            title = f"removal of the rule for {', '.join(rule.tags)}"
            self._history.apply(title, {RULES: {rule.id: None}})
        return rule

    def preview(self, query: str, tags: Iterable[str]) -> list[Article]:
        """The articles that match ``query`` and lack one of ``tags``. Raises as ``add``."""
        parsed, names = checked_rule(query, tags, self._search.parse)
        wanted, facts = {fold_tag(name) for name in names}, self._facts.current().facts
        documents = self._workspace.catalog.articles()
        return [
            article_from_document(key, documents[key])
            for key in self._search.ids(parsed)
            if key in facts and not wanted <= set(map(fold_tag, facts[key].tags))
        ]
